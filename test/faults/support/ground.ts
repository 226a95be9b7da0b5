import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { inject } from 'vitest';
import { type RunningSimulator, type SimulatorOptions, startSlackSimulator } from '../../../src/sandbox/slack/index.js';
import { freshDatabase } from '../../support/database.js';
import { environment, type Process, startProcess } from '../../support/processes.js';
import { SEED } from '../../support/running.js';
import { openWire, type Wire } from './wire.js';

/** The PostgreSQL the scenes play on; each on a database of its own. */
const SERVER = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';

/** A dealership with one channel. */
export interface Site {
  readonly id: string;
  readonly channel: string;
}

/** A salesperson of every site. */
export const PEOPLE = Array.from({ length: 5 }, (_, n) => ({ user: `U0SELLER${n}`, id: `seller${n}`, name: `Vendeuse ${n}` }));

export interface GroundOptions {
  readonly sites: number;
  readonly database?: 'postgres' | 'embedded';
  /** Puts a wire that can fail between the program and PostgreSQL. */
  readonly wire?: boolean;
  readonly simulator?: SimulatorOptions;
  /** Every site is open at every hour, and its digest is due from the first minute of each day. */
  readonly digests?: boolean;
}

/** A simulated Slack in this process, a database, and the program in processes of its own. */
export interface Ground {
  readonly slack: RunningSimulator['simulator'];
  readonly sites: readonly Site[];
  readonly database: 'postgres' | 'embedded';
  /** Of the embedded database; unused on a server. */
  readonly dataFolder: string;
  readonly databaseName: string;
  readonly wire: Wire;
  /** Starts a process and waits until it serves; it becomes the one requests go to. */
  start(): Promise<Process>;
  /** Starts a process and waits for nothing. */
  launch(): Process;
  /** Ends the process by force, and waits until it has ended. */
  kill(): Promise<void>;
  /** Asks the process to end, and answers its exit code. */
  stop(): Promise<number | null>;
  /** Where the last started process listens; empty while there is none. */
  url(): string;
  /** A statement past the program and past the wire. On the embedded database only while no process has it open. */
  ask<T extends object = Record<string, unknown>>(sql: string): Promise<T[]>;
  /** Everything the processes wrote. */
  output(): string;
  close(): Promise<void>;
}

/** Sets the scene. Nothing of the program runs yet. */
export async function openGround(options: GroundOptions): Promise<Ground> {
  const { database = 'postgres' } = options;
  const sites = Array.from({ length: options.sites }, (_, n) => ({ id: `site${n}`, channel: `C0SITE${n}` }));
  const processes: Process[] = [];
  let url = '';
  const simulator = await startSlackSimulator(seedOf(sites), {
    eventsUrl: () => `${url}/slack/events`,
    faultSeed: inject('seed'),
    keep: 200_000,
    ...options.simulator,
  });
  const { databaseUrl, databaseName, ask: askServer, drop } = await serverFor(database);
  const server = new URL(SERVER);
  const wire = await openWire({ host: server.hostname, port: Number(server.port || 5432) });
  const { env, remove } = await environment({
    yaml: yamlOf(sites, options.digests === true),
    apiUrl: simulator.apiUrl,
    ...(databaseUrl && { databaseUrl: options.wire ? wire.through(databaseUrl) : databaseUrl }),
  });
  const dataFolder = env.FORECOURT_DATA ?? '';

  const launch = () => {
    const started = startProcess(env);
    processes.push(started);
    return started;
  };
  const end = async (signal: NodeJS.Signals) => {
    const last = processes.at(-1);
    url = '';
    last?.signal(signal);
    return (await last?.ended) ?? null;
  };
  return {
    slack: simulator.simulator,
    sites,
    database,
    dataFolder,
    databaseName,
    wire,
    launch,
    async start() {
      const started = launch();
      url = await started.ready;
      return started;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    url: () => url,
    ask: (sql) => (database === 'postgres' ? askServer(sql) : askFolder(dataFolder, sql)),
    output: () => processes.map((one) => one.output()).join('\n'),
    async close() {
      for (const one of processes) one.signal('SIGKILL');
      await Promise.all(processes.map((one) => one.ended));
      await simulator.stop();
      await wire.stop();
      await drop();
      await remove();
    },
  };
}

async function serverFor(database: 'postgres' | 'embedded') {
  const none = { databaseUrl: null, databaseName: '', ask: async () => [], drop: async () => {} };
  if (database === 'embedded') return none;
  const fresh = await freshDatabase(SERVER);
  const client = new pg.Client({ connectionString: fresh.place.url, application_name: 'watching' });
  client.on('error', () => {});
  await client.connect();
  return {
    databaseUrl: fresh.place.url,
    databaseName: new URL(fresh.place.url).pathname.slice(1),
    ask: async <T extends object>(sql: string) => (await client.query<T>(sql)).rows,
    async drop() {
      await client.end();
      await fresh.drop();
    },
  };
}

async function askFolder<T extends object>(folder: string, sql: string): Promise<T[]> {
  const pglite = await PGlite.create({ dataDir: `${folder}/postgres` });
  try {
    return (await pglite.query<T>(sql)).rows;
  } finally {
    await pglite.close();
  }
}

function seedOf(sites: readonly Site[]) {
  return {
    ...SEED,
    users: PEOPLE.map(({ user, name }) => ({ id: user, name: user.toLowerCase(), realName: name, locale: 'fr-FR', tz: 'Europe/Paris' })),
    channels: sites.map(({ id, channel }) => ({
      id: channel,
      name: id,
      private: false,
      topic: '',
      members: PEOPLE.map(({ user }) => user),
      botIsMember: true,
    })),
  };
}

function yamlOf(sites: readonly Site[], digests: boolean): string {
  // Without digests nothing but leads is to be seen, whatever the hour: only Mondays open, and only their last minute would bring one.
  const days = digests
    ? ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day}: ["00:00-24:00"]`)
    : ['mon: ["09:00-19:00"]'];
  const times = `hours: { ${days.join(', ')} }, digest: { at: "${digests ? '00:00' : '23:59'}" }`;
  const dealership = ({ id, channel }: Site) =>
    `  - { id: ${id}, name: ${id}, timezone: Europe/Paris, ${times}, channels: { leads: ["slack:${channel}"] } }`;
  const person = ({ id, name, user }: (typeof PEOPLE)[number]) =>
    `  - { id: ${id}, name: ${name}, slack: ${user}, roles: { "*": [salesperson] } }`;
  return `
group: Sous le feu
language: fr
currency: EUR
country: FR
dealerships:
${sites.map(dealership).join('\n')}
people:
${PEOPLE.map(person).join('\n')}
sources:
  - { id: website, name: Site web, token: "env:INTAKE_WEBSITE_TOKEN", rate: none }
`;
}
