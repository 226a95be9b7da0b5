import type { Db } from '../store/database.js';
import { type ActRow, type Place, readActs } from './acts.js';
import { wasOpenAt } from './clocks.js';
import type { Breakdown, Figures } from './figures.js';
import type { Window } from './period.js';
import { type OpenRow, readOpen } from './standing.js';
import { addActs, addOpen, figuresOf, newTally, type Tally } from './tally.js';

const DAY_MS = 86_400_000;

/** One window's figures while they are added up: whole, by person, by source. */
interface Sums {
  readonly total: Tally;
  readonly people: Map<string, Tally>;
  readonly sources: Map<string, Tally>;
}

/**
 * The figures of dealerships, each over its own period, in the order asked for; a dealership may be asked for several
 * periods. What is open, waiting and hot, and the clocks still running, are as of now, whatever the period.
 */
export async function readFigures(db: Db, windows: readonly Window[]): Promise<readonly Breakdown[]> {
  const ids = [...new Set(windows.map(({ dealership }) => dealership.id))];
  const [sums, open] = await Promise.all([happened(db, windows), readOpen(db, ids)]);
  for (const [n, { dealership }] of windows.entries()) {
    for (const row of open) if (row.dealership === dealership.id) addStanding(sums[n], row);
  }
  return breakdowns(db, windows, sums);
}

/** The same without what is now: nothing in it is open, waiting, hot or running. Of a past period it changes no more. */
export async function readHappened(db: Db, windows: readonly Window[]): Promise<readonly Breakdown[]> {
  return breakdowns(db, windows, await happened(db, windows));
}

async function happened(db: Db, windows: readonly Window[]): Promise<readonly Sums[]> {
  const sums = windows.map((): Sums => ({ total: newTally(), people: new Map(), sources: new Map() }));
  await readInParts(db, windows, (window, row) => addAct(sums[window], row));
  return sums;
}

async function breakdowns(db: Db, windows: readonly Window[], sums: readonly Sums[]): Promise<readonly Breakdown[]> {
  const names = await namesOf(db, new Set(sums.flatMap(({ people }) => [...people.keys()])));
  return sums.map((sum, n) => breakdownOf(sum, windows[n], names));
}

/** A day of a window, or what of it lies there. */
interface Piece {
  readonly window: number;
  readonly from: number;
  readonly to: number;
}

/** Dealership-days the first statement reads; later ones more or fewer, by how long that took. */
const FIRST_PIECES = 2;
/** Quiet days say nothing of the busy ones that follow: a day of twenty dealerships. */
const MOST_PIECES = 20;
/** A statement that took less may read twice as much, one that took more half as much. The embedded engine answers nobody meanwhile. */
const QUICK_MS = 50;
const SLOW_MS = 120;

/** Reads acts so many days at a time: acts add up, so the cuts change nothing. */
async function readInParts(db: Db, windows: readonly Window[], add: (window: number, row: ActRow) => void): Promise<void> {
  const sites = await db.dealership.count();
  const now = Date.now();
  const pieces = windows.flatMap(piecesOf).sort((a, b) => a.from - b.from);
  let some = FIRST_PIECES;
  for (let done = 0; done < pieces.length; ) {
    const spans = joined(pieces.slice(done, done + some));
    const places = spans.map(
      ({ window, from, to }): Place => ({
        dealership: windows[window]?.dealership.id ?? '',
        from: new Date(from),
        to: new Date(to),
      }),
    );
    const began = performance.now();
    for (const row of await readActs(db, places, cheaperBy(places, sites, now))) add(spans[row.n]?.window ?? -1, row);
    const took = performance.now() - began;
    done += some;
    if (took < QUICK_MS) some = Math.min(MOST_PIECES, some * 2);
    if (took > SLOW_MS) some = Math.max(1, Math.floor(some / 2));
  }
}

/** Rows read of one day's leads of one dealership: of their facts and of themselves; and so many days they are open. */
const READ_BY_FACTS = 6;
const READ_BY_LEADS = 8;
const DAYS_OPEN = 3;

/**
 * How to find the leads of some places. By facts one reads those of all dealerships, in that time alone; by leads those
 * of the dealerships asked for, but all that ended since: better for one of many, and not too long ago.
 */
function cheaperBy(places: readonly Place[], sites: number, now: number): 'facts' | 'leads' {
  const first = Math.min(...places.map(({ from }) => from.getTime()));
  const last = Math.max(...places.map(({ to }) => to.getTime()));
  const all = places.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0) / DAY_MS;
  const days = Math.min(all, (last - first) / DAY_MS);
  const since = places.reduce((sum, { from }) => sum + Math.max(0, now - from.getTime()), 0) / DAY_MS;
  const byLeads = since + READ_BY_LEADS * (all + DAYS_OPEN * places.length);
  return byLeads < READ_BY_FACTS * days * sites ? 'leads' : 'facts';
}

function piecesOf({ period }: Window, window: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = period.from.getTime(); from < period.to.getTime(); from += DAY_MS) {
    pieces.push({ window, from, to: Math.min(from + DAY_MS, period.to.getTime()) });
  }
  return pieces;
}

/** Days of one window that follow one another, as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const spans = new Map<number, Piece>();
  for (const { window, from, to } of pieces) spans.set(window, { window, from: spans.get(window)?.from ?? from, to });
  return [...spans.values()];
}

function addAct(sum: Sums | undefined, row: ActRow): void {
  if (!sum) return;
  addActs(sum.total, row);
  addActs(tallyOf(sum.sources, row.source), row);
  if (row.person !== null) addActs(tallyOf(sum.people, row.person), row);
}

function addStanding(sum: Sums | undefined, row: OpenRow): void {
  if (!sum) return;
  addOpen(sum.total, row);
  addOpen(tallyOf(sum.sources, row.source), row);
  if (row.owner !== null) addOpen(tallyOf(sum.people, row.owner), row);
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? newTally();
  tallies.set(key, tally);
  return tally;
}

function breakdownOf(sum: Sums, window: Window | undefined, names: ReadonlyMap<string, string>): Breakdown {
  if (!window) throw new Error('figures without a window');
  const wasOpen = wasOpenAt(window.dealership);
  const people = [...sum.people].map(([id, tally]) => ({
    person: { id, name: names.get(id) ?? id },
    figures: figuresOf(tally, 'person', wasOpen),
  }));
  const sources = [...sum.sources].map(([sourceId, tally]) => ({ sourceId, figures: figuresOf(tally, 'whole', wasOpen) }));
  const busy = ({ received, open }: Figures) => received * 1e6 + open;
  return {
    total: figuresOf(sum.total, 'whole', wasOpen),
    people: people.sort((a, b) => a.person.name.localeCompare(b.person.name) || (a.person.id < b.person.id ? -1 : 1)),
    sources: sources.sort((a, b) => busy(b.figures) - busy(a.figures) || (a.sourceId < b.sourceId ? -1 : 1)),
  };
}

async function namesOf(db: Db, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  if (ids.size === 0) return new Map();
  const rows = await db.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
