import { expect, it } from 'vitest';
import { forgetKept, keptThings } from '../../src/store/kept.js';
import { openStore } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';

it('keeps small things, by name, and forgets those that were good for a day', async () => {
  const fresh = await freshPlace();
  const store = await openStore(fresh.place, [], { failed() {}, buried() {}, trouble() {} });
  const kept = keptThings(store.db);
  expect(await kept.read('a')).toBeNull();
  await Promise.all(['a', 'day:old', 'day:new', 'day_old'].map((name) => kept.write(name, 'first')));
  await Promise.all(['second', 'second'].map((value) => kept.write('a', value)));
  await store.db.$executeRaw`UPDATE kept SET at = now() - interval '25 hours' WHERE name <> 'day:new'`;
  await forgetKept(store.db);
  expect(await Promise.all(['a', 'day:old', 'day:new', 'day_old'].map((name) => kept.read(name)))).toEqual([
    'second',
    null,
    'first',
    'first',
  ]);
  expect(await kept.readAll('day')).toEqual(['first', 'first']);
  expect(await kept.readAll('day_')).toEqual(['first']);
  expect(await kept.readAll('b')).toEqual([]);
  await store.close(1_000);
  await fresh.drop();
});
