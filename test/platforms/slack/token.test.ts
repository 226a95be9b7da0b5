import { describe, expect, it, onTestFinished } from 'vitest';
import { fileTransfer } from '../../../src/platforms/slack/files.js';
import { FILE, MOST, PICTURE, slack, status, TOKEN } from './transfer.js';
import { serve } from './wire.js';

/** Places that are not Slack's, however they look. */
const STRANGE = [
  '{strange}/F0AVANT',
  'https://evil.example.org/F0AVANT',
  'https://slack.com.evil.example.org/',
  'https://evil-slack.com/',
  'https://evil.example.org/slack.com',
  'https://slack.com@evil.example.org/',
  'http://files.slack.com/F0AVANT',
  'ftp://files.slack.com/F0AVANT',
  'file:///etc/passwd',
  'data:image/png;base64,AAAA',
  '//files.slack.com/F0AVANT',
  'F0AVANT',
];

describe('the token goes to Slack alone', () => {
  it.each(STRANGE)('a file said to be at %s is not fetched', async (address) => {
    const { download, strange } = await slack({}, { address });
    await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'never', code: 'foreign_address' });
    expect(strange.calls).toEqual([]);
  });

  it.each(STRANGE)('a picture to be sent to %s is not sent', async (address) => {
    const { upload, strange, methods } = await slack({}, { address });
    await expect(upload('avant.jpg', PICTURE)).rejects.toMatchObject({ kind: 'never', code: 'foreign_address' });
    expect(strange.calls).toEqual([]);
    expect(methods()).toEqual(['files.getUploadURLExternal']);
  });

  it.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed, away from Slack or back to it', async (code) => {
    const reached: (string | undefined)[] = [];
    const elsewhere = await serve((req, res) => {
      reached.push(req.url);
      res.end('x');
    });
    onTestFinished(elsewhere.stop);
    for (const location of [`${elsewhere.url}/signin`, '/api/signin']) {
      const away = status(code, { location });
      const { download, upload, methods } = await slack({ download: away, take: away });
      await expect(download(FILE, MOST)).rejects.toMatchObject({ kind: 'unreachable', code: `http_${code}` });
      await expect(upload('avant.jpg', PICTURE)).rejects.toMatchObject({ kind: 'unreachable', code: `http_${code}` });
      expect(methods()).toEqual(['files.info', 'download', 'files.getUploadURLExternal', 'take']);
    }
    expect(reached).toEqual([]);
  });

  it.each(['https://files.slack.com/files-pri/T0-F0AVANT/download/avant.jpg', 'https://lumiere.slack.com/files/x', 'https://slack.com/x'])(
    'without an API of our own, Slack is at %s',
    async (address) => {
      expect(await fetchedFrom(address)).toMatchObject({ code: 'aborted' });
    },
  );

  it.each(STRANGE.slice(1))('without an API of our own, Slack is not at %s', async (address) => {
    expect(await fetchedFrom(address)).toMatchObject({ kind: 'never', code: 'foreign_address' });
  });

  it('with Slack’s own API named in the settings, its files are fetched all the same', async () => {
    const address = 'https://files.slack.com/files-pri/T0-F0AVANT/download/avant.jpg';
    expect(await fetchedFrom(address, 'https://slack.com/api/')).toMatchObject({ code: 'aborted' });
  });

  /** What becomes of a download that is given up the moment the address is known: nothing leaves this machine. */
  async function fetchedFrom(address: string, apiUrl?: string): Promise<unknown> {
    const { call } = await slack({}, { address });
    const stop = new AbortController();
    const { download } = fileTransfer({
      async call(...asked) {
        const answer = await call(...asked);
        stop.abort();
        return answer;
      },
      token: TOKEN,
      apiUrl,
      timeoutMs: 500,
    });
    return download(FILE, MOST, stop.signal).catch((error: unknown) => error);
  }
});
