import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { getTasks } from 'node-cron';
import { vi } from 'vitest';
import { type App, startApp } from '../../src/app.js';
import { createLogger, createMetrics } from '../../src/observe.js';
import { createSlackSimulator, type SlackSeed } from '../../src/sandbox/slack/index.js';
import { chance } from '../support/random.js';
import { configFor } from '../support/running.js';
import { acting, type Clock, fakeClock } from './clock.js';
import { connectionOf, type Life, traffic } from './mortal.js';
import { fakeNetwork } from './network.js';

const turn = setImmediate;

/** Everything there is, in one process and without a moment that does not come again with the same seed. */
export interface World {
  readonly clock: Clock;
  readonly slack: ReturnType<typeof createSlackSimulator>;
  /** What happened, in order: equal for equal seeds. */
  readonly trace: string[];
  readonly log: string[];
  app(): App | null;
  /** Starts the program; resolves false when it died meanwhile. */
  boot(): Promise<boolean>;
  alive(): boolean;
  /** The program dies when it has taken this many steps more. */
  dieAfter(steps: number): void;
  /** Lets everything happen that needs no time. */
  rest(): Promise<void>;
  /** Time passes, and what happens then happens. */
  pass(ms: number): Promise<void>;
  end(): Promise<void>;
}

export interface Lives {
  readonly engine: PGlite;
  readonly seed: number;
  readonly yaml: string;
  readonly slack: SlackSeed;
}

/** A new world on an engine whose tables are empty. */
export async function newWorld({ engine, seed, yaml, slack: workspace }: Lives): Promise<World> {
  const random = chance(seed * 7_919 + 1);
  const clock = fakeClock(random);
  const folder = mkdtempSync(join(tmpdir(), 'forecourt-world-'));
  await empty(engine);
  const trace: string[] = [];
  const log: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  let life = newLife();
  let app: App | null = null;
  let door: Server | null = null;

  function newLife(): Life & { die(): void } {
    let reject: (reason: Error) => void = () => {};
    const death = new Promise<never>((_, no) => {
      reject = no;
    });
    death.catch(() => {});
    const one = {
      dead: false,
      death,
      step() {
        if (one.dead || --left > 0) return;
        one.die();
      },
      die() {
        one.dead = true;
        left = Number.POSITIVE_INFINITY;
        trace.push(`${clock.seconds()} † `);
        network.attach('forecourt.test', null, null);
        network.cut('forecourt.test');
        network.cut('slack.test');
        for (const task of getTasks().values()) void task.destroy();
        door?.close();
        app = null;
        reject(new Error('dead'));
      },
    };
    return one;
  }

  const network = fakeNetwork(() => life);
  const slack = createSlackSimulator(workspace, {
    eventsUrl: () => 'http://forecourt.test/slack/events',
    baseUrl: () => 'http://slack.test',
    faultSeed: seed,
    now: () => Date.now(),
  });
  const slackServer = createServer((req, res) => void slack.handle(req, res, (req.url ?? '/').slice(1)).catch(() => res.destroy()));
  network.attach('slack.test', slackServer, null);
  const engines = vi.spyOn(PGlite, 'create').mockImplementation((() => Promise.resolve(connectionOf(engine, life))) as never);
  const doors = vi.spyOn(Server.prototype, 'listen').mockImplementation(function listen(this: Server, ...args: never[]) {
    door = this;
    return original.apply(this, args) as Server;
  } as never);

  const rest = async () => {
    let quiet = 0;
    let seen = traffic.seen;
    while (quiet < 40) {
      await new Promise((resolve) => turn(resolve));
      quiet = traffic.seen === seen ? quiet + 1 : 0;
      seen = traffic.seen;
    }
  };
  const config = { ...configFor('http://slack.test/api/', { edit: () => yaml }), databaseUrl: null, dataDir: folder };

  return {
    clock,
    slack,
    trace,
    log,
    app: () => app,
    alive: () => !life.dead && app !== null,
    dieAfter(steps) {
      left = steps;
    },
    async boot() {
      // As a server does for a session whose client is gone.
      await engine.exec('ROLLBACK; SELECT pg_advisory_unlock_all(); RESET ALL');
      life = newLife();
      const mine = life;
      trace.push(`${clock.seconds()} boot`);
      const parts = { config, logger: createLogger('debug', { write: (line) => void log.push(line) }), metrics: createMetrics() };
      const started = await Promise.race([acting.run(mine, () => startApp(parts)), mine.death]).catch((error: unknown) => {
        if (mine.dead) return null;
        throw error;
      });
      if (!started || mine.dead) return false;
      app = started;
      network.attach('forecourt.test', door, mine);
      return true;
    },
    rest,
    async pass(ms) {
      clock.push(ms);
      await rest();
    },
    async end() {
      // What happened is told; when somebody stopped looking is not part of it.
      const told = trace.length;
      if (!life.dead) life.die();
      trace.length = told;
      await rest();
      slack.close();
      engines.mockRestore();
      doors.mockRestore();
      network.restore();
      clock.restore();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const original = Server.prototype.listen as (this: Server, ...args: never[]) => unknown;

/** Empties every table and lets pg-boss forget when it last looked: each seed begins with the same database. */
export async function empty(engine: PGlite): Promise<void> {
  await engine.exec('ROLLBACK; SELECT pg_advisory_unlock_all(); RESET ALL');
  const { rows } = await engine.query<{ name: string }>(
    "SELECT format('%I', table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'",
  );
  if (rows.length === 0) return;
  await engine.exec(`TRUNCATE ${rows.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`);
  await engine.exec(`
    TRUNCATE pgboss.job CASCADE;
    UPDATE pgboss.queue SET monitor_on = NULL, maintain_on = NULL, monitor_claim_on = NULL;
    UPDATE pgboss.version SET cron_on = NULL, bam_on = NULL, flow_on = NULL, reindex_on = NULL, monitor_backoff_on = NULL`);
}
