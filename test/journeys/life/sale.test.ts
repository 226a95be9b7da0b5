import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../support/cast.js';
import { dayAfter } from '../../support/days.js';
import { OWNED, stored } from '../../support/seen.js';
import { arrives, kinds, type Life, PLATFORMS, type Stage } from '../../support/stage.js';
import { raise } from '../../support/stages.js';
import { PATIENT_MS } from '../../support/tenant.js';

const WORDS = {
  French: {
    waiting: 'En attente · arrivé',
    claimed: 'Pris par Alice Martin · ',
    told: 'Brigitte Moreau',
    contacted: /Contacté À faire : Appel · .* · 10 h 30/,
    called: 'Alice Martin : Contacté · Appel',
    appointment: /Rendez-vous · Chaud À faire : Essai · .* · 9 h 00/,
    proposal: /Offre · Chaud À faire : Devis/,
    stock: ['Vendu par Alice Martin · du stock · financement', 'Vendu par Alice Martin : C3 Aircross du stock, financement. Bravo !'],
    order: ['Vendu par Alice Martin · sur commande', 'Vendu par Alice Martin : C3 Aircross sur commande. Bravo !'],
  },
  English: {
    waiting: 'Waiting · came in',
    claimed: 'Claimed by Chloé Durand · ',
    told: 'Brigitte Moreau',
    contacted: /Contacted Next: Call · .* · 10:30/,
    called: 'Chloé Durand: Contacted · Call',
    appointment: /Appointment · Hot Next: Test drive · .* · 09:00/,
    proposal: /Proposal · Hot Next: Quote/,
    stock: ['Sold by Chloé Durand · from stock · financed', 'Sold by Chloé Durand: C3 Aircross from stock, financed. Well done!'],
    order: ['Sold by Chloé Durand · on order', 'Sold by Chloé Durand: C3 Aircross on order. Well done!'],
  },
} as const;

const SALES = {
  stock: {
    sent: { vehicle: 'stock', reference: 'VO-8841', financing: 'yes', maintenance: 'no', price: '15 500' },
    kept: { vehicle: 'stock', reference: 'VO-8841', financing: true, maintenance: false },
  },
  order: {
    sent: { vehicle: 'order', reference: '', financing: 'no', maintenance: 'yes', price: '21 900' },
    kept: { vehicle: 'order', reference: null, financing: false, maintenance: true },
  },
} as const;

/** The owner calls, meets the customer and makes an offer; the card and the thread follow. */
async function worked(life: Life, words: (typeof WORDS)['French' | 'English']): Promise<void> {
  const { owner, shows, fills } = life;
  const next = { next_kind: 'call', next_date: dayAfter(3), next_time: '10:30' };
  await fills(owner, 'status.open', { stage: 'contacted', contact: 'call', ...next });
  expect((await shows(words.contacted)).buttons).toContain('sale.open');
  await life.below(words.called);
  expect((await stored(life.stage.house, life.id)).contactedAt).not.toBeNull();
  const drive = { next_kind: 'test-drive', next_date: dayAfter(4), next_time: '' };
  await fills(owner, 'status.open', { stage: 'appointment', temperature: 'hot', ...drive });
  await shows(words.appointment);
  await fills(owner, 'status.open', { stage: 'proposal', next_kind: 'quote', next_date: dayAfter(5) });
  await shows(words.proposal);
  expect(await stored(life.stage.house, life.id)).toMatchObject({ stage: 'proposal', temperature: 'hot', nextActionKind: 'quote' });
}

describe.each(PLATFORMS)('a lead on %s', (platform) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await raise(platform);
  }, PATIENT_MS);
  afterAll(() => stage?.close());

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(['stock', 'order'] as const)('is claimed, worked and sold: %s', async (from) => {
      const words = WORDS[language];
      const life = await arrives(stage, language);
      const { card, owner, id, shows } = life;
      expect(card.words).toContain(words.waiting);
      expect(card.buttons).toEqual(['claim.take']);
      const hears = stage.as(owner).listens();
      await stage.as(owner).press(card, 'claim.take');
      expect((await shows(words.claimed)).buttons.toSorted()).toEqual([...OWNED, 'photos.add'].toSorted());
      await hears(words.told);
      await worked(life, words);

      const [end, line] = words[from];
      await life.fills(owner, 'sale.open', SALES[from].sent);
      expect((await shows(end)).buttons).toEqual([]);
      expect((await life.below(line)).aloud).toBe(true);
      const row = await stored(stage.house, id);
      expect(row).toMatchObject({ stage: 'won', ownerId: owner.id, nextActionKind: null, nextActionAt: null });
      const sale = await stage.house.app.store.db.sale.findUniqueOrThrow({ where: { leadId: id } });
      expect(sale).toMatchObject({ ...SALES[from].kept, sellerId: owner.id, at: row.closedAt });
      expect(await kinds(life)).toEqual(['arrived', 'posted', 'claimed', 'status', 'status', 'status', 'sold']);
    });
  });
});
