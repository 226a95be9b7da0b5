import { describe, expect, it } from 'vitest';
import type { Ears } from '../../../src/chat/interaction.js';
import { hearing, NEVER } from './heard.js';
import type { Script } from './wire.js';
import { signed } from './wire.js';

const event = (fields: object) => ({
  type: 'event_callback',
  team_id: 'T0',
  api_app_id: 'A0US',
  event_id: 'Ev1',
  event: { type: 'message', channel: 'C0LEADS', ts: '9.9', event_ts: '9.9', ...fields },
});

/** Everything heard of an event, by ear. */
async function heardOf(payload: object, script: Script = {}) {
  const heard: [keyof Ears, unknown][] = [];
  const { url, calls } = await hearing(
    {
      remarked: async (remark) => void heard.push(['remarked', remark]),
      corrected: async (correction) => void heard.push(['corrected', correction]),
      removed: async (removal) => void heard.push(['removed', removal]),
    },
    script,
  );
  const { status } = await signed(url, JSON.stringify(payload));
  return { status, heard, calls };
}

const OURS = { type: 'message', ts: '1.2', user: 'U0BOT', bot_id: 'B0BOT', app_id: 'A0US', text: 'a card' };
const THEIRS = { ...OURS, user: 'U0THEM', bot_id: 'B0THEM', app_id: 'A0THEM' };
const SAID = { type: 'message', ts: '1.3', thread_ts: '1.2', user: 'U0ALICE', client_msg_id: 'x', text: '8 500' };
const removed = { message: 'slack:C0LEADS/1.2', at: expect.any(Date) };
const remarked = {
  thread: 'slack:C0LEADS/1.2',
  message: 'slack:C0LEADS/1.3',
  text: '8 500',
  files: [],
  actor: { person: 'slack:U0ALICE' },
  at: expect.any(Date),
};

describe('words below a message', () => {
  it.each<[string, object, object]>([
    ['words', SAID, {}],
    ['words said aloud', { ...SAID, subtype: 'thread_broadcast', root: OURS }, {}],
    [
      'a file',
      { ...SAID, subtype: 'file_share', text: '', files: [{ id: 'F0AVANT', name: 'avant.jpg' }] },
      { text: '', files: [{ file: 'slack:F0AVANT', name: 'avant.jpg' }] },
    ],
    [
      'files, some of them odd',
      { ...SAID, subtype: 'file_share', files: [{ id: 'F0A' }, { id: 'F0B', name: '' }, {}, { id: 'slack:F0' }, { id: 7 }, null, 'F0C'] },
      {
        files: [
          { file: 'slack:F0A', name: 'F0A' },
          { file: 'slack:F0B', name: 'F0B' },
        ],
      },
    ],
    ['no text at all', { ...SAID, text: undefined, blocks: [] }, { text: '' }],
    ['in a private channel', { ...SAID, channel: 'G0LEADS' }, { thread: 'slack:G0LEADS/1.2', message: 'slack:G0LEADS/1.3' }],
  ])('are heard: %s', async (_, said, changes) => {
    expect(await heardOf(event(said))).toEqual({ status: 200, heard: [['remarked', { ...remarked, ...changes }]], calls: [] });
  });

  it.each([
    ['in the channel itself', { ...SAID, thread_ts: undefined }],
    ['a message with a thread below it', { ...SAID, thread_ts: '1.3' }],
    ['our own', { ...SAID, ...OURS, ts: '1.3' }],
    ['of another app', { ...SAID, ...THEIRS, ts: '1.3' }],
    ['of another app in somebody’s name', { ...SAID, bot_id: 'B0THEM' }],
    ['of an integration without a user', { ...SAID, user: undefined, bot_id: 'B0THEM', subtype: 'bot_message' }],
    ['of Slackbot', { ...SAID, user: 'USLACKBOT', subtype: 'slackbot_response' }],
    ['that somebody joined', { ...SAID, subtype: 'channel_join', text: '<@U0ALICE> has joined the channel' }],
    ['that somebody left', { ...SAID, subtype: 'channel_leave' }],
    ['that the topic changed', { ...SAID, subtype: 'channel_topic', topic: 'x' }],
    ['a counter of replies', { subtype: 'message_replied', message: { ...SAID, thread_ts: '1.3' } }],
    ['without an author', { ...SAID, user: undefined }],
    ['without a channel', { ...SAID, channel: undefined }],
    ['of a subtype not invented yet', { ...SAID, subtype: 'hologram' }],
    ['of an odd subtype', { ...SAID, subtype: 7 }],
  ])('are not: %s', async (_, said) => {
    expect(await heardOf(event(said))).toMatchObject({ status: 200, heard: [] });
  });
});

describe('words changed', () => {
  const changed = (message: object, previous: object | undefined) =>
    event({ subtype: 'message_changed', hidden: true, message, previous_message: previous });
  const corrected = { ...remarked, text: '8 600 < 9 000' };
  const after = { ...SAID, text: '8 600 &lt; 9 000', edited: { user: 'U0ALICE', ts: '2.0' } };

  it.each([
    ['by their author', changed(after, SAID)],
    ['from what Slack does not say', changed(after, undefined)],
    ['of a file', changed({ ...after, subtype: 'file_share' }, { ...SAID, subtype: 'file_share' })],
  ])('are heard: %s', async (_, payload) => {
    expect(await heardOf(payload)).toEqual({ status: 200, heard: [['corrected', corrected]], calls: [] });
  });

  it.each([
    ['a preview of a link', changed({ ...SAID, attachments: [{ from_url: 'https://example.org' }] }, SAID)],
    ['the first reply to a message', changed({ ...SAID, reply_count: 1 }, SAID)],
    ['our own card redrawn', changed({ ...OURS, text: 'another' }, OURS)],
    ['another app’s', changed({ ...THEIRS, text: 'another' }, THEIRS)],
    ['a change of nothing', changed({}, {})],
    ['in the channel itself', changed({ ...after, thread_ts: undefined }, SAID)],
  ])('are not: %s', async (_, payload) => {
    expect(await heardOf(payload)).toMatchObject({ status: 200, heard: [] });
  });
});

describe('a message deleted', () => {
  const deleted = (previous?: object) => event({ subtype: 'message_deleted', hidden: true, deleted_ts: '1.2', previous_message: previous });
  const buried = (previous: object) =>
    event({
      subtype: 'message_changed',
      hidden: true,
      message: { subtype: 'tombstone', ts: '1.2', thread_ts: '1.2', user: 'USLACKBOT', text: 'This message was deleted.', hidden: true },
      previous_message: previous,
    });

  it.each([
    ['of ours', deleted(OURS)],
    ['of ours, while it had a thread', buried(OURS)],
    ['of which Slack says no more', deleted()],
    ['of a person', deleted({ ...SAID, ts: '1.2' })],
    ['of a person, while it had a thread', buried({ ...SAID, ts: '1.2' })],
    ['of another app', deleted(THEIRS)],
  ])('is heard: %s', async (_, payload) => {
    expect(await heardOf(payload)).toEqual({ status: 200, heard: [['removed', removed]], calls: [] });
  });

  it('is not heard when Slack does not say which', async () => {
    expect(await heardOf(event({ subtype: 'message_deleted', previous_message: OURS }))).toMatchObject({ heard: [] });
  });
});

describe('people mentioned', () => {
  const user = { ok: true, user: { profile: { display_name: 'Zoé & Co' } } };

  it('are called by their names, each asked for once', async () => {
    const heard: string[] = [];
    const { url, calls } = await hearing({ remarked: async ({ text }) => void heard.push(text) }, { 'users.info': user });
    const said = { ...SAID, text: '<@U0ZOE> et <@U0BOB|bob> : voir <@U0ZOE>' };
    for (let n = 0; n < 2; n++) await signed(url, JSON.stringify(event(said)));
    expect(heard).toEqual(Array(2).fill('@Zoé & Co et @bob : voir @Zoé & Co'));
    expect(calls).toMatchObject([{ method: 'users.info', args: { user: 'U0ZOE' } }]);
  });

  it.each<[string, Script]>([
    ['Slack does not know them', { 'users.info': { ok: false, error: 'user_not_found' } }],
    ['Slack is away', { 'users.info': (res) => void res.destroy() }],
  ])('are called by their ids when %s', async (_, script) => {
    const { heard } = await heardOf(event({ ...SAID, text: 'pour <@U0ZOE>' }), script);
    expect(heard).toMatchObject([['remarked', { text: 'pour @U0ZOE' }]]);
  });

  it('are not asked about for what is nobody’s words, nor by the hundred', async () => {
    const text = Array.from({ length: 100 }, (_, n) => `<@U0N${n}>`).join(' ');
    expect((await heardOf(event({ ...THEIRS, thread_ts: '1.1', text }), { 'users.info': user })).calls).toEqual([]);
    expect((await heardOf(event({ ...SAID, text }), { 'users.info': user })).calls).toHaveLength(10);
  });
});

it.each<[keyof Ears, object]>([
  ['remarked', SAID],
  ['corrected', { subtype: 'message_changed', message: { ...SAID, text: 'x' }, previous_message: SAID }],
  ['removed', { subtype: 'message_deleted', deleted_ts: '1.2' }],
])('%s is told again by Slack when the program fails or does not answer in time', async (ear, fields) => {
  for (const answer of [async () => Promise.reject(new Error('database away')), () => NEVER]) {
    const { url } = await hearing({ [ear]: answer });
    expect((await signed(url, JSON.stringify(event(fields)))).status).toBe(500);
  }
});
