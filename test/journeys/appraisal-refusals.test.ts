import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraisals, CAR, VO_LYON } from '../support/appraisals.js';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { type Running, run } from '../support/running.js';
import { arrived, buttons, facts, LYON, plainly, privately, said, whispered } from '../support/seen.js';

let house: Running;
let desk: ReturnType<typeof appraisals>;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
  desk = appraisals(house);
});
afterAll(() => house?.stop());

/** Sends a form signed as Slack signs. @returns the sentence under each field; null when the form closed */
async function send(user: string, id: string, subject: string, values: Record<string, string>): Promise<Record<string, string> | null> {
  const { status, answer } = await forgeSubmission(house, { user, id, subject, values });
  expect(status).toBe(200);
  const { errors } = (answer ?? {}) as { errors?: Record<string, string> };
  return errors ? Object.fromEntries(Object.entries(errors).map(([field, text]) => [field, plainly(text)])) : null;
}

const count = (leadId: string) => desk.db.appraisal.count({ where: { leadId } });

describe('who may do what', () => {
  it('the owner asks, or a manager on the owner’s behalf; nobody else, and not before the claim', async () => {
    const { id, card } = await arrived(house, jsonLead({ dealership: 'lyon' }));
    await forgeClick(house, { user: 'U0ALICE', action: 'appraisal.open', value: id, channel: LYON, ts: card.ts });
    await whispered(house, 'U0ALICE', "Personne n'a encore pris ce lead. Prenez-le d'abord.");
    const lead = await desk.owned();
    await house.slack.as('U0BRUNO').click({ channel: LYON, ts: lead.ts, action_id: 'appraisal.open' });
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes peuvent le faire.');
    expect(await send('U0BRUNO', 'appraisal', lead.id, { plate: '', ...CAR })).toEqual({
      plate: 'Seuls Alice Martin et les chefs des ventes peuvent le faire. Demandez à Alice Martin.',
    });
    expect(await count(lead.id)).toBe(0);
    const req = await desk.asked(lead, {}, 'U0MARTINE');
    expect(said(req.message, 'Martine Leroy pour Alice Martin demande une estimation')).toBe(true);
    expect(await desk.db.timelineEvent.findFirst({ where: { leadId: lead.id, kind: 'appraisal-asked' } })).toMatchObject({
      actorId: 'martine',
      behalfOfId: 'alice',
    });
    await forgeClick(house, { user: 'U0ALICE', action: 'lead.history', value: lead.id, channel: LYON, ts: lead.ts });
    await whispered(house, 'U0ALICE', /Martine Leroy pour Alice Martin a demandé/);
  });

  it('only used-car managers and directors answer, by button, by form, or for a question', async () => {
    const req = await desk.asked(await desk.owned());
    house.slack.as('U0OMAR').say(VO_LYON, '8 500 €', { thread_ts: req.ts });
    const question = await desk.reply(req, '8 500 € pour la Peugeot 208');
    const { id } = await desk.db.estimateQuestion.findFirstOrThrow({ where: { appraisalId: req.id } });
    const refusal = 'Seuls les responsables VO de Lumière Lyon peuvent estimer. Demandez à Omar Benali.';
    const clicks = [
      ...['estimate.open', 'appraisal.photos'].map((action) => ({ action, value: req.id, ts: req.ts })),
      ...['estimate.confirm', 'estimate.correct'].map((action) => ({ action, value: id, ts: question.ts })),
    ];
    for (const click of clicks) {
      const before = privately(house, 'U0ALICE').length;
      await forgeClick(house, { user: 'U0ALICE', channel: VO_LYON, ...click });
      await whispered(house, 'U0ALICE', refusal, before);
    }
    expect(await send('U0MARTINE', 'estimate', req.id, { amount: '8500', valid_until: dayAfter(3) })).toEqual({ amount: refusal });
    expect(await desk.db.estimate.count({ where: { appraisalId: req.id } })).toBe(0);
    expect(await facts(house, req.leadId, 'photos-asked')).toEqual([]);
    expect(await facts(house, req.leadId, 'refused')).toHaveLength(5);
    expect(await send('U0DIDIER', 'estimate', req.id, { amount: '8500', valid_until: dayAfter(3) })).toBeNull();
  });
});

describe('what is forged or repeated changes nothing', () => {
  it('ids of nothing, and of something else', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    const ids = ['', 'x', '00000000-0000-7000-8000-000000000000', lead.id, "'; DROP TABLE lead; --", `${req.id}:${req.id}`];
    for (const action of ['estimate.open', 'estimate.confirm', 'estimate.correct', 'appraisal.photos']) {
      for (const value of ids) expect(await forgeClick(house, { user: 'U0OMAR', action, value, channel: VO_LYON, ts: req.ts })).toBe(200);
    }
    const values = { amount: '8500', valid_until: dayAfter(3) };
    for (const subject of ids.slice(0, 5)) expect(await send('U0OMAR', 'estimate', subject, values)).toHaveProperty('amount');
    expect(await desk.db.estimate.count({ where: { appraisalId: req.id } })).toBe(0);
    expect(await send('U0ALICE', 'appraisal', req.id, { plate: '', ...CAR })).toEqual({
      plate: "Ce lead n'existe plus ici. Fermez ce formulaire.",
    });
    expect(await facts(house, lead.id, 'photos-asked')).toEqual([]);
  });

  it('the same form sent twice asks, and answers, once', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    expect(await Promise.all([1, 2, 3].map(() => send('U0ALICE', 'appraisal', lead.id, CAR)))).toEqual([null, null, null]);
    expect(await count(lead.id)).toBe(1);
    const values = { amount: '8 500 €', valid_until: dayAfter(3) };
    expect(await Promise.all([1, 2, 3].map(() => send('U0OMAR', 'estimate', req.id, values)))).toEqual([null, null, null]);
    expect(await desk.db.estimate.count({ where: { appraisalId: req.id } })).toBe(1);
    expect(await send('U0OMAR', 'estimate', req.id, { ...values, amount: '8 600' })).toBeNull();
    expect(await facts(house, lead.id, 'estimated')).toHaveLength(2);
  });

  it('a newer request takes the place of the older, and a lead that is over takes no estimate', async () => {
    const lead = await desk.owned();
    const older = await desk.asked(lead);
    const newer = await desk.asked(lead, { mileage: '131 000' });
    const replaced = await desk.request(VO_LYON, older.id, (one) => said(one, 'Remplacée par une demande plus récente.'));
    expect(buttons(replaced)).toEqual([]);
    const values = { amount: '8 500 €', valid_until: dayAfter(3) };
    expect(await send('U0OMAR', 'estimate', older.id, values)).toEqual({
      amount: 'Une demande plus récente a remplacé celle-ci. Répondez à la nouvelle.',
    });
    await desk.db.lead.update({ where: { id: lead.id }, data: { stage: 'duplicate' } });
    expect(await send('U0OMAR', 'estimate', newer.id, values)).toEqual({ amount: 'Ce lead est terminé : Doublon.' });
    expect(await desk.db.estimate.count({ where: { appraisalId: { in: [older.id, newer.id] } } })).toBe(0);
  });
});
