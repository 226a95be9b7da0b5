import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import type { Place } from '../../src/store/database.js';
import type { JobKind } from '../../src/store/jobs.js';
import { openStore, type Store } from '../../src/store/store.js';

/** A database of one's own, with a way to drop it: embedded, or on the server TEST_DATABASE_URL names. */
export async function freshPlace(): Promise<{ place: Place; drop: () => Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL;
  if (server) return freshDatabase(server);
  const image = inject('image');
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-'));
  const place: Place = { kind: 'embedded', folder, ...(image && { image: new Blob([await readFile(image)]) }) };
  return { place, drop: () => rm(folder, { recursive: true, force: true }) };
}

/** A store on such a database, and how to be rid of both. */
export async function freshStore(kinds: readonly JobKind<unknown>[] = []): Promise<{ store: Store; drop: () => Promise<void> }> {
  const { place, drop } = await freshPlace();
  const store = await openStore(place, kinds, { failed() {}, buried() {}, trouble() {} });
  const dropBoth = async () => {
    await store.close(0);
    await drop();
  };
  return { store, drop: dropBoth };
}

/** Creates an empty database beside the one `server` names. */
export async function freshDatabase(server: string): Promise<{ place: Place & { kind: 'postgres' }; drop: () => Promise<void> }> {
  const name = `forecourt_test_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { place: { kind: 'postgres', url: url.href }, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** One statement on a server, by who may do everything there. */
export async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
