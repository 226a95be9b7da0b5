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

/** Somebody who acts at every site. */
export interface Somebody {
  readonly user: string;
  readonly id: string;
  readonly name: string;
  /** A salesperson unless said otherwise. */
  readonly role?: string;
}

/** So many salespeople of every site. */
export function salespeople(count: number): readonly Somebody[] {
  return Array.from({ length: count }, (_, n) => ({ user: `U0SELLER${n}`, id: `seller${n}`, name: `Vendeuse ${n}` }));
}

export const PEOPLE = salespeople(5);

export interface GroundOptions {
  readonly sites: number;
  readonly database?: 'postgres' | 'embedded';
  /** Puts a wire that can fail between the program and PostgreSQL. */
  readonly wire?: boolean;
  readonly simulator?: SimulatorOptions;
  readonly people?: readonly Somebody[];
  /** More of every site's configuration, as YAML; in place of its opening hours, Mondays from nine to seven, and of a digest due at the end of the day. */
  readonly site?: string;
}

/** One of several processes, and where it listens. */
export interface Replica extends Process {
  readonly url: string;
}

/** A simulated Slack in this process, a database, and the program in processes of its own. */
export interface Ground {
  readonly slack: RunningSimulator['simulator'];
  readonly sites: readonly Site[];
  readonly database: 'postgres' | 'embedded';
  /** Of the embedded database; unused on a server. */
  readonly dataFolder: string;
  readonly databaseName: string;
  /** Past the wire; empty for the embedded database. */
  readonly databaseUrl: string;
  readonly wire: Wire;
  /** Starts a process and waits until it serves; it becomes the one requests go to. */
  start(): Promise<Process>;
  /** Starts processes side by side, each with more of an environment, and waits until all serve; requests go to them in turn. */
  startAll(environments: readonly Readonly<Record<string, string>>[]): Promise<readonly Replica[]>;
  /** Sends requests to these addresses from now on, in turn. */
  route(urls: readonly string[]): void;
  /** Starts a process and waits for nothing. */
  launch(more?: Readonly<Record<string, string>>): Process;
  /** Ends the process by force, and waits until it has ended. */
  kill(): Promise<void>;
  /** Asks the process to end, and answers its exit code. */
  stop(): Promise<number | null>;
  /** Where the next request goes: the last started process, or one of several; empty while there is none. */
  url(): string;
  /** A statement past the program and past the wire. On the embedded database only while no process has it open. */
  ask<T extends object = Record<string, unknown>>(sql: string): Promise<T[]>;
  /** Keeps a row of `lead` for oneself, as somebody else's transaction would. @returns lets go of it. On a server alone. */
  hold(leadId: string): Promise<() => Promise<void>>;
  /** Everything the processes wrote. */
  output(): string;
  close(): Promise<void>;
}

/** Sets the scene. Nothing of the program runs yet. */
export async function openGround(options: GroundOptions): Promise<Ground> {
  const { database = 'postgres', people = PEOPLE } = options;
  const sites = Array.from({ length: options.sites }, (_, n) => ({ id: `site${n}`, channel: `C0SITE${n}` }));
  const processes: Process[] = [];
  let urls: readonly string[] = [];
  let turn = 0;
  const url = () => urls[turn++ % urls.length] ?? '';
  const simulator = await startSlackSimulator(seedOf(sites, people), {
    eventsUrl: () => `${url()}/slack/events`,
    faultSeed: inject('seed'),
    keep: 200_000,
    ...options.simulator,
  });
  const { databaseUrl, databaseName, ask: askServer, drop } = await serverFor(database);
  const server = new URL(SERVER);
  const wire = await openWire({ host: server.hostname, port: Number(server.port || 5432) });
  const { env, remove } = await environment({
    yaml: yamlOf(sites, people, options.site),
    apiUrl: simulator.apiUrl,
    ...(databaseUrl && { databaseUrl: options.wire ? wire.through(databaseUrl) : databaseUrl }),
  });
  const dataFolder = env.FORECOURT_DATA ?? '';

  const launch = (more: Readonly<Record<string, string>> = {}) => {
    const started = startProcess({ ...env, ...more });
    processes.push(started);
    return started;
  };
  const end = async (signal: NodeJS.Signals) => {
    const last = processes.at(-1);
    urls = [];
    last?.signal(signal);
    return (await last?.ended) ?? null;
  };
  return {
    slack: simulator.simulator,
    sites,
    database,
    dataFolder,
    databaseName,
    databaseUrl: databaseUrl ?? '',
    wire,
    launch,
    async start() {
      const started = launch();
      urls = [await started.ready];
      return started;
    },
    async startAll(environments) {
      const started = await Promise.all(
        environments.map(async (more) => {
          const one = launch(more);
          return { ...one, url: await one.ready };
        }),
      );
      urls = started.map((one) => one.url);
      return started;
    },
    route(to) {
      urls = to;
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    url,
    ask: (sql) => (database === 'postgres' ? askServer(sql) : askFolder(dataFolder, sql)),
    hold: (leadId) => holdLead(databaseUrl ?? '', leadId),
    output: () => processes.map((one) => one.output()).join('\n'),
    async close() {
      // A stopped process is killed all the same.
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

async function holdLead(databaseUrl: string, leadId: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'holding' });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT 1 FROM lead WHERE id = $1 FOR UPDATE', [leadId]);
  return async () => {
    await client.query('COMMIT');
    await client.end();
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

function seedOf(sites: readonly Site[], people: readonly Somebody[]) {
  return {
    ...SEED,
    users: people.map(({ user, name }) => ({ id: user, name: user.toLowerCase(), realName: name, locale: 'fr-FR', tz: 'Europe/Paris' })),
    channels: sites.map(({ id, channel }) => ({
      id: channel,
      name: id,
      private: false,
      topic: '',
      members: people.map(({ user }) => user),
      botIsMember: true,
    })),
  };
}

// Nothing but leads is to be seen, whatever the hour: only Mondays open, and only their last minute would bring a digest.
const MONDAYS = 'hours: { mon: ["09:00-19:00"] }, digest: { at: "23:59" }';

function yamlOf(sites: readonly Site[], people: readonly Somebody[], more = MONDAYS): string {
  const dealership = ({ id, channel }: Site) =>
    `  - { id: ${id}, name: ${id}, timezone: Europe/Paris, ${more}, channels: { leads: ["slack:${channel}"] } }`;
  const person = ({ id, name, user, role = 'salesperson' }: Somebody) =>
    `  - { id: ${id}, name: ${name}, slack: ${user}, roles: { "*": [${role}] } }`;
  return `
group: Sous le feu
language: fr
currency: EUR
country: FR
dealerships:
${sites.map(dealership).join('\n')}
people:
${people.map(person).join('\n')}
sources:
  - { id: website, name: Site web, token: "env:INTAKE_WEBSITE_TOKEN", rate: none }
`;
}
