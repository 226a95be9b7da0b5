import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { PoolConfig } from 'pg';
import { type Prisma, PrismaClient } from './generated/client.js';
import { lockFolder } from './lock-file.js';

/** Where leads live: a PostgreSQL server, or PostgreSQL embedded in this process, in a folder. */
export type Place =
  | { readonly kind: 'postgres'; readonly url: string }
  | {
      readonly kind: 'embedded';
      readonly folder: string;
      /** What a folder without a database begins with. */
      readonly image?: Blob;
    };

/** Reads and single statements. Inside `transact`, the same handle belongs to the transaction. */
export type Db = Prisma.TransactionClient;

/** An open database. */
export interface Database {
  readonly place: Place;
  readonly prisma: PrismaClient;
  /** The embedded engine, for the job table to share; null on a server. */
  readonly pglite: PGlite | null;
  /** Fresh connections for the migration engine. */
  readonly factory: SqlMigrationAwareDriverAdapterFactory;
  close(): Promise<void>;
}

/** How long a statement may wait for a connection, and take, before it counts as failed. Clicks are answered within 3 s. */
const CONNECT_WITHIN_MS = 2_500;
const ANSWER_WITHIN_MS = 12_000;
const POOL_SIZE = 10;
/** Of the data folder, where the embedded database keeps its files. */
const EMBEDDED = 'postgres';

export async function openDatabase(place: Place): Promise<Database> {
  return place.kind === 'postgres' ? openServer(place) : openEmbedded(place);
}

function openServer(place: Place & { kind: 'postgres' }): Database {
  const factory = new PrismaPg(
    {
      ...serverConnection(place.url),
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      application_name: 'forecourt',
    },
    { statementNameGenerator: namer(), onPoolError: () => {} },
  );
  const prisma = new PrismaClient({
    adapter: factory,
    transactionOptions: {
      maxWait: CONNECT_WITHIN_MS,
      timeout: ANSWER_WITHIN_MS,
    },
  });
  return {
    place,
    prisma,
    pglite: null,
    factory,
    close: () => prisma.$disconnect(),
  };
}

/**
 * What every connection to a server has in common, ours and the job table's. One on which nothing moved for the time a
 * statement may take is dead: half-open connections never say so themselves, and a driver that only gives up on the
 * statement hands the dead connection to the next one. What its transaction had locked is freed by the server soon after.
 */
export function serverConnection(url: string) {
  return {
    connectionString: url,
    stream() {
      const socket = new Socket();
      return socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('the database does not answer')));
    },
    // Not as startup parameters: poolers in between refuse those they do not know. Compiling a statement takes the server
    // ten times as long as any of ours takes to run.
    onConnect: (client) => client.query(`SET idle_in_transaction_session_timeout = ${ANSWER_WITHIN_MS}; SET jit = off`),
  } satisfies PoolConfig;
}

/** Has an embedded database been made in this folder yet? Opening one makes it. */
export function hasEmbedded(folder: string): boolean {
  return existsSync(join(folder, EMBEDDED, 'PG_VERSION'));
}

async function openEmbedded(place: Place & { kind: 'embedded' }): Promise<Database> {
  const release = lockFolder(place.folder);
  try {
    // Loaded only where it is used: it is large, and a process on a server never needs it.
    const { PGlite } = await import('@electric-sql/pglite');
    const { PrismaPGlite } = await import('pglite-prisma-adapter');
    const pglite = await PGlite.create({
      dataDir: join(place.folder, EMBEDDED),
      ...(place.image && !hasEmbedded(place.folder) && { loadDataDir: place.image }),
    });
    letOthersIn(pglite);
    const factory = new PrismaPGlite(pglite) as unknown as SqlMigrationAwareDriverAdapterFactory;
    const prisma = new PrismaClient({
      adapter: factory,
      transactionOptions: {
        maxWait: ANSWER_WITHIN_MS,
        timeout: ANSWER_WITHIN_MS,
      },
    });
    const close = async () => {
      await prisma.$disconnect();
      if (!pglite.closed) await pglite.close();
      release();
    };
    return { place, prisma, pglite, factory, close };
  } catch (error) {
    release();
    throw error;
  }
}

/** How long embedded statements may follow one another before the sockets are looked at. */
const SLICE_MS = 5;

/**
 * The embedded engine computes on the event loop, and statements that wait for one another follow without a pause: while
 * jobs are busy, a new connection (the loop takes one a turn) and the click it brings would wait for all of them.
 */
function letOthersIn(pglite: PGlite): void {
  const execute = pglite.execProtocolRaw.bind(pglite);
  let looked = 0;
  pglite.execProtocolRaw = async (message, options) => {
    if (performance.now() - looked > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      looked = performance.now();
    }
    return execute(message, options);
  };
}

/**
 * Names statements, so that PostgreSQL parses and plans each once per connection. Bounded: texts beyond the bound
 * stay unnamed, or a connection would keep every text it ever saw.
 */
function namer(bound = 400): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  const unnamed = '';
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= bound) return unnamed;
    const name = `f${names.size}`;
    names.set(sql, name);
    return name;
  };
}
