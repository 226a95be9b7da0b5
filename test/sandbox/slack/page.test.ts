import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../../src/sandbox/page/wire.js';
import { type LeadSender, slackPage } from '../../../src/sandbox/slack/page.js';
import { boltOverHttp } from './app.js';
import { card, client, modal, seed, town } from './town.js';

const noLeads: LeadSender = { examples: [], send: async () => ({ ok: true }) };

/** What a person's page hears, and the page itself. */
function watch(where: Awaited<ReturnType<typeof town>>, user: string, leads = noLeads) {
  const page = slackPage(where.simulator, seed, leads);
  const heard: StreamEvent[] = [];
  const leave = page.streamFor(user, (event) => heard.push(event));
  const last = <T extends StreamEvent['type']>(type: T) =>
    heard.findLast((event): event is Extract<StreamEvent, { type: T }> => event.type === type);
  return { page, heard, last, leave };
}

describe('the page of the simulated Slack', () => {
  it('shows the people, the shared channels, the commands and the ready leads', async () => {
    const example = { id: 'one', title: { fr: 'Un', en: 'One' }, detail: { fr: '', en: '' } };
    const workspace = watch(await town(), 'U0ALICE', { ...noLeads, examples: [example] }).page.workspace();
    expect(workspace.people[0]).toEqual({ id: 'U0ALICE', name: 'Alice Martin', job: '', locale: 'fr-FR', timeZone: 'Europe/Paris' });
    expect(workspace.channels.map(({ name, private: closed }) => [name, closed])).toEqual([
      ['leads', false],
      ['chiefs', true],
      ['outside', false],
      ['secret', true],
    ]);
    expect(workspace.commands).toEqual([{ command: '/lead', hint: 'add | stats | help' }]);
    expect(workspace.examples).toEqual([example]);
  });

  it('tells each person what they are a member of, and nothing else', async () => {
    const where = await town();
    await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead' });
    await where.web.chat.postMessage({ channel: 'C0CHIEFS', text: 'A decision' });
    const [alice, clare] = [watch(where, 'U0ALICE'), watch(where, 'U0CLARE')];
    expect(alice.last('hello')?.messages.map(({ text }) => text)).toEqual(['A lead']);
    expect(clare.last('hello')?.messages.map(({ text }) => text)).toEqual(['A decision']);
    await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'Another lead' });
    expect(alice.last('message')?.message).toMatchObject({ channel: 'C0LEADS', user: 'U0BOT', bot_id: 'B0BOT', text: 'Another lead' });
    expect(clare.last('message')).toBeUndefined();
  });

  it('tells the app that its Home was opened, and shows each person their own', async () => {
    const where = await town();
    const [alice, clare] = [watch(where, 'U0ALICE'), watch(where, 'U0CLARE')];
    expect(await alice.page.act('U0ALICE', 'home', {})).toEqual({ ok: true });
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'My leads' } }];
    await where.web.views.publish({ user_id: 'U0ALICE', view: { type: 'home', blocks: blocks as never } });
    expect(alice.last('home')?.view.blocks).toMatchObject(blocks);
    expect(clare.last('home')).toBeUndefined();
    expect(watch(where, 'U0ALICE').last('home')?.view.blocks).toMatchObject(blocks);
  });

  it('follows a card being redrawn, answered and deleted', async () => {
    const where = await town();
    const alice = watch(where, 'U0ALICE');
    const posted = await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead', blocks: card() as never });
    const ts = posted.ts ?? '';
    await where.web.chat.update({ channel: 'C0LEADS', ts, text: 'Claimed' });
    expect(alice.last('changed')?.message).toMatchObject({ ts, text: 'Claimed', edited: {} });
    expect(await alice.page.act('U0ALICE', 'say', { channel: 'C0LEADS', text: 'I called', thread_ts: ts })).toEqual({ ok: true });
    expect(alice.last('message')?.message).toMatchObject({ user: 'U0ALICE', thread_ts: ts, text: 'I called' });
    expect(alice.last('changed')?.message.reply_count).toBe(1);
    const reply = alice.last('message')?.message.ts ?? '';
    await alice.page.act('U0ALICE', 'remove', { channel: 'C0LEADS', ts: reply });
    expect(alice.last('deleted')).toEqual({ type: 'deleted', channel: 'C0LEADS', ts: reply });
  });

  it('keeps a whisper for one person, until it is waved away', async () => {
    const where = await town();
    const [alice, bruno] = [watch(where, 'U0ALICE'), watch(where, 'U0BRUNO')];
    await where.web.chat.postEphemeral({ channel: 'C0LEADS', user: 'U0ALICE', text: 'It is yours' });
    const whisper = alice.last('message')?.message;
    expect(whisper).toMatchObject({ text: 'It is yours', ephemeral: true });
    expect(bruno.last('message')).toBeUndefined();
    expect(watch(where, 'U0ALICE').last('hello')?.messages).toHaveLength(1);
    await alice.page.act('U0ALICE', 'remove', { channel: 'C0LEADS', ts: whisper?.ts ?? '' });
    expect(watch(where, 'U0ALICE').last('hello')?.messages).toHaveLength(0);
  });

  it('opens a direct conversation when the app writes to somebody', async () => {
    const where = await town();
    const alice = watch(where, 'U0ALICE');
    await where.web.chat.postMessage({ channel: 'U0ALICE', text: 'Good morning' });
    const channel = alice.last('channel')?.channel;
    expect(channel?.members).toEqual(['U0ALICE', 'U0BOT']);
    expect(channel?.id).toMatch(/^D/);
    expect(alice.last('message')?.message).toMatchObject({ channel: channel?.id, text: 'Good morning' });
  });

  it('answers politely to what a person cannot see, and to commands nobody installed', async () => {
    const { page } = watch(await town(), 'U0ALICE');
    expect(await page.act('U0ALICE', 'say', { channel: 'C0SECRET', text: 'x' })).toEqual({ ok: false, error: 'Ceci n’est plus là.' });
    expect(await page.act('U0ALICE', 'remove', { channel: 'C0LEADS', ts: '1.0' })).toMatchObject({ ok: false });
    expect(await page.act('U0CLARE', 'say', { channel: 'C0CHIEFS', text: '/weather' })).toEqual({
      ok: false,
      error: '/weather is not a command of this workspace.',
    });
    expect(await page.act('U0CLARE', 'say', { channel: 'C0CHIEFS', text: '/lead help', thread_ts: '1.0' })).toMatchObject({ ok: false });
    expect(await page.act('U0ALICE', 'submit', { view: 'V0GONE', values: {} })).toMatchObject({ ok: false });
    expect(await page.act('U0ALICE', 'close', { view: 'V0GONE' })).toEqual({ ok: true });
  });

  it('posts the ready leads through whoever may', async () => {
    const sent: string[] = [];
    const leads: LeadSender = {
      examples: [],
      async send(example) {
        sent.push(example);
        return { ok: false, error: '503' };
      },
    };
    const { page } = watch(await town(), 'U0ALICE', leads);
    expect(await page.act('U0ALICE', 'lead', { example: 'one' })).toEqual({ ok: false, error: '503' });
    expect(sent).toEqual(['one']);
  });

  it('gives out shared pictures', async () => {
    const where = await town();
    const photo = where.simulator.as('U0ALICE').upload('front.png', Buffer.from('bytes'));
    where.simulator.as('U0ALICE').say('C0LEADS', 'Here', { files: [photo] });
    const { page, last } = watch(where, 'U0ALICE');
    expect(last('hello')?.messages[0]?.files).toEqual([{ id: photo.id, name: 'front.png', mimetype: 'image/png' }]);
    expect(page.file('U0ALICE', photo.id)).toEqual({ name: 'front.png', mimetype: 'image/png', bytes: Buffer.from('bytes') });
    expect(page.file('U0ALICE', 'F0NONE')).toBeNull();
  });

  it('keeps a picture from whoever cannot see where it was shared', async () => {
    const where = await town();
    const { page } = watch(where, 'U0ALICE');
    const taken = page.upload('U0ALICE', 'front.png', Buffer.from('bytes'));
    const id = taken.ok ? taken.file.id : '';
    expect(taken).toEqual({ ok: true, file: { id: expect.stringMatching(/^F/), name: 'front.png', mimetype: 'image/png' } });
    const seenBy = () => ['U0ALICE', 'U0BRUNO', 'U0CLARE'].filter((user) => page.file(user, id) !== null);
    expect(seenBy()).toEqual(['U0ALICE']);
    expect(await page.act('U0BRUNO', 'say', { channel: 'C0LEADS', text: 'Mine', files: [id] })).toEqual({
      ok: false,
      error: expect.any(String),
    });
    expect(where.simulator.messages('C0LEADS')).toEqual([]);
    expect(await page.act('U0ALICE', 'say', { channel: 'C0LEADS', text: '', files: [id] })).toEqual({ ok: true });
    expect(where.simulator.messages('C0LEADS')).toMatchObject([{ subtype: 'file_share', text: '', files: [{ id }] }]);
    expect(seenBy()).toEqual(['U0ALICE', 'U0BRUNO']);
    const image = { type: 'image', slack_file: { id }, alt_text: 'Front' };
    await where.web.chat.postMessage({ channel: 'C0CHIEFS', text: 'Photo', blocks: [image] as never });
    expect(seenBy()).toEqual(['U0ALICE', 'U0BRUNO', 'U0CLARE']);
  });

  it('hears nothing more once it left', async () => {
    const where = await town();
    const { heard, leave } = watch(where, 'U0ALICE');
    leave();
    await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead' });
    expect(heard.map(({ type }) => type)).toEqual(['hello']);
  });
});

describe('a real Bolt app behind the page', () => {
  it('hears the click, opens the form, finds fault, and closes it', async () => {
    const where = await boltOverHttp();
    const web = client(where.slack.apiUrl);
    where.app.action('claim.take', async ({ ack, body }) => {
      await ack();
      await web.views.open({ trigger_id: 'trigger_id' in body ? body.trigger_id : '', view: modal() as never });
    });
    where.app.view('status', async ({ ack, view }) => {
      const note = view.state.values.note?.note?.value;
      await ack(note === 'wrong' ? { response_action: 'errors', errors: { note: 'Not this' } } : undefined);
    });
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead', blocks: card() as never });
    const { page, last } = watch(where, 'U0ALICE');
    const click = { message: { channel: 'C0LEADS', ts }, block_id: 'acts', action_id: 'claim.take', value: 'lead-1' };
    expect(await page.act('U0ALICE', 'click', click)).toEqual({ ok: true });
    await where.simulator.until(() => last('view')?.view);
    const view = last('view')?.view;
    expect(view).toMatchObject({ callback_id: 'status', title: { text: 'Statut' }, submit: { text: 'Enregistrer' } });
    expect(view).not.toHaveProperty('private_metadata');

    const submit = (value: string) =>
      page.act('U0ALICE', 'submit', { view: view?.id ?? '', values: { note: { note: { type: 'plain_text_input', value } } } });
    expect(await submit('wrong')).toMatchObject({ ok: false, fields: { note: 'Not this' } });
    // Somebody who reloads the page finds the form as it was.
    expect(watch(where, 'U0ALICE').last('view')?.view?.state?.values).toEqual({
      note: { note: { type: 'plain_text_input', value: 'wrong' } },
    });
    expect(await submit('fine')).toEqual({ ok: true });
    expect(last('view')).toEqual({ type: 'view', view: null });
  });

  it('says that the app did not answer in time', async () => {
    const where = await boltOverHttp({ times: { ackMs: 50 } });
    where.app.action('claim.take', async () => undefined);
    const { ts = '' } = await where.web.chat.postMessage({ channel: 'C0LEADS', text: 'A lead', blocks: card() as never });
    const { page } = watch(where, 'U0ALICE');
    const answer = await page.act('U0ALICE', 'click', { message: { channel: 'C0LEADS', ts }, block_id: 'acts', action_id: 'claim.take' });
    expect(answer).toEqual({ ok: false, error: 'L’application n’a pas répondu à temps. Réessayez. (operation_timeout)' });
  });
});
