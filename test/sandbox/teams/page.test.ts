import { describe, expect, it } from 'vitest';
import type { TenantEvent } from '../../../src/sandbox/page/teams/wire.js';
import type { LeadSender } from '../../../src/sandbox/slack/page.js';
import { teamsPage } from '../../../src/sandbox/teams/page.js';
import { buttons, claim, dialog, LEADS, opens, seed, type Town, town } from './town.js';

const noLeads: LeadSender = { examples: [], send: async () => ({ ok: true }) };

/** What a person's page hears, and the page itself. */
function watch({ simulator }: Town, user: string, leads = noLeads) {
  const page = teamsPage(simulator, seed, leads, { 'aad-alice': 'U0ALICE' });
  const heard: TenantEvent[] = [];
  const leave = page.streamFor(user, (event) => heard.push(event));
  const last = <T extends TenantEvent['type']>(type: T) =>
    heard.findLast((event): event is Extract<TenantEvent, { type: T }> => event.type === type);
  return { page, heard, last, leave };
}

describe('the page of the simulated Teams', () => {
  it('shows the people, the bot, the ready leads and who is who in Slack', async () => {
    const { page } = watch(await town(), 'aad-alice');
    expect(page.workspace()).toMatchObject({
      name: 'Groupe Lumière',
      bot: { name: 'Forecourt' },
      twins: { 'aad-alice': 'U0ALICE' },
      people: [{ id: 'aad-alice', name: 'Alice Martin', locale: 'fr-FR', timeZone: 'Europe/Paris' }, {}, {}],
    });
  });

  it('tells each person of the channels and chats they are in, and nothing else', async () => {
    const where = await town();
    await where.post({ text: 'A lead' });
    await where.post({ text: 'A decision' }, '19:chiefs@thread.tacv2');
    const [alice, clare] = [watch(where, 'aad-alice'), watch(where, 'aad-clare')];
    const heard = (one: typeof alice) => one.last('hello')?.messages.map(({ text }) => text);
    expect([heard(alice), heard(clare)]).toEqual([['A lead'], ['A lead', 'A decision']]);
    expect(alice.last('hello')?.places.map(({ kind, team, name }) => [kind, team, name])).toEqual([
      ['channel', 'Lyon', 'General'],
      ['channel', 'Lyon', 'Leads'],
      ['channel', 'Other', 'General'],
      ['personal', '', ''],
    ]);
    await where.post({ text: 'Another decision' }, '19:chiefs@thread.tacv2');
    expect([alice.last('message'), clare.last('message')?.message.text]).toEqual([undefined, 'Another decision']);
    clare.page.act('aad-clare', 'say', { conversation: where.simulator.as('aad-clare').chat(), text: 'for the bot alone' });
    expect(alice.last('message')).toBeUndefined();
  });

  it('presses the very button that was drawn, of several alike', async () => {
    const where = await town();
    const other = { ...claim, data: { subject: 'lead-2' } };
    const id = await where.post(buttons(claim, other));
    where.bot.answer = () => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'À vous.' });
    const alice = watch(where, 'aad-alice');
    const { type, title, verb, data } = other;
    const pressed = { conversation: LEADS, id, action: { type, title, verb, data }, inputs: {} };
    expect(await alice.page.act('aad-alice', 'click', pressed)).toEqual({ ok: true });
    expect(where.bot.heard[0]).toMatchObject({ value: { action: { data: { subject: 'lead-2' } } } });
    expect(alice.last('toast')?.toast).toEqual({ text: 'À vous.', error: false, message: id });
    const invented = { ...pressed, action: { type, title, verb, data: { subject: 'lead-3' } } };
    expect(await alice.page.act('aad-alice', 'click', invented)).toMatchObject({ ok: false });
  });

  it('opens a form, sends it and closes it', async () => {
    const where = await town();
    const id = await where.post(buttons(opens));
    const send = { type: 'Action.Submit', title: 'Enregistrer', data: { form: 'status' } };
    where.bot.answer = () => dialog({ type: 'Input.Text', id: 'note' }, { type: 'ActionSet', actions: [send] });
    const [alice, bruno] = [watch(where, 'aad-alice'), watch(where, 'aad-bruno')];
    await alice.page.act('aad-alice', 'click', { conversation: LEADS, id, action: opens, inputs: {} });
    expect([alice.last('dialog')?.dialog?.title, bruno.last('dialog')]).toEqual(['Statut', undefined]);
    where.bot.answer = () => undefined;
    await alice.page.act('aad-alice', 'submit', { action: send, inputs: { note: 'vu' } });
    expect(where.bot.heard.at(-1)).toMatchObject({ name: 'task/submit', value: { data: { form: 'status', note: 'vu' } } });
    expect(alice.last('dialog')?.dialog).toBeNull();
  });

  it('reads @names as mentions, of the bot and of colleagues', async () => {
    const where = await town();
    const [alice, bruno] = [watch(where, 'aad-alice'), watch(where, 'aad-bruno')];
    await alice.page.act('aad-alice', 'say', { conversation: LEADS, text: '@Forecourt lead add' });
    await where.simulator.until(() => where.bot.heard.length === 1);
    expect(where.bot.heard[0]).toMatchObject({ text: '<at>Forecourt</at> lead add' });
    await alice.page.act('aad-alice', 'say', { conversation: LEADS, text: 'Regarde, @Bruno Petit' });
    expect([alice.last('message')?.message.mentionsMe, bruno.last('message')?.message.mentionsMe]).toEqual([false, true]);
  });

  it('hands over files, to those who may see them', async () => {
    const where = await town();
    const [alice, bruno] = [watch(where, 'aad-alice'), watch(where, 'aad-bruno')];
    const uploaded = alice.page.upload('aad-alice', 'front.png', Buffer.from('png'));
    const id = uploaded.ok ? uploaded.file.id : '';
    expect(bruno.page.file('aad-bruno', id)).toBeNull();
    expect(await bruno.page.act('aad-bruno', 'say', { conversation: LEADS, text: '', files: [id] })).toMatchObject({ ok: false });
    await alice.page.act('aad-alice', 'say', { conversation: LEADS, text: '', files: [id] });
    expect(bruno.page.file('aad-bruno', id)).toMatchObject({ name: 'front.png', mimetype: 'image/png' });
    expect(bruno.last('message')?.message.files).toEqual([{ id, name: 'front.png', mimetype: 'image/png' }]);
  });

  it('keeps the place of what was deleted, and refuses what is not theirs', async () => {
    const where = await town();
    const id = await where.post({ text: 'A lead' });
    const alice = watch(where, 'aad-alice');
    await alice.page.act('aad-alice', 'remove', { conversation: LEADS, id });
    expect(alice.last('message')?.message).toMatchObject({ id, deleted: true, text: '' });
    expect(watch(where, 'aad-alice').last('hello')?.messages).toMatchObject([{ id, deleted: true }]);
    const said = where.simulator.as('aad-bruno').say(LEADS, 'mine');
    expect(await alice.page.act('aad-alice', 'edit', { conversation: LEADS, id: said.id, text: 'x' })).toMatchObject({ ok: false });
    expect(await alice.page.act('aad-alice', 'say', { conversation: '19:chiefs@thread.tacv2', text: 'x' })).toMatchObject({ ok: false });
  });
});
