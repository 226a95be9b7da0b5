import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/sandbox/page/teams/wire.js';
import { createPageServer, type PageBackend, type TeamsBackend } from '../../src/sandbox/page-server.js';

const nobody = { streamFor: () => () => {}, act: async () => ({ ok: true }) as const, file: () => null };
const upload: PageBackend['upload'] = (_, name) => ({ ok: true, file: { id: 'F', name, mimetype: '' } });
const slack: PageBackend = {
  ...nobody,
  upload,
  workspace: () => ({ name: '', people: [], channels: [], bot: { userId: '', name: '' }, commands: [], examples: [] }),
};
const tenant: Tenant = {
  name: 'Groupe Lumière',
  people: [{ id: 'aad-alice', name: 'Alice Martin', job: '', locale: 'fr-FR' }],
  bot: { name: 'Forecourt' },
  examples: [],
  twins: {},
};

let server: Server;
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** A page server with or without a tenant behind it, and what was done in the tenant. */
async function serving(withTenant: boolean) {
  const acts: unknown[] = [];
  const teams: TeamsBackend = {
    ...nobody,
    upload,
    workspace: () => tenant,
    async act(user, name, body) {
      acts.push([user, name, body]);
      return { ok: true };
    },
  };
  const pages = createPageServer(slack, new URL('./nowhere/', import.meta.url), withTenant ? teams : null);
  server = createServer((req, res) =>
    pages.takes((req.url ?? '').split('?')[0] ?? '') ? pages.handle(req, res) : res.writeHead(418).end(),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const act = (name: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${base}/sandbox/teams/api/${name}?as=aad-alice`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return { acts, act, get: (path: string) => fetch(base + path) };
}

describe('the page of the tenant', () => {
  it('is not there without one', async () => {
    const { get, act } = await serving(false);
    expect((await get('/sandbox/teams')).status).toBe(404);
    expect((await get('/sandbox/teams/api/workspace')).status).toBe(404);
    expect((await act('close', {})).status).toBe(404);
  });

  it('is served beside the other, under the same policy', async () => {
    const { get } = await serving(true);
    const page = await get('/sandbox/teams');
    expect(await page.text()).toContain('/sandbox/page/teams/main.js');
    expect(page.headers.get('content-security-policy')).toBe((await get('/')).headers.get('content-security-policy'));
    expect(await (await get('/sandbox/teams/api/workspace')).json()).toEqual(tenant);
  });

  it('brings its own style, and the library that draws cards as a module', async () => {
    const { get } = await serving(true);
    expect(await (await get('/sandbox/page/teams.css')).text()).toContain('.ac-pushButton');
    const library = await (await get('/sandbox/page/vendor/adaptivecards.js')).text();
    const { AdaptiveCard, HostConfig } = (await import(`data:text/javascript,${encodeURIComponent(library)}`)) as Record<string, unknown>;
    expect([typeof AdaptiveCard, typeof HostConfig]).toEqual(['function', 'function']);
  });

  it('passes on what a person does there, when it makes sense, from this page alone', async () => {
    const { act, acts } = await serving(true);
    const pressed = {
      conversation: '19:leads',
      id: '1',
      action: { type: 'Action.Execute', verb: 'claim.take', data: { subject: 'l' } },
      inputs: {},
    };
    const statuses = [
      await act('click', pressed),
      await act('say', { conversation: '19:leads', text: '' }),
      await act('click', { ...pressed, inputs: { note: 5 } }),
      await act('dance', {}),
      await act('click', pressed, { origin: 'https://evil.example.org' }),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([200, 400, 400, 404, 403]);
    expect(acts).toEqual([['aad-alice', 'click', pressed]]);
  });
});
