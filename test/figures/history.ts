import fc from 'fast-check';
import { type Dealership, type Span, WEEKDAYS } from '../../src/dealership/dealership.js';
import { type Story, tell } from '../../src/figures/demo/story.js';
import { CONTACTS } from '../../src/leads/contacts.js';
import { readCustomer, readOrigin } from '../../src/leads/details.js';
import { NEXT_ACTIONS, TEMPERATURES } from '../../src/leads/lead.js';
import { WORKED } from '../../src/leads/life.js';
import { newId } from '../../src/store/id.js';
import { siteWith } from './sites.js';

/*
 * Random histories of one dealership around a day on which its clock may change: what comes, what people do about it,
 * what managers decide. Steps a lead does not allow at the time do not happen, as in the program.
 */

const MINUTE = 60_000;

export const PEOPLE = ['alice', 'bruno', 'julien', 'martine', 'slack:U0TEMP'] as const;
const MANAGER = 'martine';
const SOURCES = ['website', 'portal', 'by-hand'] as const;
const REASONS = ['unreachable', 'no-budget', '__proto__'] as const;

/** Time zones, and days whose clock changes there: forward, backward, none; half an hour, a hemisphere the other way round. */
export const TIMES = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['Europe/Paris', '2026-06-17'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
] as const;

const spans: fc.Arbitrary<readonly Span[]> = fc.constantFrom(
  [],
  [{ from: 540, to: 1140 }],
  [
    { from: 480, to: 720 },
    { from: 840, to: 1110 },
  ],
  [{ from: 0, to: 1440 }],
  // Over the hour in which clocks change.
  [{ from: 60, to: 150 }],
);

const step = fc.record({
  what: fc.constantFrom(
    ...(['claim', 'claim', 'update', 'update', 'update', 'sell', 'hand-over', 'appraise', 'estimate'] as const),
    ...(['ask', 'ask', 'decide', 'decide', 'return', 'note', 'contact'] as const),
  ),
  /** Minutes after the step before. */
  after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 4_000 })),
  person: fc.constantFrom(...PEOPLE),
  /** By a manager on the owner's behalf. */
  behalf: fc.boolean(),
  choice: fc.nat(59),
});

const enquiry = fc.record({
  /** Minutes after the first day's midnight. */
  came: fc.integer({ min: 0, max: 8 * 1440 }),
  source: fc.constantFrom(...SOURCES),
  owner: fc.option(fc.constantFrom(...PEOPLE), { freq: 4 }),
  steps: fc.array(step, { maxLength: 12 }),
});

export const history = fc.record({
  week: fc.array(spans, { minLength: 7, maxLength: 7 }),
  closed: fc.subarray([-3, -2, -1, 0, 1, 2]),
  enquiries: fc.array(enquiry, { minLength: 1, maxLength: 14 }),
  /** Minutes from the last fact until somebody asks. */
  until: fc.integer({ min: 1, max: 6_000 }),
});

export interface Played {
  readonly dealership: Dealership;
  readonly stories: readonly Story[];
  readonly now: Date;
  /** The local days it spans, `YYYY-MM-DD`, the first a day before anything came. */
  readonly days: readonly string[];
}

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** Tells a history as that of a dealership of its own. */
export function play({ week, closed, enquiries, until }: Of<typeof history>, [timeZone, day]: (typeof TIMES)[number], id: string): Played {
  const hours = Object.fromEntries(WEEKDAYS.map((weekday, n) => [weekday, week[n] ?? []]));
  const around = (n: number) => new Date(Date.parse(`${day}T00:00Z`) + n * 1440 * MINUTE).toISOString().slice(0, 10);
  const dealership = siteWith({ id, timeZone, hours, closed: new Set(closed.map(around)) });
  const base = Date.parse(`${around(-4)}T00:00Z`);
  const stories = enquiries.map((one, n) => tellOne(one, `${id}-${n}`, id, base));
  const last = Math.max(...stories.flatMap(({ facts }) => facts.map(({ at }) => at.getTime())));
  const now = new Date(last + until * MINUTE);
  const days: string[] = [];
  for (let n = -5; Date.parse(`${around(n)}T00:00Z`) < now.getTime() + 1440 * MINUTE; n++) days.push(around(n));
  return { dealership, stories, now, days };
}

function tellOne({ came, source, owner, steps }: Of<typeof enquiry>, externalKey: string, dealershipId: string, base: number): Story {
  let at = base + came * MINUTE;
  const story = tell({
    ...{ id: newId(), dealershipId, sourceId: source, externalKey, rawIntakeId: null, tier: 'parsed', receivedAt: new Date(at) },
    ...{ requestedAt: null, name: 'Brigitte Moreau', email: null, phone: null, customer: readCustomer({}), interest: null, tradeIn: null },
    ...{ message: null, origin: readOrigin({}), problems: [] },
    ...(owner !== null && source === 'by-hand' && { ownerId: owner, enteredBy: { personId: owner, platform: 'slack' } }),
  });
  for (const one of steps) {
    at += one.after * MINUTE;
    take(story, one, new Date(at));
  }
  return story;
}

function take(story: Story, { what, person, behalf, choice }: Of<typeof step>, at: Date): void {
  const { ownerId } = story.row;
  const by = behalf ? MANAGER : (ownerId ?? person);
  const nth = <T>(all: readonly T[]): T => all[choice % all.length] as T;
  if (what === 'note') story.note(at, person, 'Rappeler demain.');
  if (what === 'contact') story.showContact(at, person);
  if (what === 'estimate') story.estimate(at, MANAGER, 8_500, '2026-12-31', 'EUR');
  if (what === 'return' && story.row.restingUntil !== null) story.comeBack(at);
  if (what === 'claim' && story.allows('claim')) story.claim(at, person);
  if (what === 'hand-over' && story.allows('hand-over') && person !== ownerId) story.handOver(at, by, person);
  if (what === 'appraise' && story.allows('appraise')) story.appraise(at, by, { make: 'Renault', plate: 'AB-123-CD' });
  if (what === 'ask' && story.allows('ask-abandonment') && !story.pending) story.askAbandonment(at, by, nth(REASONS), 'Ne répond plus.');
  if (what === 'update' && story.allows('status')) {
    // The first update needs a contact; later ones may go without.
    const contact = story.row.contactedAt === null || choice % 3 > 0 ? { contact: nth(CONTACTS) } : {};
    const temperature = choice % 2 > 0 ? { temperature: nth(TEMPERATURES) } : {};
    const next = { kind: nth(NEXT_ACTIONS), at: new Date(at.getTime() + choice * choice * MINUTE) };
    story.update(at, by, { stage: nth(WORKED), ...contact, ...temperature, next });
  }
  if (what === 'sell' && story.allows('sell')) {
    const flags = { financing: choice % 2 > 0, maintenance: choice % 3 > 0, tradeIn: choice % 5 > 2 ? null : choice % 5 > 0 };
    story.sell(at, by, { vehicle: nth(['stock', 'order'] as const), reference: null, ...flags, price: null, currency: 'EUR' });
  }
  if (what === 'decide' && story.pending && story.allows('abandon')) {
    const outcome = nth(['approve', 'sendback', 'handover', 'recycle'] as const);
    const colleague = outcome === 'handover' ? { colleagueId: person } : {};
    story.decide(at, MANAGER, { outcome, ...colleague, ...(outcome === 'recycle' && { until: at.toISOString().slice(0, 10) }) });
  }
}
