import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { faultsOf, fieldsOf, owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, card, facts, LYON, SOON, said, stored, whispered, words } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house?.stop());

const CALLED = { stage: 'contacted', contact: 'call', next_kind: 'call', next_date: dayAfter(3), next_time: '10:30' };

/** When the clocks of Europe go forward. */
function lastSundayOfMarch(year: number): string {
  const last = new Date(Date.UTC(year, 2, 31));
  return new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
}

const forge = (user: string, subject: string, values: Readonly<Record<string, string>>) =>
  forgeSubmission(house, { id: 'status', user, subject, values });

describe('the owner says where the lead stands', () => {
  it('from the first call to a proposal, in the card, in the thread and in the history', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    expect(await lead.fill('U0ALICE', 'status.open', { ...CALLED, note: 'Vient avec sa femme.' })).toEqual({ ok: true });
    const first = await card(house, LYON, lead.id, (one) => said(one, /Contacté[^·]*À faire : Appel · .* · 10 h 30/s));
    expect(words(first)).toContain('Pris par');
    const reply = await house.slack.until(() => lead.below()[0], SOON);
    expect(said(reply, 'Alice Martin : Contacté · Appel')).toBe(true);
    expect(said(reply, 'Vient avec sa femme.')).toBe(true);
    const { contactedAt } = await stored(house, lead.id);
    expect(contactedAt).not.toBeNull();

    const appointment = { stage: 'appointment', contact: 'email', temperature: 'hot', next_kind: 'test-drive', next_date: dayAfter(4) };
    expect(await lead.fill('U0ALICE', 'status.open', { ...appointment, next_time: '' })).toEqual({ ok: true });
    await card(house, LYON, lead.id, (one) => said(one, /Rendez-vous · Chaud.*À faire : Essai · .* · 9 h 00/s));
    expect(await lead.fill('U0ALICE', 'status.open', { stage: 'proposal', next_kind: 'quote' })).toEqual({ ok: true });
    await card(house, LYON, lead.id, (one) => said(one, /Offre · Chaud.*À faire : Devis/s));

    expect(await stored(house, lead.id)).toMatchObject({ stage: 'proposal', temperature: 'hot', nextActionKind: 'quote', contactedAt });
    expect(await facts(house, lead.id, 'status')).toMatchObject([
      { actorId: 'alice', data: { stage: 'contacted', contact: 'call' } },
      { actorId: 'alice', data: { stage: 'appointment', contact: 'email', temperature: 'hot' } },
      { actorId: 'alice', data: { stage: 'proposal', contact: null } },
    ]);
    await expect.poll(() => lead.below().length, { timeout: SOON }).toBe(3);
    await lead.press('U0ALICE', 'lead.history');
    await whispered(house, 'U0ALICE', 'Alice Martin : Rendez-vous · Chaud · E-mail');
  });

  it('in English where the site speaks it', async () => {
    const lead = await owned(house, 'U0CHLOE', ANNECY);
    expect(await lead.fill('U0CHLOE', 'status.open', { ...CALLED, contact: 'visit', temperature: 'warm' })).toEqual({ ok: true });
    await card(house, ANNECY, lead.id, (one) => said(one, /Contacted · Warm.*Next: Call · .* · 10:30/s));
    const reply = await house.slack.until(() => lead.below()[0], SOON);
    expect(said(reply, 'Chloé Durand: Contacted · Warm · Visit')).toBe(true);
    expect(said(reply, 'Next: Call')).toBe(true);
    expect(await lead.fill('U0CHLOE', 'status.open', { stage: 'appointment' })).toEqual({ ok: true });
    expect(await lead.fill('U0CHLOE', 'status.open', { stage: 'proposal' })).toEqual({ ok: true });
    await card(house, ANNECY, lead.id, (one) => said(one, 'Proposal · Warm'));
  });

  it('and a manager may say it for them: the thread, the history and the timeline name both', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    expect(await lead.fill('U0MARTINE', 'status.open', CALLED)).toEqual({ ok: true });
    const reply = await house.slack.until(() => lead.below()[0], SOON);
    expect(said(reply, 'Martine Leroy pour Alice Martin : Contacté · Appel')).toBe(true);
    const fact = await house.app.store.db.timelineEvent.findFirstOrThrow({ where: { leadId: lead.id, kind: 'status' } });
    expect(fact).toMatchObject({ actorId: 'martine', behalfOfId: 'alice', platform: 'slack' });
    expect(await stored(house, lead.id)).toMatchObject({ ownerId: 'alice', stage: 'contacted' });
    await lead.press('U0MARTINE', 'lead.history');
    await whispered(house, 'U0MARTINE', 'Martine Leroy pour Alice Martin : Contacté · Appel');
  });

  it('and a form sent twice changes nothing more', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    expect(faultsOf(await forge('U0ALICE', lead.id, CALLED))).toEqual({});
    const before = await stored(house, lead.id);
    expect(faultsOf(await forge('U0ALICE', lead.id, CALLED))).toEqual({});
    expect(await stored(house, lead.id)).toEqual(before);
    expect(await facts(house, lead.id, 'status')).toHaveLength(1);
    // Another call with the same plan is another contact; what tells them apart is whatever else was said.
    expect(faultsOf(await forge('U0ALICE', lead.id, { ...CALLED, note: 'Rappelée.' }))).toEqual({});
    expect(await facts(house, lead.id, 'status')).toHaveLength(2);
  });
});

describe('what is refused stands under its field, and nothing is lost', () => {
  it('in the form as a person fills it in', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const wrong = { ...CALLED, next_date: dayAfter(-2), note: 'Elle rappellera.' };
    const answer = await lead.fill('U0ALICE', 'status.open', wrong);
    const form = house.slack.as('U0ALICE').modal();
    const fields = ['stage', 'contact', 'temperature', 'next_kind', 'next_date', 'next_time', 'note'];
    expect([form?.callback_id, ...fieldsOf(form ?? { blocks: [] })]).toEqual(['status', ...fields]);
    expect(answer).toMatchObject({ ok: false, fields: { next_date: expect.stringContaining('déjà passé') } });
    const alice = house.slack.as('U0ALICE');
    expect(alice.modal()?.state.values.note?.note).toMatchObject({ value: 'Elle rappellera.' });
    expect(await alice.submit({ next_date: dayAfter(2) })).toEqual({ ok: true });
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'contacted' });
  });

  it('the first contact is asked for once', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    expect(faultsOf(await forge('U0ALICE', lead.id, { ...CALLED, contact: '' }))).toHaveProperty('contact');
    expect(await stored(house, lead.id)).toMatchObject({ contactedAt: null });
    expect(faultsOf(await forge('U0ALICE', lead.id, CALLED))).toEqual({});
    const { contactedAt } = await stored(house, lead.id);
    expect(faultsOf(await forge('U0ALICE', lead.id, { ...CALLED, contact: '' }))).toEqual({});
    expect(faultsOf(await forge('U0ALICE', lead.id, { ...CALLED, contact: 'visit' }))).toEqual({});
    expect(await stored(house, lead.id)).toMatchObject({ contactedAt });
  });

  it('a time the clock skips is the first moment after it', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const day = lastSundayOfMarch(new Date().getUTCFullYear() + 1);
    expect(faultsOf(await forge('U0ALICE', lead.id, { ...CALLED, next_date: day, next_time: '02:30' }))).toEqual({});
    expect(await stored(house, lead.id)).toMatchObject({ nextActionAt: new Date(`${day}T01:00:00Z`) });
  });
});

describe('nobody else', () => {
  it('may say it: they read who may, and nothing changes', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const before = await stored(house, lead.id);
    await lead.press('U0BRUNO', 'status.open');
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes peuvent le faire. Demandez à Alice Martin.');
    expect(house.slack.as('U0BRUNO').modal()).toBeNull();
    expect(faultsOf(await forge('U0BRUNO', lead.id, CALLED)).stage).toContain('Demandez à Alice Martin.');
    // Of another site, in the language of her own.
    expect(faultsOf(await forge('U0CHLOE', lead.id, CALLED)).stage).toContain('Ask Alice Martin.');
    expect(await stored(house, lead.id)).toEqual(before);
  });

  it('of a lead nobody owns, one that is over, or one that is not there', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    await forgeClick(house, { user: 'U0ALICE', action: 'status.open', value: id, channel: LYON, ts: shown.ts });
    await whispered(house, 'U0ALICE', "Personne n'a encore pris ce lead. Prenez-le d'abord.");
    expect(faultsOf(await forge('U0MARTINE', id, CALLED)).stage).toBe("Personne n'a encore pris ce lead. Prenez-le d'abord.");
    const over = await owned(house, 'U0ALICE', LYON);
    await house.app.store.db.lead.update({ where: { id: over.id }, data: { stage: 'duplicate' } });
    expect(faultsOf(await forge('U0ALICE', over.id, CALLED)).stage).toBe('Ce lead est terminé : Doublon.');
    for (const subject of ['', 'nothing', '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b'])
      expect(faultsOf(await forge('U0CHLOE', subject, CALLED)).stage).toBe('This lead no longer exists here. Close this form.');
    expect(await facts(house, id, 'status')).toEqual([]);
  });
});
