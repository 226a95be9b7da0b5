import { readFileSync } from 'node:fs';
import { type App, startApp } from '../../src/app.js';
import { type Config, readConfig } from '../../src/config.js';
import { createLogger, createMetrics } from '../../src/observe.js';
import { demoWorkspace } from '../../src/sandbox/demo-workspace.js';
import { type RunningSimulator, type SimulatorOptions, type SlackSeed, startSlackSimulator } from '../../src/sandbox/slack/index.js';
import { freshPlace } from './database.js';

export const TOKENS = {
  INTAKE_WEBSITE_TOKEN: 'website-token',
  INTAKE_PORTAL_TOKEN: 'portal-token',
  INTAKE_CALLCENTRE_TOKEN: 'callcentre-token',
  INTAKE_OEM_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};

export const SEED: SlackSeed = { ...demoWorkspace, botToken: 'xoxb-test', appToken: 'xapp-test', signingSecret: 'a-signing-secret' };

/** The program and a simulated Slack, talking over loopback as they would over the Internet. */
export interface Running {
  readonly app: App;
  readonly slack: RunningSimulator['simulator'];
  /** Every line the program logged. */
  readonly log: string[];
  readonly apiUrl: string;
  /** Posts to the intake as a source would. */
  send(source: string, body: string | Uint8Array | FormData, headers?: Record<string, string>): Promise<Response>;
  /** Stops the program and starts it again, on the same database and beside the same Slack, perhaps otherwise configured. */
  restart(changes?: Pick<RunOptions, 'edit' | 'digests'>): Promise<void>;
  stop(): Promise<void>;
}

export interface RunOptions {
  /** What the clock brings comes only where a test asks for it: tests run at any hour. */
  readonly digests?: boolean;
  readonly socketMode?: boolean;
  /** Edits the configuration text before it is read. */
  readonly edit?: (yaml: string) => string;
  readonly simulator?: SimulatorOptions;
  readonly env?: Record<string, string>;
  /** Changes the configuration once it was read. */
  readonly change?: (config: Config) => Config;
  /** Another workspace than the demonstration's. */
  readonly seed?: SlackSeed;
  /** Gives it the demonstration's past. */
  readonly past?: boolean;
  /** Called before the program starts: the weather it starts in. */
  readonly before?: (slack: RunningSimulator['simulator']) => void;
}

/** Starts both, on a fresh database unless `place` is given. */
export async function run(options: RunOptions = {}): Promise<Running> {
  let url = '';
  const simulator = await startSlackSimulator(options.seed ?? SEED, { eventsUrl: () => `${url}/slack/events`, ...options.simulator });
  options.before?.(simulator.simulator);
  const fresh = await freshPlace();
  const log: string[] = [];
  const place = fresh.place.kind === 'postgres' ? { databaseUrl: fresh.place.url } : { databaseUrl: null, dataDir: fresh.place.folder };
  const start = async (changed: RunOptions) => {
    const started = await startApp({
      config: { ...configFor(simulator.apiUrl, changed), ...place },
      logger: createLogger('debug', { write: (line) => void log.push(line) }),
      metrics: createMetrics(),
      photoScript: new URL('../../dist/web/page/client.js', import.meta.url),
      ...(options.past && { past: true }),
      ...(fresh.place.kind === 'embedded' && fresh.place.image && { image: fresh.place.image }),
    });
    url = started.url;
    return started;
  };
  let app = await start(options);
  return {
    get app() {
      return app;
    },
    slack: simulator.simulator,
    log,
    apiUrl: simulator.apiUrl,
    send: (source, body, headers = {}) =>
      fetch(`${url}/intake/${source}`, {
        method: 'POST',
        body: body as BodyInit,
        redirect: 'manual',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${source}-token`, ...headers },
      }),
    async restart(changes = {}) {
      await app.stop();
      app = await start({ ...options, ...changes });
    },
    async stop() {
      await app.stop();
      await simulator.stop();
      await fresh.drop();
    },
  };
}

/** The example group, pointed at a simulator. */
export function configFor(apiUrl: string, options: RunOptions = {}): Config {
  const yaml = readFileSync(new URL('../fixtures/forecourt.yaml', import.meta.url), 'utf8');
  const env = {
    ...TOKENS,
    PORT: '0',
    HOST: '127.0.0.1',
    FORECOURT_CONFIG: 'forecourt.yaml',
    SLACK_BOT_TOKEN: SEED.botToken,
    SLACK_API_URL: apiUrl,
    ...(options.socketMode ? { SLACK_APP_TOKEN: SEED.appToken } : { SLACK_SIGNING_SECRET: SEED.signingSecret }),
    ...options.env,
  };
  const read = readConfig(env, { readFile: () => (options.edit ?? ((text) => text))(yaml) });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems, null, 2));
  const changed = options.change?.(read.ok) ?? read.ok;
  if (options.digests) return changed;
  const never = { hour: 24, minute: 0 };
  return { ...changed, dealerships: changed.dealerships.map((dealership) => ({ ...dealership, digestAt: never })) };
}
