import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Config, Source } from '../config.js';
import { demoLeads } from './demo-leads.js';
import type { ActAnswer } from './page/wire.js';
import { createPageServer } from './page-server.js';
import { type SlackSeed, startSlackSimulator } from './slack/index.js';
import { slackPage } from './slack/page.js';
import { type RunningSimulator as RunningTenant, startTeamsSimulator, type TeamsSeed } from './teams/index.js';
import { teamsPage } from './teams/page.js';
import { tenantOf, workspaceOf } from './workspace.js';

/** A simulated Slack workspace and Microsoft 365 tenant with a page to look at them, in this process and on this machine only. */
export interface Sandbox {
  /** With these the real adapters talk to the simulators, over loopback, as they would to Slack and to Microsoft. */
  readonly credentials: Pick<Config, 'slack' | 'teams'>;
  takes(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends the open pages' streams. */
  closing(): void;
  /** Where the program listens: clicks and leads go there. */
  listening(url: string): void;
  close(): Promise<void>;
}

/** Opens the workspace and the tenant of a configuration; what was said in them is kept in the data folder. */
export async function openSandbox(config: Config): Promise<Sandbox> {
  mkdirSync(config.dataDir, { recursive: true });
  const secret = () => randomBytes(24).toString('base64url');
  const seed: SlackSeed = { ...workspaceOf(config), botToken: `xoxb-${secret()}`, appToken: `xapp-${secret()}`, signingSecret: secret() };
  let program = '';
  const slack = await startSlackSimulator(seed, {
    eventsUrl: () => `${program}/slack/events`,
    dataFile: join(config.dataDir, 'sandbox.json'),
  });
  const teams = await openTenant(config, secret(), () => program);
  const leads = leadSender(config.sources, () => program);
  const page = createPageServer(
    slackPage(slack.simulator, seed, leads, teams ? twinsOf(config, 'slack:', 'teams:') : undefined),
    undefined,
    teams && teamsPage(teams.running.simulator, teams.seed, leads, twinsOf(config, 'teams:', 'slack:')),
  );
  return {
    credentials: {
      slack: { botToken: seed.botToken, signingSecret: seed.signingSecret, appToken: null, apiUrl: slack.apiUrl },
      teams: teams?.credentials ?? null,
    },
    takes: page.takes,
    handle: page.handle,
    listening: (url) => {
      program = url;
      // As Teams does whenever it likes: the bot learns where it is installed.
      void teams?.running.simulator.install();
    },
    closing: page.close,
    async close() {
      await slack.stop();
      await teams?.running.stop();
    },
  };
}

/** The same at every start: what the bot said before is its own. */
const APP_ID = '00000000-0000-4000-8000-000000b07000';

/** The same people on the other platform, by id. */
function twinsOf({ people }: Config, here: string, there: string): Readonly<Record<string, string>> {
  const pairs = people.map(({ accounts }) =>
    [here, there].map((platform) => accounts.find((one) => one.startsWith(platform))?.slice(platform.length)),
  );
  return Object.fromEntries(pairs.filter((pair): pair is string[] => pair.every((id) => id !== undefined)));
}

interface Tenant {
  readonly seed: TeamsSeed;
  readonly running: RunningTenant;
  readonly credentials: NonNullable<Config['teams']>;
}

async function openTenant(config: Config, password: string, program: () => string): Promise<Tenant | null> {
  const described = tenantOf(config);
  if (described === null) return null;
  const app = { id: APP_ID, password, name: 'Forecourt' };
  const seed: TeamsSeed = { ...described, app };
  const running = await startAgain(seed, config.dataDir, () => (program() === '' ? '' : `${program()}/api/messages`));
  const { loginUrl, openIdUrl, serviceUrl, graphUrl } = running;
  const endpoints = { loginUrl, openIdUrl, serviceUrl, graphUrl };
  const credentials = { kind: 'registered', appId: app.id, appPassword: password, tenantId: described.tenant.id, endpoints } as const;
  return { seed, running, credentials };
}

/** Where the tenant was last time, if that is free: the bot remembers the address of the service it is in, as it should. */
async function startAgain(seed: TeamsSeed, dataDir: string, botUrl: () => string): Promise<RunningTenant> {
  const kept = join(dataDir, 'sandbox-teams.port');
  const options = { botUrl, dataFile: join(dataDir, 'sandbox-teams.json') };
  const port = existsSync(kept) ? Number(readFileSync(kept, 'utf8')) : 0;
  const running = await startTeamsSimulator(seed, { ...options, port }).catch(() => startTeamsSimulator(seed, options));
  writeFileSync(kept, new URL(running.url).port);
  return running;
}

/** Posts the ready leads to the program's own intake, as their senders would. */
function leadSender(sources: readonly Source[], program: () => string) {
  const sendable = demoLeads.filter((lead) => sources.some((source) => source.id === lead.source && source.tokens.length > 0));
  const send = async (example: string): Promise<ActAnswer> => {
    const lead = sendable.find(({ id }) => id === example);
    const token = sources.find((source) => source.id === lead?.source)?.tokens[0];
    if (!lead || token === undefined) return { ok: false, error: 'unknown_example' };
    const body = lead.body({ id: randomUUID(), now: new Date() });
    const headers = { 'content-type': lead.contentType, authorization: `Bearer ${token}` };
    const answer = await fetch(`${program()}/intake/${lead.source}`, { method: 'POST', body, headers, redirect: 'manual' });
    return answer.status === 202 || answer.status === 303 ? { ok: true } : { ok: false, error: `HTTP ${answer.status}` };
  };
  return { examples: sendable.map(({ id, title, detail }) => ({ id, title, detail })), send };
}
