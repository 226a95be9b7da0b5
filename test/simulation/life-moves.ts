import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { hearAgain } from '../support/appraisals.js';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import type { Running } from '../support/running.js';
import { PEOPLE, staffed } from '../support/town.js';
import type { Life, Move, Staff, Words } from './life-model.js';

/** Two salespeople, a sales manager, the director, and three who may do little of this. */
const ROLES: Readonly<Record<string, string>> = {
  seller0: 'salesperson',
  seller1: 'salesperson',
  seller2: 'sales-manager',
  seller3: 'director',
  seller4: 'used-car-manager',
  seller5: 'reception',
};
/** Somebody configuration does not list, whose account is their id. */
const STRANGER = 'slack:U0SELLER6';
/** Whoever owns the lead by then. */
const OWNER = 'owner';
const PERSON = new Map(PEOPLE.map((person) => [person.id, person]));

export const STAFF: Staff = {
  sellers: new Set(['seller0', 'seller1', 'seller2', 'seller3']),
  managers: new Set(['seller2', 'seller3']),
  estimators: new Set(['seller3', 'seller4']),
  everybody: new Set(Object.keys(ROLES)),
  reasons: new Set(['no-budget', 'unreachable']),
  today: dayAfter(1),
  amounts: { '8500': 8_500, '8,5k': 8_500, '7 900 €': 7_900 },
};

/** The same move by whoever owns the lead, where it says so. */
export function byWhom(move: Move, { owner }: Life): Move {
  return move.by === OWNER ? { ...move, by: owner ?? 'seller0' } : move;
}

/** The Slack account of somebody. */
export function accountOf(id: string): string {
  return PERSON.get(id)?.user ?? id.slice('slack:'.length);
}

export function nameOf(id: string | null): string {
  return PERSON.get(id ?? '')?.name ?? '';
}

/** The town, with roles, and reasons to abandon. */
export function staffedTown(): string {
  return staffed(ROLES);
}

const WORDS: readonly Words[] = [
  { text: 'Rappelle demain.', means: null },
  { text: '8 500 €', means: 8_500 },
  { text: 'entre 8 000 et 8 200', means: 8_000 },
  { text: '121 000 km au compteur', means: null },
  { text: 'Il manque des photos.', means: 'photos' },
  { text: '', means: null },
];
const AFTERWARDS = 'Finalement non.';

const anybody = fc.constantFrom(...Object.keys(ROLES), STRANGER);
// Mostly those who may, or hardly anything would ever happen.
const mostly = (people: ReadonlySet<string>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...people) }, { weight: 1, arbitrary: anybody });
/** What is right, most of the time. */
const usually = (right: string, ...wrong: string[]) => [...Array<string>(6).fill(right), ...wrong];
const somebody = fc.oneof({ weight: 3, arbitrary: fc.constant(OWNER) }, { weight: 2, arbitrary: mostly(STAFF.sellers) });
const estimator = mostly(STAFF.estimators);

const claim = fc.record({ act: fc.constant('claim' as const), by: mostly(STAFF.sellers) });
const status = fc.record({
  act: fc.constant('status' as const),
  by: somebody,
  stage: fc.constantFrom(...usually('contacted', 'won', 'new', ''), 'appointment', 'proposal'),
  temperature: fc.constantFrom(...usually('', 'boiling'), 'cold', 'hot'),
  contact: fc.constantFrom(...usually('call', '', 'dream'), 'email'),
  next: fc.constantFrom(...usually('call', 'nothing', ''), 'test-drive'),
});
const sale = fc.record({
  act: fc.constant('sale' as const),
  by: somebody,
  vehicle: fc.constantFrom('stock', 'order', 'stock', 'order', 'dream'),
  reference: fc.constantFrom('', 'VO-8841', 'VO-8842'),
  financing: fc.constantFrom('yes', 'no', 'no', ''),
});
const handover = fc.record({
  act: fc.constant('handover' as const),
  by: somebody,
  to: fc.oneof(mostly(STAFF.sellers), fc.constant('nobody')),
});
const abandon = fc.record({
  act: fc.constant('abandon' as const),
  by: somebody,
  reason: fc.constantFrom(...usually('unreachable', 'bored'), 'no-budget'),
  justification: fc.constantFrom(...usually('Huit appels, deux e-mails.', 'non', ' '.repeat(20))),
});
const decide = fc.record({
  act: fc.constant('decide' as const),
  by: mostly(STAFF.managers),
  outcome: fc.constantFrom('approve', 'sendback', 'sendback', 'handover', 'handover', 'recycle', 'recycle', 'burn'),
  comment: fc.constantFrom(...usually('Encore un appel.', '')),
  to: mostly(STAFF.sellers),
  day: fc.constantFrom(...usually(dayAfter(20), '2020-01-01', '')),
});
const look = fc.record({ act: fc.constant('look' as const), by: somebody });
const history = fc.record({ act: fc.constant('history' as const), by: somebody });
const complete = fc.record({ act: fc.constant('complete' as const), by: anybody, phone: fc.constantFrom('', 'no number') });
const appraise = fc.record({
  act: fc.constant('appraise' as const),
  by: somebody,
  model: fc.constantFrom('Clio', 'Clio', 'Clio', '208', '208', ''),
  mileage: fc.constantFrom(...usually('98000', '-5')),
});
const estimate = fc.record({
  act: fc.constant('estimate' as const),
  by: estimator,
  amount: fc.constantFrom(...Object.keys(STAFF.amounts), ...['-5', '1000000000000', 'NaN', '99', '']),
  day: fc.constantFrom(...usually(dayAfter(40), '2020-01-01', '')),
  which: fc.constantFrom('newest', 'newest', 'newest', 'first', 'none'),
  corrects: fc.boolean(),
});
const say = fc.record({
  act: fc.constant('say' as const),
  by: estimator,
  words: fc.constantFrom(...WORDS),
  later: fc.constantFrom('stays', 'stays', 'stays', 'changes', 'goes'),
});
const confirm = fc.record({ act: fc.constant('confirm' as const), by: estimator });
const photos = fc.record({ act: fc.constant('photos' as const), by: estimator });

const move: fc.Arbitrary<Move> = fc.oneof(
  claim,
  status,
  sale,
  handover,
  abandon,
  decide,
  look,
  history,
  complete,
  appraise,
  estimate,
  say,
  confirm,
  photos,
);

/** A trade-in is asked for as it should be, and answered in words that are an amount and stay. */
const asked = fc.constant<Move>({ act: 'appraise', by: OWNER, model: 'Clio', mileage: '98000' });
const written = fc.constantFrom(...WORDS.filter(({ means }) => typeof means === 'number')).map(
  (words): Move => ({
    ...{ act: 'say', words, later: 'stays' },
    by: 'seller4',
  }),
);
const corrected = fc.constantFrom(...Object.keys(STAFF.amounts)).map(
  (amount): Move => ({
    ...{ act: 'estimate', amount, day: dayAfter(40), which: 'newest', corrects: true },
    by: 'seller4',
  }),
);

/** Something by itself, or what people mostly do one after the other. */
const steps: fc.Arbitrary<Move[]> = fc.oneof(
  { weight: 8, arbitrary: move.map((one) => [one]) },
  { weight: 1, arbitrary: fc.tuple(appraise, say, confirm) },
  { weight: 1, arbitrary: fc.tuple(asked, written, corrected) },
  { weight: 1, arbitrary: fc.tuple(asked, written, written) },
  { weight: 1, arbitrary: fc.tuple(appraise, estimate, estimate) },
  { weight: 1, arbitrary: fc.tuple(appraise, say, estimate, photos) },
  { weight: 3, arbitrary: fc.tuple(abandon, decide) },
);

const anyLead = fc.integer({ min: 0, max: 2 });
const claims = fc.record({ lead: anyLead, steps: claim.map((one): Move[] => [one]) });

/** What happens to three leads, of which most are somebody's before anything else does. Nothing is likelier for being simple. */
export const anyLife = fc.noBias(
  fc
    .tuple(
      fc.array(claims, { minLength: 2, maxLength: 4, size: 'max' }),
      fc.array(fc.record({ lead: anyLead, steps }), { minLength: 4, maxLength: 12, size: 'max' }),
    )
    .map((parts) => parts.flat().flatMap(({ lead, steps: moves }) => moves.map((one) => ({ lead, move: one })))),
);

/** A lead, and the card of it that everybody sees. */
export interface Standing {
  readonly id: string;
  readonly channel: string;
  readonly ts: string;
}

let said = 0;

/** Does it, by signed requests that no client need have offered. */
export async function perform(house: Running, { id: lead, channel, ts }: Standing, move: Move): Promise<void> {
  const user = accountOf(move.by);
  const { db } = house.app.store;
  const submit = (id: string, subject: string, values: Record<string, string>) => forgeSubmission(house, { user, id, subject, values });
  const click = (action: string, value: string) => forgeClick(house, { user, action, value, channel });
  const request = async (which: 'asc' | 'desc') =>
    (await db.appraisal.findFirst({ where: { leadId: lead }, orderBy: { id: which } }))?.id ?? randomUUID();
  const question = async () => {
    const newest = { where: { appraisal: { leadId: lead } }, orderBy: { id: 'desc' } } as const;
    return (await db.estimateQuestion.findFirst(newest))?.id ?? randomUUID();
  };
  switch (move.act) {
    case 'claim':
      return void (await click('claim.take', lead));
    case 'look':
      return void (await click('lead.contact', lead));
    case 'history':
      return void (await click('lead.history', lead));
    case 'confirm':
      return void (await click('estimate.confirm', await question()));
    case 'photos':
      return void (await click('appraisal.photos', await request('desc')));
    case 'complete':
      return void (await submit('lead', lead, { 'customer.name': 'Zoé Complète', 'customer.phone': move.phone }));
    case 'status': {
      const { stage, temperature, contact, next } = move;
      const values = { stage, temperature, contact, next_kind: next, next_date: dayAfter(3), next_time: '', note: '' };
      return void (await submit('status', lead, values));
    }
    case 'sale': {
      const { vehicle, reference, financing } = move;
      const rest = { maintenance: 'no', trade_in: '', price: '', delivery_date: '', note: '' };
      return void (await submit('sale', lead, { vehicle, reference, financing, ...rest }));
    }
    case 'handover':
      return void (await submit('handover', lead, { colleague: move.to, note: '' }));
    case 'abandon':
      return void (await submit('abandon', lead, { reason: move.reason, justification: move.justification }));
    case 'decide': {
      const asked = await db.decision.findFirst({ where: { leadId: lead }, orderBy: { requestedAt: 'desc' } });
      const values = { comment: move.comment, colleague: move.to, recycle_date: move.day };
      return void (await submit('abandon_decision', `${asked?.id ?? lead}:${move.outcome}`, values));
    }
    case 'appraise':
      return void (await submit('appraisal', lead, { make: 'Renault', model: move.model, mileage: move.mileage }));
    case 'estimate': {
      const about = move.which === 'none' ? lead : await request(move.which === 'first' ? 'asc' : 'desc');
      const subject = move.corrects ? `${about}:${await question()}` : about;
      return void (await submit('estimate', subject, { amount: move.amount, valid_until: move.day, conditions: '', note: '' }));
    }
    case 'say':
      return write(house, { channel, thread_ts: ts, user }, move);
  }
}

/** The events Slack sends for what somebody wrote below a card. */
async function write(
  house: Running,
  below: { readonly channel: string; readonly thread_ts: string; readonly user: string },
  { words, later }: Extract<Move, { act: 'say' }>,
): Promise<void> {
  said += 1;
  const { channel, ...where } = below;
  const message = { type: 'message', ...where, ts: `${1_900_000_000 + said}.000100`, text: words.text };
  await hearAgain(house, channel, message);
  const changed = { ...message, text: AFTERWARDS };
  if (later === 'changes') {
    await hearAgain(house, channel, { ...message, subtype: 'message_changed', message: changed, previous_message: message });
  }
  if (later === 'goes') {
    await hearAgain(house, channel, { type: 'message', ts: '9.9', subtype: 'message_deleted', deleted_ts: message.ts });
  }
}
