import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signature } from '../../src/sandbox/slack/index.js';
import { fastest } from '../support/fastest.js';
import { clickBody } from '../support/forge.js';
import { freshId, jsonLead } from '../support/leads.js';
import { type Running, run, SEED } from '../support/running.js';
import { arrived, LYON, receipts } from '../support/seen.js';
import { type Answered, dial, statusOf, wire } from '../support/wire.js';

const FLOOD = Number(process.env.FLOOD ?? 2_000);
const BAD_KEYS = Number(process.env.BAD_KEYS ?? 10_000);
const RATE = { perSecond: 100, burst: 200 };
const ENOUGH = 120_000;

let house: Running;
let client: ReturnType<typeof wire>;
beforeAll(async () => {
  const rate = `rate: { perSecond: ${RATE.perSecond}, burst: ${RATE.burst} }`;
  house = await run({ edit: (yaml) => yaml.replace('{ id: website,', `{ id: website, ${rate},`) });
  client = wire(house.app.url, 50);
});
afterAll(async () => {
  client?.close();
  await house?.stop();
});

const json = (source: string, token = `${source}-token`) => ['content-type', 'application/json', 'authorization', `Bearer ${token}`];

/** Milliseconds from a signed click to its answer. */
async function clickTime(lead: string): Promise<number> {
  const body = clickBody({ user: 'U0OMAR', action: 'claim.take', value: lead, channel: LYON });
  const headers = Object.entries(signature(SEED.signingSecret, body)).flat();
  const answer = await client.post('/slack/events', ['content-type', 'application/x-www-form-urlencoded', ...headers], body);
  expect(answer.status).toBe(200);
  return answer.ms;
}

async function medianClick(lead: string, times = 15): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) all.push(await clickTime(lead));
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

/** Opens a request and pours until somebody answers; the status, and the milliseconds it took. */
async function pour(head: readonly string[], megabytes: number, chunked: boolean): Promise<{ status: number | null; ms: number }> {
  const socket = await dial(house.app.url);
  const started = performance.now();
  const answered = statusOf(socket);
  let done = false;
  void answered.then(() => {
    done = true;
  });
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const block = Buffer.alloc(65_536, 'x');
  for (let sent = 0; sent < megabytes * 1_000_000 && !done && !socket.destroyed; sent += block.length) {
    if (!socket.write(chunked ? Buffer.concat([Buffer.from('10000\r\n'), block, Buffer.from('\r\n')]) : block)) await drained(socket);
  }
  const status = await answered;
  socket.destroy();
  return { status, ms: performance.now() - started };
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['drain', 'close', 'data']) socket.once(event, () => resolve());
  });
}

const MULTIPART = 'multipart/form-data; boundary=x';

describe('S6: bodies and headers that are too much', () => {
  it.each([
    ['to the intake', '/intake/portal', 'application/json', true],
    ['to the intake, as a form with photos', '/intake/portal', MULTIPART, true],
    ['to the intake, in the name of nobody', '/intake/portal', 'application/json', false],
    ['to Slack’s address', '/slack/events', 'application/x-www-form-urlencoded', false],
  ])('60 MB %s: refused within half a second', async (_, path, type, authorised) => {
    for (const chunked of [false, true]) {
      const length = chunked ? 'Transfer-Encoding: chunked' : 'Content-Length: 60000000';
      const head = [`POST ${path} HTTP/1.1`, 'Host: x', `Content-Type: ${type}`, length];
      if (authorised) head.push('Authorization: Bearer portal-token');
      // A form with photos may have 25 MB, and those have to arrive first when nobody says how many there are.
      const within = chunked && type === MULTIPART ? 2_000 : 500;
      const attempts: { status: number | null; ms: number }[] = [];
      while (attempts.length < 3 || (attempts.length < 20 && attempts.every(({ ms }) => ms >= within)))
        attempts.push(await pour(head, 60, chunked));
      // Whoever goes on sending to a server that has closed may lose its answer to a reset of the connection; one at
      // least must hear it, and nobody may hear anything else.
      const heard = attempts.flatMap(({ status }) => (status === null ? [] : [status]));
      expect(new Set(heard)).toEqual(new Set([path === '/intake/portal' && !authorised ? 401 : 413]));
      expect(Math.min(...attempts.map(({ ms }) => ms))).toBeLessThan(within);
    }
  });

  it('60 MB of nothing in a few kilobytes: refused, never inflated', async () => {
    const zeros = Buffer.alloc(60_000_000, ' ');
    const bombs: [string, Buffer][] = [
      ['gzip', gzipSync(zeros)],
      ['deflate', deflateSync(zeros)],
      ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
    ];
    const before = process.memoryUsage.rss();
    for (const [encoding, bomb] of bombs) {
      const intake = await client.post('/intake/portal', [...json('portal'), 'content-encoding', encoding], bomb);
      expect(intake.status).toBe(415);
      const signed = Object.entries(signature(SEED.signingSecret, bomb.toString())).flat();
      const slack = await client.post('/slack/events', ['content-type', 'application/json', 'content-encoding', encoding, ...signed], bomb);
      expect(slack.status).toBeGreaterThanOrEqual(400);
      expect(slack.status).toBeLessThan(500);
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(50_000_000);
  });

  it.each([
    ['in one header', () => [`X-Long: ${'x'.repeat(10_000)}`]],
    ['in five hundred headers', () => Array.from({ length: 500 }, (_, n) => `X-${n}: ${'x'.repeat(15)}`)],
    ['in a cookie', () => [`Cookie: a=${'x'.repeat(10_000)}`]],
    ['in a token', () => [`Authorization: Bearer ${'x'.repeat(10_000)}`]],
  ])('10,000 bytes of headers, %s: 431 within half a second', async (_, lines) => {
    const ask = () => pour(['POST /intake/portal HTTP/1.1', 'Host: x', ...lines()], 0, false);
    const refused = async () => expect((await ask()).status).toBe(431);
    expect(await fastest(500, refused)).toBeLessThan(500);
  });

  it('300 posts that never end: clicks are answered as fast as before', async () => {
    const { id } = await arrived(house, jsonLead(), LYON, 'callcentre');
    const before = await medianClick(id);
    const open = await Promise.all(Array.from({ length: 300 }, () => dial(house.app.url)));
    try {
      for (const [n, socket] of open.entries()) {
        const path = n % 2 === 0 ? '/intake/portal' : '/slack/events';
        const head = [
          `POST ${path} HTTP/1.1`,
          'Host: x',
          'Content-Type: application/json',
          'Authorization: Bearer portal-token',
          'Content-Length: 900000',
        ];
        socket.write(`${head.join('\r\n')}\r\n\r\n{"customer":`);
      }
      await receipts(await house.send('portal', jsonLead()));
      const limit = Math.max(100, 5 * before);
      let meanwhile = await medianClick(id, 31);
      for (let n = 0; n < 10 && meanwhile >= limit; n++) meanwhile = await medianClick(id, 31);
      expect(open.filter((socket) => !socket.destroyed).length).toBe(300);
      expect(meanwhile).toBeLessThan(limit);
    } finally {
      for (const socket of open) socket.destroy();
    }
  });
});

describe('S14: too many posts', () => {
  const statuses = (answers: readonly Answered[]) => [...new Set(answers.map(({ status }) => status))].sort();
  const retryAfter = (answers: readonly Answered[]) => answers.map(({ headers }) => Number(headers['retry-after']));

  it(
    `${FLOOD} as fast as they go with one good key: 429 with Retry-After for that key, what was accepted is stored, another key is unhurt`,
    async () => {
      const mark = freshId('flood');
      const started = performance.now();
      const flood = Array.from({ length: FLOOD }, (_, n) =>
        client.post('/intake/website', json('website'), jsonLead({ externalId: `${mark}/${n}` })),
      );
      const others = wire(house.app.url, 5);
      const unhurt = await Promise.all(
        Array.from({ length: 50 }, (_, n) => others.post('/intake/portal', json('portal'), jsonLead({ externalId: `${mark}/other/${n}` }))),
      );
      const answers = await Promise.all(flood);
      const seconds = (performance.now() - started) / 1000;
      others.close();
      expect(statuses(unhurt)).toEqual([202]);
      const [accepted, refused] = [answers.filter(({ status }) => status === 202), answers.filter(({ status }) => status === 429)];
      expect(accepted.length + refused.length).toBe(FLOOD);
      expect(accepted.length).toBeGreaterThanOrEqual(RATE.burst);
      expect(accepted.length).toBeLessThanOrEqual(RATE.burst + Math.ceil(RATE.perSecond * seconds) + 1);
      expect(retryAfter(refused).every((wait) => Number.isInteger(wait) && wait >= 1)).toBe(true);
      const ids = accepted.map(({ text }) => (JSON.parse(text) as { leads: { id: string }[] }).leads[0]?.id ?? '');
      expect(await house.app.store.db.lead.count({ where: { id: { in: ids } } })).toBe(accepted.length);
      expect(await house.app.store.db.lead.count({ where: { sourceId: 'website', externalKey: { startsWith: mark } } })).toBe(
        accepted.length,
      );
    },
    ENOUGH,
  );

  it(
    `${BAD_KEYS} with bad keys: 401, soon 429 with Retry-After, for that address; a good key is unhurt and nothing is stored`,
    async () => {
      const before = await house.app.store.db.rawIntake.count();
      const answers: Answered[] = [];
      for (let sent = 0; sent < BAD_KEYS; sent += 500) {
        const some = Array.from({ length: Math.min(500, BAD_KEYS - sent) }, (_, n) =>
          n % 2 === 0
            ? client.post('/intake/portal', json('portal', freshId('guess')), jsonLead())
            : client.post(
                '/intake/oem',
                ['content-type', 'application/json', 'webhook-id', 'x', 'webhook-signature', 'v1,AAAA'],
                jsonLead(),
              ),
        );
        answers.push(...(await Promise.all(some)));
      }
      expect(statuses(answers)).toEqual([401, 429]);
      const [strange, slowed] = [answers.filter(({ status }) => status === 401), answers.filter(({ status }) => status === 429)];
      expect(slowed.length).toBeGreaterThan(strange.length);
      expect(retryAfter(slowed).every((wait) => Number.isInteger(wait) && wait >= 1)).toBe(true);
      expect(await house.app.store.db.rawIntake.count()).toBe(before);
      expect((await house.send('callcentre', jsonLead())).status).toBe(202);
    },
    ENOUGH,
  );
});
