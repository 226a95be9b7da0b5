import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chance } from '../support/random.js';
import { daysFrom, live, momentsOf, overdue, slackSeed, told, type Weather, yaml } from './calendar.js';
import { newPrograms } from './three.js';

/*
 * Three programs on one database, killed at random statements and calls about the hours at which something is due, and
 * started again; some hours nobody runs. Whole processes that are really killed are in test/faults/digest.test.ts.
 * DAYS=60 goes from 6 February to 6 April, or so many days from FIRST; without it only the days about the changes of the
 * clocks are lived.
 */

const SEED = Number(process.env.SEED ?? 1);
const WHOLE = process.env.DAYS !== undefined;
const FIRST = process.env.FIRST ?? '2026-02-06';
const days = WHOLE ? daysFrom(FIRST, Number(process.env.DAYS)) : ['2026-02-14', '2026-02-15', '2026-03-22'];
/** In the night before, at both sites: nothing is due. */
const FROM = new Date(Date.parse(`${FIRST}T00:00:00Z`) - 30 * 60_000);

let engine: PGlite;
beforeAll(async () => {
  const image = inject('image');
  engine = await PGlite.create(image ? { loadDataDir: new Blob([await readFile(image)]) } : {});
}, 120_000);
afterAll(() => engine?.close());

describe(`three programs over ${days.length} days from seed ${SEED}`, () => {
  it(
    'tell each open day once, in its evening and in its morning',
    async () => {
      const random = chance(SEED);
      const world = await newPrograms(3, { engine, seed: SEED, yaml, slack: slackSeed, from: FROM });
      try {
        await world.all[0]?.boot();
        const store = world.all[0]?.store();
        if (!store) throw new Error('the first program did not start');
        await overdue(store, FROM);
        for (const program of world.all.slice(1)) await program.boot();
        const expected: { mark: string; from: number; until: number }[] = [];
        for (const moment of days.flatMap(momentsOf)) {
          const weather: Weather = random.next() < 0.15 ? { kind: 'absent', minutes: random.int(25) } : { kind: 'storm' };
          await live(world, random, moment, weather);
          const from = moment.at.getTime();
          expected.push(...moment.due.map((mark) => ({ mark, from, until: from + 35 * 60_000 })));
          expect(
            told(world)
              .map(({ mark }) => mark)
              .toSorted(),
            `SEED=${SEED}, ${moment.at.toISOString()}`,
          ).toEqual(expected.map(({ mark }) => mark).toSorted());
        }
        const moments = new Map(told(world).map(({ mark, at }) => [mark, at]));
        for (const { mark, from, until } of expected) {
          expect(moments.get(mark), `${mark} too early`).toBeGreaterThanOrEqual(from);
          expect(moments.get(mark), `${mark} too late`).toBeLessThan(until);
        }
      } finally {
        await world.end();
      }
    },
    120_000 + days.length * 120_000,
  );
});
