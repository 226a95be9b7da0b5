import type { Act, ActRow } from './acts.js';
import { clocksOf, noClocks, type Stopped, type WasOpen } from './clocks.js';
import type { Figures } from './figures.js';
import type { OpenRow } from './standing.js';

/** Figures while they are added up. */
export interface Tally {
  readonly counts: Map<Act, number>;
  readonly won: { stock: number; order: number };
  readonly abandoned: Map<string, number>;
  readonly standing: { open: number; waiting: number; hot: number };
  readonly toClaim: Stopped;
  readonly toContact: Stopped;
  readonly toClose: Stopped;
}

export function newTally(): Tally {
  return {
    counts: new Map(),
    won: { stock: 0, order: 0 },
    abandoned: new Map(),
    standing: { open: 0, waiting: 0, hot: 0 },
    toClaim: noClocks(),
    toContact: noClocks(),
    toClose: noClocks(),
  };
}

/** Adds acts to whatever they count for. */
export function addActs(tally: Tally, { act, detail, count, began, took }: ActRow): void {
  tally.counts.set(act, (tally.counts.get(act) ?? 0) + count);
  if (act === 'won') tally.won[detail === 'order' ? 'order' : 'stock'] += count;
  if (act === 'abandoned') tally.abandoned.set(detail ?? '', (tally.abandoned.get(detail ?? '') ?? 0) + count);
  const into = clockOf(tally, act);
  if (act === 'never-contacted') addAll(tally.toContact.never, began);
  if (!into) return;
  addAll(into.began, began);
  addAll(into.took, took);
}

/** Adds leads that are not over. */
export function addOpen({ standing, toClaim, toContact, toClose }: Tally, { waiting, contacted, hot, count, began }: OpenRow): void {
  standing.open += count;
  if (waiting) standing.waiting += count;
  if (hot) standing.hot += count;
  if (waiting) addAll(toClaim.running, began);
  if (!contacted) addAll(toContact.running, began);
  addAll(toClose.running, began);
}

function clockOf({ toClaim, toContact, toClose }: Tally, act: Act): Stopped | null {
  if (act === 'claimed') return toClaim;
  if (act === 'contacted') return toContact;
  return act === 'won' || act === 'abandoned' ? toClose : null;
}

function addAll(to: number[], more: readonly number[] | null): void {
  for (const one of more ?? []) to.push(one);
}

/** `of`: a person's leads are received when they become theirs, a dealership's or source's when they come. */
export function figuresOf(tally: Tally, of: 'person' | 'whole', wasOpen: WasOpen): Figures {
  const { counts, won, abandoned, standing, toClaim, toContact, toClose } = tally;
  const count = (act: Act) => counts.get(act) ?? 0;
  return {
    received: of === 'person' ? count('claimed') + count('taken') : count('received'),
    returned: count('returned'),
    claimed: count('claimed'),
    taken: count('taken'),
    given: count('given'),
    contacted: count('contacted'),
    witnessed: count('witnessed'),
    appointments: count('appointment'),
    appraisals: count('appraisal'),
    won: { ...won },
    financed: count('financed'),
    maintained: count('maintained'),
    tradeIns: count('trade-in'),
    abandoned: Object.fromEntries([...abandoned].sort(([a], [b]) => (a < b ? -1 : 1))),
    recycled: count('recycled'),
    sentBack: count('sent-back'),
    ...standing,
    toClaim: clocksOf(toClaim, wasOpen),
    toContact: clocksOf(toContact, wasOpen),
    toClose: clocksOf(toClose, wasOpen),
  };
}
