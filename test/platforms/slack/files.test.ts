import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { fileTransfer } from '../../../src/platforms/slack/files.js';
import { collectMemory } from '../../support/memory.js';
import { type Answer, FILE, MOST, PICTURE, slack, status, TOKEN } from './transfer.js';
import type { Script } from './wire.js';

const sends =
  (body: string | Buffer, type = 'image/jpeg'): Answer =>
  (res) => {
    res.writeHead(200, { 'content-type': type }).end(body);
  };
describe('a download from Slack', () => {
  it('asks where the file is, and fetches it with the token', async () => {
    const { download, api } = await slack({ download: sends(PICTURE) });
    expect(await download(FILE, PICTURE.length)).toEqual(PICTURE);
    expect(api.calls).toMatchObject([
      { method: 'files.info', args: { file: 'F0AVANT' } },
      { method: 'download', authorization: `Bearer ${TOKEN}` },
    ]);
  });

  it('larger than allowed is not begun', async () => {
    const { download, methods } = await slack({ download: sends(PICTURE) }, { file: { size: MOST + 1 } });
    await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'never', code: 'file_too_large' });
    expect(methods()).toEqual(['files.info']);
  });

  it.each([{ size: 10 }, { size: undefined }, { size: 'ten' }])('larger than announced is cut off: %j', async (file) => {
    let cut: Promise<unknown> = Promise.reject(new Error('not asked'));
    cut.catch(() => {});
    const endless: Answer = (res) => {
      cut = once(res, 'close');
      res.writeHead(200, { 'content-type': 'image/jpeg' });
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(400)));
      };
      res.on('drain', more);
      more();
    };
    const { download } = await slack({ download: endless }, { file });
    await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'never', code: 'file_too_large' });
    await cut;
  });

  it.each(['text/html', 'text/html; charset=utf-8', 'Text/HTML'])(
    'of the page to sign in (%s) is out of reach, and is left',
    async (type) => {
      let left: Promise<unknown> = Promise.reject(new Error('not asked'));
      left.catch(() => {});
      const page: Answer = (res) => {
        left = once(res, 'close');
        res.writeHead(200, { 'content-type': type }).write('<!DOCTYPE html><title>Sign in</title>');
      };
      const { download } = await slack({ download: page }, { timeoutMs: 60_000 });
      await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'unreachable', code: 'file_not_readable' });
      await left;
    },
  );

  it.each<[string, Script, object, string, string]>([
    ['of a file nobody knows', { 'files.info': { ok: false, error: 'file_not_found' } }, {}, 'never', 'file_not_found'],
    ['of a deleted file', { 'files.info': { ok: false, error: 'file_deleted' } }, {}, 'never', 'file_deleted'],
    ['of a file that is with another service', {}, { mode: 'external', url_private_download: undefined }, 'never', 'file_not_here'],
    ['of half an answer', { 'files.info': { ok: true } }, {}, 'later', 'malformed_answer'],
    ['of bytes that are gone', { download: status(404) }, {}, 'never', 'http_404'],
    ['of a Slack in trouble', { download: status(502) }, {}, 'later', 'http_502'],
    ['that never answers', { download: () => {} }, {}, 'later', 'timeout'],
    ['that stops in the middle', { download: (res) => void res.writeHead(200).write('a') }, {}, 'later', 'timeout'],
    ['that is cut in the middle', { download: cutOff }, {}, 'later', 'und_err_socket'],
  ])('%s fails as %#', async (_, script, file, kind, code) => {
    const { download } = await slack(script, { file });
    await expect(download(FILE, MOST)).rejects.toMatchObject({ name: 'PlatformFailure', kind, code });
  });

  it('that stops in the middle is given up, though memory is collected meanwhile', async () => {
    const { download } = await slack({ download: (res) => void res.writeHead(200).write('a') });
    const collecting = collectMemory();
    await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'later', code: 'timeout' });
    collecting.stop();
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{}, 1_000],
  ])('asked too often waits: %j', async (headers, afterMs) => {
    const { download } = await slack({ download: status(429, headers) });
    await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'wait', afterMs });
  });
});

describe('an upload to Slack', () => {
  it('asks for a place, sends the bytes without the token, and shares the file with nobody', async () => {
    const { upload, api } = await slack();
    await expect(upload('avant.jpg', PICTURE)).resolves.toBe('slack:F0NEW');
    const [ticket, sent, completed, looked] = api.calls;
    expect(ticket).toMatchObject({ method: 'files.getUploadURLExternal', args: { filename: 'avant.jpg', length: '9' } });
    expect(sent).toEqual({ method: 'take', args: { [PICTURE.toString()]: '' }, authorization: undefined });
    expect(completed).toMatchObject({ method: 'files.completeUploadExternal', args: { files: '[{"id":"F0NEW","title":"avant.jpg"}]' } });
    expect(completed?.args).not.toHaveProperty('channel_id');
    expect(looked).toMatchObject({ method: 'files.info', args: { file: 'F0NEW' } });
  });

  it('waits until Slack has looked at the picture', async () => {
    let looks = 0;
    const looking = (res: ServerResponse) => {
      looks += 1;
      res.end(JSON.stringify({ ok: true, file: { id: 'F0NEW', mimetype: looks < 3 ? '' : 'image/jpeg' } }));
    };
    const { upload } = await slack({ 'files.info': looking });
    await expect(upload('avant.jpg', PICTURE)).resolves.toBe('slack:F0NEW');
    expect(looks).toBe(3);
  });

  it('given up while Slack looks at the picture is a failure like any other', async () => {
    const { api, call } = await slack({ 'files.info': { ok: true, file: { id: 'F0NEW', mimetype: '' } } });
    const stop = new AbortController();
    const { upload } = fileTransfer({
      async call(method, ...asked) {
        const answer = await call(method, ...asked);
        // Once the answer has been read and the next look is waited for.
        if (method === 'files.info') setImmediate(() => stop.abort());
        return answer;
      },
      token: TOKEN,
      apiUrl: `${api.url}/api/`,
      timeoutMs: 500,
    });
    await expect(upload('avant.jpg', PICTURE, stop.signal)).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'later' });
  });

  it.each<[string, Script, string]>([
    ['that is not allowed', { 'files.getUploadURLExternal': { ok: false, error: 'missing_scope' } }, 'unreachable'],
    ['without a place', { 'files.getUploadURLExternal': { ok: true } }, 'unknown'],
    ['refused at the place', { take: status(400) }, 'never'],
    ['to a place in trouble', { take: status(503) }, 'later'],
    ['never answered', { take: () => {} }, 'unknown'],
    ['that Slack does not take', { 'files.completeUploadExternal': { ok: false, error: 'file_not_found' } }, 'never'],
  ])('%s fails as %#', async (_, script, kind) => {
    const { upload } = await slack(script);
    await expect(upload('avant.jpg', PICTURE)).rejects.toMatchObject({ name: 'PlatformFailure', kind });
  });
});

function cutOff(res: ServerResponse): void {
  res.writeHead(200, { 'content-length': '500' }).write('a', () => res.destroy());
}
