import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Config, SlackCredentials, Source } from '../config.js';
import { demoLeads } from './demo-leads.js';
import type { ActAnswer } from './page/wire.js';
import { createPageServer } from './page-server.js';
import { type SlackSeed, startSlackSimulator } from './slack/index.js';
import { slackPage } from './slack/page.js';
import { workspaceOf } from './workspace.js';

/** A simulated Slack workspace with a page to look at it, in this process and on this machine only. */
export interface Sandbox {
  /** With these the real Slack adapter talks to the simulator, over loopback, as it would to Slack. */
  readonly credentials: SlackCredentials;
  takes(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends the open pages' streams. */
  closing(): void;
  /** Where the program listens: clicks and leads go there. */
  listening(url: string): void;
  close(): Promise<void>;
}

/** Opens the workspace of a configuration; what was said in it is kept in the data folder. */
export async function openSandbox(config: Config): Promise<Sandbox> {
  mkdirSync(config.dataDir, { recursive: true });
  const secret = () => randomBytes(24).toString('base64url');
  const seed: SlackSeed = { ...workspaceOf(config), botToken: `xoxb-${secret()}`, appToken: `xapp-${secret()}`, signingSecret: secret() };
  let program = '';
  const slack = await startSlackSimulator(seed, {
    eventsUrl: () => `${program}/slack/events`,
    dataFile: join(config.dataDir, 'sandbox.json'),
  });
  const page = createPageServer(
    slackPage(
      slack.simulator,
      seed,
      leadSender(config.sources, () => program),
    ),
  );
  return {
    credentials: { botToken: seed.botToken, signingSecret: seed.signingSecret, appToken: null, apiUrl: slack.apiUrl },
    takes: page.takes,
    handle: page.handle,
    listening: (url) => {
      program = url;
    },
    closing: page.close,
    close: slack.stop,
  };
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
