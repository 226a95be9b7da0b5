import { expect, it } from 'vitest';
import { NoRoom, whenThereIsRoom } from '../../src/store/room.js';

const crowded = () => Object.assign(new Error('trop de connexions'), { code: '53300' });

/** Fails with these in turn, and then succeeds. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  const tries = { count: 0 };
  const work = async () => {
    tries.count += 1;
    const error = left.shift();
    if (error) throw error;
    return 'done';
  };
  return { tries, work };
}

it('repeats what found no connection left, and says so once', async () => {
  const { tries, work } = failing(crowded(), crowded());
  const told: unknown[] = [];
  expect(await whenThereIsRoom(work, (error) => told.push(error))).toBe('done');
  expect(tries.count).toBe(3);
  expect(told).toHaveLength(1);
});

it('fails at once with whatever else failed, also after it waited', async () => {
  const closed = new Error('the database is closed');
  const { tries, work } = failing(crowded(), closed);
  await expect(whenThereIsRoom(work)).rejects.toBe(closed);
  expect(tries.count).toBe(2);
});

it('gives up in a sentence that names the setting', async () => {
  const { tries, work } = failing(crowded(), crowded());
  const given = await whenThereIsRoom(work, () => {}, 100).catch((error: unknown) => error);
  expect(given).toBeInstanceOf(NoRoom);
  expect(String(given)).toMatch(/DATABASE_URL.*no connection left.*max_connections/s);
  expect(tries.count).toBe(1);
});
