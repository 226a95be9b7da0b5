import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import type { Database } from './database.js';
import { openSchemaEngine } from './schema-engine.js';

/** The database was written by a newer Forecourt than this one. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  constructor(readonly unknown: readonly string[]) {
    super(
      `This database was prepared by a newer Forecourt (it has the changes ${unknown.join(', ')}, which this version does not know). Start the newer version, or restore a backup made before it.`,
    );
  }
}

/** Only our own tables are compared; pg-boss keeps its own schema. */
const OWN_TABLES = { externalTables: [], externalEnums: [] };
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url));
/** Any constant; every Forecourt process asks PostgreSQL for the same one. */
const ADVISORY_LOCK = 7_204_511_031;

/**
 * Brings the database to this version's schema. Safe when many processes start at once: one applies, the others wait
 * on an advisory lock and find nothing to do.
 * @throws NewerSchema when the database is ahead of this program
 * @returns the names of the migrations applied
 */
export async function migrate(database: Database): Promise<string[]> {
  const known = await migrationNames();
  if ((await missing(database, known)).length === 0) return [];
  if (database.place.kind === 'embedded') return apply(database);
  const lock = new pg.Client({
    connectionString: database.place.url,
    application_name: 'forecourt migration',
  });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    if ((await missing(database, known)).length === 0) return [];
    return await apply(database);
  } finally {
    await lock.end();
  }
}

/**
 * The migrations a start would apply; empty when the schema is this version's.
 * @throws NewerSchema when the database is ahead of this program
 */
export async function pendingMigrations(database: Database): Promise<string[]> {
  return missing(database, await migrationNames());
}

async function apply(database: Database): Promise<string[]> {
  const engine = await openSchemaEngine(database.factory);
  try {
    const done = await engine.applyMigrations({
      migrationsList: await migrationList(),
      filters: OWN_TABLES,
    });
    return done.appliedMigrationNames;
  } finally {
    engine.free();
  }
}

/** The migrations the database lacks, by its own account. */
async function missing(database: Database, known: readonly string[]): Promise<string[]> {
  const [{ table }] = (await database.prisma.$queryRaw`SELECT to_regclass('_prisma_migrations')::text AS "table"`) as [
    { table: string | null },
  ];
  if (table === null) return [...known];
  const rows = await database.prisma.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const applied = new Set(rows.map((row) => row.name));
  const unknown = [...applied].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new NewerSchema(unknown.sort());
  return known.filter((name) => !applied.has(name));
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The migrations of this version, as the engine wants them. */
async function migrationList(): Promise<MigrationList> {
  const directories = [];
  for (const name of await migrationNames()) {
    const content = await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8');
    directories.push({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: content },
      },
    });
  }
  const lockfile = await readFile(join(MIGRATIONS, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: directories,
  };
}

/**
 * The SQL that leads from the migrations to `schema.prisma`; empty when they agree.
 * @param engine opened on any PostgreSQL with a shadow database (the embedded one has it)
 */
export async function difference(engine: SchemaEngine): Promise<string> {
  const schema = await readFile(SCHEMA, 'utf8');
  const answer = await engine.diff({
    from: { tag: 'migrations', ...(await migrationList()) },
    to: {
      tag: 'schemaDatamodel',
      files: [{ path: 'schema.prisma', content: schema }],
    },
    script: true,
    exitCode: null,
    filters: OWN_TABLES,
  });
  const script = answer.stdout ?? '';
  return /^\s*(--.*)?\s*$/u.test(script) ? '' : script;
}

/** Does something with an engine on an empty database in memory, for comparing schemas. */
export async function withScratchEngine<T>(work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { PGlite } = await import('@electric-sql/pglite');
  const { PrismaPGlite } = await import('pglite-prisma-adapter');
  const pglite = await PGlite.create();
  const engine = await openSchemaEngine(new PrismaPGlite(pglite) as unknown as SqlMigrationAwareDriverAdapterFactory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pglite.close();
  }
}
