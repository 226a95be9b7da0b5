import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/store/id.js';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { faultsOf, fieldsOf, owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, buttons, card, facts, LYON, plainly, privately, SOON, said, stored, whispered, words } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house?.stop());

const forge = (user: string, subject: string, values: Readonly<Record<string, string>>) =>
  forgeSubmission(house, { id: 'handover', user, subject, values });

/** The lines of a message, one text each. */
const linesOf = (message: { readonly blocks?: readonly unknown[] }) => plainly(words(message)).split('\n');

describe('a lead is handed over', () => {
  it('by its owner to a colleague, who has all of it at once', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const called = { stage: 'appointment', contact: 'call', temperature: 'hot', next_kind: 'test-drive', next_date: dayAfter(4) };
    expect(await lead.fill('U0ALICE', 'status.open', { ...called, next_time: '10:30', note: 'Vient avec sa femme.' })).toEqual({
      ok: true,
    });
    const before = await stored(house, lead.id);

    const alice = house.slack.as('U0ALICE');
    await lead.press('U0ALICE', 'handover.open');
    const form = await house.slack.until(() => alice.modal(), SOON);
    expect([form.callback_id, ...fieldsOf(form)]).toEqual(['handover', 'colleague', 'note']);
    expect(JSON.stringify(form.blocks)).toMatch(/Bruno Petit.*Martine Leroy.*Didier Faure/);
    expect(JSON.stringify(form.blocks)).not.toMatch(/Alice Martin|Omar Benali|Sophie Blanc|Chloé Durand/);
    expect(await alice.submit({ colleague: 'bruno', note: 'Je suis en congés dès ce soir.' })).toEqual({ ok: true });

    const shown = await card(house, LYON, lead.id, (one) => said(one, 'Pris par Bruno Petit'));
    expect(buttons(shown)).toContain('status.open');
    expect(said(shown, /À faire : Essai · .* · 10 h 30/)).toBe(true);
    await house.slack.until(() => lead.below().find((one) => said(one, 'Alice Martin confie ce lead à Bruno Petit.')), SOON);
    await whispered(house, 'U0ALICE', /Vous avez confié « VO · Citroën C3 Aircross 2022 · 15 990 € » à Bruno Petit/);
    const story = await whispered(house, 'U0BRUNO', 'Ce lead est maintenant à vous : Alice Martin vous le confie.');
    for (const part of [
      ...['Brigitte Moreau', '06 39 98 56 78', 'brigitte.moreau@example.org', 'VO · Citroën C3 Aircross 2022 · 15 990 €'],
      ...['est-elle encore disponible', 'Rendez-vous · Chaud · À faire : Essai', '10 h 30', 'Contacts : appel', 'Renault Clio 2015'],
      ...['Vient avec sa femme.', 'Alice Martin ajoute : Je suis en congés dès ce soir.'],
    ])
      expect(said(story, part), part).toBe(true);
    expect(linesOf(story).filter((one) => one !== '').length).toBeLessThanOrEqual(10);

    const after = await stored(house, lead.id);
    expect(after).toEqual({ ...before, ownerId: 'bruno', revision: before.revision + 1 });
    expect(await facts(house, lead.id, 'handed-over')).toMatchObject([{ actorId: 'alice', data: { from: 'alice', to: 'bruno' } }]);
    expect(await lead.fill('U0BRUNO', 'status.open', { stage: 'proposal' })).toEqual({ ok: true });
    await lead.press('U0BRUNO', 'lead.history');
    await whispered(house, 'U0BRUNO', 'Alice Martin confie ce lead à Bruno Petit.');
  });

  it('by a manager while its owner is away, in English where the site speaks it', async () => {
    const lead = await owned(house, 'U0CHLOE', ANNECY);
    expect(await lead.fill('U0MARTINE', 'handover.open', { colleague: 'bruno' })).toEqual({ ok: true });
    await card(house, ANNECY, lead.id, (one) => said(one, 'Claimed by Bruno Petit'));
    const line = 'Martine Leroy handed this lead over to Bruno Petit (before: Chloé Durand).';
    await house.slack.until(() => lead.below().find((one) => said(one, line)), SOON);
    const told = await whispered(house, 'U0CHLOE', 'Martine Leroy handed “Used · Citroën C3 Aircross 2022 · €15,990” over to Bruno Petit.');
    expect(said(told, '39 98 56 78')).toBe(false);
    const story = await whispered(house, 'U0BRUNO', 'Martine Leroy handed it over to you (before: Chloé Durand).');
    for (const part of ['Brigitte Moreau', '06 39 98 56 78', 'Claimed · no next action noted', 'No contact with the customer yet.'])
      expect(said(story, part), part).toBe(true);
    const fact = await house.app.store.db.timelineEvent.findFirstOrThrow({ where: { leadId: lead.id, kind: 'handed-over' } });
    expect(fact).toMatchObject({ actorId: 'martine', behalfOfId: 'chloe', data: { from: 'chloe', to: 'bruno', note: null } });
  });

  it('by a manager to herself: she takes it over', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    expect(await lead.fill('U0MARTINE', 'handover.open', { colleague: 'martine' })).toEqual({ ok: true });
    await house.slack.until(
      () => lead.below().find((one) => said(one, 'Martine Leroy prend la suite de ce lead (avant : Alice Martin).')),
      SOON,
    );
    await whispered(house, 'U0MARTINE', 'Ce lead est maintenant à vous (avant : Alice Martin).');
    await whispered(house, 'U0ALICE', /Martine Leroy prend la suite de « VO · Citroën/);
  });

  it('with the estimate of the trade-in, the last three notes, and a pending abandonment', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const { db } = house.app.store;
    for (const n of [1, 2, 3, 4])
      await db.note.create({
        data: {
          id: newId(),
          leadId: lead.id,
          authorId: 'sophie',
          message: `form:${newId()}`,
          at: new Date(Date.now() - 60_000 * (9 - n)),
          text: `Mot ${n}\nsuite`,
        },
      });
    const requestedAt = new Date();
    const vehicle = { make: 'Peugeot', model: '208', mileage: 121_000 };
    const appraisal = await db.appraisal.create({ data: { id: newId(), leadId: lead.id, requesterId: 'alice', requestedAt, vehicle } });
    const estimate = { appraisalId: appraisal.id, authorId: 'omar', at: requestedAt, currency: 'EUR', validUntil: new Date(dayAfter(10)) };
    await db.estimate.create({ data: { ...estimate, id: newId(), version: 1, amount: 8_000 } });
    await db.estimate.create({ data: { ...estimate, id: newId(), version: 2, amount: 8_500 } });
    const asked = {
      id: newId(),
      leadId: lead.id,
      requesterId: 'alice',
      requestedAt,
      reason: 'unreachable',
      justification: 'Ne répond jamais.',
    };
    const decision = await db.decision.create({ data: asked });

    expect(await lead.fill('U0MARTINE', 'handover.open', { colleague: 'bruno', note: 'Appelez le soir.' })).toEqual({ ok: true });
    const story = await house.slack.until(() => privately(house, 'U0BRUNO').find((one) => said(one, 'Mot 4')), SOON);
    expect(said(story, /Reprise : Peugeot 208 · 121 000 km · estimée 8 500 €, valable jusqu'au/)).toBe(true);
    for (const n of [2, 3, 4]) expect(said(story, `Mot ${n} suite`)).toBe(true);
    expect(said(story, 'Mot 1')).toBe(false);
    expect(said(story, 'Martine Leroy ajoute : Appelez le soir.')).toBe(true);
    expect(linesOf(story).filter((one) => one !== '').length).toBeLessThanOrEqual(10);
    expect(await db.decision.findUniqueOrThrow({ where: { id: decision.id } })).toEqual(decision);
  });

  it('with many contacts, and an estimate that is awaited, then over', async () => {
    const { db } = house.app.store;
    const lead = await owned(house, 'U0CHLOE', ANNECY);
    const called = { stage: 'contacted', contact: 'call', next_kind: 'email', next_date: dayAfter(1) };
    for (const [n, contact] of ['visit', 'call', 'call', 'sms', 'email', 'video'].entries()) {
      const values = { ...called, contact, next_time: `1${n}:00` };
      await forgeSubmission(house, { id: 'status', user: 'U0CHLOE', subject: lead.id, values });
    }
    const asked = { leadId: lead.id, requesterId: 'chloe', requestedAt: new Date(), vehicle: {} };
    const { id: appraisalId } = await db.appraisal.create({ data: { ...asked, id: newId() } });
    expect(faultsOf(await forge('U0CHLOE', lead.id, { colleague: 'bruno' }))).toEqual({});
    const awaited = await whispered(house, 'U0BRUNO', /Trade-in: Renault Clio 2015 .* estimate asked for on .*, no answer yet/);
    expect(said(awaited, /6 contacts, the latest: call .*, call .*, text message .*, e-mail .*, video call/)).toBe(true);
    const estimate = {
      id: newId(),
      version: 1,
      authorId: 'omar',
      at: new Date(),
      amount: 8_500,
      currency: 'EUR',
      validUntil: new Date(dayAfter(-2)),
    };
    await db.estimate.create({ data: { ...estimate, appraisalId } });
    expect(faultsOf(await forge('U0MARTINE', lead.id, { colleague: 'chloe' }))).toEqual({});
    await whispered(house, 'U0CHLOE', /Trade-in: Renault Clio 2015 .* estimated at €8,500, expired since/);
  });
});

describe('what is refused stands under its field, and the lead stays where it is', () => {
  it('to whoever has no right to hand it over, and to whoever had it a moment ago', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    await lead.press('U0BRUNO', 'handover.open');
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes peuvent le faire. Demandez à Alice Martin.');
    expect(faultsOf(await forge('U0BRUNO', lead.id, { colleague: 'bruno' })).colleague).toContain('Demandez à Alice Martin.');
    expect(faultsOf(await forge('U0ALICE', lead.id, { colleague: 'bruno' }))).toEqual({});
    expect(faultsOf(await forge('U0ALICE', lead.id, { colleague: 'bruno' })).colleague).toContain('Demandez à Bruno Petit.');
    expect(faultsOf(await forge('U0MARTINE', lead.id, { colleague: 'bruno' })).colleague).toContain('déjà à Bruno Petit');
    expect(await facts(house, lead.id, 'handed-over')).toHaveLength(1);
  });

  it('where nobody owns the lead, it is over, or it is not there', async () => {
    const { id, card: shown } = await arrived(house, jsonLead());
    await forgeClick(house, { user: 'U0MARTINE', action: 'handover.open', value: id, channel: LYON, ts: shown.ts });
    await whispered(house, 'U0MARTINE', "Personne n'a encore pris ce lead. Prenez-le d'abord.");
    expect(faultsOf(await forge('U0MARTINE', id, { colleague: 'bruno' })).colleague).toContain('Personne');
    const over = await owned(house, 'U0ALICE', LYON);
    await house.app.store.db.lead.update({ where: { id: over.id }, data: { stage: 'duplicate' } });
    expect(faultsOf(await forge('U0ALICE', over.id, { colleague: 'bruno' })).colleague).toBe('Ce lead est terminé : Doublon.');
    expect(faultsOf(await forge('U0CHLOE', 'x', { colleague: 'bruno' })).colleague).toContain('no longer exists here');
  });
});

/** The example group with these people only. */
const onlyWith = (person: string) => (yaml: string) => yaml.replace(/^people:\n(?: {2}- .*\n)*/m, `people:\n  - ${person}\n`);

describe('in a small shop', () => {
  it('a sentence says that nobody else may sell, instead of a form', async () => {
    const alone = await run({ edit: onlyWith('{ id: alice, name: Alice Martin, slack: U0ALICE, roles: { lyon: [salesperson] } }') });
    try {
      const lead = await owned(alone, 'U0ALICE', LYON);
      await lead.press('U0ALICE', 'handover.open');
      await whispered(alone, 'U0ALICE', "Personne d'autre ne peut vendre à Lumière Lyon.");
      expect(alone.slack.as('U0ALICE').modal()).toBeNull();
    } finally {
      await alone.stop();
    }
  });

  it('an owner the configuration does not list is named and told all the same', async () => {
    const small = await run({ edit: onlyWith('{ id: martine, name: Martine Leroy, slack: U0MARTINE, roles: { lyon: [sales-manager] } }') });
    try {
      const lead = await owned(small, 'U0BRUNO', LYON);
      expect(await lead.fill('U0MARTINE', 'handover.open', { colleague: 'martine' })).toEqual({ ok: true });
      await small.slack.until(
        () => lead.below().find((one) => said(one, 'Martine Leroy prend la suite de ce lead (avant : Bruno Petit).')),
        SOON,
      );
      await whispered(small, 'U0BRUNO', 'Martine Leroy prend la suite de');
      expect(await stored(small, lead.id)).toMatchObject({ ownerId: 'martine' });
    } finally {
      await small.stop();
    }
  });
});
