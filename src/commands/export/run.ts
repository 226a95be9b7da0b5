import { type Db, hasEmbedded, openDatabase, type Place } from '../../store/database.js';
import { FolderInUse } from '../../store/lock-file.js';
import { pendingMigrations } from '../../store/migrate.js';
import { wholeLead } from './whole.js';

/** What the command says (JSON when it succeeded), and the exit code of the process. */
interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

const USAGE = `Usage: npm run --silent export -- lead <id>     everything known of one lead, as JSON
`;

/** Prints everything known of one lead. Changes nothing. */
export async function runExport(words: readonly string[], place: Place): Promise<Outcome> {
  const [what, id, ...more] = words;
  if (what !== 'lead' || id === undefined || more.length > 0) return { code: 2, text: USAGE };
  if (place.kind === 'embedded' && !hasEmbedded(place.folder))
    return { code: 1, text: `There is no database in ${place.folder} yet, so there is no lead to export.\n` };
  try {
    return await withDatabase(place, (db) => exportLead(db, id.toLowerCase()));
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

async function exportLead(db: Db, id: string): Promise<Outcome> {
  const lead = await wholeLead(db, id);
  if (!lead) return { code: 1, text: `There is no lead ${id} here. The id stands in the answer of the intake and in the logs.\n` };
  return { code: 0, text: `${JSON.stringify(lead, plain, 2)}\n` };
}

/** Ids of facts are larger than a JSON number is sure to hold. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function stopFirst({ folder, pid }: FolderInUse): string {
  return `The embedded database in ${folder} is open in process ${pid}, and it is for one process.
Stop Forecourt first, run this command, then start it again. With PostgreSQL (DATABASE_URL) this works while it runs.
`;
}
