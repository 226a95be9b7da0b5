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
 *
 * Long periods are read day by day: acts add up, and no single statement holds the embedded engine, and with it every
 * click, for long.
 *
 * @param progress told after each statement: how many of how many
 */
export async function readFigures(
  db: Db,
  windows: readonly Window[],
  progress: (done: number, all: number) => void = () => {},
): Promise<readonly Breakdown[]> {
  const sums = windows.map((): Sums => ({ total: newTally(), people: new Map(), sources: new Map() }));
  const slices = slicesOf(windows);
  for (const [done, slice] of slices.entries()) {
    const rows = await readActs(
      db,
      slice.map(({ place }) => place),
    );
    for (const row of rows) addAct(sums[slice[row.n]?.window ?? -1], row);
    progress(done + 1, slices.length);
  }
  const open = await readOpen(db, [...new Set(windows.map(({ dealership }) => dealership.id))]);
  for (const [n, { dealership }] of windows.entries()) {
    for (const row of open) if (row.dealership === dealership.id) addStanding(sums[n], row);
  }
  const names = await namesOf(db, new Set(sums.flatMap(({ people }) => [...people.keys()])));
  return sums.map((sum, n) => breakdownOf(sum, windows[n], names));
}

interface Slice {
  readonly window: number;
  readonly place: Place;
}

/** Periods cut into days; what is of the same hours is read together. */
function slicesOf(windows: readonly Window[]): readonly (readonly Slice[])[] {
  const slices = new Map<string, Slice[]>();
  for (const [window, { dealership, period }] of windows.entries()) {
    for (let from = period.from.getTime(); from < period.to.getTime(); from += DAY_MS) {
      const to = Math.min(from + DAY_MS, period.to.getTime());
      const together = slices.get(`${from} ${to}`) ?? [];
      together.push({ window, place: { dealership: dealership.id, from: new Date(from), to: new Date(to) } });
      slices.set(`${from} ${to}`, together);
    }
  }
  return [...slices.values()];
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
