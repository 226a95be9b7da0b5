import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { getTasks, type ScheduledTask } from 'node-cron';
import { vi } from 'vitest';
import { createSlackSimulator, type SlackSeed } from '../../src/sandbox/slack/index.js';
import type { Store } from '../../src/store/store.js';
import { chance } from '../support/random.js';
import { configFor } from '../support/running.js';
import { acting, type Clock, fakeClock } from './clock.js';
import { startClockwork } from './clockwork.js';
import { connectionOf, type Life, traffic } from './mortal.js';
import { fakeNetwork } from './network.js';
import { empty } from './world.js';

/** One of several programs on the same database. */
export interface Program {
  alive(): boolean;
  /** Starts it; resolves also when it died meanwhile. */
  boot(): Promise<void>;
  /** It dies when it has taken so many steps more: statements, calls, and their answers. */
  dieAfter(steps: number): void;
  die(): void;
  /** Its own way to the database; null while it is dead. */
  store(): Store | null;
}

/** Several programs beside one Slack, in one process and in a time of their own. */
export interface Programs {
  readonly clock: Clock;
  readonly slack: ReturnType<typeof createSlackSimulator>;
  readonly all: readonly Program[];
  readonly log: readonly string[];
  /** Time passes, and what happens then happens. */
  pass(ms: number): Promise<void>;
  end(): Promise<void>;
}

interface Ground {
  readonly engine: PGlite;
  readonly seed: number;
  readonly yaml: string;
  readonly slack: SlackSeed;
  readonly from: Date;
}

interface Mortal extends Life {
  /** The clock calls these on its behalf, until it dies. */
  ticks(tasks: readonly ScheduledTask[]): void;
  die(): void;
}

/** So many programs, none of them started, on an engine whose tables are empty. */
export async function newPrograms(count: number, { engine, seed, yaml, slack: workspace, from }: Ground): Promise<Programs> {
  const clock = fakeClock(chance(seed * 7_919 + 1));
  clock.jump(from);
  await empty(engine);
  const folder = mkdtempSync(join(tmpdir(), 'forecourt-three-'));
  const log: string[] = [];
  const living = () => acting.getStore() as Mortal | null | undefined;
  const nobody: Life = { dead: false, step() {}, death: new Promise(() => {}) };
  const network = fakeNetwork(() => living() ?? nobody);
  const slack = createSlackSimulator(workspace, {
    baseUrl: () => 'http://slack.test',
    faultSeed: seed,
    now: () => Date.now(),
    rate: 'off',
  });
  network.attach(
    'slack.test',
    createServer((req, res) => void slack.handle(req, res, (req.url ?? '/').slice(1)).catch(() => res.destroy())),
    null,
  );
  const engines = vi.spyOn(PGlite, 'create').mockImplementation((() => Promise.resolve(connectionOf(engine, living() ?? nobody))) as never);
  const rest = async () => {
    for (let quiet = 0, seen = traffic.seen; quiet < 40; ) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = traffic.seen === seen ? quiet + 1 : 0;
      seen = traffic.seen;
    }
  };

  const program = (n: number): Program => {
    let life: Mortal | null = null;
    let store: Store | null = null;
    let left = Number.POSITIVE_INFINITY;
    const config = {
      ...configFor('http://slack.test/api/', { edit: () => yaml, digests: true }),
      databaseUrl: null,
      dataDir: join(folder, `${n}`),
    };
    const newLife = (): Mortal => {
      let reject: (reason: Error) => void = () => {};
      const death = new Promise<never>((_, no) => {
        reject = no;
      });
      death.catch(() => {});
      const ticking: ScheduledTask[] = [];
      // What the clock would call holds everything the dead had: sixty days of that is more than a machine has.
      const stopTicking = () => {
        for (const task of ticking.splice(0)) void task.destroy();
      };
      const one: Mortal = {
        ticks: (tasks) => {
          ticking.push(...tasks);
          if (one.dead) stopTicking();
        },
        ...{ dead: false, death },
        step() {
          if (!one.dead && --left <= 0) one.die();
        },
        die() {
          Object.assign(one, { dead: true });
          left = Number.POSITIVE_INFINITY;
          store = null;
          network.cut('slack.test');
          stopTicking();
          reject(new Error('dead'));
        },
      };
      return one;
    };
    return {
      alive: () => store !== null,
      store: () => store,
      die: () => life?.die(),
      dieAfter(steps) {
        left = steps;
      },
      async boot() {
        const mine = newLife();
        life = mine;
        const start = () => startClockwork(config, 'http://slack.test/api/', (line) => void log.push(line));
        const others = new Set(getTasks().values());
        const started = await Promise.race([acting.run(mine, start), mine.death]).catch((error: unknown) => {
          if (mine.dead) return null;
          throw error;
        });
        mine.ticks([...getTasks().values()].filter((task) => !others.has(task)));
        store = mine.dead ? null : started;
      },
    };
  };

  const programs = Array.from({ length: count }, (_, n) => program(n));
  return {
    ...{ clock, slack, log },
    all: programs,
    async pass(ms) {
      clock.push(ms);
      await rest();
      // Each keeps all it was ever called with, and through that the dead.
      vi.clearAllMocks();
    },
    async end() {
      for (const one of programs) one.die();
      for (const task of getTasks().values()) void task.destroy();
      await rest();
      slack.close();
      engines.mockRestore();
      network.restore();
      clock.restore();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
