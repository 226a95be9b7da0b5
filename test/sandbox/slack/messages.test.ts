import { describe, expect, it } from 'vitest';
import { answerOf, button, card, client, town } from './town.js';

describe('posting and reading with Slack’s own client', () => {
  it('posts, updates, deletes', async () => {
    const { web, simulator } = await town();
    const posted = await web.chat.postMessage({ channel: 'C0LEADS', text: 'Une piste', blocks: card() as never });
    expect(posted.message?.bot_id).toBe('B0BOT');
    const ts = posted.ts ?? '';
    await web.chat.update({ channel: 'C0LEADS', ts, text: 'Prise', blocks: card(button('status.open')) as never });
    const [message] = simulator.messages('C0LEADS');
    expect(message).toMatchObject({ ts, text: 'Prise', edited: { user: 'U0BOT' } });
    expect(JSON.stringify(message?.blocks)).toContain('status.open');
    await web.chat.delete({ channel: 'C0LEADS', ts });
    expect(simulator.messages('C0LEADS')).toEqual([]);
    expect(await answerOf(web.chat.update({ channel: 'C0LEADS', ts, text: 'x' }))).toBe('message_not_found');
  });

  it('keeps blocks and metadata that an update does not mention, and marks no edit without a new text', async () => {
    const { web, simulator } = await town();
    const metadata = { event_type: 'forecourt_card', event_payload: { mark: 'lead-1' } };
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'Une piste', blocks: card() as never, metadata });
    await web.chat.update({ channel: 'C0LEADS', ts, text: 'Une piste', blocks: card(button('status.open')) as never });
    expect(simulator.messages('C0LEADS')[0]?.edited).toBeUndefined();
    await web.chat.update({ channel: 'C0LEADS', ts, text: 'Prise' });
    expect(simulator.messages('C0LEADS')[0]).toMatchObject({ metadata, text: 'Prise' });
    expect(simulator.messages('C0LEADS')[0]?.blocks).toHaveLength(2);
  });

  it('gives missing block ids and defaults', async () => {
    const { web } = await town();
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'a' }, accessory: { type: 'button', text: { type: 'plain_text', text: 'b' } } },
    ];
    const { message } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'a', blocks: blocks as never });
    expect(message?.blocks?.[0]).toMatchObject({
      block_id: expect.stringMatching(/^.{5}$/),
      text: { verbatim: false },
      accessory: { action_id: expect.any(String), text: { emoji: true } },
    });
  });

  it('finds a message by its metadata, only for those who ask', async () => {
    const { web } = await town();
    const metadata = { event_type: 'forecourt_card', event_payload: { mark: 'lead-7' } };
    await web.chat.postMessage({ channel: 'C0LEADS', text: 'a', metadata });
    const without = await web.conversations.history({ channel: 'C0LEADS' });
    const withMetadata = await web.conversations.history({ channel: 'C0LEADS', include_all_metadata: true });
    expect(without.messages?.[0]).not.toHaveProperty('metadata');
    expect(withMetadata.messages?.[0]).toMatchObject({ metadata });
  });

  it('pages history newest first, inside its window', async () => {
    const { web } = await town();
    const posted = [];
    for (const text of ['1', '2', '3', '4', '5']) posted.push(await web.chat.postMessage({ channel: 'C0LEADS', text }));
    const pages = [];
    for await (const page of web.paginate('conversations.history', { channel: 'C0LEADS', limit: 2 })) {
      pages.push(((page as { messages?: unknown }).messages as { text: string }[]).map((message) => message.text));
    }
    expect(pages).toEqual([['5', '4'], ['3', '2'], ['1']]);
    const oldest = posted[1]?.ts ?? '';
    const after = await web.conversations.history({ channel: 'C0LEADS', oldest });
    const from = await web.conversations.history({ channel: 'C0LEADS', oldest, inclusive: true });
    expect(after.messages?.map((message) => message.text)).toEqual(['5', '4', '3']);
    expect(from.messages?.map((message) => message.text)).toEqual(['5', '4', '3', '2']);
  });

  it('keeps replies in their thread and counts them', async () => {
    const { web, simulator } = await town();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'parent' });
    await web.chat.postMessage({ channel: 'C0LEADS', text: 'reply', thread_ts: ts });
    simulator.as('U0ALICE').say('C0LEADS', 'merci', { thread_ts: ts });
    const { messages: history } = await web.conversations.history({ channel: 'C0LEADS' });
    expect(history).toMatchObject([{ text: 'parent', reply_count: 2, reply_users_count: 2 }]);
    const { messages: thread } = await web.conversations.replies({ channel: 'C0LEADS', ts });
    expect(thread?.map((message) => message.text)).toEqual(['parent', 'reply', 'merci']);
    expect(await answerOf(web.chat.postMessage({ channel: 'C0LEADS', text: 'x', thread_ts: thread?.[1]?.ts ?? '' }))).toBe(
      'cannot_reply_to_message',
    );
  });

  it('shows ephemeral messages to one person and never in history', async () => {
    const { web, simulator } = await town();
    await web.chat.postEphemeral({ channel: 'C0LEADS', user: 'U0ALICE', text: 'pour vous' });
    expect(simulator.ephemerals('U0ALICE').map((one) => one.message.text)).toEqual(['pour vous']);
    expect(simulator.ephemerals('U0BRUNO')).toEqual([]);
    expect((await web.conversations.history({ channel: 'C0LEADS' })).messages).toEqual([]);
  });

  it('writes to a person by opening a direct message, or by their id', async () => {
    const { web, simulator } = await town();
    const { channel } = await web.conversations.open({ users: 'U0CLARE' });
    const { channel: byId } = await web.chat.postMessage({ channel: 'U0CLARE', text: 'bonjour' });
    expect(byId).toBe(channel?.id);
    expect(simulator.messages(channel?.id ?? '').map((message) => message.text)).toEqual(['bonjour']);
  });

  it('knows people, in their language and zone', async () => {
    const { web } = await town();
    const { user } = await web.users.info({ user: 'U0ALICE', include_locale: true });
    expect(user).toMatchObject({
      locale: 'fr-FR',
      tz: 'Europe/Paris',
      profile: { display_name: 'Alice Martin', email: 'alice@example.org' },
    });
    expect((await web.users.lookupByEmail({ email: 'BRUNO@example.org' })).user?.id).toBe('U0BRUNO');
    expect((await web.auth.test()).response_metadata?.scopes).toContain('chat:write');
  });

  it('leaves a tombstone where a thread’s parent was deleted', async () => {
    const { web, simulator } = await town();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'parent' });
    await web.chat.postMessage({ channel: 'C0LEADS', text: 'reply', thread_ts: ts });
    simulator.as('U0ALICE').remove('C0LEADS', ts);
    expect(simulator.messages('C0LEADS')[0]).toMatchObject({ ts, subtype: 'tombstone', reply_count: 1 });
    expect(await answerOf(web.chat.update({ channel: 'C0LEADS', ts, text: 'x' }))).toBe('message_not_found');
  });

  it('uploads a file in Slack’s three steps, and scans it before it can be shown', async () => {
    let clock = Date.now();
    const { web, simulator } = await town({ now: () => clock });
    const answer = await web.filesUploadV2({
      channel_id: 'C0LEADS',
      filename: 'avant.jpg',
      file: Buffer.from('pixels'),
      initial_comment: 'photo',
    });
    const [message] = simulator.messages('C0LEADS');
    expect(message).toMatchObject({ text: 'photo', subtype: 'file_share', files: [{ name: 'avant.jpg', mimetype: '' }] });
    const id = String(message?.files?.[0]?.id);
    const picture = [{ type: 'image', alt_text: 'avant', slack_file: { id } }];
    expect(await answerOf(web.chat.postMessage({ channel: 'C0LEADS', text: 'x', blocks: picture as never }))).toBe('invalid_blocks');
    clock += 1_000;
    const { file } = await web.files.info({ file: id });
    expect(file).toMatchObject({ mimetype: 'image/jpeg', size: 6 });
    expect(await answerOf(web.chat.postMessage({ channel: 'C0LEADS', text: 'x', blocks: picture as never }))).toBe('ok');
    expect(answer.ok).toBe(true);
    const url = file?.url_private_download ?? '';
    const bytes = await fetch(url, { headers: { authorization: 'Bearer xoxb-sandbox' } });
    expect(await bytes.text()).toBe('pixels');
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
  });
});

describe('what Slack refuses', () => {
  const posts: readonly [string, Record<string, unknown>][] = [
    ['no_text', { channel: 'C0LEADS' }],
    ['no_text', { channel: 'C0LEADS', blocks: [] }],
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'a' }],
    ['channel_not_found', { text: 'a' }],
    ['channel_not_found', { channel: 'C0SECRET', text: 'a' }],
    ['not_in_channel', { channel: 'C0OUTSIDE', text: 'a' }],
    ['thread_not_found', { channel: 'C0LEADS', text: 'a', thread_ts: '1.000001' }],
    ['msg_too_long', { channel: 'C0LEADS', text: 'a'.repeat(40_001) }],
    ['markdown_text_conflict', { channel: 'C0LEADS', text: 'a', markdown_text: 'b' }],
    ['invalid_blocks_format', { channel: 'C0LEADS', text: 'a', blocks: '[{' }],
    ['invalid_blocks', { channel: 'C0LEADS', text: 'a', blocks: [{ type: 'nonsense' }] }],
    [
      'msg_blocks_too_long',
      {
        channel: 'C0LEADS',
        text: 'a',
        blocks: Array.from({ length: 5 }, () => ({ type: 'section', text: { type: 'plain_text', text: 'a'.repeat(2_900) } })),
      },
    ],
    ['invalid_metadata_format', { channel: 'C0LEADS', text: 'a', metadata: { event_type: 'x' } }],
    ['invalid_metadata_format', { channel: 'C0LEADS', text: 'a', metadata: '{' }],
  ];
  it.each(posts)('chat.postMessage: %s', async (word, args) => {
    const { web, simulator } = await town();
    expect(await answerOf(web.apiCall('chat.postMessage', args))).toBe(word);
    expect(simulator.messages('C0LEADS')).toEqual([]);
  });

  it('an archived channel, another’s message, a person outside the channel', async () => {
    const { web, simulator } = await town();
    const said = simulator.as('U0ALICE').say('C0LEADS', 'bonjour');
    expect(await answerOf(web.chat.update({ channel: 'C0LEADS', ts: said.ts, text: 'x' }))).toBe('cant_update_message');
    expect(await answerOf(web.chat.delete({ channel: 'C0LEADS', ts: said.ts }))).toBe('cant_delete_message');
    expect(await answerOf(web.chat.postEphemeral({ channel: 'C0LEADS', user: 'U0CLARE', text: 'x' }))).toBe('user_not_in_channel');
    simulator.archive('C0LEADS');
    expect(await answerOf(web.chat.postMessage({ channel: 'C0LEADS', text: 'x' }))).toBe('is_archived');
  });

  it('a text over 4,000 characters in an update', async () => {
    const { web } = await town();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'a'.repeat(4_001) });
    expect(await answerOf(web.chat.update({ channel: 'C0LEADS', ts, text: 'a'.repeat(4_001) }))).toBe('msg_too_long');
  });

  it('calls without a token, with a wrong one, with one of another kind; unknown methods; scopes not granted', async () => {
    const { slack, web } = await town({}, { scopes: ['chat:write'] });
    expect(await answerOf(client(slack.apiUrl, '').auth.test())).toBe('not_authed');
    expect(await answerOf(client(slack.apiUrl, 'xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await answerOf(web.apiCall('apps.connections.open'))).toBe('not_allowed_token_type');
    expect(await answerOf(web.apiCall('chat.sing'))).toBe('unknown_method');
    expect(await answerOf(web.users.info({ user: 'U0ALICE' }))).toBe('missing_scope');
    expect(await answerOf(client(slack.apiUrl, '').apiCall('api.test'))).toBe('ok');
  });

  it('a token inside a JSON body, as arguments in JSON need theirs in the header', async () => {
    const { slack } = await town();
    const ask = async (headers: Record<string, string>) => {
      const body = JSON.stringify({ token: 'xoxb-sandbox', channel: 'C0LEADS', text: 'a', blocks: card() });
      const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
      return ((await response.json()) as { error?: string }).error ?? 'ok';
    };
    expect(await ask({})).toBe('not_authed');
    expect(await ask({ authorization: 'Bearer xoxb-sandbox' })).toBe('ok');
  });
});
