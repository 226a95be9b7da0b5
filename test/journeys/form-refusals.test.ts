import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraisals, CAR } from '../support/appraisals.js';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { faultsOf } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, LYON, whispered } from '../support/seen.js';

/* The refusals of forms that the journeys of their own folders do not come by, each in both languages. */

let house: Running;
let desk: ReturnType<typeof appraisals>;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
  desk = appraisals(house);
});
afterAll(() => house?.stop());

const BOTH = [
  ['French', 'U0ALICE', LYON],
  ['English', 'U0CHLOE', ANNECY],
] as const;
type In = (typeof BOTH)[number][0];
const inBoth = (french: string, english: string): Readonly<Record<In, string>> => ({ French: french, English: english });

const send = async (user: string, id: string, subject: string, values: Readonly<Record<string, string>>) =>
  faultsOf(await forgeSubmission(house, { user, id, subject, values }));

describe('the form lead', () => {
  it.each(BOTH)('tells who completes a lead of elsewhere in %s', async (language, user, channel) => {
    const [other, where] = channel === LYON ? (['annecy', ANNECY] as const) : (['lyon', LYON] as const);
    const { id } = await arrived(house, jsonLead({ dealership: other }), where);
    const refused = inBoth(
      'Seules les personnes de Lumière Annecy peuvent compléter ce lead.',
      'Only the people of Lumière Lyon can complete this lead.',
    );
    expect(await send(user, 'lead', id, { 'customer.name': 'X' })).toEqual({ 'customer.name': refused[language] });
    const changed = inBoth("Quelqu'un a modifié ce lead entre-temps.", 'Somebody changed this lead in the meantime.');
    const mine = await desk.owned(user, channel);
    expect((await send(user, 'lead', `${mine.id}:opened-long-ago`, { 'customer.name': 'X' }))['customer.name']).toContain(
      changed[language],
    );
  });
});

describe('the form appraisal', () => {
  it.each(BOTH)('takes ten photos at most, and says so in %s', async (language, user, channel) => {
    const lead = await desk.owned(user, channel);
    const photos = Array.from({ length: 11 }, (_, n) => ({ id: `F0MANY${n}`, name: `${n}.jpg` }));
    const forged = { user, id: 'appraisal', subject: lead.id, values: { ...CAR }, files: { photos } };
    const tooMany = inBoth(
      '10 photos au plus ici. Déposez les autres dans le fil.',
      'At most 10 photos here. Drop the others in the thread.',
    );
    expect(faultsOf(await forgeSubmission(house, forged))).toEqual({ photos: tooMany[language] });
    expect(await desk.db.photo.count({ where: { leadId: lead.id } })).toBe(0);
  });

  it('that was replaced tells the English used-car manager too', async () => {
    const lead = await desk.owned('U0CHLOE', ANNECY);
    const older = await desk.asked(lead, {}, 'U0CHLOE');
    await desk.asked(lead, { mileage: '131 000' }, 'U0CHLOE');
    expect(await send('U0OMAR', 'estimate', older.id, { amount: '8 500', valid_until: dayAfter(3) })).toEqual({
      amount: 'A newer request has replaced this one. Answer that one.',
    });
  });
});

describe('an abandonment where nobody may decide, or nobody else sells', () => {
  const small = `people:
  - { id: alice, name: Alice Martin, slack: U0ALICE, roles: { lyon: [salesperson] } }
  - { id: chloe, name: Chloé Durand, slack: U0CHLOE, language: en, roles: { annecy: [salesperson] } }
`;
  const alone = `people:
  - { id: martine, name: Martine Leroy, slack: U0MARTINE, roles: { lyon: [salesperson, sales-manager] } }
  - { id: didier, name: Didier Faure, slack: U0DIDIER, language: en, roles: { annecy: [salesperson, sales-manager] } }
`;
  const reasons = (yaml: string) =>
    yaml.replace(
      '    language: en\n',
      '    language: en\n    abandonment: { reasons: [{ id: unreachable, fr: Injoignable, en: Unreachable }] }\n',
    );
  const listing = (people: string) => (yaml: string) => reasons(yaml).replace(/^people:\n(?: {2}- .*\n)*/m, people);

  /** Somebody claims a lead and asks to abandon it; then presses a button of the request. */
  async function pressed(there: Running, user: string, channel: string, action: string): Promise<void> {
    const lead = await appraisals(there).owned(user, channel);
    const values = { reason: 'unreachable', justification: 'Huit appels, deux e-mails.' };
    expect(faultsOf(await forgeSubmission(there, { user, id: 'abandon', subject: lead.id, values }))).toEqual({});
    const { id } = await there.app.store.db.decision.findFirstOrThrow({ where: { leadId: lead.id } });
    expect(await forgeClick(there, { user, action, value: id, channel })).toBe(200);
  }

  it.each([
    [small, 'abandon.approve', 'U0ALICE', LYON, "Aucun chef des ventes n'est inscrit à Lumière Lyon pour décider."],
    [small, 'abandon.approve', 'U0CHLOE', ANNECY, 'Lumière Annecy has no sales manager listed who could decide.'],
    [alone, 'abandon.handover', 'U0MARTINE', LYON, "Personne d'autre ne vend à Lumière Lyon."],
    [alone, 'abandon.handover', 'U0DIDIER', ANNECY, 'Nobody else sells at Lumière Annecy.'],
  ])('says so: %#', async (people, action, user, channel, says) => {
    const there = await run({ edit: listing(people) });
    try {
      await pressed(there, user, channel, action);
      await whispered(there, user, says);
    } finally {
      await there.stop();
    }
  });
});
