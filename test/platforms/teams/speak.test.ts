import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import type { FaultEffect } from '../../../src/sandbox/teams/index.js';
import { DEAF } from '../../support/ears.js';
import { LEADS, town } from './town.js';

const CARD: Card = { summary: 'New lead', elements: [{ kind: 'lines', lines: [['Brigitte M. waits']] }], buttons: [] };
const channel = `teams:${LEADS}`;

describe('a call to Teams', () => {
  it.each<[string, FaultEffect, string, string]>([
    ['another change under way', { kind: 'status', status: 412, stored: false }, 'later', 'later'],
    ['a gateway that knows nothing', { kind: 'status', status: 502, stored: true }, 'unknown', 'later'],
    ['a gateway that waited', { kind: 'status', status: 504, stored: true }, 'unknown', 'later'],
    ['a fault of the service', { kind: 'status', status: 500, stored: false }, 'unknown', 'later'],
    ['too many requests', { kind: 'throttled', retryAfter: 7 }, 'wait', 'wait'],
    ['too large a message', { kind: 'refused', status: 413, code: 'MessageSizeTooBig' }, 'never', 'never'],
    ['a team it is not in', { kind: 'refused', status: 403, code: 'BotNotInConversationRoster' }, 'unreachable', 'unreachable'],
    ['nothing there', { kind: 'refused', status: 404, code: 'ActivityNotFoundInConversation' }, 'unreachable', 'gone'],
    ['a broken connection', { kind: 'lost', stored: true }, 'unknown', 'unknown'],
    ['no answer, ever', { kind: 'hang', stored: true }, 'unknown', 'unknown'],
  ])('is one attempt, and ends in a word: %s', async (_, effect, onPost, onUpdate) => {
    // Only who never answers is waited for.
    const { platform, running, calls } = await town(effect.kind === 'hang' ? { timeoutMs: 3_000 } : {});
    const message = await platform.post({ channel }, CARD, 'a');
    running.simulator.faults.add({ effect });
    await expect(platform.post({ channel }, CARD, 'b')).rejects.toMatchObject({ name: 'PlatformFailure', kind: onPost });
    await expect(platform.update(message, CARD)).rejects.toMatchObject({ name: 'PlatformFailure', kind: onUpdate });
    expect([calls('conversation.create'), calls('activity.update')]).toEqual([2, 1]);
  });

  it('waits as long as it was asked to', async () => {
    const { platform, running } = await town();
    running.simulator.faults.add({ effect: { kind: 'throttled', retryAfter: 7 }, method: 'conversation.create' });
    await expect(platform.post({ channel }, CARD, 'x')).rejects.toMatchObject({ kind: 'wait', afterMs: 7_000 });
  });

  it('is given up when its caller does', async () => {
    const { platform, running } = await town();
    running.simulator.faults.add({ effect: { kind: 'hang', stored: false }, method: 'conversation.create' });
    const stop = new AbortController();
    const posting = platform.post({ channel }, CARD, 'x', stop.signal);
    await running.simulator.until(() => running.simulator.requests.some(({ method }) => method === 'token'));
    stop.abort();
    await expect(posting).rejects.toMatchObject({ name: 'PlatformFailure' });
  });

  it('asks for one token, however many calls there are, and for another when that one is refused', async () => {
    const { platform, running, calls } = await town();
    await Promise.all(Array.from({ length: 5 }, () => platform.post({ channel }, CARD, 'x')));
    expect(calls('token')).toBe(1);
    running.simulator.revokeTokens();
    await expect(platform.post({ channel }, CARD, 'x')).rejects.toMatchObject({ name: 'PlatformFailure' });
    await platform.post({ channel }, CARD, 'x');
    expect(calls('token')).toBe(2);
  });

  it('says that somebody must act when the password is wrong, and that nobody must when the login is away', async () => {
    const wrong = await town({ registration: { appId: 'app', appPassword: 'wrong', tenantId: 'tenant' } });
    await expect(wrong.platform.check()).rejects.toMatchObject({ kind: 'unreachable', code: 'invalid_client' });
    const { platform, running } = await town();
    running.simulator.faults.add({ effect: { kind: 'status', status: 503, stored: false }, method: 'token' });
    await expect(platform.post({ channel }, CARD, 'x')).rejects.toMatchObject({ kind: 'later' });
    expect(running.simulator.messages(LEADS)).toEqual([]);
  });

  it('carries what Teams asks for: where, from whom, for which tenant', async () => {
    const { platform, running } = await town();
    await platform.post({ channel }, CARD, 'x');
    const [created] = running.simulator.requests.filter(({ method }) => method === 'conversation.create');
    expect(created?.body).toMatchObject({
      isGroup: true,
      bot: { id: '28:app' },
      tenantId: 'tenant',
      channelData: { channel: { id: LEADS }, tenant: { id: 'tenant' } },
      activity: { type: 'message', summary: 'New lead', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }] },
    });
  });
});

describe('private words', () => {
  it('reach somebody never heard, whom a team of ours lists, and look them up once', async () => {
    const { platform, running, calls } = await town();
    await platform.whisper('teams:aad-alice', { channel }, CARD);
    await platform.whisper('teams:aad-alice', undefined, CARD);
    const alice = running.simulator.as('aad-alice');
    expect(alice.messages(alice.chat())).toHaveLength(2);
    expect([calls('member.get'), calls('conversation.create')]).toEqual([1, 1]);
    await expect(platform.nameOf('teams:AAD-Alice')).resolves.toBe('Alice Martin');
  });

  it('do not reach somebody nobody lists', async () => {
    const { platform } = await town();
    await expect(platform.whisper('teams:aad-zoe', { channel }, CARD)).rejects.toMatchObject({ kind: 'gone', code: 'person_unknown' });
    await expect(platform.whisper('slack:U0ALICE', { channel }, CARD)).rejects.toMatchObject({ kind: 'never' });
  });

  it('are remembered by whom they reached, for the next process', async () => {
    const first = await town();
    await first.platform.whisper('teams:aad-alice', { channel }, CARD);
    expect(JSON.parse(first.kept.get('teams:person:aad-alice') ?? '{}')).toEqual({
      id: first.running.simulator.idOf('aad-alice'),
      name: 'Alice Martin',
      conversation: first.running.simulator.as('aad-alice').chat(),
    });
  });
});

it.each(['https://evil.example.org/', 'http://127.0.0.1:1/teams/', 'nowhere'])(
  'speaks to nobody but Teams, and goes on doing so, whatever was remembered: %s',
  async (serviceUrl) => {
    const { platform, running, kept } = await town();
    kept.set('teams:service', JSON.stringify({ serviceUrl, bot: '28:other' }));
    kept.set(`teams:channel:${LEADS}`, JSON.stringify({ serviceUrl, bot: '28:other', team: 't' }));
    const message = await platform.post({ channel }, CARD, 'x');
    await platform.update(message, CARD);
    await platform.whisper('teams:aad-alice', { channel }, CARD);
    expect(running.simulator.messages(LEADS)).toHaveLength(1);
    // The next thing heard there teaches it again.
    await platform.start(DEAF);
    running.simulator.as('aad-alice').say(LEADS, 'bonjour', { mention: true });
    await expect.poll(() => kept.get(`teams:channel:${LEADS}`)).toContain(running.serviceUrl);
    expect(kept.get('teams:service')).toContain(running.serviceUrl);
  },
);
