import { type DatabaseClock, databaseClock, ownClock } from './clock.js';
import { type Courtesy, courtesy } from './courtesy.js';
import { type Database, type Db, openDatabase, type Place } from './database.js';
import { type CollectedJob, collect, type Enqueue, type JobEvents, type JobKind, type Jobs, startJobs } from './jobs.js';
import { migrate } from './migrate.js';
import { whenThereIsRoom } from './room.js';

/** What a piece of work changes: rows through `db`, jobs through `enqueue`, together or not at all. */
export interface Unit {
  readonly db: Db;
  readonly enqueue: Enqueue;
}

/** The database and its job table. */
export interface Store {
  readonly kind: Place['kind'];
  /** Transactions worth having under way at once: a server works beside us, the embedded engine in our stead. */
  readonly parallel: number;
  /** Reads, and single statements that need no job. */
  readonly db: Db;
  readonly jobs: Jobs;
  /** Tell it whom you answer: jobs give way to them. */
  readonly courtesy: Courtesy;
  /** The time everything is decided by: the database's, in every process. */
  now(): Date;
  /** Runs work in one transaction with its jobs; the jobs start right after the commit. */
  transact<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** Does the database answer, and take what is written? */
  ping(): Promise<void>;
  /**
   * Gives the space of dead rows back and renews the planner's statistics. A server does so by itself; the embedded
   * engine has nobody who would, and grew without end.
   */
  tidy(): Promise<void>;
  close(withinMs: number): Promise<void>;
}

/** What the store says of itself while it works. */
export interface StoreEvents extends JobEvents {
  /** The server has no connection left for this process; opening waits for one. */
  crowded?(error: unknown): void;
}

/**
 * Opens the database, brings it to this version's schema and starts the job table.
 * @throws NoRoom when the server has no connection left for a minute
 */
export function openStore(place: Place, kinds: readonly JobKind<unknown>[], events: StoreEvents): Promise<Store> {
  return whenThereIsRoom(() => open(place, kinds, events), events.crowded);
}

async function open(place: Place, kinds: readonly JobKind<unknown>[], events: JobEvents): Promise<Store> {
  const database = await openDatabase(place);
  let clock = ownClock;
  try {
    await migrate(database);
    if (place.kind === 'postgres') clock = await databaseClock(database.prisma);
    const manners = courtesy();
    return storeOver(database, await startJobs(database, kinds, events, manners), manners, clock);
  } catch (error) {
    clock.stop();
    await database.close().catch(() => {});
    throw error;
  }
}

function storeOver(database: Database, jobs: Jobs, courtesy: Courtesy, clock: DatabaseClock): Store {
  const { prisma } = database;
  return {
    kind: database.place.kind,
    parallel: database.place.kind === 'postgres' ? 2 : 1,
    db: prisma,
    jobs,
    courtesy,
    now: clock.now,
    async transact(work) {
      const collected: CollectedJob[] = [];
      const result = await prisma.$transaction(async (db) => {
        const answer = await work({
          db,
          enqueue: (kind, payload, plan) => void collected.push(collect(kind, payload, plan)),
        });
        await jobs.write(db, collected);
        return answer;
      });
      jobs.wake(new Set(collected.map((job) => job.kind)));
      return result;
    },
    async ping() {
      const [{ only } = { only: '' }] = await prisma.$queryRaw<{ only: string }[]>`SELECT current_setting('transaction_read_only') AS only`;
      if (only !== 'off') throw new Error('the database is read-only');
    },
    async tidy() {
      await database.pglite?.exec('VACUUM (ANALYZE)');
    },
    async close(withinMs) {
      clock.stop();
      await jobs.stop(withinMs);
      await database.close();
    },
  };
}
