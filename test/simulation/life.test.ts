import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import type { Running } from '../support/running.js';
import { buttons, cardsOf, facts, plainly, receipts, SOON, words } from '../support/seen.js';
import { nthSite, PEOPLE, runTown, staffed } from '../support/town.js';
import { BORN, type Life, type Move, play, retold, type Staff } from './life-model.js';

/*
 * Random people do random acts in random order on three leads, by signed requests that no client need have offered.
 * After each act the stored lead is the model's; in the end its timeline alone tells the same life, and its card shows it.
 */

const LIVES = Number(process.env.LIVES ?? 60);
const PATIENCE = 60_000 + LIVES * 3_000;

/** Two salespeople, a sales manager, the director, and three who may do none of this. */
const ROLES: Readonly<Record<string, string>> = {
  seller0: 'salesperson',
  seller1: 'salesperson',
  seller2: 'sales-manager',
  seller3: 'director',
  seller4: 'used-car-manager',
  seller5: 'reception',
};
const STRANGER = 'seller6';
const PERSON = new Map(PEOPLE.map((person) => [person.id, person]));
const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const STAFF: Staff = {
  sellers: new Set(['seller0', 'seller1', 'seller2', 'seller3']),
  managers: new Set(['seller2', 'seller3']),
  reasons: new Set(['no-budget', 'unreachable']),
  today: dayAfter(1),
};

const anybody = fc.constantFrom(...Object.keys(ROLES), STRANGER);
// Mostly those who may, or hardly anything would ever happen.
const somebody = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...STAFF.sellers) }, { weight: 1, arbitrary: anybody });
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ act: fc.constant('claim' as const), by: somebody }),
  fc.record({
    act: fc.constant('status' as const),
    by: somebody,
    stage: fc.constantFrom('contacted', 'appointment', 'proposal', 'won', 'new', ''),
    temperature: fc.constantFrom('', 'cold', 'warm', 'hot', 'boiling'),
    contact: fc.constantFrom('', 'call', 'email', 'visit', 'dream'),
    next: fc.constantFrom('call', 'test-drive', 'quote', 'nothing', ''),
  }),
  fc.record({
    act: fc.constant('sale' as const),
    by: somebody,
    vehicle: fc.constantFrom('stock', 'order', 'dream'),
    reference: fc.constantFrom('', 'VO-8841'),
    financing: fc.constantFrom('yes', 'no', ''),
  }),
  fc.record({ act: fc.constant('handover' as const), by: somebody, to: fc.oneof(anybody, fc.constant('nobody')) }),
  fc.record({
    act: fc.constant('abandon' as const),
    by: somebody,
    reason: fc.constantFrom('unreachable', 'no-budget', 'bored'),
    justification: fc.constantFrom('Huit appels, deux e-mails.', 'non', ' '.repeat(20)),
  }),
  fc.record({
    act: fc.constant('decide' as const),
    by: somebody,
    outcome: fc.constantFrom('approve', 'sendback', 'handover', 'recycle', 'burn'),
    comment: fc.constantFrom('', 'Encore un appel.'),
    to: anybody,
    day: fc.constantFrom('', '2020-01-01', dayAfter(20)),
  }),
);
const anyLife = fc.array(fc.record({ lead: fc.integer({ min: 0, max: 2 }), move: anyMove }), { minLength: 4, maxLength: 14 });

let house: Running;
let lived = 0;
beforeAll(async () => {
  house = await runTown({ edit: () => staffed(ROLES) });
});
afterAll(() => house.stop());

describe(`${LIVES} times three leads in the hands of anybody`, () => {
  it(
    'are what the model says, what their timeline says, and what their card says',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyLife, async (moves) => {
          const sites = [0, 1, 2].map((n) => nthSite(3 * lived + n));
          lived++;
          const body = sites.map(({ id: dealership }) => JSON.parse(jsonLead({ dealership })));
          const ids = (await receipts(await house.send('website', JSON.stringify(body)))).map(({ id }) => id);
          const lives: Life[] = [BORN, BORN, BORN];
          for (const { lead, move } of moves) {
            await perform(ids[lead] ?? '', move, sites[lead]?.channel ?? '');
            lives[lead] = play(lives[lead] ?? BORN, move, STAFF);
            expect(await storedLife(ids[lead] ?? ''), JSON.stringify(move)).toEqual(lives[lead]);
          }
          for (const [n, id] of ids.entries()) {
            const life = lives[n] ?? BORN;
            expect(retold(await facts(house, id))).toEqual(life);
            await house.slack.until(() => cardsOf(house, sites[n]?.channel ?? '', id).some((card) => shows(card, life)), SOON);
          }
        }),
        { numRuns: LIVES },
      );
    },
    PATIENCE,
  );
});

async function perform(lead: string, move: Move, channel: string): Promise<void> {
  const user = PERSON.get(move.by)?.user ?? '';
  const submit = (id: string, subject: string, values: Record<string, string>) => forgeSubmission(house, { user, id, subject, values });
  switch (move.act) {
    case 'claim':
      await forgeClick(house, { user, action: 'claim.take', value: lead, channel });
      return;
    case 'status': {
      const { stage, temperature, contact, next } = move;
      await submit('status', lead, { stage, temperature, contact, next_kind: next, next_date: dayAfter(3), next_time: '', note: '' });
      return;
    }
    case 'sale': {
      const { vehicle, reference, financing } = move;
      await submit('sale', lead, {
        vehicle,
        reference,
        financing,
        maintenance: 'no',
        trade_in: '',
        price: '',
        delivery_date: '',
        note: '',
      });
      return;
    }
    case 'handover':
      await submit('handover', lead, { colleague: move.to, note: '' });
      return;
    case 'abandon':
      await submit('abandon', lead, { reason: move.reason, justification: move.justification });
      return;
    case 'decide': {
      const asked = await house.app.store.db.decision.findFirst({ where: { leadId: lead }, orderBy: { requestedAt: 'desc' } });
      const values = { comment: move.comment, colleague: move.to, recycle_date: move.day };
      await submit('abandon_decision', `${asked?.id ?? lead}:${move.outcome}`, values);
    }
  }
}

async function storedLife(id: string): Promise<Life> {
  const { db } = house.app.store;
  const lead = await db.lead.findUniqueOrThrow({ where: { id } });
  const pending = await db.decision.findFirst({ where: { leadId: id, decidedAt: null } });
  return {
    stage: lead.stage,
    owner: lead.ownerId,
    contacted: lead.contactedAt !== null,
    temperature: lead.temperature,
    next: lead.nextActionKind,
    asked: pending?.requesterId ?? null,
    resting: lead.restingUntil !== null,
  };
}

const STAGES: Readonly<Record<string, string>> = { contacted: 'Contacté', appointment: 'Rendez-vous', proposal: 'Offre' };

function shows(card: Parameters<typeof words>[0], life: Life): boolean {
  const text = plainly(words(card));
  const offered = buttons(card);
  if (life.resting) return text.includes('Revient le') && offered.length === 0;
  if (life.stage === 'abandoned') return text.includes('Abandonné : ') && offered.length === 0;
  if (life.stage === 'won') return text.includes(`Vendu par ${nameOf(life)}`) && offered.length === 0;
  if (life.owner === null) return offered.includes('claim.take') && text.includes('En attente');
  const stage = STAGES[life.stage];
  return text.includes(`Pris par ${nameOf(life)}`) && offered.includes('status.open') && (stage === undefined || text.includes(stage));
}

function nameOf({ owner }: Life): string {
  return PERSON.get(owner ?? '')?.name ?? '';
}
