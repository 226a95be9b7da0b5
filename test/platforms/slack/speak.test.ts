import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import { mounted, type Script, scriptedApi } from './wire.js';

const CARD: Card = { summary: 'Claimed & done', title: 'Claimed', elements: [], buttons: [] };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function platformOn(script: Script) {
  const api = await scriptedApi(script);
  const { platform, stop } = await mounted(api.url);
  stops.push(stop, api.stop);
  return { platform, calls: api.calls, methods: () => api.calls.map((call) => call.method) };
}

const EVERYWHERE = 'chat:write,commands,users:read,im:write,im:history,files:read,files:write';
const PUBLIC = `${EVERYWHERE},channels:read,channels:history`;
const IDENTITY = { ok: true, user_id: 'U0BOT', bot_id: 'B0BOT', user: 'forecourt', team: 'Lumière' };

describe('speaking in Slack', () => {
  it('posts with a mark nobody sees, and without unfurling, parsing or linking', async () => {
    const { platform, calls } = await platformOn({ 'chat.postMessage': { ok: true, channel: 'C0LEADS', ts: '1763800000.000100' } });
    await expect(platform.post({ channel: 'slack:C0LEADS' }, CARD, 'lead-42')).resolves.toBe('slack:C0LEADS/1763800000.000100');
    expect(calls[0]?.args).toMatchObject({
      channel: 'C0LEADS',
      text: 'Claimed &amp; done',
      unfurl_links: 'false',
      unfurl_media: 'false',
      link_names: 'false',
      parse: 'none',
      metadata: JSON.stringify({ event_type: 'forecourt_card', event_payload: { mark: 'lead-42' } }),
    });
  });

  it('posts below a message, and in the channel too when it is said aloud', async () => {
    const { platform, calls } = await platformOn({ 'chat.postMessage': { ok: true, channel: 'C0LEADS', ts: '1.9' } });
    const place = { channel: 'slack:C0LEADS', under: 'slack:C0LEADS/1.2' };
    await platform.post(place, CARD, 'm');
    await platform.post({ ...place, aloud: true }, CARD, 'm');
    await platform.post({ channel: 'slack:C0LEADS', aloud: true }, CARD, 'm');
    expect(calls.map(({ args }) => [args.channel, args.thread_ts, args.reply_broadcast])).toEqual([
      ['C0LEADS', '1.2', undefined],
      ['C0LEADS', '1.2', 'true'],
      ['C0LEADS', undefined, undefined],
    ]);
  });

  it('updates in place and leaves the mark as it is', async () => {
    const { platform, calls } = await platformOn({ 'chat.update': { ok: true } });
    await platform.update('slack:C0LEADS/1763800000.000100', CARD);
    expect(calls[0]?.args).toMatchObject({ channel: 'C0LEADS', ts: '1763800000.000100', text: 'Claimed &amp; done' });
    expect(calls[0]?.args.metadata).toBeUndefined();
  });

  it('finds its own marked message over several pages, and nobody else’s', async () => {
    const marked = (mark: string) => ({ event_type: 'forecourt_card', event_payload: { mark } });
    const { platform, calls } = await platformOn({
      'auth.test': IDENTITY,
      'conversations.history': (res, args) => {
        const last = { ok: true, messages: [{ ts: '3.1', user: 'U0BOT', bot_id: 'B0BOT', metadata: marked('lead-42') }] };
        const first = {
          ok: true,
          messages: [
            { ts: '5.1', user: 'U0EVIL', bot_id: 'B0EVIL', metadata: marked('lead-42') },
            { ts: '4.1', user: 'U0BOT', bot_id: 'B0BOT', metadata: marked('lead-41') },
            { ts: '3.9', user: 'U0ALICE' },
          ],
          response_metadata: { next_cursor: 'more' },
        };
        res.end(JSON.stringify(args.cursor === 'more' ? last : first));
      },
    });
    await expect(platform.find({ channel: 'slack:C0LEADS' }, 'lead-42', new Date(1_763_800_060_000))).resolves.toBe('slack:C0LEADS/3.1');
    expect(calls[1]?.args).toMatchObject({ channel: 'C0LEADS', oldest: '1763800000.000000', include_all_metadata: 'true' });
    await expect(platform.find({ channel: 'slack:C0LEADS' }, 'lead-43', new Date())).resolves.toBeNull();
  });

  it('finds below a message what it said there itself, over several pages, and not the message', async () => {
    const ours = (ts: string, mark: string) => ({
      ...{ ts, user: 'U0BOT', bot_id: 'B0BOT' },
      metadata: { event_type: 'forecourt_card', event_payload: { mark } },
    });
    const { platform, calls } = await platformOn({
      'auth.test': IDENTITY,
      'conversations.replies': (res, args) => {
        const card = { ...ours('1.2', 'estimate'), reply_count: 2 };
        const first = {
          ok: true,
          messages: [card, { ...ours('2.1', 'estimate'), user: 'U0EVIL', bot_id: 'B0EVIL' }],
          response_metadata: { next_cursor: 'more' },
        };
        const last = { ok: true, messages: [card, ours('3.1', 'estimate')] };
        res.end(JSON.stringify(args.cursor === 'more' ? last : first));
      },
    });
    const place = { channel: 'slack:C0LEADS', under: 'slack:C0LEADS/1.2' };
    await expect(platform.find(place, 'estimate', new Date(1_763_800_060_000))).resolves.toBe('slack:C0LEADS/3.1');
    expect(calls[1]).toMatchObject({
      method: 'conversations.replies',
      args: { channel: 'C0LEADS', ts: '1.2', oldest: '1763800000.000000', include_all_metadata: 'true' },
    });
  });

  it('whispers in the channel', async () => {
    const { platform, calls, methods } = await platformOn({ 'chat.postEphemeral': { ok: true, message_ts: '1.2' } });
    await platform.whisper('slack:U0ALICE', { channel: 'slack:C0LEADS' }, CARD);
    expect(methods()).toEqual(['chat.postEphemeral']);
    expect(calls[0]?.args).toMatchObject({ channel: 'C0LEADS', user: 'U0ALICE' });
  });

  it('whispers in the thread', async () => {
    const { platform, calls } = await platformOn({ 'chat.postEphemeral': { ok: true, message_ts: '1.3' } });
    await platform.whisper('slack:U0ALICE', { channel: 'slack:C0LEADS', under: 'slack:C0LEADS/1.2' }, CARD);
    expect(calls[0]?.args).toMatchObject({ channel: 'C0LEADS', user: 'U0ALICE', thread_ts: '1.2' });
  });

  it.each(['user_not_found', 'user_disabled'])('says that somebody is gone when Slack says %s', async (error) => {
    const { platform, methods } = await platformOn({ 'chat.postEphemeral': { ok: false, error } });
    await expect(platform.whisper('slack:U0ALICE', { channel: 'slack:C0LEADS' }, CARD)).rejects.toMatchObject({ kind: 'gone' });
    expect(methods()).toEqual(['chat.postEphemeral']);
  });

  const NOT_THERE = ['user_not_in_channel', 'channel_not_found', 'not_in_channel', 'thread_not_found'];
  it.each(NOT_THERE)('whispers in private when the channel says %s', async (error) => {
    const { platform, calls, methods } = await platformOn({
      'chat.postEphemeral': { ok: false, error },
      'conversations.open': { ok: true, channel: { id: 'D0ALICE' } },
      'chat.postMessage': { ok: true, channel: 'D0ALICE', ts: '1.2' },
    });
    await platform.whisper('slack:U0ALICE', { channel: 'slack:C0LEADS' }, CARD);
    expect(methods()).toEqual(['chat.postEphemeral', 'conversations.open', 'chat.postMessage']);
    expect(calls[2]?.args.channel).toBe('D0ALICE');
  });

  it('whispers in private without a channel, and not at all when Slack is in trouble', async () => {
    const { platform, methods } = await platformOn({
      'chat.postEphemeral': { ok: false, error: 'invalid_blocks' },
      'conversations.open': { ok: true, channel: { id: 'D0ALICE' } },
      'chat.postMessage': { ok: true, channel: 'D0ALICE', ts: '1.2' },
    });
    await platform.whisper('slack:U0ALICE', undefined, CARD);
    expect(methods()).toEqual(['conversations.open', 'chat.postMessage']);
    await expect(platform.whisper('slack:U0ALICE', { channel: 'slack:C0LEADS' }, CARD)).rejects.toMatchObject({ kind: 'never' });
  });

  it.each([
    [{ profile: { display_name: 'Alice', real_name: 'Alice Martin' } }, 'Alice'],
    [{ profile: { display_name: '', real_name: 'Alice Martin' } }, 'Alice Martin'],
    [{ name: 'alice', profile: {} }, 'alice'],
  ])('calls people what they call themselves', async (user, name) => {
    const { platform } = await platformOn({ 'users.info': { ok: true, user } });
    await expect(platform.nameOf('slack:U0ALICE')).resolves.toBe(name);
  });

  it('says who it is', async () => {
    const { platform } = await platformOn({ 'auth.test': IDENTITY });
    await expect(platform.check()).resolves.toEqual({ bot: 'forecourt', workspace: 'Lumière' });
  });

  it.each<[string, object, string, readonly string[]]>([
    ['nothing', { ok: true, channel: { is_member: true } }, PUBLIC, []],
    ['not being invited', { ok: true, channel: { is_member: false } }, PUBLIC, ['not_in_channel']],
    [
      'an archived private channel and its history',
      { ok: true, channel: { is_member: true, is_archived: true, is_private: true } },
      `${EVERYWHERE},groups:read`,
      ['is_archived', 'missing_scope:groups:history'],
    ],
    ['a channel that is not there', { ok: false, error: 'channel_not_found' }, PUBLIC, ['channel_not_found']],
    [
      'permissions given before there were files',
      { ok: true, channel: { is_member: true } },
      PUBLIC.replace(',files:read,files:write', ''),
      ['missing_scope:files:read', 'missing_scope:files:write'],
    ],
  ])('names what stands in the way of a channel: %s', async (_, info, scopes, obstacles) => {
    const { platform } = await platformOn({
      'auth.test': (res) => {
        res.writeHead(200, { 'x-oauth-scopes': scopes }).end(JSON.stringify(IDENTITY));
      },
      'conversations.info': info,
    });
    await expect(platform.checkChannel('slack:C0LEADS')).resolves.toEqual(obstacles);
  });

  it('asks for one post per second and channel, and lets a refusal stop no other channel', async () => {
    const { platform } = await platformOn({});
    expect(platform.pace('post', 'slack:C0A')).toEqual({
      lane: 'slack:post:C0A',
      gapMs: 1_000,
      budget: 'slack:chat.postMessage',
      refusalStops: 'lane',
    });
    expect(platform.pace('update', 'slack:C0A')).toEqual({
      lane: 'slack:update:C0A',
      gapMs: 0,
      budget: 'slack:chat.update',
      refusalStops: 'budget',
    });
    expect(platform.pace('whisper', undefined)).toMatchObject({ lane: 'slack:whisper:direct', budget: 'slack:chat.postEphemeral' });
    expect(platform.pace('find', 'slack:C0A')).toMatchObject({ budget: 'slack:conversations.history' });
  });
});
