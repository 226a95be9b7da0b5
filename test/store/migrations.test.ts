import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { FolderInUse } from '../../src/store/lock-file.js';
import { difference, migrate, NewerSchema, withScratchEngine } from '../../src/store/migrate.js';
import { openStore } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';

const SILENT = { failed() {}, buried() {}, trouble() {} };

describe('migrations', () => {
  it('lead exactly to schema.prisma', async () => {
    expect(await withScratchEngine(difference)).toBe('');
  });

  it('are applied once, and the database remembers', async () => {
    const { place, drop } = await freshPlace();
    const database = await openDatabase(place);
    await migrate(database);
    expect(await migrate(database)).toEqual([]);
    await database.close();
    await drop();
  });

  it('refuse a database that a newer program prepared, and say which changes it has', async () => {
    const { place, drop } = await freshPlace();
    const database = await openDatabase(place);
    await migrate(database);
    await database.prisma.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      VALUES ('x', 'x', '20991231000000_from_the_future', now(), now(), 1)`;
    await expect(migrate(database)).rejects.toThrow(NewerSchema);
    await expect(migrate(database)).rejects.toThrow('20991231000000_from_the_future');
    await database.close();
    await drop();
  });
});

if (process.env.TEST_DATABASE_URL)
  describe('on a server', () => {
    it('five programs starting at once on an empty database all come up', async () => {
      const { place, drop } = await freshPlace();
      const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(place, [], SILENT)));
      const [store] = stores;
      if (!store) throw new Error('no store');
      const twice = await store.db.$queryRaw<object[]>`
      SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL GROUP BY 1 HAVING count(*) > 1`;
      expect(twice).toEqual([]);
      await Promise.all(stores.map((store) => store.close(0)));
      await drop();
    });
  });

if (!process.env.TEST_DATABASE_URL)
  describe('the embedded folder', () => {
    it('is for one process at a time, and is given back', async () => {
      const { place, drop } = await freshPlace();
      if (place.kind !== 'embedded') throw new Error('not embedded');
      const database = await openDatabase(place);
      // The lock names its holder; this process may take over only its own stale one.
      writeFileSync(`${place.folder}/forecourt.lock`, JSON.stringify({ pid: process.ppid, host: hostname() }));
      await expect(openDatabase(place)).rejects.toThrow(FolderInUse);
      await expect(openDatabase(place)).rejects.toThrow(String(process.ppid));
      await database.close();
      await drop();
    });
  });
