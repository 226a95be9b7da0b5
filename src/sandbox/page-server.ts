import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { IMPORT_MAP, PAGE } from './page/html.js';
import {
  type ActAnswer,
  type Acts,
  DRAWN_TYPES,
  LARGEST_UPLOAD,
  type StreamEvent,
  type UploadAnswer,
  type Workspace,
} from './page/wire.js';
import { pageAsset } from './page-assets.js';

/** What stands behind the page: a simulated workspace. */
export interface PageBackend {
  workspace(): Workspace;
  /** Tells `send` everything this person would see, beginning with `hello`, until the returned function is called. */
  streamFor(user: string, send: (event: StreamEvent) => void): () => void;
  act<N extends keyof Acts>(user: string, name: N, body: Acts[N]): Promise<ActAnswer>;
  /** Takes a file from somebody, to be said or entered in a form afterwards. */
  upload(user: string, name: string, bytes: Uint8Array): UploadAnswer;
  /** A file this person can see; null when there is none. */
  file(user: string, id: string): { readonly name: string; readonly mimetype: string; readonly bytes: Uint8Array } | null;
}

export interface PageServer {
  /** `/`, `/sandbox`, `/sandbox/page/*` and `/sandbox/api/*`. */
  takes(path: string): boolean;
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Ends the open streams, so that the server can close. */
  close(): void;
}

const LIMIT_BYTES = 1_000_000;
const LONGEST_NAME = 255;
const HEARTBEAT_MS = 20_000;

/** `scripts` is where the compiled page lies; by default next to this file, as `tsc` puts it. */
export function createPageServer(backend: PageBackend, scripts: URL = new URL('./page/', import.meta.url)): PageServer {
  const streams = new Set<ServerResponse>();
  const answer = async (req: IncomingMessage, res: ServerResponse, url: URL) => {
    const [, area, name = ''] = /^\/sandbox\/(page|api)\/(.+)$/.exec(url.pathname) ?? [];
    if (req.method === 'GET' || req.method === 'HEAD') {
      if (url.pathname === '/' || url.pathname === '/sandbox') return page(res);
      if (area === 'page') return asset(res, name, scripts);
      if (name === 'workspace') return json(res, 200, backend.workspace());
      if (name === 'file') return shared(backend, req, res, url);
      if (name === 'stream') return stream(backend, streams, req, res, url);
    }
    if (area === 'api' && req.method === 'POST' && name === 'upload') return upload(backend, req, res, url);
    if (area === 'api' && req.method === 'POST') return act(backend, req, res, name, url);
    json(res, 404, { error: 'not_found' });
  };
  return {
    takes: (path) => path === '/' || path === '/sandbox' || /^\/sandbox\/(?:page|api)\//.test(path),
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

function page(res: ServerResponse): void {
  res.writeHead(200, { ...SAFE, 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
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
function shared(backend: PageBackend, req: IncomingMessage, res: ServerResponse, url: URL): void {
  // Another site may not put somebody's photo into a page of its own.
  const elsewhere = !['same-origin', 'none', undefined].includes(req.headers['sec-fetch-site']?.toString());
  const user = elsewhere ? null : knownUser(backend, url);
  const file = user === null ? null : backend.file(user, url.searchParams.get('id') ?? '');
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

function stream(backend: PageBackend, streams: Set<ServerResponse>, req: IncomingMessage, res: ServerResponse, url: URL): void {
  const user = knownUser(backend, url);
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
  const leave = backend.streamFor(user, (event) => res.write(`data: ${JSON.stringify(event)}\n\n`));
  req.once('close', () => {
    clearInterval(beat);
    streams.delete(res);
    leave();
  });
}

const place = { channel: z.string(), ts: z.string() };
const ACTS: { readonly [N in keyof Acts]: z.ZodType<Acts[N]> } = {
  click: z.object({
    message: z.object(place).exactOptional(),
    view: z.string().exactOptional(),
    block_id: z.string(),
    action_id: z.string(),
    value: z.string().exactOptional(),
    choice: z.record(z.string(), z.unknown()).exactOptional(),
  }),
  submit: z.object({
    view: z.string(),
    values: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
  close: z.object({ view: z.string() }),
  say: z
    .object({
      channel: z.string(),
      text: z.string().max(40_000),
      thread_ts: z.string().exactOptional(),
      files: z.array(z.string()).max(20).exactOptional(),
    })
    .refine(({ text, files = [] }) => text !== '' || files.length > 0),
  remove: z.object(place),
  lead: z.object({ example: z.string() }),
  home: z.object({}),
};

async function upload(backend: PageBackend, req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
  if (!isOwnPage(req, 'application/octet-stream')) return json(res, 403, { error: 'other_origin' });
  const user = knownUser(backend, url);
  const name = url.searchParams.get('name') ?? '';
  if (user === null) return json(res, 404, { error: 'user_not_found' });
  if (name === '' || name.length > LONGEST_NAME) return json(res, 400, { error: 'invalid_name' });
  const bytes = await readBody(req, LARGEST_UPLOAD);
  if (bytes === undefined) return json(res, 413, { error: 'too_large' });
  json(res, 200, backend.upload(user, name, bytes));
}

async function act(backend: PageBackend, req: IncomingMessage, res: ServerResponse, name: string, url: URL): Promise<void> {
  // A page of somebody else's may not act here: it could not send JSON without asking, nor hide its origin.
  if (!isOwnPage(req, 'application/json')) return json(res, 403, { error: 'other_origin' });
  const user = knownUser(backend, url);
  if (user === null || !isAct(name)) return json(res, 404, { error: 'not_found' });
  const body = await readJson(req);
  const answer = await perform(backend, user, name, body);
  if (answer === null) return json(res, 400, { error: 'invalid_body' });
  json(res, 200, answer);
}

async function perform<N extends keyof Acts>(backend: PageBackend, user: string, name: N, body: unknown): Promise<ActAnswer | null> {
  const schema: z.ZodType<Acts[N]> = ACTS[name];
  const parsed = schema.safeParse(body);
  return parsed.success ? backend.act(user, name, parsed.data) : null;
}

function isAct(name: string): name is keyof Acts {
  return Object.hasOwn(ACTS, name);
}

function isOwnPage(req: IncomingMessage, type: string): boolean {
  const { origin, host } = req.headers;
  if (req.headers['content-type']?.split(';')[0]?.trim() !== type) return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

function knownUser(backend: PageBackend, url: URL): string | null {
  const user = url.searchParams.get('as');
  return backend.workspace().people.some(({ id }) => id === user) ? user : null;
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
