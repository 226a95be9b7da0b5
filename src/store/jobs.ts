import type { ConnectionOptions, JobInsert, JobWithMetadata } from 'pg-boss';
import { z } from 'zod';
import { HEARTBEAT_SECONDS, prepareQueue, startBoss } from './boss.js';
import { type Courtesy, courtesy } from './courtesy.js';
import type { Database, Db } from './database.js';
import { groupCommit } from './group-commit.js';
import { newId } from './id.js';
import { insist } from './insist.js';
import { whenThereIsRoom } from './room.js';
import { type Sql, sql } from './sql.js';
import { workLoop } from './work-loop.js';

/** A kind of durable work. Its payload is ids; the handler re-reads and may find nothing to do. */
export interface JobKind<T> {
  readonly name: string;
  readonly payload: z.ZodType<T>;
}

export function defineJob<T>(name: string, payload: z.ZodType<T>): JobKind<T> {
  return { name, payload };
}

/** When and beside whom a job runs. Jobs of one group run one at a time, oldest first, over all processes. */
export interface JobPlan {
  readonly group?: string;
  readonly notBefore?: Date;
  /** Written by many processes at the same time, wanted once in so many seconds. */
  readonly once?: { readonly key: string; readonly inSeconds: number };
}

/** Collects a job; it is written with the transaction it belongs to, or not at all. */
export type Enqueue = <T>(kind: JobKind<T>, payload: T, plan?: JobPlan) => void;

/** Says that this job can never succeed. `code` carries no personal data. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless';
  constructor(readonly code: string) {
    super(code);
  }
}

/** A job given up on: kept until somebody runs it again. */
export interface BuriedJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: object;
  readonly reason: string;
  readonly at: Date;
}

export interface WorkOptions {
  /** Jobs of this kind under way at once in this process. */
  readonly concurrency: number;
}

export type Work<T> = (payload: T, context: { readonly signal: AbortSignal; readonly attempt: number }) => Promise<void>;

/** The durable job table, pg-boss underneath. */
export interface Jobs {
  /** Writes collected jobs through a transaction's own handle. */
  write(db: Db, collected: readonly CollectedJob[]): Promise<void>;
  /** Looks at these queues now rather than at the next poll. Call after the commit. */
  wake(kinds: Iterable<string>): void;
  work<T>(kind: JobKind<T>, options: WorkOptions, handler: Work<T>): Promise<void>;
  buried(): Promise<BuriedJob[]>;
  /** Puts a buried job back into its queue. False when there is no such job. */
  revive(id: string): Promise<boolean>;
  /** Jobs waiting, by kind, for metrics. */
  waiting(): Promise<Record<string, number>>;
  /** Jobs under way in any process, by kind, for metrics; one of a killed process is until it is missed. */
  active(): Promise<Record<string, number>>;
  /** Stops fetching, waits for what is under way at most `withinMs`, gives the rest back to the table. */
  stop(withinMs: number): Promise<void>;
}

export interface CollectedJob {
  readonly kind: string;
  readonly insert: JobInsert;
}

export interface JobEvents {
  /** An attempt failed and will be repeated. */
  failed(kind: string, id: string, attempt: number, error: unknown): void;
  /** A job was given up on. */
  buried(kind: string, id: string, reason: string, payload: object): void;
  /** The job table itself is in trouble. */
  trouble(error: unknown): void;
}

type BossDatabase = NonNullable<ConnectionOptions['db']>;

const BURIED = 'buried';
const MAX_ATTEMPTS = 8;
/** A job that ended is not done a second time because the database was away at that moment. */
const SETTLE_WITHIN_MS = 30_000;

const buriedShape = z.object({
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()),
  plan: z.record(z.string(), z.unknown()),
  reason: z.string(),
});

/** Turns what a workflow asks for into a row. */
export function collect<T>(kind: JobKind<T>, payload: T, plan: JobPlan = {}): CollectedJob {
  // pg-boss picks the next job of a group by its id; only ids that grow with time make that the oldest.
  const insert: JobInsert = { id: newId(), data: kind.payload.parse(payload) as object };
  if (plan.group !== undefined) insert.group = { id: plan.group };
  if (plan.notBefore) insert.startAfter = plan.notBefore;
  if (plan.once) Object.assign(insert, { singletonKey: plan.once.key, singletonSeconds: plan.once.inSeconds });
  return { kind: kind.name, insert };
}

/** Starts the job table and makes sure every queue exists and is known, before anything is served. */
export async function startJobs(
  database: Database,
  kinds: readonly JobKind<unknown>[],
  events: JobEvents,
  { quiet }: Courtesy = courtesy(),
): Promise<Jobs> {
  const known = new Set([BURIED, ...kinds.map((kind) => kind.name)]);
  const boss = await startBoss(database, known, events.trouble);
  const prepare = (name: string) => prepareQueue(boss, name);
  const loops = new Map<string, ReturnType<typeof workLoop>>();

  const write: Jobs['write'] = async (db, collected) => {
    for (const kind of new Set(collected.map((job) => job.kind))) {
      const jobs = collected.filter((job) => job.kind === kind).map((job) => job.insert);
      await boss.insert(kind, jobs, { db: through(db) });
    }
  };

  const count = async (which: Sql): Promise<Record<string, number>> => {
    const rows = await database.prisma.$queryRaw<{ name: string; count: number }[]>`
      SELECT name, count(*)::int AS count FROM pgboss.job WHERE ${which} GROUP BY name`;
    return Object.fromEntries(rows.filter((row) => known.has(row.name)).map((row) => [row.name, row.count]));
  };

  const bury = async (job: JobWithMetadata, reason: string) => {
    const group = job.groupId ? { group: job.groupId } : {};
    await database.prisma.$transaction(async (db) => {
      await boss.insert(BURIED, [{ data: { kind: job.name, payload: job.data, plan: group, reason } }], { db: through(db) });
      await boss.complete(job.name, job.id, { buried: reason }, { db: through(db) });
    });
    events.buried(job.name, job.id, reason, job.data);
  };

  // Jobs that end together are completed by one statement.
  const completed = groupCommit(async (jobs: readonly JobWithMetadata[]) => {
    for (const name of new Set(jobs.map((job) => job.name))) {
      // In one order, so that two such statements do not lock each other out.
      const ids = jobs.flatMap((job) => (job.name === name ? [job.id] : [])).sort();
      await insist(SETTLE_WITHIN_MS, () => boss.complete(name, ids));
    }
    return jobs;
  });

  const settle = async (job: JobWithMetadata, error: unknown, stopping: boolean) => {
    if (error === undefined) return void (await completed(job));
    const before = attemptsOf(job);
    if (stopping) return void (await boss.fail(job.name, job.id, { attempt: before, interrupted: true }));
    const attempt = before + 1;
    if (error instanceof Hopeless) return bury(job, error.code);
    events.failed(job.name, job.id, attempt, error);
    if (attempt >= MAX_ATTEMPTS) return bury(job, error instanceof Error ? error.name : 'unknown');
    await insist(SETTLE_WITHIN_MS, () => boss.fail(job.name, job.id, { attempt }));
  };

  return {
    write,
    wake(names) {
      for (const name of names) loops.get(name)?.wake();
    },
    async work(kind, options, handler) {
      if (!known.has(kind.name)) await whenThereIsRoom(() => prepare(kind.name));
      known.add(kind.name);
      const loop = workLoop({
        concurrency: options.concurrency,
        quiet,
        fetch: (count) =>
          boss.fetch(kind.name, {
            batchSize: count,
            includeMetadata: true,
            groupConcurrency: 1,
          }) as Promise<JobWithMetadata[]>,
        run: (job, signal) =>
          handler(kind.payload.parse(job.data), {
            signal,
            attempt: attemptsOf(job) + 1,
          }),
        settle,
        touch: async (jobs) => void (await boss.touch(kind.name, jobs)),
        trouble: events.trouble,
        touchEveryMs: (HEARTBEAT_SECONDS * 1000) / 3,
      });
      loops.set(kind.name, loop);
    },
    async buried() {
      const jobs = await boss.findJobs<object>(BURIED, { queued: true });
      return jobs.map((job) => {
        const entry = buriedShape.parse(job.data);
        return {
          id: job.id,
          kind: entry.kind,
          payload: entry.payload,
          reason: entry.reason,
          at: job.createdOn,
        };
      });
    },
    async revive(id) {
      const [job] = await boss.findJobs<object>(BURIED, { id, queued: true });
      if (!job) return false;
      const entry = buriedShape.parse(job.data);
      const group = typeof entry.plan.group === 'string' ? { group: { id: entry.plan.group } } : {};
      // A command that works on no queue of its own revives jobs of every kind.
      if (!known.has(entry.kind)) await prepare(entry.kind);
      await database.prisma.$transaction(async (db) => {
        await boss.deleteJob(BURIED, id, { db: through(db) });
        await boss.insert(entry.kind, [{ id: newId(), data: entry.payload, ...group }], {
          db: through(db),
        });
      });
      loops.get(entry.kind)?.wake();
      return true;
    },
    waiting: () => count(sql`state < 'active'`),
    active: () => count(sql`state = 'active'`),
    async stop(withinMs) {
      await Promise.all([...loops.values()].map((loop) => loop.stop(withinMs)));
      await boss.stop({ graceful: false, close: true });
    },
  };
}

/** Attempts that failed so far. pg-boss's own count includes those a killed process took along. */
function attemptsOf(job: JobWithMetadata): number {
  const { attempt } = (job.output ?? {}) as { readonly attempt?: unknown };
  return typeof attempt === 'number' ? attempt : 0;
}

/** pg-boss's statements, run through a transaction of ours. */
function through(db: Db): BossDatabase {
  return {
    async executeSql(text, values) {
      // pg-boss's own fixed statements, with bound values: nothing of ours or of a lead is built into the text.
      const rows: unknown = await db.$queryRawUnsafe(text, ...(values ?? []));
      return { rows: Array.isArray(rows) ? rows : [] };
    },
  };
}
