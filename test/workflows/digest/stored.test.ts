import { afterAll, beforeAll, expect, it } from 'vitest';
import { mirrorGroup, rememberPerson } from '../../../src/dealership/mirror.js';
import { directory } from '../../../src/dealership/people.js';
import { readDigest } from '../../../src/figures/digest.js';
import { MOST_LINES } from '../../../src/figures/open-lists.js';
import { newId } from '../../../src/store/id.js';
import type { Store } from '../../../src/store/store.js';
import { digestCard } from '../../../src/workflows/digest/card.js';
import { siteWith, WEEK } from '../../figures/sites.js';
import { freshStore } from '../../support/database.js';
import { plainly } from '../../support/seen.js';
import { at, people, view } from './day.js';

const site = siteWith({ hours: WEEK });
const MANY = MOST_LINES + 3;

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ store, drop } = await freshStore());
  await mirrorGroup(store.db, [site], []);
});
afterAll(() => drop?.());

async function came(count: number, receivedAt: Date): Promise<void> {
  const rows = Array.from({ length: count }, () => {
    const id = newId();
    const what = { customer: {}, origin: {}, problems: [] };
    return { id, dealershipId: site.id, sourceId: 'website', externalKey: id, tier: 'parsed', receivedAt, ...what };
  });
  await store.db.lead.createMany({ data: rows });
}

async function drawn(): Promise<{ readonly summary: string; readonly text: string }> {
  const digest = await readDigest(store.db, site, '2026-11-20', at('18:30'));
  const parts = { dealership: site, view: view('fr'), directory: people, sourceName: (id: string) => id, chart: null };
  const { summary, elements } = digestCard(digest, parts);
  return { summary: plainly(summary), text: plainly(JSON.stringify(elements)) };
}

it('leads that are late and those that are not are each counted once, however many', async () => {
  await came(MANY, at('10:00'));
  await came(MANY, at('18:25'));
  const { summary, text } = await drawn();
  expect(summary).toContain('À traiter : 15 en retard, 15 sans titulaire');
  expect(text).toMatch(/En retard \(15\)[\s\S]*et 10 autres[\s\S]*Sans titulaire \(15\)[\s\S]*et 10 autres/);
});

it('somebody whom configuration does not list is called by their name, not by their account', async () => {
  const bob = 'slack:U0BOB';
  await rememberPerson(store.db, { ...directory([], [site]).byAccount(bob), name: 'Bob Lenoir' });
  const [lead] = await store.db.lead.findMany({ take: 1, orderBy: { id: 'asc' } });
  const owned = { ownerId: bob, stage: 'contacted', claimedAt: at('10:05'), contactedAt: at('10:10') };
  await store.db.lead.update({ where: { id: lead?.id ?? '' }, data: owned });
  const asked = { requesterId: bob, requestedAt: at('11:00') };
  const why = { reason: 'unreachable', justification: 'Huit appels, aucune réponse.' };
  await store.db.decision.create({ data: { id: newId(), leadId: lead?.id ?? '', ...asked, ...why } });
  expect((await drawn()).text).toMatch(/Bob Lenoir demande/);
});
