import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, Hopeless } from '../../src/store/jobs.js';
import { openStore, type Store } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';

const note = defineJob('note', z.object({ id: z.string() }));
const doomed = defineJob('doomed', z.object({ id: z.string() }));
const buried: string[] = [];

let store: Store;
let drop: () => Promise<void>;
const heard: string[] = [];
let listeners: (() => void)[] = [];
const hear = (id: string) => {
  heard.push(id);
  for (const listener of listeners) listener();
};
const until = (condition: () => boolean) =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (!condition()) return;
      listeners = listeners.filter((listener) => listener !== check);
      resolve();
    };
    listeners.push(check);
    check();
  });

beforeAll(async () => {
  const fresh = await freshPlace();
  drop = fresh.drop;
  store = await openStore(fresh.place, [note, doomed], {
    failed() {},
    trouble() {},
    buried: (kind, _id, reason) => void buried.push(`${kind}: ${reason}`),
  });
  await store.jobs.work(note, { concurrency: 8 }, async ({ id }) => hear(id));
  await store.jobs.work(doomed, { concurrency: 1 }, async ({ id }) => {
    hear(id);
    if (id === 'never' && buried.length === 0) throw new Hopeless('invalid_blocks');
  });
});

afterAll(async () => {
  await store.close(2_000);
  await drop();
});

describe('transact', () => {
  it('runs a job written with the rows it belongs to', async () => {
    await store.transact(async ({ db, enqueue }) => {
      await db.dealership.create({ data: { id: 'lyon', name: 'Lyon', timeZone: 'Europe/Paris', language: 'fr' } });
      enqueue(note, { id: 'one' });
    });
    await until(() => heard.includes('one'));
    expect(await store.db.dealership.count()).toBe(1);
  });

  it('writes neither rows nor jobs when the work fails', async () => {
    const work = store.transact(async ({ db, enqueue }) => {
      await db.dealership.create({ data: { id: 'annecy', name: 'Annecy', timeZone: 'Europe/Paris', language: 'en' } });
      enqueue(note, { id: 'lost' });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    await store.transact(async ({ enqueue }) => enqueue(note, { id: 'after' }));
    await until(() => heard.includes('after'));
    expect(heard).not.toContain('lost');
    expect(await store.db.dealership.count()).toBe(1);
  });

  it('drains a burst of two hundred jobs', async () => {
    await store.transact(async ({ enqueue }) => {
      for (let i = 0; i < 200; i++) enqueue(note, { id: `burst ${i}` });
    });
    await until(() => heard.filter((id) => id.startsWith('burst')).length === 200);
  });

  it('runs the jobs of one group one at a time, oldest first', async () => {
    await store.transact(async ({ enqueue }) => {
      for (let i = 0; i < 10; i++) enqueue(note, { id: `grouped ${i}` }, { group: 'C1' });
    });
    await until(() => heard.filter((id) => id.startsWith('grouped')).length === 10);
    expect(heard.filter((id) => id.startsWith('grouped'))).toHaveLength(10);
  });
});

describe('a job that can never succeed', () => {
  it('is buried, is seen, and runs again when asked', async () => {
    await store.transact(async ({ enqueue }) => enqueue(doomed, { id: 'never' }));
    await expect.poll(() => buried).toEqual(['doomed: invalid_blocks']);
    const [job] = await store.jobs.buried();
    expect(job).toMatchObject({ kind: 'doomed', payload: { id: 'never' }, reason: 'invalid_blocks' });
    expect(await store.jobs.revive(job?.id ?? '')).toBe(true);
    await until(() => heard.filter((id) => id === 'never').length === 2);
    expect(await store.jobs.buried()).toEqual([]);
    expect(await store.jobs.revive(job?.id ?? '')).toBe(false);
  });
});

describe('the timeline table', () => {
  it('refuses changes', async () => {
    await store.db.lead.create({
      data: {
        id: '0199e3a0-0000-7000-8000-000000000001',
        dealershipId: 'lyon',
        sourceId: 's',
        externalKey: 'k',
        tier: 'raw',
        receivedAt: new Date(),
        customer: {},
        origin: {},
      },
    });
    const event = await store.db.timelineEvent.create({
      data: { leadId: '0199e3a0-0000-7000-8000-000000000001', at: new Date(), kind: 'arrived' },
    });
    await expect(store.db.timelineEvent.update({ where: { id: event.id }, data: { kind: 'claimed' } })).rejects.toThrow(/append-only/);
  });
});
