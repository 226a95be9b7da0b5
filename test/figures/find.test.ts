import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { keepStories } from '../../src/figures/demo/keep.js';
import { type Story, tell } from '../../src/figures/demo/story.js';
import { findLeads, type Scope } from '../../src/figures/find.js';
import { readVehicle, type Vehicle } from '../../src/leads/details.js';
import { newId } from '../../src/store/id.js';
import type { Store } from '../../src/store/store.js';
import { freshStore } from '../support/database.js';
import { leadWith } from '../support/lead.js';
import { siteWith } from './sites.js';

const lyon = siteWith({});
const annecy = siteWith({ id: 'annecy' });
const PEOPLE = ['alice', 'bruno'].map((id) => ({ id, name: id, language: null, accounts: [], roles: {}, listed: true }));
const { owner: _, ...BLANK } = leadWith({ name: null, phone: null, email: null });

let minute = 0;
/** One lead a minute, each with its name for an external key. */
function came(name: string, known: { phone?: string; at?: string; interest?: Partial<Vehicle>; tradeIn?: Partial<Vehicle> } = {}): Story {
  const { phone = null, at = 'lyon', interest = null, tradeIn = null } = known;
  const receivedAt = new Date(Date.parse('2026-11-20T09:00Z') + minute++ * 60_000);
  const cars = { interest: interest && readVehicle(interest), tradeIn: tradeIn && readVehicle(tradeIn) };
  return tell({
    ...BLANK,
    id: newId(),
    externalKey: name,
    dealershipId: at,
    rawIntakeId: null,
    requestedAt: null,
    receivedAt,
    name,
    phone,
    ...cars,
  });
}

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ store, drop } = await freshStore());
  await mirrorGroup(store.db, [lyon, annecy], PEOPLE);
  const helene = came('Hélène Garnier', { phone: '+33639980012', interest: { stockNumber: 'VO-8841', vin: 'VF1RFB00066123456' } });
  const decomposed = came('Zoe\u0308 Lœuf', { phone: '+33639985678', tradeIn: { plate: 'AB-123-CD' } });
  const sold = came('Karim Haddad', { phone: '+33639984433' });
  const shout = came('GÉRARD GARNIER-PONS', { at: 'annecy' });
  const percent = came('100% Électrique_auto \\ fin');
  sold.claim(new Date('2026-11-20T10:00Z'), 'alice');
  sold.appraise(new Date('2026-11-20T10:05Z'), 'alice', { make: 'Peugeot', plate: 'EF 456 GH' });
  const sale = {
    vehicle: 'stock',
    reference: 'VN 1207',
    financing: false,
    maintenance: false,
    tradeIn: true,
    price: null,
    currency: 'EUR',
  } as const;
  sold.sell(new Date('2026-11-20T11:00Z'), 'alice', sale);
  const crowd = Array.from({ length: 30 }, (_, n) => came(`Marchand ${n}`));
  await keepStories(store.db, [helene, decomposed, sold, shout, percent, ...crowd]);
});
afterAll(() => drop?.());

const manager: Scope[] = [lyon, annecy].map((dealership) => ({ dealership, contacts: 'all' }));

async function find(words: string, scopes: Scope[] = manager, personId = 'martine', limit = 10) {
  const found = await findLeads(store.db, words, { personId, scopes }, limit);
  return found.map(({ lead, by, contact }) => `${lead.name} by ${by}${contact ? '' : ', contact hidden'}`);
}

describe('a lead is found', () => {
  it.each([
    ['helene', 'Hélène Garnier by name'],
    ['GARNIER hélène', 'Hélène Garnier by name'],
    ['hel gar', 'Hélène Garnier by name'],
    ['zoé', 'Zoe\u0308 Lœuf by name'],
    ['loeuf', 'Zoe\u0308 Lœuf by name'],
    ['gérard', 'GÉRARD GARNIER-PONS by name'],
    ['06 39 98 00 12', 'Hélène Garnier by phone'],
    ['+33 6 39 98 00 12', 'Hélène Garnier by phone'],
    ['0033639980012', 'Hélène Garnier by phone'],
    ['5678', 'Zoe\u0308 Lœuf by phone'],
    ['0639984', 'Karim Haddad by phone'],
    ['ab123cd', 'Zoe\u0308 Lœuf by plate'],
    ['AB 123', 'Zoe\u0308 Lœuf by plate'],
    ['ef-456-gh', 'Karim Haddad by plate'],
    ['vo8841', 'Hélène Garnier by stock'],
    ['8841', 'Hélène Garnier by stock'],
    ['vn-1207', 'Karim Haddad by stock'],
    ['66123456', 'Hélène Garnier by stock'],
    ['100%', '100% Électrique_auto \\ fin by name'],
    ['_auto \\', '100% Électrique_auto \\ fin by name'],
  ])('by %j', async (words, found) => {
    expect(await find(words)).toEqual([found]);
  });

  it('newest first, and no more than asked for', async () => {
    expect(await find('garnier')).toEqual(['GÉRARD GARNIER-PONS by name', 'Hélène Garnier by name']);
    expect(await find('marchand', manager, 'martine', 3)).toEqual(['Marchand 29 by name', 'Marchand 28 by name', 'Marchand 27 by name']);
  });

  it('where one may look, and nowhere else', async () => {
    expect(await find('garnier', [{ dealership: lyon, contacts: 'all' }])).toEqual(['Hélène Garnier by name']);
    expect(await find('garnier', [])).toEqual([]);
  });

  it('by phone only where one may see it', async () => {
    const own: Scope[] = [{ dealership: lyon, contacts: 'own' }];
    expect(await find('5678', own, 'alice')).toEqual([]);
    expect(await find('0639984433', own, 'alice')).toEqual(['Karim Haddad by phone']);
    expect(await find('helene', own, 'alice')).toEqual(['Hélène Garnier by name, contact hidden']);
  });

  it.each([
    '',
    ' ',
    'x',
    '%',
    '_',
    '123',
    '\0',
    "'; DROP TABLE lead; --",
    '\u202e',
    '🚗'.repeat(3_000),
    'a '.repeat(5_000),
    '0'.repeat(5_000),
  ])('nowhere by %j', async (words) => {
    expect(await find(words)).toEqual([]);
  });
});
