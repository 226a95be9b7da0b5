import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import type { Running } from '../support/running.js';
import { buttons, card, cardsOf, facts, plainly, privately, receipts, SOON, words } from '../support/seen.js';
import { nthSite, runTown } from '../support/town.js';
import { comparer } from './life-messages.js';
import { BORN, type Life, play, type TradeIn } from './life-model.js';
import { accountOf, anyLife, byWhom, nameOf, perform, STAFF, type Standing, staffedTown } from './life-moves.js';
import { retold, told } from './life-told.js';

/*
 * Random people do random acts in random order on three leads, by signed requests that no client need have offered.
 * After each act the stored lead is the model's; in the end its timeline alone tells the same life, and every message about
 * it stands in the channel as it is drawn from what is stored.
 */

const LIVES = Number(process.env.LIVES ?? 60);
/** Lives go on beside one another, each on leads of its own. */
const ABREAST = 4;
const PATIENCE = 60_000 + LIVES * 5_000;
const SEED = Number(process.env.SEED ?? 1);
const soon = { timeout: SOON, interval: 20 };

const EVERYTHING = [
  ...['abandon-asked', 'appraisal-asked', 'claimed', 'completed', 'contact-shown', 'decided', 'estimated', 'handed-over'],
  ...['note-changed', 'note-deleted', 'noted', 'photos-asked', 'refused', 'sold', 'status'],
];

let house: Running;
let compared: Awaited<ReturnType<typeof comparer>>;
let lived = 0;
beforeAll(async () => {
  house = await runTown({ edit: () => staffedTown() });
  compared = await comparer(house, () => staffedTown());
});
afterAll(() => house?.stop());

describe(`${LIVES} times three leads in the hands of anybody`, () => {
  it(
    'are what the model says, what their timeline says, and what their messages say',
    async () => {
      const lives = Array.from({ length: ABREAST }, (_, n) => fc.assert(lifeOf, { numRuns: Math.ceil(LIVES / ABREAST), seed: SEED + n }));
      await Promise.all(lives);
    },
    PATIENCE,
  );

  // Fewer lives may well be uneventful.
  if (LIVES >= 60)
    it('and everything has happened to some of them', async () => {
      const kinds = await house.app.store.db.timelineEvent.findMany({ distinct: ['kind'], select: { kind: true } });
      const happened = kinds.map(({ kind }) => kind).toSorted();
      expect(happened).toEqual(expect.arrayContaining(EVERYTHING));
      const outcomes = await house.app.store.db.estimateQuestion.findMany({ distinct: ['outcome'], select: { outcome: true } });
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(expect.arrayContaining(['confirmed', 'corrected', 'replaced']));
    });

  it('and nobody read how to reach a customer who had no right to', () => {
    const without = [...STAFF.everybody].filter((id) => !STAFF.sellers.has(id));
    for (const id of without) {
      const heard = privately(house, accountOf(id)).map((message) => plainly(words(message)));
      expect(heard.filter((text) => /06 39 98|@example\.org/.test(text))).toEqual([]);
    }
  });
});

/** One life of three leads, compared after each move and in the end. */
const lifeOf = fc.asyncProperty(anyLife, async (moves) => {
  const leads = await born();
  const lives: Life[] = [BORN, BORN, BORN];
  for (const { lead, move: sent } of moves) {
    const standing = leads[lead];
    if (!standing) throw new Error('no such lead');
    const move = byWhom(sent, lives[lead] ?? BORN);
    await perform(house, standing, move);
    lives[lead] = play(lives[lead] ?? BORN, move, STAFF);
    // A program that is short of time answers before it is done.
    await expect.poll(() => storedLife(standing.id), { ...soon, message: JSON.stringify(move) }).toEqual(lives[lead]);
  }
  for (const [n, { id, channel }] of leads.entries()) {
    const life = lives[n] ?? BORN;
    expect(told(retold(await facts(house, id)))).toEqual(told(life));
    await house.slack.until(() => cardsOf(house, channel, id).some((one) => shows(one, life)), SOON);
    await expect.poll(async () => (await compared(id)).filter(({ drawn, stands }) => !same(drawn, stands)), soon).toEqual([]);
  }
});

/** Three leads without a name, their cards standing. */
async function born(): Promise<Standing[]> {
  const sites = [0, 1, 2].map((n) => nthSite(3 * lived + n));
  lived++;
  const customer = { name: null };
  const body = sites.map(({ id: dealership }) => JSON.parse(jsonLead({ dealership, customer, tradeIn: null })));
  const ids = (await receipts(await house.send('website', JSON.stringify(body)))).map(({ id }) => id);
  return Promise.all(
    sites.map(async ({ channel }, n) => {
      const id = ids[n] ?? '';
      const { ts } = await card(house, channel, id);
      await expect.poll(() => house.app.store.db.messageRef.count({ where: { leadId: id, message: { not: null } } }), soon).toBe(1);
      return { id, channel, ts };
    }),
  );
}

async function storedLife(id: string): Promise<Life> {
  const { db } = house.app.store;
  const lead = await db.lead.findUniqueOrThrow({
    where: { id },
    include: { notes: { orderBy: { id: 'asc' } }, decisions: true, events: { where: { kind: 'contact-shown' }, orderBy: { id: 'asc' } } },
  });
  const sign = ({ deletedAt, editedAt }: { deletedAt: Date | null; editedAt: Date | null }) => (deletedAt ? '-' : editedAt ? '*' : '');
  return {
    stage: lead.stage,
    owner: lead.ownerId,
    contacted: lead.contactedAt !== null,
    temperature: lead.temperature,
    next: lead.nextActionKind,
    asked: lead.decisions.find((one) => one.decidedAt === null)?.requesterId ?? null,
    resting: lead.restingUntil !== null,
    named: lead.name !== null,
    looked: lead.events.map(({ actorId }) => actorId ?? ''),
    notes: lead.notes.map((note) => `${note.authorId}${sign(note)}`),
    tradeIn: await storedTradeIn(id),
  };
}

async function storedTradeIn(leadId: string): Promise<TradeIn | null> {
  const { db } = house.app.store;
  const include = { estimates: { orderBy: { version: 'desc' } }, questions: { where: { outcome: null } } } as const;
  const requests = await db.appraisal.findMany({ where: { leadId }, orderBy: { id: 'desc' }, include });
  const [newest] = requests;
  if (!newest) return null;
  const { model, mileage } = newest.vehicle as { readonly model: string; readonly mileage: number };
  const [estimate] = newest.estimates;
  const inDays = estimate ? (estimate.validUntil.getTime() - Date.now()) / 86_400_000 : null;
  const asked = await db.timelineEvent.count({
    where: { leadId, kind: 'photos-asked', data: { path: ['appraisal'], equals: newest.id } },
  });
  expect(newest.questions.length).toBeLessThanOrEqual(1);
  expect(newest.answeredAt !== null).toBe(newest.estimates.length > 0);
  return {
    requests: requests.length,
    car: `${model}/${mileage}`,
    versions: newest.estimates.length,
    amount: estimate ? Number(estimate.amount) : null,
    by: estimate?.authorId ?? null,
    until: inDays === null ? null : inDays > 30 ? 'said' : 'usual',
    question: newest.questions[0] ? Number(newest.questions[0].amount) : null,
    photosAsked: asked > 0,
  };
}

function same(drawn: object, stands: object | null): boolean {
  return JSON.stringify(drawn) === JSON.stringify(stands);
}

const STAGES: Readonly<Record<string, string>> = { contacted: 'Contacté', appointment: 'Rendez-vous', proposal: 'Offre' };

function shows(message: Parameters<typeof words>[0], life: Life): boolean {
  const text = plainly(words(message));
  const offered = buttons(message);
  if (life.named !== text.includes('Zoé C.')) return false;
  if (life.resting) return text.includes('Revient le') && offered.length === 0;
  if (life.stage === 'abandoned') return text.includes('Abandonné : ') && offered.length === 0;
  if (life.stage === 'won') return text.includes(`Vendu par ${nameOf(life.owner)}`) && offered.length === 0;
  if (life.named === offered.includes('lead.complete')) return false;
  if (life.owner === null) return offered.includes('claim.take') && text.includes('En attente');
  const stage = STAGES[life.stage];
  return (
    text.includes(`Pris par ${nameOf(life.owner)}`) && offered.includes('status.open') && (stage === undefined || text.includes(stage))
  );
}
