import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runJobs } from '../../src/commands/jobs/run.js';
import type { Place } from '../../src/store/database.js';
import { defineJob, Hopeless } from '../../src/store/jobs.js';
import { openStore, type Store } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';

const LEADS = ['0199e3a0-0000-7000-8000-000000000001', '0199e3a0-0000-7000-8000-000000000002'] as const;
const draw = defineJob('draw', z.object({ leadId: z.string() }));

let place: Place;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ place, drop } = await freshPlace());
  await giveUpOn(LEADS);
});
afterAll(() => drop());

/** Runs the program until both jobs have been given up on, then stops it. */
async function giveUpOn(leads: readonly string[]): Promise<void> {
  let done = 0;
  await working(
    async () => {
      throw new Hopeless('invalid_blocks');
    },
    async (store, finished) => {
      await store.transact(async ({ enqueue }) => leads.forEach((leadId) => void enqueue(draw, { leadId })));
      await finished;
    },
    () => ++done === leads.length,
  );
}

/** The program with a worker; `enough` is asked after each job it is through with. */
async function working(
  handler: (payload: { leadId: string }) => Promise<void>,
  during: (store: Store, finished: Promise<void>) => Promise<void>,
  enough: () => boolean,
): Promise<void> {
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const through = () => {
    if (enough()) finish();
  };
  const store = await openStore(place, [draw], { failed() {}, trouble() {}, buried: through });
  await store.jobs.work(draw, { concurrency: 1 }, async (payload) => {
    await handler(payload);
    through();
  });
  await during(store, finished);
  await store.close(2_000);
}

describe('npm run jobs', () => {
  it('lists what was given up on: id, kind, lead, reason, since when', async () => {
    const { code, text } = await runJobs([], place);
    expect(code).toBe(0);
    const [head = '', ...rows] = text.split('\n');
    expect(head.split(/\s+/)).toEqual(['id', 'kind', 'lead', 'reason', 'since']);
    for (const lead of LEADS) {
      const row = rows.find((line) => line.includes(lead));
      expect(row).toMatch(/^[0-9a-f-]{36} {2}draw {2}\S+ {2}invalid_blocks {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    }
  });

  it('puts one back, by its id, and says when it runs', async () => {
    const id = (await runJobs([], place)).text.match(/[0-9a-f-]{36}/)?.[0] ?? '';
    const { code, text } = await runJobs(['retry', id], place);
    expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/^Back in the queue, to run .+: 1\.\n$/) });
    expect((await runJobs([], place)).text).not.toContain(id);
    expect(await runJobs(['retry', id], place)).toEqual({ code: 1, text: expect.stringContaining(`There is no job ${id}`) });
  });

  it('puts all of them back, and they run when the program does', async () => {
    expect(await runJobs(['retry', 'all'], place)).toEqual({ code: 0, text: expect.stringMatching(/: 1\.\n$/) });
    expect(await runJobs([], place)).toEqual({ code: 0, text: 'Nothing was given up on.\n' });
    expect(await runJobs(['retry', 'all'], place)).toEqual({ code: 0, text: 'Nothing was given up on.\n' });
    const drawn: string[] = [];
    await working(
      async ({ leadId }) => void drawn.push(leadId),
      (_store, finished) => finished,
      () => drawn.length === LEADS.length,
    );
    expect(drawn.toSorted()).toEqual([...LEADS]);
  });

  it('explains itself when it is not understood', async () => {
    for (const words of [['retry'], ['delete', 'all'], ['retry', 'all', 'now']]) {
      expect(await runJobs(words, place)).toEqual({ code: 2, text: expect.stringContaining('Usage: npm run jobs') });
    }
  });

  if (!process.env.TEST_DATABASE_URL)
    it('asks to stop Forecourt first when the embedded database is open in it', async () => {
      if (place.kind !== 'embedded') throw new Error('not embedded');
      await writeFile(join(place.folder, 'forecourt.lock'), JSON.stringify({ pid: process.ppid, host: hostname(), since: '' }));
      const { code, text } = await runJobs([], place);
      expect(code).toBe(1);
      expect(text).toContain(`process ${process.ppid}`);
      expect(text).toContain('Stop Forecourt first');
    });

  it('makes no database where there is none', async () => {
    const folder = '/nowhere/forecourt';
    expect(await runJobs([], { kind: 'embedded', folder })).toEqual({ code: 0, text: expect.stringContaining('nothing was given up on') });
  });
});
