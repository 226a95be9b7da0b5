import { afterAll, beforeAll, expect, it } from 'vitest';
import { firstTime, giveNotice, readPicture, savePicture, showNotice } from '../../src/posting/notice.js';
import { openStore, type Store } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshPlace();
  drop = fresh.drop;
  store = await openStore(fresh.place, [showNotice], { failed() {}, buried() {}, trouble() {} });
});
afterAll(async () => {
  await store?.close(0);
  await drop?.();
});

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
