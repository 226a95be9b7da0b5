import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import { PlatformFailure } from '../../../src/chat/platform.js';
import { collectMemory } from '../../support/memory.js';
import { type Called, mounted, type Script, scriptedApi } from './wire.js';

const CARD: Card = { summary: 'x', elements: [], buttons: [] };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function platformOn(script: Script) {
  const api = await scriptedApi(script);
  const { platform, logged, stop } = await mounted(api.url);
  stops.push(stop, api.stop);
  return { platform, calls: api.calls, logged };
}

type Respond = Exclude<Script[string], object> | Script[string];

async function failing(
  act: 'post' | 'update' | 'nameOf',
  answer: Respond,
): Promise<{ failure: unknown; calls: Called[]; logged: unknown }> {
  const method = { post: 'chat.postMessage', update: 'chat.update', nameOf: 'users.info' }[act];
  const { platform, calls, logged } = await platformOn({ [method]: answer });
  const call = {
    post: () => platform.post({ channel: 'slack:C0LEADS' }, CARD, 'mark'),
    update: () => platform.update('slack:C0LEADS/1.2', CARD),
    nameOf: () => platform.nameOf('slack:U0ALICE'),
  }[act];
  const failure = await call().catch((error: unknown) => error);
  return { failure, calls, logged };
}

const refusal = (error: string) => ({ ok: false, error });
const status =
  (code: number, headers: Record<string, string> = {}): Respond =>
  (res) => {
    res.writeHead(code, headers).end('<html>');
  };
const hangUp: Respond = (res) => {
  res.socket?.destroy();
};
const hang: Respond = () => {};

describe('a failure of Slack', () => {
  it.each<[string, 'post' | 'update' | 'nameOf', Respond, string, string]>([
    ['blocks it does not take', 'post', refusal('invalid_blocks'), 'never', 'invalid_blocks'],
    ['a text too long', 'update', refusal('msg_too_long'), 'never', 'msg_too_long'],
    ['metadata it does not take', 'post', refusal('invalid_metadata_schema'), 'never', 'invalid_metadata_schema'],
    ['arguments it does not take', 'post', refusal('invalid_arguments'), 'never', 'invalid_arguments'],
    ['a body too large', 'post', status(413), 'never', 'http_413'],
    ['being away', 'post', refusal('service_unavailable'), 'later', 'service_unavailable'],
    ['a fault of its own on a change', 'update', refusal('internal_error'), 'later', 'internal_error'],
    ['a fault of its own on a post', 'post', refusal('internal_error'), 'unknown', 'internal_error'],
    ['503 on a change', 'update', status(503), 'later', 'http_503'],
    ['503 on a post', 'post', status(503), 'unknown', 'http_503'],
    ['no answer to a post', 'post', hang, 'unknown', 'timeout'],
    ['no answer to a change', 'update', hang, 'unknown', 'timeout'],
    ['no answer to a question', 'nameOf', hang, 'later', 'timeout'],
    ['a connection cut after sending', 'post', hangUp, 'unknown', 'und_err_socket'],
    ['a page of a proxy', 'post', status(200), 'unknown', 'malformed_answer'],
    ['half an answer', 'post', { ok: true, channel: 'C0LEADS' }, 'unknown', 'malformed_answer'],
    ['a message deleted', 'update', refusal('message_not_found'), 'gone', 'message_not_found'],
    ['a message of another bot', 'update', refusal('cant_update_message'), 'gone', 'cant_update_message'],
    ['edits closed by the workspace', 'update', refusal('edit_window_closed'), 'unreachable', 'edit_window_closed'],
    ['not being invited', 'post', refusal('not_in_channel'), 'unreachable', 'not_in_channel'],
    ['an archived channel', 'post', refusal('is_archived'), 'unreachable', 'is_archived'],
    ['a token revoked', 'post', refusal('token_revoked'), 'unreachable', 'token_revoked'],
    ['a scope missing', 'nameOf', refusal('missing_scope'), 'unreachable', 'missing_scope'],
    ['a word nobody knows', 'post', refusal('brand_new_error'), 'unreachable', 'brand_new_error'],
  ])('%s: %s', async (_, act, answer, kind, code) => {
    const { failure, calls } = await failing(act, answer);
    expect(failure).toBeInstanceOf(PlatformFailure);
    expect(failure).toMatchObject({ kind, code });
    expect(calls).toHaveLength(1);
  });

  it.each<[string, Respond, number]>([
    ['with the seconds to wait', status(429, { 'retry-after': '3' }), 3_000],
    ['without them', status(429), 1_000],
    ['as a plain refusal', refusal('ratelimited'), 1_000],
    ['of the whole workspace', refusal('message_limit_exceeded'), 60_000],
  ])('"too many requests" %s', async (_, answer, afterMs) => {
    const { failure, calls } = await failing('post', answer);
    expect(failure).toMatchObject({ kind: 'wait', afterMs });
    expect(calls).toHaveLength(1);
  });

  it('of one channel holds no other channel', async () => {
    const { platform } = await platformOn({
      'chat.postMessage': (res, { channel }) => {
        if (channel === 'C0BUSY') res.writeHead(429, { 'retry-after': '30' }).end();
        else res.end(JSON.stringify({ ok: true, channel, ts: '1.2' }));
      },
    });
    await expect(platform.post({ channel: 'slack:C0BUSY' }, CARD, 'm')).rejects.toMatchObject({ kind: 'wait', afterMs: 30_000 });
    await expect(platform.post({ channel: 'slack:C0LEADS' }, CARD, 'm')).resolves.toBe('slack:C0LEADS/1.2');
  });

  it('refused connections stored nothing', async () => {
    const api = await scriptedApi({});
    await api.stop();
    const { platform, stop } = await mounted(api.url);
    stops.push(stop);
    await expect(platform.post({ channel: 'slack:C0LEADS' }, CARD, 'mark')).rejects.toMatchObject({ kind: 'later', code: 'econnrefused' });
  });

  it('a call given up before it was sent stored nothing; after, nobody knows', async () => {
    const { platform, calls } = await platformOn({ 'chat.postMessage': hang });
    await expect(platform.post({ channel: 'slack:C0LEADS' }, CARD, 'mark', AbortSignal.abort())).rejects.toMatchObject({ kind: 'later' });
    expect(calls).toHaveLength(0);
    await expect(platform.post({ channel: 'slack:C0LEADS' }, CARD, 'mark', AbortSignal.timeout(50))).rejects.toMatchObject({
      kind: 'unknown',
    });
    expect(calls).toHaveLength(1);
  });

  it.each<[string, Respond]>([
    ['an answer that does not come', hang],
    ['an answer that stops in the middle', (res) => void res.writeHead(200, { 'content-type': 'application/json' }).write('{"ok":')],
  ])('%s is given up, though memory is collected meanwhile', async (_, answer) => {
    const { platform, calls } = await platformOn({ 'users.info': answer, 'chat.postMessage': answer });
    const collecting = collectMemory();
    await expect(platform.nameOf('slack:U0ALICE')).rejects.toMatchObject({ kind: 'later', code: 'timeout' });
    await expect(platform.post({ channel: 'slack:C0LEADS' }, CARD, 'm')).rejects.toMatchObject({ kind: 'unknown', code: 'timeout' });
    collecting.stop();
    expect(calls).toHaveLength(2);
  });

  it('never quotes the answer, in the error or in the log', async () => {
    const page: Respond = (res) => {
      res.writeHead(200).end('Brigitte Moreau, 06 39 98 00 12');
    };
    const { failure, logged } = await failing('post', page);
    expect(JSON.stringify([failure, String(failure), logged])).not.toMatch(/Brigitte|06 39/);
  });

  it.each(['teams:x', 'slack:F0PHOTO'])('does not ask Slack about what is not its own: %s', async (id) => {
    const { platform, calls } = await platformOn({});
    await expect(platform.post({ channel: id }, CARD, 'm')).rejects.toMatchObject({ kind: 'never' });
    await expect(platform.update(id, CARD)).rejects.toMatchObject({ kind: 'never' });
    expect(calls).toEqual([]);
  });
});
