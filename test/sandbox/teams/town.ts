import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { type RunningSimulator, startTeamsSimulator, type TeamsSeed } from '../../../src/sandbox/teams/index.js';
import type { SimulatorOptions } from '../../../src/sandbox/teams/simulator.js';

/** A dealership's tenant: two salespeople, a manager with a channel of her own, a team the bot is not in. */
export const seed: TeamsSeed = {
  tenant: { id: 'tenant-lumiere', name: 'Groupe Lumière' },
  app: { id: '7b0c1e9a-1111-4222-8333-444455556666', password: 'a-client-secret', name: 'Forecourt' },
  people: [
    { aadObjectId: 'aad-alice', name: 'Alice Martin', email: 'alice@example.org', locale: 'fr-FR', timeZone: 'Europe/Paris' },
    { aadObjectId: 'aad-bruno', name: 'Bruno Petit', locale: 'fr-FR', timeZone: 'Europe/Paris' },
    { aadObjectId: 'aad-clare', name: 'Clare Byrne', locale: 'en-GB', timeZone: 'Europe/London' },
  ],
  teams: [
    {
      id: '19:general@thread.tacv2',
      groupId: 'group-lyon',
      name: 'Lyon',
      members: ['aad-alice', 'aad-bruno', 'aad-clare'],
      installed: true,
      channels: [
        { id: '19:leads@thread.tacv2', name: 'Leads', description: '' },
        { id: '19:chiefs@thread.tacv2', name: 'Chiefs', description: '', members: ['aad-clare'] },
      ],
    },
    { id: '19:outside@thread.tacv2', groupId: 'group-other', name: 'Other', members: ['aad-alice'], installed: false, channels: [] },
  ],
  rsc: false,
};

export const LEADS = '19:leads@thread.tacv2';

type Body = Readonly<Record<string, unknown>>;

/** An answer of the service. */
export interface Got {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** What is asked of the bot, and how it answers: nothing and 200 unless told otherwise. */
export interface Bot {
  readonly heard: Body[];
  answer: (activity: Body) => unknown;
}

export interface Town {
  readonly teams: RunningSimulator;
  readonly simulator: RunningSimulator['simulator'];
  readonly bot: Bot;
  /** A request to the Bot Connector with the bot's token, or with another one. */
  ask(method: string, path: string, body?: unknown, authorization?: string): Promise<Got>;
  /** A new post of the bot's; answers its id. */
  post(activity: Body, channel?: string): Promise<string>;
}

/** A tenant with a bot that only listens; limits of rate are off unless asked for. Stopped after the test. */
export async function town(options: Omit<SimulatorOptions, 'baseUrl'> = {}, more: Partial<TeamsSeed> = {}): Promise<Town> {
  const bot: Bot = { heard: [], answer: () => undefined };
  const botUrl = await listen(async (req, res) => {
    const activity = JSON.parse(await textOf(req)) as Body;
    bot.heard.push(activity);
    const answer = await bot.answer(activity);
    if (typeof answer === 'number') res.writeHead(answer).end();
    else res.writeHead(200, { 'content-type': 'application/json' }).end(answer === undefined ? '' : JSON.stringify(answer));
  });
  const teams = await startTeamsSimulator({ ...seed, ...more }, { rate: 'off', botUrl: () => botUrl, ...options });
  stops.push(teams.stop);
  const token = await tokenOf(teams);
  const ask: Town['ask'] = async (method, path, body, authorization = `Bearer ${token}`) => {
    const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Body) };
  };
  const post: Town['post'] = async (activity, channel = LEADS) =>
    String((await ask('POST', 'conversations', newPost(activity, channel))).body.activityId);
  return { teams, simulator: teams.simulator, bot, ask, post };
}

/** The body that makes a new post. */
export function newPost(activity: Body, channel = LEADS): Body {
  return { isGroup: true, channelData: { channel: { id: channel } }, tenantId: seed.tenant.id, activity: { type: 'message', ...activity } };
}

/** What the bot asks for with its secret. */
export async function tokenOf(
  teams: RunningSimulator,
  changed: Readonly<Record<string, string>> = {},
  tenant = seed.tenant.id,
): Promise<string> {
  const form = {
    grant_type: 'client_credentials',
    client_id: seed.app.id,
    client_secret: seed.app.password,
    scope: 'https://api.botframework.com/.default',
    ...changed,
  };
  const response = await fetch(`${teams.loginUrl}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
  const answer = (await response.json()) as { access_token?: string; error?: string };
  return answer.access_token ?? `${response.status} ${answer.error}`;
}

export async function listen(answer: (req: IncomingMessage, res: ServerResponse) => Promise<void>): Promise<string> {
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
}

async function textOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString();
}

export const card = (...body: unknown[]) => ({
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5', body } }],
});

export const buttons = (...actions: unknown[]) => card({ type: 'TextBlock', text: 'VO · Citroën C3' }, { type: 'ActionSet', actions });

export const claim = { type: 'Action.Execute', title: 'Je prends', verb: 'claim.take', data: { subject: 'lead-1' } };
export const opens = {
  type: 'Action.Submit',
  title: 'Statut',
  data: { msteams: { type: 'task/fetch' }, verb: 'status.open', subject: 'lead-1' },
};

/** The answer that shows a form. */
export const dialog = (...body: unknown[]) => ({
  task: { type: 'continue', value: { title: 'Statut', card: { ...card(...body).attachments[0] } } },
});
