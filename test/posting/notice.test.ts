import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Platform } from '../../src/chat/platform.js';
import { firstTime, giveNotice, noticer, readPicture, savePicture, showNotice } from '../../src/posting/notice.js';
import { forgetNotices, mendNotices } from '../../src/posting/upkeep.js';
import type { Lanes } from '../../src/store/lanes.js';
import type { Store } from '../../src/store/store.js';
import { freshStore } from '../support/database.js';

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ store, drop } = await freshStore([showNotice]));
});
afterAll(() => drop?.());

const notice = (subject: string, place = 'slack:C1') => ({ topic: 'digest', subject, place });
const waiting = async () => (await store.jobs.waiting()).notice ?? 0;

it('is a first time for one of many who ask at once', async () => {
  const asked = Array.from({ length: 20 }, () => store.transact((unit) => firstTime(unit, 'digest/lyon/2026-11-20')));
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  expect(await store.transact((unit) => firstTime(unit, 'digest/lyon/2026-11-21'))).toBe(true);
});

it('was no first time when what it was for failed', async () => {
  const failing = store.transact(async (unit) => {
    await firstTime(unit, 'digest/lyon/2026-11-22');
    throw new Error('nothing was written');
  });
  await expect(failing).rejects.toThrow('nothing was written');
  expect(await store.transact((unit) => firstTime(unit, 'digest/lyon/2026-11-22'))).toBe(true);
});

it('asks for a notice once a place, whoever gives it again', async () => {
  const before = await waiting();
  const both = [notice('one'), notice('one', 'slack:C2')];
  await Promise.all([1, 2, 3].map(() => store.transact((unit) => giveNotice(unit, both))));
  expect((await waiting()) - before).toBe(2);
  expect(await store.db.notice.count({ where: { subject: 'one' } })).toBe(2);
});

it('remembers the pictures handed over for it', async () => {
  await store.transact((unit) => giveNotice(unit, [notice('two')]));
  expect(await readPicture(store.db, notice('two'), 'chart')).toBeNull();
  await savePicture(store.db, notice('two'), 'chart', 'slack:F1');
  expect(await readPicture(store.db, notice('two'), 'chart')).toBe('slack:F1');
  expect(await readPicture(store.db, notice('none'), 'chart')).toBeNull();
});

it('is asked for again when its job vanished, unless it was posted, is of another day, or nobody here speaks there', async () => {
  const mend = () => store.transact((unit) => mendNotices(unit, 10, (place) => place.startsWith('slack:')));
  await store.db.notice.deleteMany();
  await store.transact((unit) => giveNotice(unit, [notice('lost'), notice('posted'), notice('old'), notice('lost', 'teams:C1')]));
  expect(await mend()).toEqual([]);
  await store.db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'notice'`;
  await store.db.$executeRaw`UPDATE notice SET message = 'slack:M1', posted_at = now() WHERE subject = 'posted'`;
  await store.db.$executeRaw`UPDATE notice SET at = now() - interval '2 days' WHERE subject = 'old'`;
  expect(await mend()).toEqual([{ leadId: null, channel: 'slack:C1', act: 'post' }]);
  expect(await waiting()).toBe(1);
  expect(await mend()).toEqual([]);
});

it('is forgotten in the end, and so is what it was given for', async () => {
  await store.transact((unit) => giveNotice(unit, [notice('long ago'), notice('now')]));
  await store.db.$executeRaw`UPDATE notice SET at = now() - interval '61 days' WHERE subject = 'long ago'`;
  await store.db.$executeRaw`UPDATE occasion SET at = now() - interval '61 days' WHERE key = 'digest/lyon/2026-11-20'`;
  await forgetNotices(store.db);
  expect(await store.db.notice.count({ where: { subject: { in: ['long ago', 'now'] } } })).toBe(1);
  expect(await store.db.occasion.findMany({ where: { key: { startsWith: 'digest/lyon/' } }, select: { key: true } })).not.toContainEqual({
    key: 'digest/lyon/2026-11-20',
  });
});

it('with nothing to say is settled: nobody looks for it again', async () => {
  await store.db.notice.deleteMany();
  await store.transact((unit) => giveNotice(unit, [notice('silent')]));
  await store.db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'notice'`;
  const platform = { name: 'slack', pace: () => ({ lane: 'l', gapMs: 0, budget: 'b', refusalStops: 'lane' }) } as unknown as Platform;
  const lanes = { through: () => Promise.reject(new Error('nothing is posted')) } as unknown as Lanes;
  const drawings = new Map([['digest', async () => null]]);
  const show = noticer({ store, lanes, platformOf: () => platform, unreachable() {}, drawings });
  await show(notice('silent'), { signal: new AbortController().signal });
  expect(await store.transact((unit) => mendNotices(unit, 10, () => true))).toEqual([]);
});
