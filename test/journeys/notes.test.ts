import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signature } from '../../src/sandbox/slack/index.js';
import { hearAgain } from '../support/appraisals.js';
import { jsonLead } from '../support/leads.js';
import { type Running, run, SEED } from '../support/running.js';
import { arrived, buttons, card, facts, LYON, SOON, said, sendLead, whispered } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house.stop());

const notes = (leadId: string) => house.app.store.db.note.findMany({ where: { leadId }, orderBy: { at: 'asc' } });
const kinds = async (leadId: string) => (await facts(house, leadId)).map((fact) => fact.kind).filter((kind) => kind.startsWith('note'));

/** The notes of a lead, once there are so many. */
async function kept(leadId: string, count: number) {
  await expect.poll(() => notes(leadId), { timeout: SOON, interval: 20 }).toHaveLength(count);
  return notes(leadId);
}

/** Waits until everything said so far was heard: a last remark below another lead's card. */
async function allHeard(): Promise<void> {
  const { id, card: shown } = await arrived(house, jsonLead());
  house.slack.as('U0MARTINE').say(LYON, 'Bien reçu.', { thread_ts: shown.ts });
  await kept(id, 1);
}

/** The message event that Slack sent for a message, sent once more as it was. */
async function deliverAgain(ts: string): Promise<number> {
  const told = () => house.slack.deliveries.find(({ kind, body }) => kind === 'events_api' && tsIn(body) === ts);
  // A delivery is on record once it was answered, a moment after what it said was kept.
  await expect.poll(told, { timeout: SOON, interval: 20 }).toBeDefined();
  const sent = told();
  if (!sent) throw new Error(`no event told of ${ts}`);
  const body = JSON.stringify(sent.body);
  const headers = { 'content-type': 'application/json', 'x-slack-retry-num': '1', ...signature(SEED.signingSecret, body) };
  const answer = await fetch(`${house.app.url}/slack/events`, { method: 'POST', body, headers });
  await answer.body?.cancel();
  return answer.status;
}

const tsIn = (body: unknown) => (body as { event: { ts: string } }).event.ts;

describe('words in the thread of a lead', () => {
  it('are kept with their author, once however often they are delivered, and told in the history', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' });
    await card(house, LYON, id, (one) => buttons(one).includes('lead.history'));
    const { ts } = house.slack.as('U0ALICE').say(LYON, 'Rappelle demain à 10 h & demi <3', { thread_ts: shown.ts });
    const [note] = await kept(id, 1);
    expect(note).toMatchObject({ authorId: 'alice', text: 'Rappelle demain à 10 h & demi <3', editedAt: null, deletedAt: null });
    expect(note?.message).toContain(ts);
    expect(await Promise.all([deliverAgain(ts), deliverAgain(ts)])).toEqual([200, 200]);
    await allHeard();
    expect(await notes(id)).toEqual([note]);
    expect(await facts(house, id, 'noted')).toEqual([{ kind: 'noted', actorId: 'alice', data: { note: note?.id } }]);
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'lead.history' });
    const history = await whispered(house, 'U0ALICE', 'Alice Martin a écrit une note');
    expect(said(history, 'Rappelle demain')).toBe(false);
  });

  it('change and go with their message, and every step is a fact', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    const bruno = house.slack.as('U0BRUNO');
    const { ts } = bruno.say(LYON, 'Il hésite avec une 208.', { thread_ts: shown.ts });
    await kept(id, 1);
    bruno.edit(LYON, ts, 'Il hésite avec une 2008.');
    await expect.poll(() => kinds(id), { timeout: SOON, interval: 20 }).toEqual(['noted', 'note-changed']);
    expect((await notes(id))[0]).toMatchObject({ text: 'Il hésite avec une 2008.', editedAt: expect.any(Date), deletedAt: null });
    bruno.edit(LYON, ts, 'Il hésite avec une 2008.');
    bruno.remove(LYON, ts);
    await expect.poll(() => kinds(id), { timeout: SOON, interval: 20 }).toEqual(['noted', 'note-changed', 'note-deleted']);
    expect((await notes(id))[0]).toMatchObject({ text: 'Il hésite avec une 2008.', deletedAt: expect.any(Date) });
    // A late delivery of the first words brings nothing back.
    expect(await deliverAgain(ts)).toBe(200);
    await allHeard();
    expect(await kinds(id)).toEqual(['noted', 'note-changed', 'note-deleted']);
    expect(await notes(id)).toMatchObject([{ text: 'Il hésite avec une 2008.', deletedAt: expect.any(Date) }]);
  });

  it('of somebody nobody listed are kept too, under the name Slack knows', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    house.slack.as('U0JULIEN').say(LYON, 'Je connais ce client.', { thread_ts: shown.ts });
    const [note] = await kept(id, 1);
    expect(note).toMatchObject({ authorId: 'slack:U0JULIEN', text: 'Je connais ce client.' });
    const author = await house.app.store.db.person.findUniqueOrThrow({ where: { id: 'slack:U0JULIEN' } });
    expect(author).toMatchObject({ name: 'Julien Morel', listed: false });
  });

  it('may be long, and full of emoji, and are kept whole', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    const long = 'à '.repeat(2_500).trim();
    const smile = 'Vendu 🎉👩‍👩‍👧‍👦 مرحبا';
    const [alice, bruno] = [house.slack.as('U0ALICE'), house.slack.as('U0BRUNO')];
    alice.say(LYON, long, { thread_ts: shown.ts });
    await kept(id, 1);
    bruno.say(LYON, smile, { thread_ts: shown.ts });
    await kept(id, 2);
    alice.say(LYON, '🚗'.repeat(8_000), { thread_ts: shown.ts });
    const [first, second, third] = await kept(id, 3);
    expect(first?.text).toBe(long);
    expect(second?.text).toBe(smile);
    expect(third?.text.length).toBeLessThanOrEqual(12_000);
    expect(third?.text).toMatch(/^(?:🚗)+…$/u);
  });

  it('are all that is kept: files without words, the bot and the channel itself leave no note', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    const alice = house.slack.as('U0ALICE');
    await alice.click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' });
    await card(house, LYON, id, (one) => buttons(one).includes('status.open'));
    await alice.click({ channel: LYON, ts: shown.ts, action_id: 'status.open' });
    await house.slack.until(() => alice.modal(), SOON);
    const next_date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect(await alice.submit({ stage: 'contacted', contact: 'call', next_kind: 'call', next_date })).toMatchObject({ ok: true });
    await house.slack.until(() => house.slack.messages(LYON).find((one) => one.thread_ts === shown.ts && one.bot_id), SOON);
    const photo = alice.upload('avant.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xd9]));
    alice.say(LYON, '', { thread_ts: shown.ts, files: [photo] });
    alice.say(LYON, 'Rien à voir.');
    alice.say(LYON, 'Voici l’avant.', { thread_ts: shown.ts, files: [photo] });
    expect(await kept(id, 1)).toMatchObject([{ authorId: 'alice', text: 'Voici l’avant.' }]);
    await allHeard();
    expect(await notes(id)).toHaveLength(1);
  });

  it('are kept as they read now when their correction is told first', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    const said = { type: 'message', user: 'U0BRUNO', ts: '1800000001.000100', thread_ts: shown.ts, text: 'Il hésite avec une 208.' };
    const message = { ...said, text: 'Il hésite avec une 2008.' };
    expect(await hearAgain(house, LYON, { ...said, subtype: 'message_changed', message, previous_message: said })).toBe(200);
    expect(await kept(id, 1)).toMatchObject([{ authorId: 'bruno', text: message.text, editedAt: null }]);
    expect(await hearAgain(house, LYON, said)).toBe(200);
    await allHeard();
    expect(await notes(id)).toMatchObject([{ authorId: 'bruno', text: message.text, editedAt: null }]);
    expect(await kinds(id)).toEqual(['noted']);
  });

  it('are kept from the moment files are given some', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    const alice = house.slack.as('U0ALICE');
    const photo = alice.upload('arriere.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xd9]));
    const { ts } = alice.say(LYON, '', { thread_ts: shown.ts, files: [photo] });
    const photos = () => house.app.store.db.photo.count({ where: { leadId: id } });
    await expect.poll(photos, { timeout: SOON, interval: 20 }).toBe(1);
    alice.edit(LYON, ts, 'Voici l’arrière, rayé.');
    expect(await kept(id, 1)).toMatchObject([{ authorId: 'alice', text: 'Voici l’arrière, rayé.' }]);
    expect(await kinds(id)).toEqual(['noted']);
    expect(await photos()).toBe(1);
    alice.edit(LYON, ts, 'Voici l’arrière, intact.');
    await expect.poll(() => kinds(id), { timeout: SOON, interval: 20 }).toEqual(['noted', 'note-changed']);
  });

  it('of two leads stay apart', async () => {
    const [one, other] = [await arrived(house, jsonLead()), await arrived(house, jsonLead())];
    house.slack.as('U0ALICE').say(LYON, 'Pour le premier.', { thread_ts: one.card.ts });
    house.slack.as('U0ALICE').say(LYON, 'Pour le second.', { thread_ts: other.card.ts });
    expect(await kept(one.id, 1)).toMatchObject([{ text: 'Pour le premier.' }]);
    expect(await kept(other.id, 1)).toMatchObject([{ text: 'Pour le second.' }]);
    expect(await notes(await sendLead(house, jsonLead()))).toEqual([]);
  });
});
