import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { IMPORT_MAP, PAGE, TEAMS_PAGE } from './page/html.js';
import type { Tenant, TenantActs, TenantEvent } from './page/teams/wire.js';
import {
  type ActAnswer,
  type Acts,
  DRAWN_TYPES,
  LARGEST_UPLOAD,
  type StreamEvent,
  type UploadAnswer,
  type Workspace,
} from './page/wire.js';
import { type Schemas, SLACK_ACTS, TEAMS_ACTS } from './page-acts.js';
import { pageAsset } from './page-assets.js';

/** What stands behind a page: a simulated workspace. */
interface Backend<Space extends { readonly people: readonly { readonly id: string }[] }, Event, All> {
  workspace(): Space;
  /** Tells `send` everything this person would see, beginning with `hello`, until the returned function is called. */
  streamFor(user: string, send: (event: Event) => void): () => void;
  act<N extends keyof All>(user: string, name: N, body: All[N]): Promise<ActAnswer>;
  /** Takes a file from somebody, to be said or entered in a form afterwards. */
  upload(user: string, name: string, bytes: Uint8Array): UploadAnswer;
  /** A file this person can see; null when there is none. */
  file(user: string, id: string): { readonly name: string; readonly mimetype: string; readonly bytes: Uint8Array } | null;
}

export type PageBackend = Backend<Workspace, StreamEvent, Acts>;
export type TeamsBackend = Backend<Tenant, TenantEvent, TenantActs>;

/** A backend whose acts are checked before they reach it, and which the server need not know more about. */
interface Room {
  readonly workspace: () => { readonly people: readonly { readonly id: string }[] };
  readonly streamFor: (user: string, send: (event: object) => void) => () => void;
  readonly perform: (user: string, name: string, body: unknown) => Promise<ActAnswer | 'unknown' | 'invalid'>;
  readonly upload: PageBackend['upload'];
  readonly file: PageBackend['file'];
}

export interface PageServer {
  /** `/`, `/sandbox`, `/sandbox/page/*`, `/sandbox/api/*`, and the same below `/sandbox/teams` when there is a tenant. */
  takes(path: string): boolean;
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Ends the open streams, so that the server can close. */
  close(): void;
}

const LIMIT_BYTES = 1_000_000;
const LONGEST_NAME = 255;
const HEARTBEAT_MS = 20_000;

/** `scripts` is where the compiled page lies; by default next to this file, as `tsc` puts it. */
export function createPageServer(
  backend: PageBackend,
  scripts: URL = new URL('./page/', import.meta.url),
  teams: TeamsBackend | null = null,
): PageServer {
  const streams = new Set<ServerResponse>();
  const slackRoom = roomOf(backend, SLACK_ACTS);
  const teamsRoom = teams && roomOf(teams, TEAMS_ACTS);
  const answer = async (req: IncomingMessage, res: ServerResponse, url: URL) => {
    const [, room = '', name = ''] = /^\/sandbox\/(page|api|teams\/api)\/(.+)$/.exec(url.pathname) ?? [];
    const reading = req.method === 'GET' || req.method === 'HEAD';
    if (reading && (url.pathname === '/' || url.pathname === '/sandbox')) return page(res, PAGE);
    if (reading && url.pathname === '/sandbox/teams' && teamsRoom) return page(res, TEAMS_PAGE);
    if (reading && room === 'page') return asset(res, name, scripts);
    const asked = room === 'api' ? slackRoom : room === 'teams/api' ? teamsRoom : null;
    if (asked) return answerApi(asked, streams, req, res, name, url);
    json(res, 404, { error: 'not_found' });
  };
  return {
    takes: (path) => path === '/' || path === '/sandbox' || path === '/sandbox/teams' || /^\/sandbox\/(?:page|api|teams\/api)\//.test(path),
    handle(req, res) {
      answer(req, res, new URL(req.url ?? '/', 'http://localhost')).catch(() => {
        if (!res.headersSent) json(res, 500, { error: 'sandbox_failed' });
        else res.destroy();
      });
    },
    close() {
      for (const res of streams) res.end();
    },
  };
}

function roomOf<Space extends { readonly people: readonly { readonly id: string }[] }, Event extends object, All>(
  backend: Backend<Space, Event, All>,
  schemas: Schemas<All>,
): Room {
  const known = (name: string): name is keyof All & string => Object.hasOwn(schemas, name);
  return {
    workspace: () => backend.workspace(),
    streamFor: (user, send) => backend.streamFor(user, send),
    async perform(user, name, body) {
      if (!known(name)) return 'unknown';
      const parsed = schemas[name].safeParse(body);
      return parsed.success ? backend.act(user, name, parsed.data) : 'invalid';
    },
    upload: (user, name, bytes) => backend.upload(user, name, bytes),
    file: (user, id) => backend.file(user, id),
  };
}

async function answerApi(
  room: Room,
  streams: Set<ServerResponse>,
  req: IncomingMessage,
  res: ServerResponse,
  name: string,
  url: URL,
): Promise<void> {
  if (req.method === 'POST') return name === 'upload' ? upload(room, req, res, url) : act(room, req, res, name, url);
  if (req.method === 'GET' || req.method === 'HEAD') {
    if (name === 'workspace') return json(res, 200, room.workspace());
    if (name === 'file') return shared(room, req, res, url);
    if (name === 'stream') return stream(room, streams, req, res, url);
  }
  json(res, 404, { error: 'not_found' });
}

const POLICY = [
  "default-src 'self'",
  `script-src 'self' 'sha256-${createHash('sha256').update(IMPORT_MAP).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const SAFE = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const;

function page(res: ServerResponse, html: string): void {
  res.writeHead(200, { ...SAFE, 'content-type': 'text/html; charset=utf-8' }).end(html);
}

async function asset(res: ServerResponse, name: string, scripts: URL): Promise<void> {
  const found = await pageAsset(name, scripts);
  if (found === null) json(res, 404, { error: 'not_found' });
  else send(res, found.type, found.body);
}

function send(res: ServerResponse, type: string, body: string): void {
  res.writeHead(200, { ...SAFE, 'content-type': type }).end(body);
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res
    .writeHead(status, {
      ...SAFE,
      'content-type': 'application/json; charset=utf-8',
    })
    .end(JSON.stringify(body));
}

/**
 * A file, for this page's people alone and only where they can see it. A picture is shown; anything else is only ever
 * saved, never opened on this origin.
 */
function shared(room: Room, req: IncomingMessage, res: ServerResponse, url: URL): void {
  // Another site may not put somebody's photo into a page of its own.
  const elsewhere = !['same-origin', 'none', undefined].includes(req.headers['sec-fetch-site']?.toString());
  const user = elsewhere ? null : knownUser(room, url);
  const file = user === null ? null : room.file(user, url.searchParams.get('id') ?? '');
  if (file === null) {
    json(res, 404, { error: 'file_not_found' });
    return;
  }
  const type = DRAWN_TYPES.has(file.mimetype) ? { 'content-type': file.mimetype } : SAVED;
  res.writeHead(200, { ...SAFE, 'cross-origin-resource-policy': 'same-origin', 'cache-control': KEPT, ...type }).end(file.bytes);
}

/** The bytes behind an id never change. */
const KEPT = 'private, max-age=86400, immutable';

const SAVED = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' } as const;

function stream(room: Room, streams: Set<ServerResponse>, req: IncomingMessage, res: ServerResponse, url: URL): void {
  const user = knownUser(room, url);
  if (user === null) {
    json(res, 404, { error: 'user_not_found' });
    return;
  }
  res.writeHead(200, {
    ...SAFE,
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  res.write('retry: 1000\n\n');
  streams.add(res);
  const beat = setInterval(() => res.write(':\n\n'), HEARTBEAT_MS);
  const leave = room.streamFor(user, (event) => res.write(`data: ${JSON.stringify(event)}\n\n`));
  req.once('close', () => {
    clearInterval(beat);
    streams.delete(res);
    leave();
  });
}

async function upload(room: Room, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  if (!isOwnPage(req, 'application/octet-stream')) return json(res, 403, { error: 'other_origin' });
  const user = knownUser(room, url);
  const name = url.searchParams.get('name') ?? '';
  if (user === null) return json(res, 404, { error: 'user_not_found' });
  if (name === '' || name.length > LONGEST_NAME) return json(res, 400, { error: 'invalid_name' });
  const bytes = await readBody(req, LARGEST_UPLOAD);
  if (bytes === undefined) return json(res, 413, { error: 'too_large' });
  json(res, 200, room.upload(user, name, bytes));
}

async function act(room: Room, req: IncomingMessage, res: ServerResponse, name: string, url: URL): Promise<void> {
  // A page of somebody else's may not act here: it could not send JSON without asking, nor hide its origin.
  if (!isOwnPage(req, 'application/json')) return json(res, 403, { error: 'other_origin' });
  const user = knownUser(room, url);
  if (user === null) return json(res, 404, { error: 'not_found' });
  const answer = await room.perform(user, name, await readJson(req));
  if (answer === 'unknown') return json(res, 404, { error: 'not_found' });
  if (answer === 'invalid') return json(res, 400, { error: 'invalid_body' });
  json(res, 200, answer);
}

function isOwnPage(req: IncomingMessage, type: string): boolean {
  const { origin, host } = req.headers;
  if (req.headers['content-type']?.split(';')[0]?.trim() !== type) return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function knownUser(room: Room, url: URL): string | null {
  const user = url.searchParams.get('as');
  return room.workspace().people.some(({ id }) => id === user) ? user : null;
}

/** The body as JSON; undefined when it is none, or larger than anything the page sends. */
async function readJson(req: IncomingMessage): Promise<unknown> {
  const body = await readBody(req, LIMIT_BYTES);
  try {
    return body && JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Undefined when it is larger than `most` bytes. */
async function readBody(req: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    size += (part as Buffer).length;
    if (size > most) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
