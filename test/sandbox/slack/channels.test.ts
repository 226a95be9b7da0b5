import { describe, expect, it } from 'vitest';
import { links, pings } from '../../../src/sandbox/slack/index.js';
import { answerOf, town } from './town.js';

describe('channels as the app sees them', () => {
  it('are described, with whether the app is in them; private ones it is not in do not exist', async () => {
    const { web, simulator } = await town();
    expect((await web.conversations.info({ channel: 'C0LEADS' })).channel).toMatchObject({
      name: 'leads',
      is_member: true,
      is_archived: false,
    });
    expect((await web.conversations.info({ channel: 'C0OUTSIDE' })).channel).toMatchObject({ is_member: false });
    expect(await answerOf(web.conversations.info({ channel: 'C0SECRET' }))).toBe('channel_not_found');
    simulator.archive('C0OUTSIDE');
    expect((await web.conversations.info({ channel: 'C0OUTSIDE' })).channel).toMatchObject({ is_archived: true });
  });

  it('are listed by kind and page, with their members', async () => {
    const { web } = await town();
    const listed = async (args: object) => (await web.conversations.list(args)).channels?.map((channel) => channel.name);
    expect(await listed({})).toEqual(['leads', 'outside']);
    expect(await listed({ types: 'public_channel,private_channel' })).toEqual(['leads', 'chiefs', 'outside']);
    expect(await listed({ limit: 1 })).toEqual(['leads']);
    expect((await web.conversations.members({ channel: 'C0LEADS' })).members).toEqual(['U0ALICE', 'U0BRUNO', 'U0BOT']);
  });

  it('can be joined when they are public, then read and written', async () => {
    const { web } = await town();
    expect(await answerOf(web.conversations.history({ channel: 'C0OUTSIDE' }))).toBe('not_in_channel');
    await web.conversations.join({ channel: 'C0OUTSIDE' });
    expect(await answerOf(web.chat.postMessage({ channel: '#outside', text: 'a' }))).toBe('ok');
    expect((await web.conversations.history({ channel: 'C0OUTSIDE' })).messages).toHaveLength(1);
  });

  it('refuse what makes no sense', async () => {
    const { web } = await town();
    expect(await answerOf(web.conversations.open({ users: 'U0NOBODY' }))).toBe('user_not_found');
    expect(await answerOf(web.apiCall('conversations.open'))).toBe('users_list_not_supplied');
    expect(await answerOf(web.conversations.replies({ channel: 'C0LEADS', ts: '1.000001' }))).toBe('thread_not_found');
    expect(await answerOf(web.conversations.history({ channel: 'C0LEADS', oldest: 'yesterday' }))).toBe('invalid_ts_oldest');
    expect(await answerOf(web.conversations.history({ channel: 'C0LEADS', cursor: 'x' }))).toBe('invalid_cursor');
    expect(await answerOf(web.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
    expect(await answerOf(web.files.info({ file: 'F0NONE' }))).toBe('file_not_found');
    expect(await answerOf(web.chat.getPermalink({ channel: 'C0LEADS', message_ts: '1.000001' }))).toBe('message_not_found');
  });
});

describe('a hostile lead, as the simulator would catch it', () => {
  const hostile = '<!channel> <@U0ALICE> <https://evil.example|Bank> www.evil.com';
  const escaped = hostile.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  it('is seen to ping and link when it was posted as it came', async () => {
    const { web, simulator } = await town();
    await web.chat.postMessage({ channel: 'C0LEADS', text: hostile });
    await web.chat.postMessage({ channel: 'C0LEADS', text: 'call @here', link_names: true });
    const shown = simulator.messages('C0LEADS').map((message) => [pings(message), links(message).length]);
    expect(shown).toEqual([
      [['U0ALICE', 'channel'], 2],
      [['here'], 0],
    ]);
  });

  it('is seen to ping nobody when it was escaped, or is plain text', async () => {
    const { web, simulator } = await town();
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: escaped, verbatim: true } },
      { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: hostile }] }] },
    ];
    await web.chat.postMessage({ channel: 'C0LEADS', text: 'Une piste', blocks: blocks as never });
    expect(simulator.messages('C0LEADS').map((message) => [pings(message), links(message)])).toEqual([[[], []]]);
  });

  it('costs no time to look at, however long', () => {
    const message = { text: `${'a'.repeat(40_000)} ${'<'.repeat(20_000)} ${'a.'.repeat(10_000)} ${'a-'.repeat(10_000)}` };
    expect(pings(message)).toEqual([]);
  });
});
