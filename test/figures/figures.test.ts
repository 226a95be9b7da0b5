import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDay } from '../../src/dealership/clock.js';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { readActs } from '../../src/figures/acts.js';
import { keepStories } from '../../src/figures/demo/keep.js';
import { readDays, readDigest } from '../../src/figures/digest.js';
import type { Breakdown } from '../../src/figures/figures.js';
import type { Line, Listed } from '../../src/figures/lines.js';
import { readFigures } from '../../src/figures/measure.js';
import { ownersOf, readMine } from '../../src/figures/mine.js';
import { MOST_LINES } from '../../src/figures/open-lists.js';
import { daysPeriod, type Window } from '../../src/figures/period.js';
import type { Store } from '../../src/store/store.js';
import { freshStore } from '../support/database.js';
import { history, PEOPLE, type Played, play, TIMES } from './history.js';
import { type Recorded, type Recount, recorded, recount } from './recount.js';
import { remine, restand } from './restand.js';

/** Histories of one time read at once: a statement counts for all of them. */
const TOGETHER = 20;
const LISTED = 1;
const RUNS = Math.ceil(Number(process.env.HISTORIES ?? 200) / TOGETHER);

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ store, drop } = await freshStore());
});
afterAll(() => drop?.());

/** Every history is that of a dealership of its own, beside all those before it. */
let sites = 0;

async function keep(all: readonly Played[]): Promise<void> {
  const people = PEOPLE.map((id) => ({ id, name: id, language: null, accounts: [], roles: {}, listed: true }));
  await mirrorGroup(
    store.db,
    all.map(({ dealership }) => dealership),
    people,
  );
  await keepStories(
    store.db,
    all.flatMap(({ stories }) => stories),
  );
}

/** All its days at once, and each of the last few by itself. */
function windowsOf({ dealership, days }: Played): readonly Window[] {
  const [first = '', last = first] = [days[0], days.at(-1)];
  const apart = days.slice(3, 8).map((day) => ({ dealership, period: daysPeriod(dealership, day) }));
  return [{ dealership, period: daysPeriod(dealership, first, last) }, ...apart];
}

function asMaps({ total, people, sources }: Breakdown): Recount {
  return {
    total,
    people: new Map(people.map(({ person, figures }) => [person.id, figures])),
    sources: new Map(sources.map(({ sourceId, figures }) => [sourceId, figures])),
  };
}

/** A list as `restand` writes it; what is cut off is counted. */
function written<T extends Line>({ total, lines }: Listed<T>, more: (line: T) => unknown[] = () => []) {
  expect(total).toBeGreaterThanOrEqual(lines.length);
  return { total, lines: lines.map((line) => ({ at: line.at, id: line.lead.id, more: more(line) })) };
}

async function expectStanding({ dealership, now }: Played, leads: readonly Recorded[]): Promise<void> {
  const day = localDay(dealership, now);
  const { standing, ends, today } = await readDigest(store.db, dealership, day, now);
  const obvious = restand(leads, dealership, now, day);
  const cut = (list: readonly unknown[]) => ({ total: list.length, lines: list.slice(0, MOST_LINES) });
  expect(written(standing.waiting)).toEqual(cut(obvious.waiting));
  expect(written(standing.onTime)).toEqual(cut(obvious.onTime));
  expect(written(standing.late, ({ why }) => [why])).toEqual(cut(obvious.late));
  expect(written(standing.hot)).toEqual(cut(obvious.hot));
  expect(written(standing.decisions, ({ decisionId }) => [decisionId])).toEqual(cut(obvious.decisions));
  expect(written(standing.appraisals, ({ appraisalId, late }) => [appraisalId, late])).toEqual(cut(obvious.appraisals));
  expect(written(standing.appointments)).toEqual(cut(obvious.appointments));
  expect(ends.total).toBeGreaterThanOrEqual(today.won + today.abandoned);
  expect(await readDays(store.db, dealership, day, day)).toEqual([today]);
  const owners = PEOPLE.filter((person) => Object.values(remine(leads, dealership, person, now, now)).some((list) => list.length > 0));
  expect(await ownersOf(store.db, dealership)).toEqual([...owners].sort());
  for (const person of PEOPLE) {
    const mine = await readMine(store.db, person, dealership, now);
    const lists = remine(leads, dealership, person, now, daysPeriod(dealership, day).to);
    for (const key of ['overdue', 'today', 'quiet', 'later'] as const) {
      expect(new Set(mine[key].lines.map(({ lead }) => lead.id))).toEqual(new Set(lists[key].map(({ id }) => id)));
      expect(mine[key].total).toBe(lists[key].length);
    }
  }
}

it(`are what one counts by hand from the timeline, on ${RUNS * TOGETHER} histories`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TIMES), fc.array(history, { minLength: TOGETHER, maxLength: TOGETHER }), async (time, written) => {
      const all = written.map((one) => play(one, time, `site-${sites++}`));
      await keep(all);
      const windows = all.flatMap(windowsOf);
      const figures = await readFigures(store.db, windows);
      const leadsOf = new Map<string, readonly Recorded[]>();
      for (const { dealership } of all) leadsOf.set(dealership.id, await recorded(store.db, dealership.id));
      for (const [n, { dealership, period }] of windows.entries()) {
        const leads = leadsOf.get(dealership.id) ?? [];
        const read = figures[n];
        expect(read && asMaps(read)).toEqual(recount(leads, dealership, period.from, period.to));
      }
      const places = windows.map(({ dealership, period }) => ({ dealership: dealership.id, ...period }));
      const found = [await readActs(store.db, places, 'facts'), await readActs(store.db, places, 'leads')].map((rows) =>
        rows.map((row) => JSON.stringify(row)).sort(),
      );
      expect(found[0]).toEqual(found[1]);
      // The lists of one of them: it takes as many statements as the figures of all.
      for (const played of all.slice(0, LISTED)) await expectStanding(played, leadsOf.get(played.dealership.id) ?? []);
    }),
    // A failing batch is told as it is: to shrink one takes longer than anybody waits.
    { numRuns: RUNS, endOnFailure: true },
  );
}, 240_000);
