import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraisals, CAR, jpeg, VO_LYON } from '../support/appraisals.js';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { faultsOf } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, facts, LYON, MANAGERS_LYON, SOON, whispered } from '../support/seen.js';

/*
 * Every button and every form, with values no client of ours would send: by people of another dealership, about another
 * dealership's lead, out of order, with amounts that are none, with files that are no photos, and twice.
 */

let house: Running;
let desk: ReturnType<typeof appraisals>;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
  desk = appraisals(house);
});
afterAll(() => house?.stop());

const VALUES = {
  status: { stage: 'contacted', contact: 'call', temperature: '', next_kind: 'call', next_date: dayAfter(3), next_time: '', note: '' },
  sale: { vehicle: 'order', reference: '', financing: 'no', maintenance: 'no', trade_in: '', price: '', delivery_date: '', note: '' },
  handover: { colleague: 'bruno', note: '' },
  abandon: { reason: 'unreachable', justification: 'Huit appels, deux e-mails.' },
  appraisal: { ...CAR },
  lead: { 'customer.name': 'Somebody Else' },
} as const;

const send = async (user: string, id: string, subject: string, values: Readonly<Record<string, string>>) =>
  faultsOf(await forgeSubmission(house, { user, id, subject, values }));

/** Everything stored about a lead that a person can change. */
async function everything(id: string) {
  const include = { notes: true, photos: true, appraisals: { include: { estimates: true, questions: true } }, decisions: true, sale: true };
  return house.app.store.db.lead.findUniqueOrThrow({ where: { id }, include });
}

/** A lead of Lyon with a request, a question about an amount, and an abandonment asked for; and the ids of all three. */
async function laden() {
  const lead = await desk.owned();
  const request = await desk.asked(lead);
  house.slack.as('U0OMAR').say(VO_LYON, '8 500 €', { thread_ts: request.ts });
  await desk.reply(request, '8 500 € pour la Peugeot 208');
  expect(await send('U0ALICE', 'abandon', lead.id, VALUES.abandon)).toEqual({});
  const question = await desk.db.estimateQuestion.findFirstOrThrow({ where: { appraisalId: request.id } });
  const decision = await desk.db.decision.findFirstOrThrow({ where: { leadId: lead.id } });
  return { lead, request, question: question.id, decision: decision.id };
}

describe('somebody of another dealership', () => {
  it('presses every button and sends every form: a sentence each time, each on record, and nothing changed', async () => {
    const { lead, request, question, decision } = await laden();
    const about: Readonly<Record<string, readonly string[]>> = {
      [lead.id]: ['claim.take', 'status.open', 'appraisal.open', 'sale.open', 'abandon.open', 'handover.open'],
      [`${lead.id} `]: ['lead.contact', 'lead.history', 'lead.complete'],
      [request.id]: ['estimate.open', 'appraisal.photos'],
      [question]: ['estimate.confirm', 'estimate.correct'],
      [decision]: ['abandon.approve', 'abandon.sendback', 'abandon.handover', 'abandon.recycle'],
    };
    const before = await everything(lead.id);
    const refusals = async () => (await facts(house, lead.id, 'refused')).length;
    let expected = await refusals();
    for (const [value, actions] of Object.entries(about)) {
      for (const action of actions) {
        // Who owns it already is no secret: a claim is answered by that, for whoever may claim somewhere.
        const status = await forgeClick(house, { user: 'U0CHLOE', action, value: value.trim(), channel: LYON });
        expect(status, action).toBe(200);
        expected += 1;
        await expect.poll(refusals, { timeout: SOON, interval: 20, message: action }).toBe(expected);
      }
    }
    const forms: readonly (readonly [form: string, subject: string, values: Readonly<Record<string, string>>])[] = [
      ...Object.entries(VALUES).map(([form, values]) => [form, lead.id, values] as const),
      ['estimate', request.id, { amount: '8500', valid_until: dayAfter(9) }],
      ['estimate', `${request.id}:${question}`, { amount: '8500', valid_until: dayAfter(9) }],
      ...['approve', 'sendback', 'handover', 'recycle'].map(
        (outcome) =>
          ['abandon_decision', `${decision}:${outcome}`, { comment: 'oui', colleague: 'chloe', recycle_date: dayAfter(9) }] as const,
      ),
    ];
    for (const [form, subject, values] of forms) {
      expect(Object.values(await send('U0CHLOE', form, subject, values)), form).toEqual([expect.stringMatching(/\.$/)]);
      expected += 1;
      expect(await refusals(), form).toBe(expected);
    }
    expect(await everything(lead.id)).toEqual(before);
  });

  it('opens nothing of ours by an id they guess', async () => {
    const buttons = ['lead.contact', 'lead.history', 'lead.complete', 'estimate.open', 'abandon.approve', 'status.open'];
    for (const action of buttons) {
      for (const value of [randomUUID(), '', 'x', "'; DROP TABLE lead; --", '__proto__']) {
        expect(await forgeClick(house, { user: 'U0CHLOE', action, value, channel: ANNECY })).toBe(200);
      }
    }
    expect(house.slack.as('U0CHLOE').modal()).toBeNull();
  });
});

describe('somebody who may act here', () => {
  it('cannot act on a lead of another dealership, nor give one to its people', async () => {
    const { id } = await arrived(house, jsonLead({ dealership: 'annecy' }), ANNECY);
    expect(await forgeClick(house, { user: 'U0CHLOE', action: 'claim.take', value: id, channel: ANNECY })).toBe(200);
    const before = await everything(id);
    for (const [form, values] of Object.entries(VALUES)) {
      expect(Object.keys(await send('U0ALICE', form, id, values)), form).toHaveLength(1);
    }
    expect(await send('U0CHLOE', 'handover', id, { colleague: 'alice', note: '' })).toHaveProperty('colleague');
    expect(await everything(id)).toEqual(before);
  });

  it('cannot take a stage out of order, nor act before the claim or after the end', async () => {
    const lead = await desk.owned();
    const before = await everything(lead.id);
    for (const stage of ['won', 'abandoned', 'duplicate', 'new', 'claimed', '__proto__', 'CONTACTED', '']) {
      expect(await send('U0ALICE', 'status', lead.id, { ...VALUES.status, stage }), stage).toHaveProperty('stage');
    }
    expect(await everything(lead.id)).toEqual(before);
    const unclaimed = await arrived(house, jsonLead());
    expect(await send('U0ALICE', 'sale', lead.id, VALUES.sale)).toEqual({});
    const [fresh, sold] = [await everything(unclaimed.id), await everything(lead.id)];
    for (const [form, values] of Object.entries(VALUES).filter(([form]) => form !== 'lead')) {
      expect(Object.values(await send('U0MARTINE', form, unclaimed.id, values)), form).toEqual([expect.stringContaining('Prenez-le')]);
      expect(Object.values(await send('U0ALICE', form, lead.id, values)), form).toEqual([expect.stringContaining('est terminé')]);
    }
    expect(await everything(unclaimed.id)).toEqual(fresh);
    expect(await everything(lead.id)).toEqual(sold);
  });

  it('cannot estimate an amount that is none', async () => {
    const request = await desk.asked(await desk.owned());
    const amounts = [
      '-5',
      '0',
      '1000000000000',
      '1e12',
      'NaN',
      'Infinity',
      '-Infinity',
      '0x2134',
      '8500; DROP TABLE',
      '٨٥٠٠',
      '9'.repeat(400),
    ];
    for (const amount of amounts) {
      expect(await send('U0OMAR', 'estimate', request.id, { amount, valid_until: dayAfter(9) }), amount).toHaveProperty('amount');
    }
    for (const valid_until of ['', 'NaN', '0000-00-00', '2027-02-30', '-5', '9'.repeat(400)]) {
      expect(await send('U0OMAR', 'estimate', request.id, { amount: '8500', valid_until }), valid_until).toHaveProperty('valid_until');
    }
    expect(await desk.db.estimate.count({ where: { appraisalId: request.id } })).toBe(0);
  });

  it('has one effect with a form sent twice, at once or one after the other', async () => {
    const lead = await desk.owned();
    const count = async (kind: string) => (await facts(house, lead.id, kind)).length;
    const twice = async (user: string, form: string, subject: string, values: Readonly<Record<string, string>>) => {
      await Promise.all([send(user, form, subject, values), send(user, form, subject, values)]);
      await send(user, form, subject, values);
    };
    await twice('U0ALICE', 'status', lead.id, VALUES.status);
    await twice('U0ALICE', 'appraisal', lead.id, VALUES.appraisal);
    const { id } = await desk.db.appraisal.findFirstOrThrow({ where: { leadId: lead.id } });
    await twice('U0OMAR', 'estimate', id, { amount: '8500', valid_until: dayAfter(9) });
    await twice('U0ALICE', 'abandon', lead.id, VALUES.abandon);
    const decision = await desk.db.decision.findFirstOrThrow({ where: { leadId: lead.id } });
    const requests = () => house.slack.messages(MANAGERS_LYON).filter((one) => JSON.stringify(one.metadata).includes(decision.id));
    await house.slack.until(() => requests()[0], SOON);
    await twice('U0MARTINE', 'abandon_decision', `${decision.id}:sendback`, { comment: 'Encore un appel.' });
    await twice('U0ALICE', 'handover', lead.id, VALUES.handover);
    await twice('U0BRUNO', 'sale', lead.id, VALUES.sale);
    const kinds = ['status', 'appraisal-asked', 'estimated', 'abandon-asked', 'decided', 'handed-over', 'sold'];
    expect(await Promise.all(kinds.map(count))).toEqual(kinds.map(() => 1));
    expect(requests()).toHaveLength(1);
  });
});

describe('files that are no photos', () => {
  it('50 MB, a page, a picture with a program behind it: nothing is kept as it was sent', async () => {
    const lead = await desk.owned();
    const alice = house.slack.as('U0ALICE');
    const tail = Buffer.from('<script>alert(document.domain)</script>PK\u0003\u0004');
    const files = [
      alice.upload('avant.jpg', Buffer.concat([await jpeg(50), Buffer.alloc(50_000_000)])),
      alice.upload('arriere.jpg', Buffer.from('<!doctype html><svg onload="alert(1)">')),
      alice.upload('compteur.jpg', Buffer.concat([await jpeg(51), tail])),
    ].map(({ id, name }) => ({ id, name: name ?? '' }));
    const forged = { user: 'U0ALICE', id: 'appraisal', subject: lead.id, values: { ...CAR } };
    expect(await forgeSubmission(house, { ...forged, files: { photos: files } })).toEqual({ status: 200, answer: null });
    await whispered(house, 'U0ALICE', '« avant.jpg » dépasse 10 Mo.');
    await whispered(house, 'U0ALICE', "« arriere.jpg » n'est pas une image");
    await expect.poll(() => facts(house, lead.id, 'photo'), desk.soon).toHaveLength(1);
    const kept = await desk.db.photo.findMany({ where: { leadId: lead.id } });
    expect(kept.map(({ state }) => state).toSorted()).toEqual(['ready', 'refused', 'refused']);
    for (const { image, thumbnail, original } of kept) {
      expect(original).toBeNull();
      for (const bytes of [image, thumbnail]) expect(Buffer.from(bytes ?? []).includes('script')).toBe(false);
    }
  });

  it('files of nobody, and of another form: a sentence, and no photo', async () => {
    const lead = await desk.owned();
    const files = { photos: [{ id: 'F0NOBODY', name: '../../etc/passwd' }], note: [{ id: 'F0NOBODY', name: 'x' }] };
    const forged = { user: 'U0ALICE', id: 'appraisal', subject: lead.id, values: { ...CAR }, files };
    expect(await forgeSubmission(house, forged)).toEqual({ status: 200, answer: null });
    await expect.poll(() => facts(house, lead.id, 'photo-refused'), desk.soon).toHaveLength(1);
    expect(await desk.db.photo.findMany({ where: { leadId: lead.id } })).toMatchObject([{ state: 'refused', image: null, original: null }]);
  });
});
