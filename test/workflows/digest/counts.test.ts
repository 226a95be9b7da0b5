import { afterAll, beforeAll, expect, it } from 'vitest';
import { mirrorGroup } from '../../../src/dealership/mirror.js';
import { readDigest } from '../../../src/figures/digest.js';
import { MOST_LINES } from '../../../src/figures/open-lists.js';
import { newId } from '../../../src/store/id.js';
import { openStore, type Store } from '../../../src/store/store.js';
import { digestCard } from '../../../src/workflows/digest/card.js';
import { siteWith, WEEK } from '../../figures/sites.js';
import { freshPlace } from '../../support/database.js';
import { plainly } from '../../support/seen.js';
import { at, people, view } from './day.js';

const site = siteWith({ hours: WEEK });
const MANY = MOST_LINES + 3;

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshPlace();
  drop = fresh.drop;
  store = await openStore(fresh.place, [], { failed() {}, buried() {}, trouble() {} });
  await mirrorGroup(store.db, [site], []);
});
afterAll(async () => {
  await store.close(0);
  await drop();
});

async function came(count: number, receivedAt: Date): Promise<void> {
  const rows = Array.from({ length: count }, () => {
    const id = newId();
    const what = { customer: {}, origin: {}, problems: [] };
    return { id, dealershipId: site.id, sourceId: 'website', externalKey: id, tier: 'parsed', receivedAt, ...what };
  });
  await store.db.lead.createMany({ data: rows });
}

it('leads that are late and those that are not are each counted once, however many', async () => {
  await came(MANY, at('10:00'));
  await came(MANY, at('18:25'));
  const digest = await readDigest(store.db, site, '2026-11-20', at('18:30'));
  const { summary, elements } = digestCard(digest, {
    dealership: site,
    view: view('fr'),
    directory: people,
    sourceName: (id) => id,
    chart: null,
  });
  expect(plainly(summary)).toContain('À traiter : 15 en retard, 15 sans titulaire');
  expect(plainly(JSON.stringify(elements))).toMatch(/En retard \(15\)[\s\S]*et 10 autres[\s\S]*Sans titulaire \(15\)[\s\S]*et 10 autres/);
});
