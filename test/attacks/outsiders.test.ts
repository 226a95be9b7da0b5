import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { PUBLIC } from '../support/photo-links.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, facts, LYON, privately, SOON, said } from '../support/seen.js';

/*
 * S15: clicks and forms by people of another dealership, with ids they know or guess. The requests are signed: whoever
 * can make their client send them could do the same.
 */

const TRIES = Number(process.env.TRIES ?? 400);
const PATIENCE = 60_000 + TRIES * 100;
const CANARY = 'Brigitte Moreau';
/** Salesperson of Annecy, and somebody configuration does not know. */
const OUTSIDERS = ['U0CHLOE', 'U0NOBODY'];

const SECRET_NOTE = 'Passe samedi avec sa femme.';
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  status: { stage: 'proposal', contact: 'call', temperature: 'hot', next_kind: 'call', next_date: dayAfter(2), next_time: '', note: 'x' },
  sale: { vehicle: 'order', reference: '', financing: 'yes', maintenance: 'no', trade_in: '', price: '', delivery_date: '', note: '' },
  handover: { colleague: 'chloe', note: '' },
  abandon: { reason: 'unreachable', justification: 'Personne ne répond jamais.' },
  appraisal: { make: 'Renault', model: 'Clio', mileage: '98000' },
  estimate: { amount: '8500', valid_until: dayAfter(10), conditions: '', note: '' },
  lead: { 'customer.name': 'Somebody Else', 'customer.city': 'Annecy' },
};
const OUTCOMES = ['approve', 'sendback', 'handover', 'recycle'];
const BUTTONS = [
  ...['claim.take', 'status.open', 'sale.open', 'abandon.open', 'handover.open', 'appraisal.open', 'appraisal.photos'],
  ...['estimate.open', 'estimate.confirm', 'estimate.correct', 'abandon.approve', 'abandon.sendback', 'abandon.handover'],
  ...['abandon.recycle', 'lead.contact', 'lead.history', 'lead.complete', 'photos.add', 'photos.revoke'],
];

let house: Running;
let lead: string;
let ids: string[];

/** Everything the outsiders must not change. */
async function everything() {
  const { db } = house.app.store;
  const where = { where: { leadId: lead } };
  return {
    lead: await db.lead.findUniqueOrThrow({ where: { id: lead } }),
    rows: [
      await db.note.findMany(where),
      await db.sale.findMany(where),
      await db.decision.findMany(where),
      await db.appraisal.findMany(where),
      await db.photoLink.findMany(where),
    ],
    estimates: await db.estimate.count(),
    questions: await db.estimateQuestion.findMany(),
  };
}

beforeAll(async () => {
  house = await run({ env: { PUBLIC_URL: PUBLIC } });
});

/** A lead with everything on it that an outsider could want. */
async function prepare(): Promise<void> {
  const { id, card } = await arrived(house, jsonLead());
  lead = id;
  await house.slack.as('U0ALICE').click({ channel: LYON, ts: card.ts, action_id: 'claim.take' });
  const send = (form: string, subject: string, values: Readonly<Record<string, string>> = VALUES[form] ?? {}) =>
    forgeSubmission(house, { user: 'U0ALICE', id: form, subject, values });
  await send('status', lead, { ...VALUES.status, note: SECRET_NOTE });
  await send('appraisal', lead);
  await send('abandon', lead);
  await forgeClick(house, { user: 'U0ALICE', action: 'photos.add', value: lead, channel: LYON });
  const { db } = house.app.store;
  const appraisal = await db.appraisal.findFirstOrThrow({ where: { leadId: lead } });
  const decision = await db.decision.findFirstOrThrow({ where: { leadId: lead } });
  ids = [lead, appraisal.id, decision.id];
}
afterAll(() => house.stop());

describe(`S15: ${TRIES} tries by people of elsewhere`, () => {
  it(
    'read nothing, change nothing, and those on a lead that exists are on record',
    async () => {
      await prepare();
      const before = await everything();
      const told = new Map(OUTSIDERS.map((user) => [user, privately(house, user).length]));
      for (let n = 0; n < TRIES; n++) {
        const user = OUTSIDERS[n % OUTSIDERS.length] ?? '';
        // Half with ids that exist, half guessed.
        const subject = n % 4 < 2 ? (ids[n % ids.length] ?? '') : randomUUID();
        const action = BUTTONS[n % BUTTONS.length] ?? '';
        expect(await forgeClick(house, { user, action, value: subject, channel: n % 3 === 0 ? LYON : ANNECY })).toBe(200);
        const [form = '', values = {}] = Object.entries(VALUES)[n % Object.keys(VALUES).length] ?? [];
        await forgeSubmission(house, { user, id: form, subject, values });
        const outcome = OUTCOMES[n % OUTCOMES.length];
        const decided = { comment: 'oui', colleague: 'chloe', recycle_date: dayAfter(9) };
        await forgeSubmission(house, { user, id: 'abandon_decision', subject: `${subject}:${outcome}`, values: decided });
      }
      expect(await everything()).toEqual(before);
      const tries = (await facts(house, lead, 'refused')).filter(({ data }) => (data as { why?: string }).why === 'not-allowed');
      expect(new Set(tries.map(({ actorId }) => actorId))).toEqual(new Set(['chloe', 'slack:U0NOBODY']));
      expect(tries.length).toBeGreaterThan(TRIES / 8);
      await expect.poll(() => waitingWhispers(), { timeout: SOON, interval: 100 }).toBe(0);
      for (const user of OUTSIDERS) {
        const heard = privately(house, user).slice(told.get(user));
        expect(heard.filter((message) => said(message, CANARY) || said(message, SECRET_NOTE) || said(message, '06 39 98'))).toEqual([]);
      }
    },
    PATIENCE,
  );
});

async function waitingWhispers(): Promise<number> {
  return (await house.app.store.jobs.waiting()).whisper ?? 0;
}
