import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StreamEvent, Workspace } from '../../src/sandbox/page/wire.js';
import { createPageServer, type PageBackend, type PageServer } from '../../src/sandbox/page-server.js';

const workspace: Workspace = {
  name: 'Groupe Lumière',
  people: [
    { id: 'U0ALICE', name: 'Alice Martin', job: 'Vendeuse', locale: 'fr-FR' },
    { id: 'U0BRUNO', name: 'Bruno Petit', job: 'Vendeur', locale: 'fr-FR' },
  ],
  channels: [],
  bot: { userId: 'U0BOT', name: 'Forecourt' },
  commands: [],
  examples: [],
};

const FILES: Readonly<Record<string, ReturnType<PageBackend['file']>>> = {
  F0PHOTO: { name: 'front.png', mimetype: 'image/png', bytes: Buffer.from('png') },
  F0PAGE: { name: 'page.html', mimetype: 'text/html', bytes: Buffer.from('<script>') },
};

let server: Server;
let pages: PageServer;
let base: string;
let acts: unknown[];
let send: ((event: StreamEvent) => void) | null;

beforeEach(async () => {
  acts = [];
  send = null;
  const backend: PageBackend = {
    workspace: () => workspace,
    streamFor(_, to) {
      to({ type: 'hello', channels: [], messages: [] });
      send = to;
      return () => {
        send = null;
      };
    },
    async act(user, name, body) {
      acts.push([user, name, body]);
      return { ok: true };
    },
    upload(user, name, bytes) {
      acts.push([user, 'upload', name, Buffer.from(bytes).toString()]);
      return { ok: true, file: { id: 'F0NEW', name, mimetype: 'image/png' } };
    },
    file: (user, id) => (user === 'U0ALICE' ? (FILES[id] ?? null) : null),
  };
  pages = createPageServer(backend, new URL('./nowhere/', import.meta.url));
  server = createServer((req, res) =>
    pages.takes((req.url ?? '').split('?')[0] ?? '') ? pages.handle(req, res) : res.writeHead(418).end(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  pages.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const upload = (query: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/sandbox/api/upload${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body,
  });

/** Asks with headers that only a browser may set. */
function pretend(path: string, headers: Record<string, string>): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = get(base + path, { headers }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => {
        body += part.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body }));
    });
    asked.on('error', reject);
  });
}

describe('the page', () => {
  it('allows scripts of this origin and its own import map, nothing else', async () => {
    const response = await fetch(`${base}/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(policy).toMatch(/script-src 'self' 'sha256-[^']+'/);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('names no address but its own', async () => {
    const [html, style] = await Promise.all([
      fetch(`${base}/`).then((r) => r.text()),
      fetch(`${base}/sandbox/page/style.css`).then((r) => r.text()),
    ]);
    expect(html + style).not.toMatch(/https?:\/\//);
  });

  it.each(['preact', 'hooks', 'jsx-runtime'])('serves the library %s as a module', async (name) => {
    const response = await fetch(`${base}/sandbox/page/vendor/${name}.js`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('javascript');
    const script = await response.text();
    expect([...script.matchAll(/from\s*"([^"]+)"/g)].every(([, from]) => from === 'preact')).toBe(true);
  });

  it.each(['/sandbox/page/..%2fpage-server.js', '/sandbox/page/wire.ts', '/sandbox/page/vendor/other.js', '/sandbox/api/elsewhere'])(
    'has no %s',
    async (path) => {
      expect((await fetch(base + path)).status).toBe(404);
    },
  );

  it('leaves every other address to others', async () => {
    expect((await fetch(`${base}/intake/website`)).status).toBe(418);
  });
});

describe('shared files', () => {
  it('shows pictures, and only saves anything else', async () => {
    const [photo, page, none] = await Promise.all(
      ['F0PHOTO', 'F0PAGE', 'F0NONE'].map((id) => fetch(`${base}/sandbox/api/file?as=U0ALICE&id=${id}`)),
    );
    expect([photo?.headers.get('content-type'), photo?.headers.get('content-disposition')]).toEqual(['image/png', null]);
    expect([page?.headers.get('content-type'), page?.headers.get('content-disposition')]).toEqual([
      'application/octet-stream',
      'attachment',
    ]);
    expect(none?.status).toBe(404);
  });

  it.each([
    ['somebody who cannot see it', '?as=U0BRUNO&id=F0PHOTO', {}],
    ['somebody unknown', '?as=U0NOBODY&id=F0PHOTO', {}],
    ['nobody', '?id=F0PHOTO', {}],
    ['a page of another site', '?as=U0ALICE&id=F0PHOTO', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', '?as=U0ALICE&id=F0PHOTO', { 'sec-fetch-site': 'same-site' }],
  ])('are not for %s', async (_, query, headers) => {
    const seen = await pretend(`/sandbox/api/file${query}`, headers);
    expect(seen).toEqual({ status: 404, body: '{"error":"file_not_found"}' });
  });

  it('are taken from a person of the page, by their name', async () => {
    const answer = await upload('?as=U0ALICE&name=Citro%C3%ABn%20%26%20co.png', 'bytes');
    expect(await answer.json()).toEqual({ ok: true, file: { id: 'F0NEW', name: 'Citroën & co.png', mimetype: 'image/png' } });
    expect(acts).toEqual([['U0ALICE', 'upload', 'Citroën & co.png', 'bytes']]);
  });

  it.each<[string, number, string, Record<string, string>]>([
    ['somebody unknown', 404, '?as=U0NOBODY&name=a.png', {}],
    ['a file without a name', 400, '?as=U0ALICE', {}],
    ['a name without end', 400, `?as=U0ALICE&name=${'a'.repeat(256)}`, {}],
    ['another site', 403, '?as=U0ALICE&name=a.png', { origin: 'https://example.org' }],
    ['a plain form of another site', 403, '?as=U0ALICE&name=a.png', { 'content-type': 'multipart/form-data' }],
  ])('are not taken from %s', async (_, status, query, headers) => {
    expect((await upload(query, 'bytes', headers)).status).toBe(status);
    expect(acts).toEqual([]);
  });
});

describe('acting', () => {
  it('passes what a person does on, as that person', async () => {
    const response = await post('/sandbox/api/say?as=U0ALICE', { channel: 'C0LEADS', text: '/lead help' });
    expect(await response.json()).toEqual({ ok: true });
    expect(acts).toEqual([['U0ALICE', 'say', { channel: 'C0LEADS', text: '/lead help' }]]);
  });

  it('passes files on, also without words', async () => {
    const said = { channel: 'C0LEADS', text: '', thread_ts: '1.0', files: ['F0PHOTO'] };
    expect(await (await post('/sandbox/api/say?as=U0ALICE', said)).json()).toEqual({ ok: true });
    expect(acts).toEqual([['U0ALICE', 'say', said]]);
  });

  it.each<[string, number, string, unknown, Record<string, string>]>([
    ['nothing said at all', 400, '/sandbox/api/say?as=U0ALICE', { channel: 'C', text: '', files: [] }, {}],
    ['somebody unknown', 404, '/sandbox/api/say?as=U0NOBODY', { channel: 'C', text: 'x' }, {}],
    ['an act unknown', 404, '/sandbox/api/toString?as=U0ALICE', {}, {}],
    ['a body of another shape', 400, '/sandbox/api/say?as=U0ALICE', { channel: 'C' }, {}],
    ['no JSON', 400, '/sandbox/api/say?as=U0ALICE', '{', {}],
    ['a body too large', 400, '/sandbox/api/say?as=U0ALICE', JSON.stringify({ channel: 'C', text: 'x'.repeat(1_100_000) }), {}],
    ['another site', 403, '/sandbox/api/say?as=U0ALICE', { channel: 'C', text: 'x' }, { origin: 'https://example.org' }],
    ['a plain form of another site', 403, '/sandbox/api/say?as=U0ALICE', '{}', { 'content-type': 'text/plain' }],
  ])('refuses %s', async (_, status, path, body, headers) => {
    expect((await post(path, body, headers)).status).toBe(status);
    expect(acts).toEqual([]);
  });
});

describe('hearing', () => {
  it('begins with everything and goes on with what happens, until one leaves', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${base}/sandbox/api/stream?as=U0ALICE`, { signal: leaving.signal });
    const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (words: string) => {
      while (!heard.includes(words)) heard += (await reader.read()).value ?? '';
    };
    await hear('data: {"type":"hello","channels":[],"messages":[]}\n\n');
    send?.({ type: 'deleted', channel: 'C0LEADS', ts: '1.0' });
    await hear('data: {"type":"deleted","channel":"C0LEADS","ts":"1.0"}\n\n');
    leaving.abort();
    await expect.poll(() => send).toBeNull();
  });

  it('is not for strangers', async () => {
    expect((await fetch(`${base}/sandbox/api/stream?as=U0NOBODY`)).status).toBe(404);
  });
});
