import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { keepStories } from '../../src/figures/demo/keep.js';
import type { Breakdown } from '../../src/figures/figures.js';
import { readFigures } from '../../src/figures/measure.js';
import { daysPeriod, type Window } from '../../src/figures/period.js';
import { openStore, type Store } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';
import { history, PEOPLE, type Played, play, TIMES } from './history.js';
import { type Recount, recorded, recount } from './recount.js';

/** Histories of one time read at once: a statement counts for all of them. */
const TOGETHER = 10;
const RUNS = Math.ceil(Number(process.env.HISTORIES ?? 200) / TOGETHER);

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshPlace();
  drop = fresh.drop;
  store = await openStore(fresh.place, [], { failed() {}, buried() {}, trouble() {} });
});
afterAll(async () => {
  await store.close(0);
  await drop();
});

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

it(`are what one counts by hand from the timeline, on ${RUNS * TOGETHER} histories`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TIMES), fc.array(history, { minLength: TOGETHER, maxLength: TOGETHER }), async (time, written) => {
      const all = written.map((one) => play(one, time, `site-${sites++}`));
      await keep(all);
      const windows = all.flatMap(windowsOf);
      const figures = await readFigures(store.db, windows);
      for (const [n, { dealership, period }] of windows.entries()) {
        const leads = await recorded(store.db, dealership.id);
        const read = figures[n];
        expect(read && asMaps(read)).toEqual(recount(leads, dealership, period.from, period.to));
      }
    }),
    { numRuns: RUNS },
  );
}, 120_000);
