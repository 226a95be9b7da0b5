import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type SlackPlatform, type SlackSettings, slackPlatform } from '../../../src/platforms/slack/index.js';

export const SECRET = 'a-signing-secret-of-tests';

/** One call our platform made. */
export interface Called {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
  /** The credentials it came with. */
  readonly authorization: string | undefined;
}

/** What a Web API of ours answers to a method; a function may break the connection itself. */
export type Script = Readonly<Record<string, object | ((res: ServerResponse, args: Called['args']) => void)>>;

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** `upgrade`: for websockets. */
export async function serve(
  listener: RequestListener,
  upgrade?: (req: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Promise<Served> {
  const server: Server = createServer(listener);
  if (upgrade) server.on('upgrade', upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A Web API that answers what the script says and remembers what it was asked. */
export async function scriptedApi(script: Script): Promise<Served & { readonly calls: Called[] }> {
  const calls: Called[] = [];
  const served = await serve(async (req, res) => {
    const args = Object.fromEntries(new URLSearchParams(await bodyOf(req)));
    const method = (req.url ?? '').replace(/^\/(api\/)?/, '');
    calls.push({ method, args, authorization: req.headers.authorization });
    const answer = script[method] ?? { ok: false, error: 'unknown_method' };
    if (typeof answer === 'function') return answer(res, args);
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  return { ...served, calls };
}

/** One line of our log. */
export interface Logged {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A platform against an API, behind an HTTP server of its own. */
export async function mounted(
  apiUrl: string,
  changed: Partial<SlackSettings> = {},
): Promise<{ readonly platform: SlackPlatform; readonly url: string; readonly logged: Logged[]; stop(): Promise<void> }> {
  const logged: Logged[] = [];
  const platform = slackPlatform({
    botToken: 'xoxb-tests',
    signingSecret: SECRET,
    apiUrl: `${apiUrl}/api/`,
    timeoutMs: 500,
    answerWithinMs: 300,
    log: (level, message, fields) => logged.push({ level, message, fields }),
    trouble: (person) => ({ summary: `Sorry, ${person}`, elements: [], buttons: [] }),
    troubleText: (person) => `Not saved, ${person}`,
    ...changed,
  });
  const served = await serve((req, res) => platform.handle(req, res));
  return {
    platform,
    url: `${served.url}/slack/events`,
    logged,
    async stop() {
      await platform.stop();
      await served.stop();
    },
  };
}

/** Sends a request as Slack signs it. */
export async function signed(url: string, body: string, options: { type?: string; at?: number; secret?: string } = {}): Promise<Response> {
  const timestamp = Math.floor((options.at ?? Date.now()) / 1000);
  const signature = `v0=${createHmac('sha256', options.secret ?? SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex')}`;
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': options.type ?? 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature,
    },
    body,
  });
}

/** An interaction, as Slack posts it. */
export function interaction(url: string, payload: object): Promise<Response> {
  return signed(url, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), { type: 'application/x-www-form-urlencoded' });
}

export function command(url: string, fields: Record<string, string>): Promise<Response> {
  return signed(url, new URLSearchParams(fields).toString(), { type: 'application/x-www-form-urlencoded' });
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
