import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLeads } from '../../src/leads/audit.js';
import { comeBack } from '../../src/workflows/abandonment/comeback.js';
import { remind, remindToDecide } from '../../src/workflows/abandonment/remind.js';
import { abandoning, DECIDE, markOf, WHY } from '../support/abandoning.js';
import { dayAfter } from '../support/days.js';
import { silentDesk } from '../support/desk.js';

import { forgeClick, forgeSubmission } from '../support/forge.js';
import { configFor, type Running, run } from '../support/running.js';
import {
  ANNECY,
  buttons,
  card,
  facts,
  LYON,
  MANAGERS_LYON,
  plainly,
  privately,
  SOON,
  said,
  stored,
  whispered,
  words,
} from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
});
afterAll(() => house?.stop());

const { below, requestCard, owned, formOf, asked, hurry, open } = abandoning(() => house);

describe('an abandonment', () => {
  it('is asked with the evidence before the managers, and approved aloud', async () => {
    const lead = await owned('U0ALICE');
    const update = await formOf('U0ALICE', lead, 'status.open');
    await update.person.submit({ stage: 'contacted', contact: 'call', next_kind: 'call', next_date: dayAfter(3) });
    const request = await asked(lead, 'U0ALICE');
    const shown = await requestCard(MANAGERS_LYON, request.id);
    expect(shown.thread_ts).toBeUndefined();
    expect(buttons(shown)).toEqual(DECIDE);
    expect(JSON.stringify(shown.blocks)).toContain(`"value":"${request.id}"`);
    const text = plainly(words(shown));
    for (const part of ["Alice Martin demande l'abandon : injoignable.", WHY, 'Brigitte M.', '1 appel en 1 jour', "après l'arrivée"])
      expect(text).toContain(part);
    const { phone, email, name } = await stored(house, lead.id);
    for (const hidden of [phone, email, name, '06 39 98']) expect(JSON.stringify(shown)).not.toContain(String(hidden));
    const line = await below(lead, (one) => said(one, "Alice Martin demande l'abandon"));
    expect(said(line, WHY)).toBe(true);
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'contacted', ownerId: 'alice', closedAt: null });

    const { person, form } = await formOf('U0MARTINE', request, 'abandon.approve');
    expect(form.callback_id).toBe('abandon_decision');
    expect(await person.submit({ comment: 'D’accord.' })).toEqual({ ok: true });
    const over = await card(house, LYON, lead.id, (one) => said(one, 'Abandonné : Injoignable'));
    expect(buttons(over)).toEqual([]);
    const told = await below(lead, (one) => said(one, 'Abandonné : Injoignable'));
    expect(told.subtype).toBe('thread_broadcast');
    expect(said(told, 'Décidé par Martine Leroy')).toBe(true);
    const decided = await requestCard(MANAGERS_LYON, request.id, (one) => said(one, "Martine Leroy accepte l'abandon : injoignable."));
    expect(buttons(decided)).toEqual([]);
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'abandoned', ownerId: 'alice', nextActionKind: null, nextActionAt: null });
    expect((await stored(house, lead.id)).closedAt).not.toBeNull();
    expect(await facts(house, lead.id, 'decided')).toMatchObject([{ actorId: 'martine', data: { outcome: 'approve' } }]);
  });

  it('is sent back with a comment the owner reads, in English', async () => {
    const lead = await owned('U0CHLOE', ANNECY);
    const request = await asked(lead, 'U0CHLOE');
    const shown = await requestCard(ANNECY, request.id);
    expect(shown.thread_ts).toBe(lead.ts);
    expect(said(shown, 'Chloé Durand asks to abandon: unreachable.')).toBe(true);
    expect(said(shown, /First contact\s*none yet/)).toBe(true);
    const { person } = await formOf('U0MARTINE', request, 'abandon.sendback');
    expect(await person.submit({ comment: '' })).toMatchObject({ ok: false, fields: { comment: expect.anything() } });
    expect(await person.submit({ comment: 'Try an e-mail first.' })).toEqual({ ok: true });
    const told = await whispered(house, 'U0CHLOE', /Martine Leroy sends your request to abandon back/);
    expect(said(told, 'Try an e-mail first.')).toBe(true);
    const line = await below(
      lead,
      (one) =>
        said(one, 'sends the request back: the lead goes on.') && buttons(one).length === 0 && markOf(one).includes('abandon.decided'),
    );
    expect(said(line, 'Try an e-mail first.')).toBe(true);
    expect(line.subtype).not.toBe('thread_broadcast');
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'claimed', ownerId: 'chloe', closedAt: null });
    // The lead goes on: it may be asked for again.
    await asked(lead, 'U0CHLOE', 'postponed');
  });

  it('is handed to a colleague, and both read so', async () => {
    const lead = await owned('U0ALICE');
    const before = await stored(house, lead.id);
    const request = await asked(lead, 'U0ALICE');
    const { person, form } = await formOf('U0DIDIER', request, 'abandon.handover');
    expect(JSON.stringify(form.blocks)).toContain('Bruno Petit');
    expect(JSON.stringify(form.blocks)).not.toContain('"value":"alice"');
    expect(await person.submit({ colleague: 'bruno', comment: 'Bruno connaît ce client.' })).toEqual({ ok: true });
    await card(house, LYON, lead.id, (one) => said(one, 'Pris par Bruno Petit'));
    const given = await whispered(house, 'U0BRUNO', /Didier Faure vous confie ce lead/);
    expect(said(given, 'Bruno connaît ce client.')).toBe(true);
    expect(said(given, String(before.name))).toBe(true);
    const away = await whispered(house, 'U0ALICE', /Didier Faure confie ce lead à Bruno Petit/);
    expect(said(away, String(before.name))).toBe(false);
    expect(await stored(house, lead.id)).toMatchObject({ ownerId: 'bruno', stage: 'claimed', claimedAt: before.claimedAt });
    await requestCard(MANAGERS_LYON, request.id, (one) => said(one, 'Didier Faure confie le lead à Bruno Petit.'));
  });

  it('is recycled: it rests, returns on its day as new, may be claimed, and remembers', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE', 'postponed');
    const { person } = await formOf('U0MARTINE', request, 'abandon.recycle');
    expect(await person.submit({ recycle_date: dayAfter(40) })).toEqual({ ok: true });
    const resting = await card(house, LYON, lead.id, (one) => said(one, 'Revient le'));
    expect(buttons(resting)).toEqual([]);
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'abandoned', ownerId: null });
    expect((await stored(house, lead.id)).restingUntil?.toISOString().slice(0, 10)).toBe(dayAfter(40));

    // Before its day nothing happens, whoever runs the job.
    await hurry('lead-return', { leadId: lead.id });
    await expect.poll(() => open('lead-return', { leadId: lead.id }), { timeout: SOON }).toMatchObject([{ waits: true }]);
    expect(await facts(house, lead.id, 'returned')).toHaveLength(0);

    await house.app.store.db.$executeRaw`UPDATE lead SET resting_until = '2026-01-05' WHERE id = ${lead.id}::uuid`;
    await hurry('lead-return', { leadId: lead.id });
    const back = await card(house, LYON, lead.id, (one) => buttons(one).includes('claim.take'));
    const line = await below(lead, (one) => said(one, 'Ce lead est de retour'));
    expect(line.subtype).toBe('thread_broadcast');
    expect(await stored(house, lead.id)).toMatchObject({
      ...{ stage: 'new', ownerId: null, claimedAt: null, contactedAt: null, closedAt: null, restingUntil: null },
      ...{ nextActionKind: null, nextActionAt: null },
    });
    await house.slack.as('U0BRUNO').click({ channel: LYON, ts: back.ts, action_id: 'claim.take' });
    await card(house, LYON, lead.id, (one) => said(one, 'Pris par Bruno Petit'));
    const kinds = (await facts(house, lead.id)).map((fact) => fact.kind);
    expect(kinds.filter((kind) => kind !== 'posted')).toEqual(['arrived', 'claimed', 'abandon-asked', 'decided', 'returned', 'claimed']);
    await house.slack.as('U0BRUNO').click({ channel: LYON, ts: back.ts, action_id: 'lead.history' });
    const history = await whispered(house, 'U0BRUNO', 'Le lead est de retour');
    for (const told of ["Alice Martin demande l'abandon : projet reporté.", 'Martine Leroy reprogramme le lead : il revient le'])
      expect(said(history, told)).toBe(true);
  });

  it('returns although its job vanished: the auditor asks again', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE', 'postponed');
    const { person } = await formOf('U0MARTINE', request, 'abandon.recycle');
    expect(await person.submit({ recycle_date: dayAfter(2) })).toEqual({ ok: true });
    await house.app.store.db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'lead-return' AND data->>'leadId' = ${lead.id}`;
    await house.app.store.db.$executeRaw`UPDATE lead SET resting_until = '2026-01-05' WHERE id = ${lead.id}::uuid`;
    await house.app.store.transact(async ({ enqueue }) => enqueue(auditLeads, {}));
    await card(house, LYON, lead.id, (one) => buttons(one).includes('claim.take'));
    expect(await facts(house, lead.id, 'returned')).toHaveLength(1);
    const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
    expect(metrics).toMatch(/forecourt_audit_mended_total\{act="lead-return"\} 1/);
  });
});

describe('the evidence', () => {
  it('hides how to reach the customer wherever somebody wrote it, and shows the appraisals with their answers', async () => {
    const lead = await owned('U0ALICE');
    const { db } = house.app.store;
    const day = new Date('2026-12-04T00:00:00Z');
    const appraisal = (id: string, make: string, model: string) =>
      db.appraisal.create({
        data: { id, leadId: lead.id, requesterId: 'alice', requestedAt: new Date(Date.now() - 60_000), vehicle: { make, model } },
      });
    const answered = '01a20361-48be-73dc-a37f-6d1835524711';
    await appraisal(answered, 'Renault', 'Clio');
    await appraisal('01a20361-48be-73dc-a37f-6d1835524712', 'Fiat', 'Panda');
    const estimate = { appraisalId: answered, authorId: 'omar', at: new Date(Date.now() - 30_000), currency: 'EUR', validUntil: day };
    await db.estimate.create({ data: { ...estimate, id: '01a20361-48be-73dc-a37f-6d1835524713', version: 1, amount: 8_000 } });
    await db.estimate.create({ data: { ...estimate, id: '01a20361-48be-73dc-a37f-6d1835524714', version: 2, amount: 8_500 } });

    const { person } = await formOf('U0ALICE', lead, 'abandon.open');
    const justification = 'Le 06 39 98 44 55 ne répond pas, client.secret@example.org non plus.';
    expect(await person.submit({ reason: 'unreachable', justification })).toEqual({ ok: true });
    const { id } = await db.decision.findFirstOrThrow({ where: { leadId: lead.id } });
    const shown = await requestCard(MANAGERS_LYON, id);
    expect(said(shown, "Renault Clio · 8 500 €, valable jusqu'au ven. 4 déc.")).toBe(true);
    expect(said(shown, 'Fiat Panda · sans réponse')).toBe(true);
    expect(said(shown, /Premier contact\s*jamais établi/)).toBe(true);
    expect(said(shown, /Dernière action\s*Alice Martin a pris le lead · /)).toBe(true);
    const line = await below(lead, (one) => said(one, "Alice Martin demande l'abandon"));
    for (const message of [shown, line]) {
      expect(said(message, '[coordonnées masquées]')).toBe(true);
      expect(JSON.stringify(message)).not.toMatch(/44 55|client\.secret/);
    }
  });

  it('is no more to decide once the lead has ended otherwise', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE');
    await house.app.store.db.$executeRaw`UPDATE lead SET stage = 'duplicate', revision = revision + 1 WHERE id = ${lead.id}::uuid`;
    await house.slack.as('U0DIDIER').click({ channel: request.channel, ts: request.ts, action_id: 'abandon.approve' });
    await whispered(house, 'U0DIDIER', 'Ce lead est terminé : Doublon.');
    const over = await requestCard(MANAGERS_LYON, request.id, (one) => buttons(one).length === 0);
    expect(said(over, 'Plus rien à décider : Doublon.')).toBe(true);
    await hurry('abandon-reminder', { requestId: request.id });
    await expect.poll(() => open('abandon-reminder', { requestId: request.id }), { timeout: SOON }).toEqual([]);
    expect(await facts(house, lead.id, 'reminded')).toEqual([]);
  });
});

describe('who decides', () => {
  it('a manager’s own request is another’s to decide', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0MARTINE');
    const shown = await requestCard(MANAGERS_LYON, request.id);
    expect(said(shown, "Martine Leroy, pour Alice Martin, demande l'abandon")).toBe(true);
    expect(await house.slack.as('U0MARTINE').click({ ...request, channel: MANAGERS_LYON, action_id: 'abandon.approve' })).toMatchObject({
      ok: true,
    });
    await whispered(house, 'U0MARTINE', /Vous avez fait cette demande.*Demandez à Didier Faure/);
    const forged = await forgeSubmission(house, {
      user: 'U0MARTINE',
      id: 'abandon_decision',
      subject: `${request.id}:approve`,
      values: { comment: 'x' },
    });
    expect(forged.answer).toMatchObject({ response_action: 'errors', errors: { comment: expect.stringContaining('Didier Faure') } });
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'claimed' });
    const { person } = await formOf('U0DIDIER', request, 'abandon.approve');
    expect(await person.submit({})).toEqual({ ok: true });
    await card(house, LYON, lead.id, (one) => said(one, 'Abandonné : Injoignable'));
  });

  it('anybody else reads who may', async () => {
    const request = await asked(await owned('U0ALICE'), 'U0ALICE');
    for (const [user, action] of [
      ['U0ALICE', 'abandon.approve'],
      ['U0OMAR', 'abandon.sendback'],
      ['U0BRUNO', 'abandon.recycle'],
    ] as const) {
      await forgeClick(house, { user, channel: LYON, action, value: request.id });
      await whispered(house, user, /Seuls les chefs des ventes décident\. Demandez à Martine Leroy ou Didier Faure/);
      expect(house.slack.as(user).modal()?.callback_id).not.toBe('abandon_decision');
    }
    await forgeClick(house, { user: 'U0CHLOE', channel: ANNECY, action: 'abandon.handover', value: request.id });
    await whispered(house, 'U0CHLOE', 'Only the sales managers decide this. Ask Martine Leroy or Didier Faure.');
    const values = { comment: 'Non', colleague: 'alice', recycle_date: dayAfter(3) };
    for (const action of DECIDE) {
      const subject = `${request.id}:${action.replace('abandon.', '')}`;
      const { answer } = await forgeSubmission(house, { user: 'U0ALICE', id: 'abandon_decision', subject, values });
      expect(answer).toMatchObject({ response_action: 'errors' });
    }
    expect((await house.app.store.db.decision.findUniqueOrThrow({ where: { id: request.id } })).decidedAt).toBeNull();
  });

  it('two managers at once make one decision; the other reads whose', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE');
    const decide = (user: string, outcome: string) =>
      forgeSubmission(house, {
        user,
        id: 'abandon_decision',
        subject: `${request.id}:${outcome}`,
        values: { comment: 'Encore un appel.' },
      });
    const answers = await Promise.all([decide('U0MARTINE', 'approve'), decide('U0DIDIER', 'sendback')]);
    const late = answers.filter((one) => one.answer !== null);
    expect(late).toHaveLength(1);
    expect(JSON.stringify(late[0]?.answer)).toMatch(/C’est décidé\u00a0: (Martine Leroy|Didier Faure)/);
    expect(await facts(house, lead.id, 'decided')).toHaveLength(1);
    await forgeClick(house, { user: 'U0DIDIER', channel: LYON, action: 'abandon.approve', value: request.id });
    await whispered(house, 'U0DIDIER', /C'est décidé : /);
  });
});

describe('reminders', () => {
  it('go to the managers, then to the director, once each', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE');
    const told = (user: string) => privately(house, user).filter((one) => said(one, 'Une décision est attendue depuis'));
    await hurry('abandon-reminder', { requestId: request.id, to: 'managers' });
    await house.slack.until(() => told('U0MARTINE').length > 0, SOON);
    expect(buttons(told('U0MARTINE')[0] ?? {})).toEqual(DECIDE);
    expect(told('U0DIDIER')).toEqual([]);
    await hurry('abandon-reminder', { requestId: request.id, to: 'directors' });
    await house.slack.until(() => told('U0DIDIER').length > 0, SOON);
    // The same timer again, as after a crash.
    await house.app.store.transact(async ({ enqueue }) => {
      for (const to of ['managers', 'directors', 'managers'] as const) enqueue(remindToDecide, { requestId: request.id, to });
    });
    await expect.poll(() => open('abandon-reminder', { requestId: request.id }), { timeout: SOON }).toEqual([]);
    expect(await facts(house, lead.id, 'reminded')).toMatchObject([
      { data: { what: 'decision', to: 'managers' } },
      { data: { what: 'decision', to: 'directors' } },
    ]);
    expect([told('U0MARTINE').length, told('U0DIDIER').length]).toEqual([1, 1]);
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'claimed', ownerId: 'alice' });
    // It can be decided where it is read.
    const { form } = await formOf('U0MARTINE', { channel: 'D0MARTINE', ts: told('U0MARTINE')[0]?.ts ?? '' }, 'abandon.approve');
    expect(form.private_metadata).toContain(request.id);
  });

  it('and returns happen once, however many processes have the same timer', async () => {
    const desk = silentDesk(house.app.store, configFor('http://127.0.0.1:1/'));
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE');
    await Promise.all(Array.from({ length: 3 }, () => remind(desk, { requestId: request.id, to: 'managers' })));
    expect(await facts(house, lead.id, 'reminded')).toHaveLength(1);
    const { person } = await formOf('U0MARTINE', request, 'abandon.recycle');
    expect(await person.submit({ recycle_date: dayAfter(2) })).toEqual({ ok: true });
    await house.app.store.db.$executeRaw`UPDATE lead SET resting_until = '2026-01-05' WHERE id = ${lead.id}::uuid`;
    await Promise.all(Array.from({ length: 3 }, () => comeBack(desk, lead.id)));
    expect(await facts(house, lead.id, 'returned')).toHaveLength(1);
    await card(house, LYON, lead.id, (one) => buttons(one).includes('claim.take'));
  });

  it('are withdrawn by the decision', async () => {
    const lead = await owned('U0ALICE');
    const request = await asked(lead, 'U0ALICE');
    const { person } = await formOf('U0MARTINE', request, 'abandon.sendback');
    expect(await person.submit({ comment: 'Encore un appel.' })).toEqual({ ok: true });
    await hurry('abandon-reminder', { requestId: request.id, to: 'managers' });
    await hurry('abandon-reminder', { requestId: request.id, to: 'directors' });
    await expect.poll(() => open('abandon-reminder', { requestId: request.id }), { timeout: SOON }).toEqual([]);
    expect(await facts(house, lead.id, 'reminded')).toEqual([]);
  });
});
