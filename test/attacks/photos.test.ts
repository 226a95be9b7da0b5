import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraisals, heic, jpeg } from '../support/appraisals.js';
import { PUBLIC, photoLinks } from '../support/photo-links.js';
import { anatomy, film, hollowPng, scene } from '../support/pictures.js';
import { type Running, run } from '../support/running.js';
import { LYON, said } from '../support/seen.js';

/*
 * S9 and more at the photo page's door: whoever holds a link, or has none, sends what a page never would.
 */

let house: Running;
let desk: ReturnType<typeof appraisals>;
let web: ReturnType<typeof photoLinks>;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' }, env: { PUBLIC_URL: PUBLIC } });
  desk = appraisals(house);
  web = photoLinks(house);
});
afterAll(() => house?.stop());

/** A lead somebody owns, and its links. */
async function linked(more: object = {}) {
  const lead = await desk.owned('U0ALICE', LYON, more);
  return { lead, ...(await web.links('U0ALICE', lead)) };
}

const photosOf = (leadId: string) => desk.db.photo.findMany({ where: { leadId }, orderBy: { id: 'asc' } });

/** What became of one file, once it is known. */
async function outcome(path: string, id: string): Promise<string> {
  await expect.poll(async () => (await web.sent(path)).find((one) => one.clientId === id)?.state, desk.soon).not.toBe('received');
  const known = (await web.sent(path)).find((one) => one.clientId === id);
  return known?.refusal ?? known?.state ?? 'unknown';
}

describe('S9: files that are not what they say', () => {
  it.each([
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>'), 'not-a-picture'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'not-a-picture'],
    ['a zip', Buffer.from('PK\x03\x04rest of it', 'latin1'), 'not-a-picture'],
    ['PDF', Buffer.from('%PDF-1.7'), 'not-a-picture'],
    ['a program', Buffer.from('MZ\x90\0', 'latin1'), 'not-a-picture'],
    ['nothing', Buffer.alloc(0), 'not-a-picture'],
    ['HEIC', heic(), 'heic'],
  ])('%s, named photo.jpg, is refused at once, with the reason, and not kept', async (_, bytes, reason) => {
    const { lead, customers } = await linked();
    const answer = await web.put(customers, bytes, { name: 'photo.jpg' });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ refused: reason });
    expect(await photosOf(lead.id)).toEqual([]);
  });

  it('nothing is kept as it was sent: no position, nothing behind the picture, no film, no 2.5 billion pixels', async () => {
    const { lead, customers } = await linked();
    const gps = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '45/1 45/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 50/1 0/1' } };
    const files: readonly (readonly [string, Buffer, string])[] = [
      ['position', await scene().withExif(gps).jpeg().toBuffer(), 'ready'],
      ['polyglot', Buffer.concat([await jpeg(1), Buffer.from('PK\x03\x04<script>alert(1)</script>', 'latin1')]), 'ready'],
      ['huge', hollowPng(50_000, 50_000), 'too-many-pixels'],
      ['film', await film().gif().toBuffer(), 'animated'],
      ['broken', (await jpeg(2)).subarray(0, 200), 'damaged'],
    ];
    for (const [name, bytes, wanted] of files) {
      const id = randomUUID();
      expect((await web.put(customers, bytes, { id, name })).status, name).toBe(201);
      expect(await outcome(customers, id), name).toBe(wanted);
    }
    for (const photo of await photosOf(lead.id)) {
      expect(photo.original).toBeNull();
      if (photo.state !== 'ready') continue;
      const image = Buffer.from(photo.image ?? []);
      expect(anatomy(image).behind).toBe(0);
      expect((await sharp(image).metadata()).exif).toBeUndefined();
      expect(image.includes(Buffer.from('script'))).toBe(false);
    }
  });

  it('1,000 files at once: some are taken, never more than a link may bring, the others are told to wait', async () => {
    const { lead, customers, own } = await linked();
    const bytes = await jpeg(3);
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => web.put(customers, bytes)));
    expect([...new Set(answers.map(({ status }) => status))].filter((status) => ![201, 409, 429, 503].includes(status))).toEqual([]);
    const taken = answers.filter(({ status }) => status === 201).length;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThanOrEqual(40);
    expect(
      answers.filter(({ status }) => status === 429 || status === 503).every(({ headers }) => Number(headers.get('retry-after')) >= 1),
    ).toBe(true);
    expect((await photosOf(lead.id)).length).toBe(taken);
    expect((await web.putPhoto(own, 4)).status, 'another link is unhurt').toBe(201);
    await desk.db.photoLink.findFirstOrThrow({ where: { leadId: lead.id, audience: 'customer' } });
  });

  it('a link that has brought forty takes no more, and says so', async () => {
    const { lead, customers } = await linked();
    const link = await desk.db.photoLink.findFirstOrThrow({ where: { leadId: lead.id, audience: 'customer' } });
    const known = { leadId: lead.id, linkId: link.id, at: new Date(), filename: 'x', state: 'refused', contentType: '' };
    await desk.db.photo.createMany({ data: Array.from({ length: 39 }, () => ({ id: randomUUID(), clientId: randomUUID(), ...known })) });
    const both = await Promise.all([web.put(customers, await jpeg(5)), web.put(customers, await jpeg(6))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(await both.find(({ status }) => status === 409)?.json()).toEqual({ refused: 'too-many' });
  });
});

describe('the door', () => {
  it('takes no more than ten megabytes, whoever says how many there are, and inflates nothing', async () => {
    const { lead, customers } = await linked();
    const large = Buffer.concat([await jpeg(7), Buffer.alloc(10_000_001)]);
    const answer = await web.put(customers, large);
    expect([answer.status, await answer.json()]).toEqual([413, { refused: 'too-large' }]);
    const chunked = await web
      .open(`${customers}/${randomUUID()}`, {
        method: 'PUT',
        body: new Blob([new Uint8Array(large)]).stream(),
        duplex: 'half',
      } as RequestInit)
      .then(
        ({ status }) => status,
        // The answer may be lost to the reset of a connection that goes on being written to.
        () => 413,
      );
    expect(chunked).toBe(413);
    const zipped = await web.open(`${customers}/${randomUUID()}`, {
      method: 'PUT',
      body: gzipSync(Buffer.alloc(1_000_000)) as BodyInit,
      headers: { 'content-encoding': 'gzip' },
    });
    expect(zipped.status).toBe(415);
    expect(await photosOf(lead.id)).toEqual([]);
  });

  it('knows files by ids and names as words: nothing leads out, nothing breaks', async () => {
    const { lead, customers } = await linked();
    for (const id of ['..', '../../../etc/passwd', '%2e%2e%2f%2e%2e', 'x', `${randomUUID()}x`, randomUUID().toUpperCase(), '%00'])
      expect((await web.put(customers, await jpeg(8), { id })).status, id).toBeGreaterThanOrEqual(400);
    expect(await photosOf(lead.id)).toEqual([]);
    const name = `../../<b>\0\u202e"'; DROP TABLE photo; --${'x'.repeat(5_000)}`;
    expect((await web.put(customers, await jpeg(9), { name: name.slice(0, 1_000), view: 'engine' })).status).toBe(201);
    const [kept] = await photosOf(lead.id);
    expect(kept?.filename.length).toBeLessThanOrEqual(200);
    expect(kept?.filename).not.toMatch(/[\0\u202e]/);
    expect(kept?.view).toBeNull();
    const twice = `${customers}/${randomUUID()}?view=front&view=rear&name=a&name=b&lang=fr&lang=en`;
    expect((await web.open(twice, { method: 'PUT', body: (await jpeg(10)) as BodyInit })).status).toBe(201);
    expect((await web.open(`${customers}?lang=fr&lang=en`)).status).toBe(200);
  });

  it('answers other methods, and bodies that are none, with nothing done', async () => {
    const { lead, customers } = await linked();
    const { id } = await web.putPhoto(customers, 11);
    for (const method of ['POST', 'DELETE', 'OPTIONS']) {
      expect((await web.open(customers, { method })).status, method).toBe(404);
      expect((await web.open(`${customers}/${id}`, { method })).status, method).toBe(404);
    }
    for (const body of ['', '{', 'null', '[]', '{"view":["front"]}', `{"view":"${'x'.repeat(2_000)}"}`]) {
      const answer = await web.open(`${customers}/${id}`, { method: 'PATCH', body });
      expect([204, 413]).toContain(answer.status);
    }
    expect((await photosOf(lead.id)).map(({ view }) => view)).toEqual([null]);
    const headers = { 'x-long': 'x'.repeat(10_000) };
    expect((await web.open(customers, { headers })).status).toBe(431);
  });

  it('is closed to whoever guesses, and does not say how near the guess was', async () => {
    const { customers } = await linked();
    const word = customers.slice(-44);
    const wrong = Array.from(
      { length: 20 },
      (_, n) => `/photos/${word.slice(0, n * 2)}${word[n * 2] === 'A' ? 'B' : 'A'}${word.slice(n * 2 + 1)}`,
    );
    const answers = await Promise.all(wrong.map((path) => web.open(path, { headers: { 'accept-language': 'en' } })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    for (let n = 0; n < 100; n++) await web.open(`/photos/${randomUUID()}`).then((answer) => answer.body?.cancel());
    const slowed = await web.open(wrong[0] ?? '');
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await web.open(customers)).status, 'a good link is unhurt').toBe(200);
  });

  it('is not held open by bodies that never end', async () => {
    const [slow, other] = [await linked(), await linked()];
    const sockets: Socket[] = [];
    const { hostname, port } = new URL(house.app.url);
    const pour = () => {
      const socket = connect(Number(port), hostname);
      sockets.push(socket.on('error', () => {}));
      socket.write(`PUT ${slow.customers}/${randomUUID()} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\nabc`);
    };
    try {
      const refused = async () => {
        pour();
        return (await web.putPhoto(slow.customers, 12)).status;
      };
      await expect.poll(refused, { ...desk.soon, interval: 300 }).toBe(503);
      expect((await web.putPhoto(other.customers, 13)).status).toBe(201);
    } finally {
      for (const socket of sockets) socket.destroy();
    }
    await expect.poll(async () => (await web.putPhoto(slow.customers, 14)).status, { ...desk.soon, interval: 600 }).toBe(201);
  });
});

describe('a link', () => {
  it('reaches no photo of another, also not of the same lead', async () => {
    const [one, other] = [await linked(), await linked()];
    const { id } = await web.putPhoto(one.customers, 15, 'front');
    for (const path of [other.customers, one.own]) {
      expect((await web.rename(path, id, 'rear')).status).toBe(404);
      expect(await web.sent(path)).toEqual([]);
    }
    expect((await web.putPhoto(other.customers, 15)).status).toBe(201);
    expect((await web.put(other.customers, await jpeg(16), { id })).status, 'the same id by another link is another photo').toBe(201);
    expect((await photosOf(one.lead.id)).map(({ view }) => view)).toEqual(['front']);
    expect(await photosOf(other.lead.id)).toHaveLength(2);
  });

  it('withdrawn while photos are on their way brings none after that', async () => {
    const { lead, customers } = await linked();
    const shown = house.slack.ephemerals('U0ALICE').at(-1)?.message;
    const bytes = await jpeg(17);
    const sending = Array.from({ length: 15 }, () => web.put(customers, bytes));
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown?.ts ?? '', action_id: 'photos.revoke' });
    const statuses = (await Promise.all(sending)).map(({ status }) => status);
    expect(statuses.filter((status) => ![201, 410, 503].includes(status))).toEqual([]);
    await house.slack.until(() => house.slack.ephemerals('U0ALICE').find(({ message }) => said(message, 'liens retirés')), 20_000);
    expect((await web.putPhoto(customers, 18)).status).toBe(410);
    expect((await photosOf(lead.id)).length).toBe(statuses.filter((status) => status === 201).length);
  });

  it('shows a page that runs nothing but its own script, in no frame but Teams’, kept by nobody', async () => {
    const car = { make: '<script>alert(1)</script>', model: '"><img src=x onerror=alert(1)>' };
    const { customers } = await linked({ tradeIn: car });
    const answer = await web.open(customers);
    const page = await answer.text();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/=]+'; connect-src 'self'; style-src 'sha256-[\w+/=]+';/);
    expect(policy).toContain("frame-ancestors 'self' https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is in no line of the log', async () => {
    const { customers, own } = await linked();
    await web.putPhoto(customers, 19);
    await (await web.open(own)).text();
    for (const path of [customers, own]) expect(house.log.filter((line) => line.includes(path.slice(-22)))).toEqual([]);
  });
});
