import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runExport } from '../../src/commands/export/run.js';
import { readCustomer, readOrigin } from '../../src/leads/details.js';
import { insertLeads } from '../../src/leads/records.js';
import { append } from '../../src/leads/timeline.js';
import type { Db, Place } from '../../src/store/database.js';
import { openStore } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';

const LEAD = '0199e3a0-0000-7000-8000-000000000001';
const PAIR = '0199e3a0-0000-7000-8000-000000000002';
const UNKNOWN = '0199e3a0-0000-7000-8000-00000000000f';
const RAW = ['0199e3a0-0000-7000-8000-0000000000a1', '0199e3a0-0000-7000-8000-0000000000a2'] as const;
const APPRAISAL = '0199e3a0-0000-7000-8000-0000000000b1';
const at = new Date('2026-11-20T09:42:00.000Z');

let place: Place;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ place, drop } = await freshPlace());
  const store = await openStore(place, [], { failed() {}, buried() {}, trouble() {} });
  await store.transact(({ db }) => fill(db));
  await store.close(2_000);
});
afterAll(() => drop());

/** One lead with something of everything, and one whose body is no text. */
async function fill(db: Db): Promise<void> {
  await db.dealership.create({ data: { id: 'lyon', name: 'Lumière Lyon', timeZone: 'Europe/Paris', language: 'fr' } });
  for (const [id, name] of [
    ['alice', 'Alice Martin'],
    ['omar', 'Omar Benali'],
  ] as const)
    await db.person.create({ data: { id, name, listed: true } });
  const bodies = [Buffer.from('{"nom":"Hélène"}'), Buffer.from([0xff, 0x00, 0xfe])];
  const raws = RAW.map((id, n) => ({
    id,
    sourceId: 'website',
    receivedAt: at,
    contentType: 'application/json',
    body: bodies[n] ?? Buffer.alloc(0),
    parser: 'json/1',
    problems: [],
  }));
  const blank = {
    dealershipId: 'lyon',
    sourceId: 'website',
    tier: 'parsed',
    receivedAt: at,
    requestedAt: null,
    email: null,
    phone: '+33639980011',
    customer: readCustomer({}),
    interest: null,
    tradeIn: null,
    message: null,
    origin: readOrigin({}),
    problems: [],
  } as const;
  await insertLeads(db, raws, [
    { ...blank, id: LEAD, externalKey: 'one', rawIntakeId: RAW[0], name: 'Hélène Garnier', ownerId: 'alice' },
    { ...blank, id: PAIR, externalKey: 'two', rawIntakeId: RAW[1], name: null },
  ]);
  const [note] = [{ id: RAW[0], leadId: LEAD, authorId: 'alice', message: 'slack:C0LEADSLYON/1.1', at, text: 'Vue mardi 🚗' }];
  await db.note.create({ data: note });
  await append(db, [{ leadId: LEAD, at, kind: 'noted', actorId: 'alice', platform: 'slack', data: { note: RAW[0] } }]);
  await db.appraisal.create({
    data: { id: APPRAISAL, leadId: LEAD, requesterId: 'alice', requestedAt: at, vehicle: { make: 'Peugeot', model: '208' } },
  });
  await db.estimate.create({
    data: { id: RAW[1], appraisalId: APPRAISAL, version: 1, authorId: 'omar', at, amount: '8500.50', currency: 'EUR', validUntil: at },
  });
  await db.photo.create({
    data: {
      id: RAW[0],
      leadId: LEAD,
      appraisalId: APPRAISAL,
      at,
      filename: 'avant.jpg',
      state: 'ready',
      contentType: 'image/jpeg',
      image: Buffer.from('pixels'),
      thumbnail: Buffer.from('pixels'),
    },
  });
  await db.decision.create({
    data: {
      id: RAW[0],
      leadId: LEAD,
      requesterId: 'alice',
      requestedAt: at,
      reason: 'unreachable',
      justification: 'Huit appels sans réponse',
    },
  });
  await db.sale.create({
    data: {
      leadId: LEAD,
      sellerId: 'alice',
      at,
      vehicle: 'stock',
      reference: 'VO-1',
      financing: true,
      maintenance: false,
      currency: 'EUR',
      price: '15990',
    },
  });
  await db.messageRef.create({ data: { leadId: LEAD, channel: 'slack:C0LEADSLYON', message: 'slack:C0LEADSLYON/1.0', shown: 1 } });
}

describe('npm run export -- lead <id>', () => {
  it('prints the lead whole: raw body, timeline, notes, photos, appraisals with estimates, decisions, sale, messages, names', async () => {
    const { code, text } = await runExport(['lead', LEAD], place);
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      lead: { id: LEAD, name: 'Hélène Garnier', phone: '+33639980011', ownerId: 'alice', receivedAt: at.toISOString() },
      dealership: { id: 'lyon', name: 'Lumière Lyon' },
      raw: { id: RAW[0], parser: 'json/1', body: { text: '{"nom":"Hélène"}' } },
      timeline: [
        { kind: 'arrived' },
        { kind: 'claimed', actorId: 'alice' },
        { kind: 'noted', data: { note: RAW[0] }, id: expect.stringMatching(/^\d+$/) },
      ],
      notes: [{ text: 'Vue mardi 🚗', authorId: 'alice' }],
      photos: [{ filename: 'avant.jpg', state: 'ready', appraisalId: APPRAISAL }],
      appraisals: [
        { id: APPRAISAL, vehicle: { make: 'Peugeot' }, estimates: [{ version: 1, amount: '8500.5', authorId: 'omar' }], questions: [] },
      ],
      decisions: [{ reason: 'unreachable', outcome: null }],
      sale: { vehicle: 'stock', price: '15990' },
      messages: [{ channel: 'slack:C0LEADSLYON', topic: 'card' }],
      people: { alice: 'Alice Martin', omar: 'Omar Benali' },
    });
    expect(text).not.toContain(Buffer.from('pixels').toString('base64'));
    expect(text).not.toMatch(/"(?:image|thumbnail|original)"/);
  });

  it('gives a body that is no text as base64', async () => {
    const { text } = await runExport(['lead', PAIR], place);
    expect(JSON.parse(text)).toMatchObject({ raw: { body: { base64: '/wD+' } }, sale: null, notes: [], people: {} });
  });

  it('takes an id as it is copied', async () => {
    expect(await runExport(['lead', LEAD.toUpperCase()], place)).toMatchObject({ code: 0 });
  });

  it.each([UNKNOWN, 'nonsense', "'; DROP TABLE lead; --"])('says so for a lead it does not know: %s', async (id) => {
    expect(await runExport(['lead', id], place)).toEqual({ code: 1, text: expect.stringContaining('There is no lead') });
  });

  it('explains itself when it is not understood', async () => {
    for (const words of [[], ['lead'], ['person', LEAD], ['lead', LEAD, PAIR]])
      expect(await runExport(words, place)).toEqual({ code: 2, text: expect.stringContaining('Usage: npm run --silent export') });
  });

  it('makes no database where there is none', async () => {
    expect(await runExport(['lead', LEAD], { kind: 'embedded', folder: '/nowhere/forecourt' })).toEqual({
      code: 1,
      text: expect.stringContaining('no database'),
    });
  });

  if (!process.env.TEST_DATABASE_URL)
    it('asks to stop Forecourt first when the embedded database is open in it', async () => {
      if (place.kind !== 'embedded') throw new Error('not embedded');
      await writeFile(join(place.folder, 'forecourt.lock'), JSON.stringify({ pid: process.ppid, host: hostname(), since: '' }));
      expect(await runExport(['lead', LEAD], place)).toEqual({ code: 1, text: expect.stringContaining('Stop Forecourt first') });
    });
});
