import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chance } from '../support/random.js';
import { live, right, slackSeed, yaml } from './story.js';
import { newWorld } from './world.js';

/*
 * F19. What is real: the whole program, from `startApp` to the HTTP it speaks, its SQL and its jobs on a real database
 * engine, Slack's simulator. What is not: time and chance (they come from the seed), sockets (pipes in memory), and
 * death: the program is dropped between any two statements or calls and never hears of anything again, its open
 * transaction is rolled back, its timers are gone; the database survives, as a server would. Processes that are really
 * killed are in test/faults.
 */

const FIRST = Number(process.env.SEED ?? 1);
const SEEDS = Number(process.env.SEEDS ?? (process.env.SEED ? 1 : 20));

let engine: PGlite;
beforeAll(async () => {
  const image = inject('image');
  engine = await PGlite.create(image ? { loadDataDir: new Blob([await readFile(image)]) } : {});
  // What is loaded, compiled or migrated on first use is so before a seed counts.
  await play(0);
}, 120_000);
afterAll(() => engine?.close());

/** One world from its beginning to its end. */
async function play(seed: number, blind = false): Promise<{ wrong: string[]; trace: readonly string[]; buried: number }> {
  const world = await newWorld({ engine, seed, yaml, slack: slackSeed });
  try {
    await world.boot();
    await world.rest();
    const seen = await live(world, chance(seed), blind);
    const buried = (await world.app()?.store.jobs.buried())?.length ?? 0;
    return { wrong: right(world, seen), trace: world.trace, buried };
  } finally {
    await world.end();
  }
}

describe(`F19: ${SEEDS} worlds from seed ${FIRST}`, () => {
  it.each(Array.from({ length: SEEDS }, (_, n) => FIRST + n))(
    'seed %i: every accepted lead has one card, one owner, and its owner knows',
    async (seed) => {
      const { wrong, trace, buried } = await play(seed);
      expect(wrong, `SEED=${seed}\n${trace.join('\n')}`).toEqual([]);
      expect(buried).toBe(0);
    },
    60_000,
  );

  it('a seed that fails fails again: its world goes the same way every time', async () => {
    for (const seed of [FIRST, FIRST + 1, FIRST + 2]) {
      const { trace } = await play(seed);
      expect((await play(seed)).trace).toEqual(trace);
    }
  }, 120_000);

  it('the check itself notices: where Slack loses answers and cannot be searched, there are doubles', async () => {
    const wrong: string[] = [];
    for (const seed of [1, 2, 3, 4, 5]) wrong.push(...(await play(seed, true)).wrong);
    expect(wrong.join()).toMatch(/has [23] cards|messages too many/);
  }, 120_000);
});
