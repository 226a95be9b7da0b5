import { fromPglite, PgBoss } from 'pg-boss';
import { type Database, serverConnection } from './database.js';

const A_DAY = 86_400;
/** A killed process's jobs come back after this many seconds (pg-boss's minimum) plus one supervision. */
export const HEARTBEAT_SECONDS = 10;
const SUPERVISE_SECONDS = 5;

const QUEUE = {
  expireInSeconds: A_DAY - 60,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  retentionSeconds: 365 * A_DAY,
  deleteAfterSeconds: A_DAY,
  // Attempts are counted by us: a job lost to a killed process has done nothing wrong.
  retryLimit: 10_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
} as const;

/**
 * Starts pg-boss on a database, these queues ready to be used. What it leaves running when it fails is stopped.
 * @param trouble told of what fails later, in the background
 */
export async function startBoss(database: Database, queues: Iterable<string>, trouble: (error: unknown) => void): Promise<PgBoss> {
  const boss = createBoss(database);
  boss.on('error', trouble);
  try {
    await boss.start();
    for (const name of queues) await prepareQueue(boss, name);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false, close: true }).catch(() => {});
    throw error;
  }
}

/** Makes sure that a queue exists and is known to this process. */
export async function prepareQueue(boss: PgBoss, name: string): Promise<void> {
  await boss.createQueue(name, QUEUE);
  // The first insert inside a transaction of the embedded database would wait for ever on an unknown queue.
  await boss.fetch(name, { batchSize: 1, minPriority: 2_000_000_000 });
}

function createBoss(database: Database): PgBoss {
  const common = {
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    reindex: false,
  } as const;
  if (database.pglite)
    return new PgBoss({
      ...common,
      db: fromPglite(database.pglite),
      backend: 'pglite',
    });
  const url = database.place.kind === 'postgres' ? database.place.url : '';
  return new PgBoss({
    ...common,
    ...serverConnection(url),
    max: 3,
    connectionTimeoutMillis: 5_000,
    application_name: 'forecourt jobs',
  });
}
