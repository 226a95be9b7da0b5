import { type Db, hasEmbedded, openDatabase, type Place } from '../../store/database.js';
import { FolderInUse } from '../../store/lock-file.js';
import { pendingMigrations } from '../../store/migrate.js';

/** What the command says (what was asked for, when it succeeded and did not write it already), and the exit code of the process. */
export interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

/** Reads from a database that is there, of this version, and nobody else's for now; else says what to do. */
export async function readingFrom(place: Place, what: string, work: (db: Db) => Promise<Outcome>): Promise<Outcome> {
  if (place.kind === 'embedded' && !hasEmbedded(place.folder))
    return { code: 1, text: `There is no database in ${place.folder} yet, so there ${what} to export.\n` };
  try {
    return await withDatabase(place, work);
  } catch (error) {
    if (error instanceof FolderInUse) return { code: 1, text: stopFirst(error) };
    throw error;
  }
}

async function withDatabase(place: Place, work: (db: Db) => Promise<Outcome>): Promise<Outcome> {
  const database = await openDatabase(place);
  try {
    if ((await pendingMigrations(database)).length > 0)
      return { code: 1, text: 'This database was prepared by an older Forecourt. Start this version once, then run the command again.\n' };
    return await work(database.prisma);
  } finally {
    await database.close();
  }
}

function stopFirst({ folder, pid }: FolderInUse): string {
  return `The embedded database in ${folder} is open in process ${pid}, and it is for one process.
Stop Forecourt first, run this command, then start it again. With PostgreSQL (DATABASE_URL) this works while it runs.
`;
}
