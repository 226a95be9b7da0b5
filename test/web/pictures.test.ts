import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { createHttpServer, type HttpServer } from '../../src/http.js';
import { rateLimiter } from '../../src/intake/rate.js';
import type { Store } from '../../src/store/store.js';
import { openWeb, type Web } from '../../src/web/index.js';
import { freshStore } from '../support/database.js';
import { plain } from '../support/pictures.js';

const DAY_MS = 86_400_000;

let store: Store;
let web: Web;
let server: HttpServer;
let drop: () => Promise<void>;
let url: string;
let now = new Date('2026-11-20T10:00:00Z');
const jpeg = () => plain(60, 40, 'teal').jpeg().toBuffer();
const png = () => plain(60, 40, 'teal').png().toBuffer();

beforeAll(async () => {
  ({ store, drop } = await freshStore());
  const group = groupOf('Groupe', [], directory([], []), []);
  web = await openWeb({ store, group, now: () => now, limit: rateLimiter(), failed() {}, address: () => url });
  server = createHttpServer([], () => {});
  await server.routes.register((routes) => web.routes(routes));
  url = await server.listen('127.0.0.1', 0);
});
afterAll(async () => {
  await server.close();
  await drop();
});

async function shared(name: string, picture: Buffer): Promise<string> {
  if (!web.share) throw new Error('nothing is shared');
  return web.share(name, picture);
}

describe('a shared picture', () => {
  it.each([
    ['jpg', 'image/jpeg', jpeg],
    ['png', 'image/png', png],
  ] as const)('is served as what it is, for long: %s', async (extension, type, make) => {
    const picture = await make();
    const address = await shared('chart', picture);
    expect(address).toMatch(new RegExp(`^${url}/pictures/[0-9a-f-]{36}/[\\w-]{22}\\.${extension}$`));
    const answer = await fetch(address);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(answer.headers.get('cache-control')).toMatch(/max-age=\d{6,}/);
    expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
  });

  it('cannot be reached by a guess, and every wrong address is told the same', async () => {
    const address = await shared('chart', await jpeg());
    const [, id = '', signature = ''] = /pictures\/(.+)\/(.+)\.jpg$/.exec(address) ?? [];
    const other = /pictures\/.+\/(.+)\.jpg$/.exec(await shared('chart', await jpeg()))?.[1] ?? '';
    const wrong = [
      `/pictures/${id}/${other}.jpg`,
      `/pictures/${id}/${signature}.png`,
      `/pictures/${id}/${signature}`,
      `/pictures/${id}/${signature}.jpg.html`,
      `/pictures/${id}/.jpg`,
      `/pictures/${randomUUID()}/${signature}.jpg`,
      `/pictures/x/${signature}.jpg`,
      `/pictures/${id.toUpperCase()}/${signature}.jpg`,
      `/pictures/${id}/${encodeURIComponent('../')}${signature}.jpg`,
    ];
    const answers = await Promise.all(wrong.map(async (path) => fetch(url + path)));
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 404));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  });

  it('is JPEG or PNG, or is not shared', async () => {
    for (const bytes of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      await sharp(await png())
        .webp()
        .toBuffer(),
      Buffer.alloc(0),
    ])
      await expect(shared('chart', bytes)).rejects.toThrow('only JPEG and PNG');
  });

  it('goes after 400 days; a photo’s, when no photo is shown by it any more', async () => {
    const status = async (address: string) => (await fetch(address)).status;
    await store.db.dealership.create({ data: { id: 'lyon', name: 'Lyon', timeZone: 'Europe/Paris', language: 'fr' } });
    const [lead, photo] = [randomUUID(), randomUUID()];
    const known = { dealershipId: 'lyon', sourceId: 'website', externalKey: 'x', tier: 'raw', receivedAt: now, customer: {}, origin: {} };
    await store.db.lead.create({ data: { id: lead, ...known } });
    const chart = await shared('chart.png', await png());
    const [kept, orphan] = [await shared('photo.jpg', await jpeg()), await shared('photo.jpg', await jpeg())];
    const data = { id: photo, leadId: lead, at: now, filename: 'a.jpg', state: 'ready', contentType: 'image/jpeg' };
    await store.db.photo.create({ data: { ...data, published: { teams: `teams:${kept}` } } });
    await web.sweep();
    expect(await Promise.all([chart, kept, orphan].map(status))).toEqual([200, 200, 200]);
    now = new Date(now.getTime() + 2 * DAY_MS);
    await web.sweep();
    expect(await Promise.all([chart, kept, orphan].map(status))).toEqual([200, 200, 404]);
    now = new Date(now.getTime() + 399 * DAY_MS);
    await web.sweep();
    expect(await Promise.all([chart, kept].map(status))).toEqual([404, 200]);
    await store.db.lead.delete({ where: { id: lead } });
    await web.sweep();
    expect(await status(kept)).toBe(404);
  });
});
