import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { faultsOf, fieldsOf, type Owned, owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, buttons, card, facts, LYON, plainly, SOON, said, stored, whispered, words } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house?.stop());

const FROM_STOCK = { vehicle: 'stock', reference: 'VO-8841', financing: 'yes', maintenance: 'no' };
const ON_ORDER = { vehicle: 'order', financing: 'no', maintenance: 'yes' };

const forge = (user: string, subject: string, values: Readonly<Record<string, string>>) =>
  forgeSubmission(house, { id: 'sale', user, subject, values });

const saleOf = (leadId: string) => house.app.store.db.sale.findUnique({ where: { leadId } });

/** The line in the channel, once it is there. */
const line = (lead: Owned) => house.slack.until(() => lead.below().find((one) => one.subtype === 'thread_broadcast'), SOON);

describe('a sale', () => {
  it('from stock ends the lead: the card says how, the channel hears it', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const alice = house.slack.as('U0ALICE');
    await lead.press('U0ALICE', 'sale.open');
    const form = await house.slack.until(() => alice.modal(), SOON);
    const fields = ['vehicle', 'reference', 'financing', 'maintenance', 'trade_in', 'price', 'delivery_date', 'note'];
    expect([form.callback_id, ...fieldsOf(form)]).toEqual(['sale', ...fields]);
    expect(form.state.values.reference?.reference).toMatchObject({ value: 'VO-8841' });
    const day = dayAfter(7);
    const more = { trade_in: 'yes', price: '15 500,50 €', delivery_date: day, note: 'Crochet d’attelage à monter.' };
    expect(await alice.submit({ vehicle: 'stock', financing: 'yes', maintenance: 'yes', ...more })).toEqual({ ok: true });

    const ended = await card(house, LYON, lead.id, (one) => said(one, 'Vendu par Alice Martin · du stock · financement'));
    expect(buttons(ended)).toEqual([]);
    expect(plainly(words(await line(lead)))).toBe('Vendu par Alice Martin : C3 Aircross du stock, financement. Bravo !');
    const note = await house.slack.until(() => lead.below().find((one) => said(one, "Crochet d'attelage à monter.")), SOON);
    expect(note.subtype).not.toBe('thread_broadcast');

    const after = await stored(house, lead.id);
    expect(after).toMatchObject({ stage: 'won', ownerId: 'alice', nextActionKind: null, nextActionAt: null });
    expect(after.closedAt).not.toBeNull();
    const sale = await saleOf(lead.id);
    expect(sale).toMatchObject({
      sellerId: 'alice',
      at: after.closedAt,
      ...{ vehicle: 'stock', reference: 'VO-8841', financing: true, maintenance: true, tradeIn: true, currency: 'EUR' },
      deliveryOn: new Date(`${day}T00:00:00Z`),
      note: 'Crochet d’attelage à monter.',
    });
    expect(Number(sale?.price)).toBe(15_500.5);
    expect(await facts(house, lead.id, 'sold')).toMatchObject([{ actorId: 'alice', data: { vehicle: 'stock', price: 15_500.5 } }]);
  });

  it('takes the buttons off what still waits for somebody elsewhere', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    await forgeSubmission(house, {
      id: 'appraisal',
      user: 'U0ALICE',
      subject: lead.id,
      values: { make: 'Renault', model: 'Clio', mileage: '98000' },
    });
    await forgeSubmission(house, {
      id: 'abandon',
      user: 'U0ALICE',
      subject: lead.id,
      values: { reason: 'unreachable', justification: 'Jamais joint, hélas.' },
    });
    const standing = (channel: string) => house.slack.messages(channel).filter((one) => JSON.stringify(one.metadata).includes(lead.id));
    const offering = () => ['C0VOLYON', 'C0CHEFSLYON'].map((channel) => standing(channel).filter((one) => buttons(one).length > 0).length);
    await expect.poll(offering, { timeout: SOON, interval: 20 }).toEqual([1, 1]);
    await forge('U0ALICE', lead.id, ON_ORDER);
    await expect.poll(offering, { timeout: SOON, interval: 20 }).toEqual([0, 0]);
  });

  it('on order needs no reference, and is told in English where the site speaks it', async () => {
    const lead = await owned(house, 'U0CHLOE', ANNECY);
    expect(await lead.fill('U0CHLOE', 'sale.open', { ...ON_ORDER, reference: '' })).toEqual({ ok: true });
    expect(buttons(await card(house, ANNECY, lead.id, (one) => said(one, 'Sold by Chloé Durand · on order')))).toEqual([]);
    expect(plainly(words(await line(lead)))).toBe('Sold by Chloé Durand: C3 Aircross on order. Well done!');
    expect(await saleOf(lead.id)).toMatchObject({ vehicle: 'order', reference: null, financing: false, tradeIn: null, price: null });
    expect(lead.below()).toHaveLength(1);
  });

  it('forgets what was to be done next', async () => {
    const lead = await owned(house, 'U0CHLOE', ANNECY);
    const called = { stage: 'proposal', contact: 'call', next_kind: 'call', next_date: dayAfter(2) };
    expect(await lead.fill('U0CHLOE', 'status.open', called)).toEqual({ ok: true });
    expect(await lead.fill('U0CHLOE', 'sale.open', FROM_STOCK)).toEqual({ ok: true });
    expect(await stored(house, lead.id)).toMatchObject({ stage: 'won', nextActionKind: null, nextActionAt: null });
    expect(plainly(words(await line(lead)))).toBe('Sold by Chloé Durand: C3 Aircross from stock, financed. Well done!');
  });

  it('may be written down by a manager: it is the owner’s, and both are named', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    expect(await lead.fill('U0MARTINE', 'sale.open', { ...FROM_STOCK, price: '15 990 €' })).toEqual({ ok: true });
    expect(said(await line(lead), 'Vendu par Alice Martin (noté par Martine Leroy) : C3 Aircross du stock')).toBe(true);
    expect(await saleOf(lead.id)).toMatchObject({ sellerId: 'alice' });
    const fact = await house.app.store.db.timelineEvent.findFirstOrThrow({ where: { leadId: lead.id, kind: 'sold' } });
    expect(fact).toMatchObject({ actorId: 'martine', behalfOfId: 'alice', platform: 'slack' });
    await forgeClick(house, { user: 'U0MARTINE', action: 'lead.history', value: lead.id, channel: LYON, ts: lead.ts });
    await whispered(house, 'U0MARTINE', 'Vendu par Alice Martin (noté par Martine Leroy) : du stock, financement, 15 990 €');
  });

  it('shows the channel no way to reach the customer, whatever the car is called', async () => {
    const lead = await owned(house, 'U0ALICE', LYON, { interest: { model: 'Aircross (06 39 98 12 34) *now*' } });
    expect(await lead.fill('U0ALICE', 'sale.open', FROM_STOCK)).toEqual({ ok: true });
    const told = await line(lead);
    expect(said(told, 'Vendu par Alice Martin : Aircross')).toBe(true);
    expect(said(told, '39 98 12 34')).toBe(false);
  });
});

describe('what is refused stands under its field, and nothing is sold', () => {
  it('and what was typed is still there', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const answer = await lead.fill('U0ALICE', 'sale.open', { ...FROM_STOCK, price: 'quinze mille', note: 'Payé comptant.' });
    expect(answer).toMatchObject({ ok: false, fields: { price: expect.stringContaining('Écrivez un seul prix') } });
    const alice = house.slack.as('U0ALICE');
    expect(alice.modal()?.state.values.note?.note).toMatchObject({ value: 'Payé comptant.' });
    expect(await alice.submit({ price: '15000' })).toEqual({ ok: true });
    expect(Number((await saleOf(lead.id))?.price)).toBe(15_000);
  });
});

describe('nobody', () => {
  it('sells what is not theirs', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    await lead.press('U0BRUNO', 'sale.open');
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes peuvent le faire.');
    expect(faultsOf(await forge('U0BRUNO', lead.id, FROM_STOCK)).vehicle).toContain('Demandez à Alice Martin.');
    expect(faultsOf(await forge('U0OMAR', lead.id, FROM_STOCK)).vehicle).toContain('Demandez à Alice Martin.');
    expect(faultsOf(await forge('U0CHLOE', lead.id, FROM_STOCK)).vehicle).toContain('Ask Alice Martin.');
    expect(await saleOf(lead.id)).toBeNull();
  });

  it('sells what nobody owns, or what is not there', async () => {
    const { id } = await arrived(house, jsonLead());
    expect(faultsOf(await forge('U0MARTINE', id, FROM_STOCK)).vehicle).toBe("Personne n'a encore pris ce lead. Prenez-le d'abord.");
    expect(faultsOf(await forge('U0CHLOE', 'VO-8841', FROM_STOCK)).vehicle).toBe('This lead no longer exists here. Close this form.');
    expect(await stored(house, id)).toMatchObject({ stage: 'new' });
  });

  it('sells twice: the second form reads that it is sold, and the first stays', async () => {
    const lead = await owned(house, 'U0ALICE', LYON);
    const both = await Promise.all([forge('U0ALICE', lead.id, FROM_STOCK), forge('U0MARTINE', lead.id, ON_ORDER)]);
    const faults = both.map((one) => faultsOf(one).vehicle);
    expect(faults.filter((one) => one === undefined)).toHaveLength(1);
    expect(faults.find((one) => one !== undefined)).toMatch(/^Ce lead est terminé : Vendu par Alice Martin/);
    expect(await facts(house, lead.id, 'sold')).toHaveLength(1);
    await line(lead);
    const sale = await saleOf(lead.id);
    expect(faultsOf(await forge('U0ALICE', lead.id, { ...ON_ORDER, price: '1' }))).toHaveProperty('vehicle');
    expect(await saleOf(lead.id)).toEqual(sale);
  });
});
