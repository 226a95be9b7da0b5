import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraisals, CAR } from '../support/appraisals.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { dayAfter, faultsOf } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, facts, LYON, stored, whispered } from '../support/seen.js';

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

const OVER = inBoth('Ce lead est terminé : Doublon.', 'This lead is over: Duplicate.');
const UNOWNED = inBoth("Personne n'a encore pris ce lead. Prenez-le d'abord.", 'Nobody owns this lead yet. Claim it first.');
const GONE = inBoth("Ce lead n'existe plus ici. Fermez ce formulaire.", 'This lead no longer exists here. Close this form.');

const CALLED = { stage: 'contacted', contact: 'call', temperature: '', next_kind: 'call', next_date: dayAfter(3), next_time: '', note: '' };
const SOLD = { vehicle: 'order', reference: '', financing: 'no', maintenance: 'no', trade_in: '', price: '', delivery_date: '', note: '' };
/** The forms about a lead somebody owns, and the field their refusals stand under. */
const FORMS: readonly [form: string, field: string, values: Readonly<Record<string, string>>][] = [
  ['status', 'stage', CALLED],
  ['sale', 'vehicle', SOLD],
  ['appraisal', 'plate', { plate: '', ...CAR }],
  ['abandon', 'reason', { reason: 'unreachable', justification: 'Huit appels, deux e-mails.' }],
  ['handover', 'colleague', { colleague: 'bruno', note: '' }],
];

const send = async (user: string, id: string, subject: string, values: Readonly<Record<string, string>>) =>
  faultsOf(await forgeSubmission(house, { user, id, subject, values }));

describe('a form about a lead', () => {
  it.each(BOTH)('that nobody owns, that is over, or that is not there, says so in %s', async (language, user, channel) => {
    const { id } = await arrived(house, jsonLead({ dealership: channel === LYON ? 'lyon' : 'annecy' }), channel);
    const over = await desk.owned(user, channel);
    await desk.db.lead.update({ where: { id: over.id }, data: { stage: 'duplicate' } });
    for (const [form, field, values] of FORMS) {
      expect(await send(user, form, id, values), form).toEqual({ [field]: UNOWNED[language] });
      expect(await send(user, form, over.id, values), form).toEqual({ [field]: OVER[language] });
      expect(await send(user, form, 'nothing', values), form).toEqual({ [field]: GONE[language] });
    }
    expect(await stored(house, id)).toMatchObject({ stage: 'new', ownerId: null });
  });

  it.each(BOTH)('that is somebody else’s says whose in %s', async (language, user, channel) => {
    const lead = await desk.owned('U0BRUNO', channel);
    const before = await stored(house, lead.id);
    const refused = inBoth(
      'Seuls Bruno Petit et les chefs des ventes peuvent le faire. Demandez à Bruno Petit.',
      'Only Bruno Petit and the sales managers can do this. Ask Bruno Petit.',
    );
    for (const [form, field, values] of FORMS)
      expect(await send(user, form, lead.id, values), form).toEqual({ [field]: refused[language] });
    expect(await stored(house, lead.id)).toEqual(before);
    expect(await facts(house, lead.id, 'refused')).toHaveLength(FORMS.length);
  });
});

describe('the form lead', () => {
  const WRONG = {
    'customer.phone': '12',
    'customer.email': 'no address',
    'customer.city': 'x'.repeat(201),
    'interest.year': 'new',
    'interest.price': 'dear',
    'tradeIn.year': '19',
    'tradeIn.mileage': 'a lot',
    message: 'x'.repeat(100_000),
  };
  const SAID: Readonly<Record<In, Readonly<Record<string, string>>>> = {
    French: {
      'customer.phone': "Ce numéro de téléphone n'est pas complet. Écrivez-le comme le client le dit, par exemple 06 39 98 12 34.",
      'customer.email': "Ce n'est pas une adresse e-mail. Vérifiez-la avec le client.",
      'customer.city': 'Restez sous 200 caractères.',
      'interest.year': "Écrivez l'année avec quatre chiffres, par exemple 2022.",
      'interest.price': 'Écrivez un montant, par exemple 15 990.',
      'tradeIn.year': "Écrivez l'année avec quatre chiffres, par exemple 2022.",
      'tradeIn.mileage': 'Écrivez la distance en kilomètres, par exemple 98 000.',
      message: 'Restez sous 3000 caractères.',
    },
    English: {
      'customer.phone': 'This is not a complete phone number. Write it as the customer says it, for instance 020 7946 0018.',
      'customer.email': 'This is not an e-mail address. Check it with the customer.',
      'customer.city': 'Keep it under 200 characters.',
      'interest.year': 'Write the year with four digits, for instance 2022.',
      'interest.price': 'Write an amount, for instance 15,990.',
      'tradeIn.year': 'Write the year with four digits, for instance 2022.',
      'tradeIn.mileage': 'Write the distance in kilometres, for instance 98,000.',
      message: 'Keep it under 3000 characters.',
    },
  };

  it.each(BOTH)('says what is wrong under each field in %s', async (language, user) => {
    const subject = `new:${crypto.randomUUID()}`;
    expect(await send(user, 'lead', subject, WRONG)).toEqual(SAID[language]);
    const empty = inBoth('Indiquez au moins un nom, un téléphone ou un e-mail.', 'Give at least a name, a phone number or an e-mail.');
    expect(await send(user, 'lead', subject, { 'customer.name': ' ' })).toEqual({ 'customer.name': empty[language] });
    const gone = inBoth("Ce lead n'existe plus. Rien n'a été enregistré.", 'This lead is not there any more. Nothing was saved.');
    expect(await send(user, 'lead', 'nothing', { 'customer.name': 'X' })).toEqual({ 'customer.name': gone[language] });
    expect(await desk.db.lead.count({ where: { sourceId: 'by-hand' } })).toBe(0);
  });

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
