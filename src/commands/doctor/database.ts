import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../config.js';
import { type Database, hasEmbedded, openDatabase } from '../../store/database.js';
import { FolderInUse } from '../../store/lock-file.js';
import { NewerSchema, pendingMigrations } from '../../store/migrate.js';
import { bad, type Finding, good, note } from './finding.js';

/** Is the database there, does it answer, and is its schema this version's? Opens it, and changes nothing. */
export async function* examineDatabase(config: Config): AsyncGenerator<Finding> {
  if (config.databaseUrl !== null) {
    yield* examineServer(config.databaseUrl);
    return;
  }
  const folder = config.dataDir;
  if (!hasEmbedded(folder)) yield notMadeYet(folder);
  else
    yield* opened({ kind: 'embedded', folder }, `The embedded database in ${folder}`, (error) =>
      error instanceof FolderInUse ? inUse(error, config) : brokenFolder(folder, error),
    );
  if (config.mode === 'live')
    yield note(
      'The embedded database is for one process, and a power cut can cost its last seconds.',
      'For production, set DATABASE_URL to a PostgreSQL.',
    );
}

async function* examineServer(url: string): AsyncGenerator<Finding> {
  const { host, pathname } = new URL(url);
  const where = `PostgreSQL at ${host}${pathname}`;
  yield* opened({ kind: 'postgres', url }, where, (error) => unanswered(where, error));
}

async function* opened(
  place: Database['place'],
  name: string,
  failed: (error: unknown) => Finding | Promise<Finding>,
): AsyncGenerator<Finding> {
  let database: Database | undefined;
  try {
    database = await openDatabase(place);
    yield await schemaFinding(database, name);
  } catch (error) {
    yield await failed(error);
  } finally {
    await database?.close();
  }
}

async function schemaFinding(database: Database, name: string): Promise<Finding> {
  try {
    const pending = await pendingMigrations(database);
    if (pending.length === 0) return good(`${name} answers and has this version's schema.`);
    return note(`${name} answers. The next start brings its schema to this version (${pending.join(', ')}).`);
  } catch (error) {
    if (error instanceof NewerSchema) return bad(error.message, 'Update Forecourt to the version that prepared it.');
    throw error;
  }
}

function notMadeYet(folder: string): Finding {
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return note(`There is no embedded database in ${folder} yet; the first start makes it.`);
  } catch {
    return bad(
      `The embedded database cannot be made: ${nearest} may not be written to.`,
      'Give this account the right to write there, or name another folder in FORECOURT_DATA.',
    );
  }
}

/** The folder belongs to a running process: if that is Forecourt, it knows itself whether its database answers. */
async function inUse({ folder, pid }: FolderInUse, { host, port }: Config): Promise<Finding> {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  if (port !== 0 && (await databaseAnswers(`http://${address}:${port}/readyz`)))
    return good(`The embedded database in ${folder} is open in process ${pid}, the running Forecourt, to which it answers.`);
  return bad(
    `The embedded database in ${folder} is open in process ${pid}, which does not answer on port ${port}.`,
    `Stop process ${pid} and run the doctor again, or name another folder in FORECOURT_DATA, or set DATABASE_URL.`,
  );
}

async function databaseAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(4_000) });
    const { parts } = (await response.json()) as { readonly parts?: { readonly database?: unknown } };
    return parts?.database === true;
  } catch {
    return false;
  }
}

function brokenFolder(folder: string, error: unknown): Finding {
  const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return bad(
    `The embedded database in ${folder} does not open: ${said}`,
    'Restore a backup of that folder, or name another one in FORECOURT_DATA.',
  );
}

function unanswered(where: string, error: unknown): Finding {
  switch (kindOf(error)) {
    case 'DatabaseNotReachable':
    case 'SocketTimeout':
    case 'ConnectionClosed':
      return bad(
        `${where} does not answer.`,
        'Start it; check host and port in DATABASE_URL, and that the firewall lets this machine through.',
      );
    case 'AuthenticationFailed':
    case 'DatabaseAccessDenied':
      return bad(
        `${where} refuses the user or password.`,
        'Correct them in DATABASE_URL; signs such as @ and / in a password are written as %40 and %2F.',
      );
    case 'DatabaseDoesNotExist':
      return bad(`${where} has no such database.`, 'Create it (CREATE DATABASE …), or correct its name at the end of DATABASE_URL.');
    default:
      return bad(`${where} could not be examined (${kindOf(error)}).`, 'Try DATABASE_URL with psql from this machine.');
  }
}

/** The driver's own word for what went wrong. Its messages are not shown: they can quote values. */
function kindOf(error: unknown): string {
  const cause = at(at(at(error, 'meta'), 'driverAdapterError'), 'cause');
  const kind = at(cause, 'kind');
  if (typeof kind === 'string' && kind !== 'postgres') return kind;
  const code = at(cause, 'originalCode') ?? at(error, 'code');
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
