import { describe, expect, it } from 'vitest';
import { buttons, card, claim, LEADS, newPost, seed, tokenOf, town } from './town.js';

const BOT = `28:${seed.app.id}`;
const codeOf = (body: Readonly<Record<string, unknown>>) => (body.error as { code?: string } | undefined)?.code;

describe('the Bot Connector', () => {
  it('makes a post in a channel and names its thread', async () => {
    const { ask, simulator } = await town();
    const { status, body } = await ask('POST', 'conversations', newPost({ text: 'A lead', summary: 'New lead' }));
    expect([status, body]).toEqual([201, { id: `${LEADS};messageid=${body.activityId}`, activityId: expect.stringMatching(/^\d{13}$/) }]);
    expect(simulator.messages(LEADS)).toMatchObject([{ id: body.activityId, from: BOT, text: 'A lead', summary: 'New lead' }]);
  });

  it('answers below a post, by the thread’s id or by the post answered', async () => {
    const { ask, post, simulator } = await town();
    const root = await post({ text: 'A lead' });
    const first = await ask('POST', `conversations/${encodeURIComponent(`${LEADS};messageid=${root}`)}/activities`, {
      type: 'message',
      text: 'one',
    });
    await ask('POST', `conversations/${encodeURIComponent(LEADS)}/activities/${first.body.id}`, { type: 'message', text: 'two' });
    await ask('POST', `conversations/${encodeURIComponent(LEADS)}/activities`, { type: 'message', text: 'another post' });
    expect(simulator.messages(LEADS).map(({ text, root: under }) => [text, under])).toEqual([
      ['A lead', undefined],
      ['one', root],
      ['two', root],
      ['another post', undefined],
    ]);
  });

  it('opens one chat with a person, by either of their ids, and the same one again', async () => {
    const { ask, simulator } = await town();
    const chat = (id: string) => ask('POST', 'conversations', { isGroup: false, members: [{ id }], tenantId: seed.tenant.id });
    const [first, second] = [await chat('aad-alice'), await chat(simulator.idOf('aad-alice'))];
    expect(first.body.id).toMatch(/^a:1/);
    expect(second.body.id).toBe(first.body.id);
    await ask('POST', `conversations/${first.body.id}/activities`, { type: 'message', text: 'For you alone' });
    expect(simulator.as('aad-alice').messages(simulator.as('aad-alice').chat())).toMatchObject([{ text: 'For you alone' }]);
    expect((await chat('29:nobody')).status).toBe(403);
  });

  it('changes and deletes the bot’s own messages, in their thread, and no others', async () => {
    const { ask, post, simulator } = await town();
    const root = await post({ text: 'A lead' });
    const said = simulator.as('aad-alice').say(LEADS, 'mine', { under: root });
    const at = (id: string, thread = root) => `conversations/${encodeURIComponent(`${LEADS};messageid=${thread}`)}/activities/${id}`;
    expect((await ask('PUT', at(root), { type: 'message', text: 'Claimed' })).status).toBe(200);
    expect(simulator.message({ conversation: LEADS, id: root })).toMatchObject({ text: 'Claimed', editedAt: expect.any(Number) });
    const refused = [
      await ask('PUT', at(said.id), { type: 'message', text: 'put words in her mouth' }),
      await ask('PUT', at('1234567890123'), { type: 'message', text: 'x' }),
      await ask('PUT', at(root, '1234567890123'), { type: 'message', text: 'x' }),
      await ask('DELETE', at(said.id)),
    ];
    expect(refused.map(({ status, body }) => [status, codeOf(body)])).toEqual([
      [403, 'ForbiddenOperationException'],
      [404, 'ActivityNotFoundInConversation'],
      [404, 'ActivityNotFoundInConversation'],
      [403, 'ForbiddenOperationException'],
    ]);
    expect((await ask('DELETE', at(root))).status).toBe(200);
    expect((await ask('PUT', at(root), { type: 'message', text: 'x' })).status).toBe(404);
    expect(simulator.messages(LEADS).map(({ text }) => text)).toEqual(['mine']);
  });

  it.each([
    ['a conversation that is not there', '19:nowhere@thread.tacv2', 404, 'ConversationNotFound'],
    ['a team without the bot', '19:outside@thread.tacv2', 403, 'BotNotInConversationRoster'],
  ])('refuses %s', async (_, channel, status, code) => {
    const { ask } = await town();
    const answers = [
      await ask('POST', 'conversations', newPost({ text: 'x' }, channel)),
      await ask('GET', `conversations/${channel}/members`),
    ];
    expect(answers.map((answer) => [answer.status, codeOf(answer.body)])).toEqual([
      [status, code],
      [status, code],
    ]);
  });

  it('refuses another tenant, what is no message, and nothing at all', async () => {
    const { ask } = await town();
    const answers = [
      await ask('POST', 'conversations', { ...newPost({ text: 'x' }), tenantId: 'other' }),
      await ask('POST', 'conversations', newPost({ type: 'event', text: 'x' })),
      await ask('POST', 'conversations', newPost({ text: '  ' })),
      await ask('POST', 'conversations', newPost({ attachments: [{ contentType: 'application/vnd.microsoft.card.hero', content: {} }] })),
      await ask('POST', 'conversations', 'not an object'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 400, 400, 400, 400]);
  });

  it('refuses more than a hundred kilobytes of UTF-16', async () => {
    const { ask } = await town();
    const text = (characters: number) => ask('POST', 'conversations', newPost({ text: 'é'.repeat(characters) }));
    expect((await text(51_000)).status).toBe(201);
    expect(await text(51_300)).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } });
  });

  it('lists the members, whole, in pages and one by one', async () => {
    const { ask, simulator } = await town();
    const alice = { id: simulator.idOf('aad-alice'), aadObjectId: 'aad-alice', name: 'Alice Martin', tenantId: seed.tenant.id };
    expect((await ask('GET', `conversations/${LEADS}/members`)).body).toMatchObject([alice, {}, {}]);
    expect((await ask('GET', `conversations/${LEADS}/pagedmembers`)).body).toMatchObject({ members: [alice, {}, {}] });
    for (const id of ['aad-alice', simulator.idOf('aad-alice')])
      expect((await ask('GET', `conversations/${LEADS}/members/${id}`)).body).toMatchObject(alice);
    expect((await ask('GET', 'conversations/19:chiefs@thread.tacv2/members/aad-alice')).status).toBe(404);
  });

  it('describes a team and its channels', async () => {
    const { ask } = await town();
    expect((await ask('GET', 'teams/19:general@thread.tacv2')).body).toEqual({
      id: '19:general@thread.tacv2',
      name: 'Lyon',
      aadGroupId: 'group-lyon',
    });
    expect((await ask('GET', 'teams/19:general@thread.tacv2/conversations')).body).toEqual({
      conversations: [
        { id: '19:general@thread.tacv2', name: null },
        { id: LEADS, name: 'Leads' },
        { id: '19:chiefs@thread.tacv2', name: 'Chiefs' },
      ],
    });
  });

  it('mentions people by their words, and nobody it does not know', async () => {
    const { ask } = await town();
    const mention = (id: string, text = '<at>Alice</at>') => [{ type: 'mention', text, mentioned: { id, name: 'Alice' } }];
    const answers = [
      await ask('POST', 'conversations', newPost({ text: 'Bonjour <at>Alice</at>', entities: mention('aad-alice') })),
      await ask('POST', 'conversations', newPost({ text: 'Bonjour <at>Alice</at>', entities: mention('29:nobody') })),
      await ask('POST', 'conversations', newPost({ text: 'Bonjour', entities: mention('aad-alice') })),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 400, 400]);
  });
});

describe('the rates of the Bot Connector', () => {
  it('are counted for each thread, and cost nothing when refused', async () => {
    let now = 1_800_000_000_000;
    const { ask } = await town({ rate: {}, now: () => now });
    const statuses = async (channel: string, count: number) => {
      const answers = [];
      for (let n = 0; n < count; n++) answers.push(await ask('POST', 'conversations', newPost({ text: `${n}` }, channel)));
      return answers.map(({ status, headers }) => (status === 429 ? `429 ${headers.get('retry-after')}` : status));
    };
    expect(await statuses(LEADS, 8)).toEqual([201, 201, 201, 201, 201, 201, 201, '429 1']);
    expect(await statuses('19:chiefs@thread.tacv2', 1)).toEqual([201]);
    now += 1_001;
    expect(await statuses(LEADS, 2)).toEqual([201, '429 1']);
    now += 1_000;
    expect(await statuses(LEADS, 1)).toEqual([201]);
  });
});

describe('what goes wrong with the Bot Connector', () => {
  it.each([
    [{ kind: 'status', status: 412, stored: false }, 412, 0],
    [{ kind: 'status', status: 502, stored: false }, 502, 0],
    [{ kind: 'status', status: 504, stored: true }, 504, 1],
    [{ kind: 'throttled', retryAfter: 7 }, 429, 0],
    [{ kind: 'refused', status: 403, code: 'BotDisabledByAdmin' }, 403, 0],
  ] as const)('%o', async (effect, status, kept) => {
    const { ask, simulator } = await town();
    const placed = simulator.faults.add({ effect, method: 'conversation.', times: 1 });
    expect((await ask('POST', 'conversations', newPost({ text: 'x' }))).status).toBe(status);
    expect(simulator.messages(LEADS)).toHaveLength(kept);
    expect(placed.hits()).toBe(1);
    expect((await ask('POST', 'conversations', newPost({ text: 'y' }))).status).toBe(201);
  });

  it('an answer that is lost after the message was stored, and one that never comes', async () => {
    const { ask, simulator } = await town();
    for (const kind of ['lost', 'hang'] as const) {
      simulator.faults.add({ effect: { kind, stored: true }, method: 'activity.send', times: 1 });
      const asked = ask('POST', `conversations/${LEADS}/activities`, { type: 'message', text: kind });
      await simulator.until(() => simulator.messages(LEADS).some(({ text }) => text === kind));
      simulator.faults.clear();
      await expect(asked).rejects.toThrow();
    }
  });

  it('keeps a record of every request, without secrets', async () => {
    const { ask, simulator, teams } = await town();
    await ask('POST', 'conversations', newPost({ text: 'x' }));
    await tokenOf(teams);
    expect(simulator.requests.map(({ method, status, fault }) => [method, status, fault])).toEqual([
      ['token', 200, null],
      ['conversation.create', 201, null],
      ['token', 200, null],
    ]);
    expect(JSON.stringify(simulator.requests.map(({ body }) => body))).not.toContain(seed.app.password);
  });
});

describe('Graph, with resource-specific consent', () => {
  const graph = async (where: Awaited<ReturnType<typeof town>>, path: string) => {
    const token = await tokenOf(where.teams, { scope: 'https://graph.microsoft.com/.default' });
    const url = `${where.teams.graphUrl}/v1.0/teams/group-lyon/channels/${encodeURIComponent(LEADS)}/messages${path}`;
    return fetch(url, { headers: { authorization: `Bearer ${token}` } });
  };

  it('gives back what stands in a channel, the newest first, and below a post', async () => {
    const where = await town({}, { rsc: true });
    const root = await where.post({ ...buttons(claim), summary: 'New lead' });
    await where.post({ text: 'second' });
    where.simulator.as('aad-alice').say(LEADS, 'vu', { under: root });
    const posts = (await (await graph(where, '')).json()) as { value: { id: string; attachments: { content: string }[] }[] };
    expect(posts.value).toMatchObject([{ from: { application: { id: seed.app.id } } }, { id: root, summary: 'New lead' }]);
    expect(JSON.parse(posts.value[1]?.attachments[0]?.content ?? '')).toEqual(buttons(claim).attachments[0]?.content);
    expect(await (await graph(where, `/${root}/replies`)).json()).toMatchObject({
      value: [{ replyToId: root, from: { user: { id: 'aad-alice' } } }],
    });
  });

  it('gives it page by page', async () => {
    const where = await town({}, { rsc: true });
    for (const text of ['first', 'second', 'third']) await where.post({ text });
    type Page = { value: { body: { content: string } }[]; '@odata.nextLink'?: string };
    const token = await tokenOf(where.teams, { scope: 'https://graph.microsoft.com/.default' });
    const page = (await (await graph(where, '?$top=2')).json()) as Page;
    const last = await fetch(page['@odata.nextLink'] ?? '', { headers: { authorization: `Bearer ${token}` } });
    const { value, ...more } = (await last.json()) as Page;
    expect([...page.value, ...value].map(({ body }) => body.content)).toEqual(['third', 'second', 'first']);
    expect(more).toEqual({});
  });

  it('gives a pasted picture', async () => {
    const where = await town({}, { rsc: true });
    const alice = where.simulator.as('aad-alice');
    const said = alice.say(LEADS, '', { files: [alice.upload('front.png', Buffer.from('picture'), true)] });
    const { attachments } = (await where.simulator.until(() => where.bot.heard[0])) as { attachments: { content: string }[] };
    const [, id = ''] = new RegExp(`/messages/${said.id}/hostedContents/([^/]+)/`).exec(attachments[0]?.content ?? '') ?? [];
    expect(await (await graph(where, `/${said.id}/hostedContents/${id}/$value`)).text()).toBe('picture');
  });

  it('gives nothing without it', async () => {
    const where = await town();
    await where.post(card({ type: 'TextBlock', text: 'x' }));
    expect((await graph(where, '')).status).toBe(403);
  });
});
