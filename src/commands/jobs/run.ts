import { hasEmbedded, openDatabase, type Place } from '../../store/database.js';
import { type BuriedJob, type Jobs, startJobs } from '../../store/jobs.js';
import { FolderInUse } from '../../store/lock-file.js';
import { pendingMigrations } from '../../store/migrate.js';

/** What the command says, and the exit code of the process. */
interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

const USAGE = `Usage: npm run jobs                   what was given up on
       npm run jobs -- retry <id>     runs one of them again
       npm run jobs -- retry all      runs all of them again
`;

/** Lists the buried jobs of a database, or puts them back into their queues. Works on nothing itself. */
export async function runJobs(words: readonly string[], place: Place): Promise<Outcome> {
  const [verb, id, ...more] = words;
  const understood = verb === undefined || (verb === 'retry' && id !== undefined && more.length === 0);
  if (!understood) return { code: 2, text: USAGE };
  if (place.kind === 'embedded' && !hasEmbedded(place.folder))
    return { code: 0, text: `There is no database in ${place.folder} yet, so nothing was given up on.\n` };
  try {
    return await withJobs(place, (jobs) => (id === undefined ? list(jobs) : retry(jobs, id, place)));
  } catch (error) {
    if (error instanceof FolderInUse) return { code: 1, text: stopFirst(error) };
    throw error;
  }
}

async function withJobs(place: Place, work: (jobs: Jobs) => Promise<Outcome>): Promise<Outcome> {
  const database = await openDatabase(place);
  try {
    if ((await pendingMigrations(database)).length > 0)
      return { code: 1, text: 'This database was prepared by an older Forecourt. Start this version once, then run the command again.\n' };
    const jobs = await startJobs(database, [], { failed() {}, buried() {}, trouble() {} });
    try {
      return await work(jobs);
    } finally {
      await jobs.stop(0);
    }
  } finally {
    await database.close();
  }
}

async function list(jobs: Jobs): Promise<Outcome> {
  const buried = await jobs.buried();
  if (buried.length === 0) return { code: 0, text: 'Nothing was given up on.\n' };
  const rows = [['id', 'kind', 'lead', 'reason', 'since'], ...buried.map(row)];
  return { code: 0, text: `${table(rows)}\nCorrect the reason, then: npm run jobs -- retry <id>, or retry all.\n` };
}

function row({ id, kind, payload, reason, at }: BuriedJob): string[] {
  const lead = 'leadId' in payload && typeof payload.leadId === 'string' ? payload.leadId : '-';
  return [id, kind, lead, reason, `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((most, cells) => cells.map((cell, column) => Math.max(cell.length, most[column] ?? 0)), []);
  return rows
    .map(
      (cells) =>
        `${cells
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

async function retry(jobs: Jobs, id: string, place: Place): Promise<Outcome> {
  const wanted = (await jobs.buried()).map((job) => job.id).filter((one) => id === 'all' || one === id);
  if (wanted.length === 0)
    return id === 'all' ? list(jobs) : { code: 1, text: `There is no job ${id} to run again. "npm run jobs" lists them.\n` };
  let revived = 0;
  for (const one of wanted) if (await jobs.revive(one)) revived += 1;
  const when =
    place.kind === 'embedded' ? 'at the next start of Forecourt' : 'within seconds where Forecourt is running, else at its next start';
  return { code: 0, text: `Back in the queue, to run ${when}: ${revived}.\n` };
}

function stopFirst({ folder, pid }: FolderInUse): string {
  return `The embedded database in ${folder} is open in process ${pid}, and it is for one process.
Stop Forecourt first, run this command, then start it again. With PostgreSQL (DATABASE_URL) this works while it runs.
`;
}
