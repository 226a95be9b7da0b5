import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takePhoto } from '../../src/leads/photos.js';
import { lockLead } from '../../src/leads/records.js';
import { newId } from '../../src/store/id.js';
import { appraisals, jpeg, VO_LYON } from '../support/appraisals.js';
import { PUBLIC, photoLinks } from '../support/photo-links.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, buttons, facts, LYON, type Message, privately, SOON, said, whispered, words } from '../support/seen.js';

let house: Running;
let desk: ReturnType<typeof appraisals>;
let web: ReturnType<typeof photoLinks>;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' }, env: { PUBLIC_URL: PUBLIC } });
  desk = appraisals(house);
  web = photoLinks(house);
});
afterAll(() => house?.stop());

const pictures = (message: Message) => (message.blocks ?? []).filter((block) => (block as { type?: string }).type === 'image');
const markOf = (message: Message) => JSON.stringify(message.metadata ?? {});
const added = (leadId: string) => house.slack.messages(LYON).filter((one) => markOf(one).includes(`${leadId}/photos.added/`));

describe('photos by a link', () => {
  it('come from the customer into the thread, one message for all, and onto the request', async () => {
    const lead = await desk.owned('U0ALICE', LYON, { tradeIn: { make: 'Peugeot', model: '208', plate: 'AB-123-CD' } });
    const req = await desk.asked(lead);
    const { own, customers } = await web.links('U0ALICE', lead);
    expect(own).not.toBe(customers);
    const shown = privately(house, 'U0ALICE').at(-1);
    expect(said(shown as Message, /Bonjour, pour estimer votre Peugeot 208, .*\n?.*Merci, Lumière Lyon/s)).toBe(true);

    const page = await (await web.open(customers)).text();
    expect(page).toContain('Photos de votre Peugeot 208');
    expect(page).toContain('Lumière Lyon');
    for (const secret of ['Moreau', 'Brigitte', '06 39', '+336', 'AB-123-CD', 'Alice', lead.id]) expect(page).not.toContain(secret);

    await house.slack.as('U0OMAR').click({ channel: VO_LYON, ts: req.ts, action_id: 'appraisal.photos' });
    const asked = await desk.reply(lead, "Omar Benali a besoin d'autres photos de la Peugeot 208");
    expect(buttons(asked)).toEqual(['photos.add']);
    const sent = await Promise.all((['front', 'rear', undefined] as const).map((view, n) => web.putPhoto(customers, 50 + n, view)));
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
    await desk.request(VO_LYON, req.id, (one) => pictures(one).length === 3 && said(one, 'Photos : 3 · à vérifier : gauche,'));
    const together = await house.slack.until(() => added(lead.id).find((one) => pictures(one).length === 3), SOON);
    expect(together.thread_ts).toBe(lead.ts);
    expect(said(together, '3 photos envoyées par le client')).toBe(true);
    await whispered(house, 'U0OMAR', "Une photo est arrivée pour la Peugeot 208 dont vous avez demandé d'autres photos.");

    const third = sent[2]?.id ?? '';
    expect((await web.rename(customers, third, 'odometer')).status).toBe(204);
    await house.slack.until(() => added(lead.id).find((one) => said(one, 'On y voit : avant, arrière, compteur')), SOON);
    await desk.request(VO_LYON, req.id, (one) => said(one, 'Photos : 3 · il manque : gauche, droite, intérieur, dommages'));
    expect(added(lead.id)).toHaveLength(1);
    expect((await web.sent(customers)).map(({ state, view }) => [state, view])).toEqual(
      expect.arrayContaining([
        ['ready', 'front'],
        ['ready', 'rear'],
        ['ready', 'odometer'],
      ]),
    );
    expect((await facts(house, lead.id, 'photo')).map(({ actorId, data }) => [actorId, (data as { by?: string }).by])).toEqual(
      [1, 2, 3].map(() => [null, 'customer']),
    );
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: lead.ts, action_id: 'lead.history' });
    const told = await whispered(house, 'U0ALICE', 'Alice Martin a demandé un lien par lequel le client peut envoyer des photos');
    expect(said(told, 'Photo (avant) du client')).toBe(true);
  });

  it('come from a colleague under their name, before anybody asked for a price, and join the request later', async () => {
    const lead = await desk.owned();
    const { own } = await web.links('U0ALICE', lead);
    expect(await (await web.open(own)).text()).toContain('Photos · Reprise');
    await web.putPhoto(own, 60);
    const one = await house.slack.until(() => added(lead.id).find((message) => pictures(message).length === 1), SOON);
    expect(said(one, '1 photo envoyée par Alice Martin')).toBe(true);
    const req = await desk.asked(lead);
    await desk.request(VO_LYON, req.id, (message) => pictures(message).length === 1);
  });

  it('are shown ten to a message, and a retried upload is one photo', async () => {
    const lead = await desk.owned();
    const { own } = await web.links('U0ALICE', lead);
    const first = await web.putPhoto(own, 70);
    const again = await Promise.all([1, 2, 3].map(async () => (await web.put(own, await jpeg(70), { id: first.id })).status));
    expect(again).toEqual([201, 201, 201]);
    for (let n = 1; n < 12; n++) expect((await web.putPhoto(own, 70 + n)).status).toBe(201);
    await house.slack.until(
      () =>
        added(lead.id)
          .map((one) => pictures(one).length)
          .toSorted()
          .join() === '10,2' || undefined,
      SOON,
    );
    expect(await desk.db.photo.count({ where: { leadId: lead.id } })).toBe(12);
    expect(await facts(house, lead.id, 'photo')).toHaveLength(12);
  });

  it('are read about in English by an English customer, whatever the dealership speaks', async () => {
    const lead = await desk.owned('U0ALICE', LYON, { customer: { language: 'en' }, tradeIn: { make: 'Mini', model: 'Cooper' } });
    const { customers } = await web.links('U0ALICE', lead);
    expect(words(privately(house, 'U0ALICE').at(-1) as Message)).toContain('Hello, so that we can value your Mini Cooper');
    const page = await (await web.open(customers)).text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('Photos of your Mini Cooper');
    expect(await (await web.open(`${customers}?lang=fr`)).text()).toContain('Photos de votre Mini Cooper');
  });
});

describe('the links', () => {
  it('are the same when asked for again, also by opening a form, and others once they were withdrawn', async () => {
    const lead = await desk.owned();
    const first = await web.links('U0ALICE', lead);
    await desk.open('U0ALICE', lead, 'appraisal.open');
    await house.slack.as('U0ALICE').close(true);
    expect(await web.links('U0ALICE', lead)).toEqual(first);
    expect(await desk.db.photoLink.count({ where: { leadId: lead.id } })).toBe(2);
    const shown = house.slack.ephemerals('U0ALICE').at(-1)?.message as Message;
    expect(buttons(shown)).toEqual(['photos.revoke']);
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'photos.revoke' });
    await whispered(house, 'U0ALICE', '2 liens retirés. Ils ne fonctionnent plus.');
    for (const path of Object.values(first)) {
      const answer = await web.open(path);
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain('plus valable');
      expect((await web.putPhoto(path, 80)).status).toBe(410);
    }
    const next = await web.links('U0ALICE', lead);
    expect(next.customers).not.toBe(first.customers);
    expect((await facts(house, lead.id, 'photo-link')).length).toBe(2);
    expect(await facts(house, lead.id, 'photo-link-revoked')).toHaveLength(1);
    expect(await desk.db.photo.count({ where: { leadId: lead.id } })).toBe(0);
  });

  it('are given to the owner and the managers, and to nobody else', async () => {
    const lead = await desk.owned();
    await house.slack.as('U0BRUNO').click({ channel: LYON, ts: lead.ts, action_id: 'photos.add' });
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes peuvent le faire.');
    expect(await desk.db.photoLink.count({ where: { leadId: lead.id } })).toBe(0);
    await web.links('U0MARTINE', lead);
    expect((await facts(house, lead.id, 'photo-link')).map(({ actorId }) => actorId)).toEqual(['martine']);
  });

  it('of a colleague end when the lead goes to another; the customer’s do not', async () => {
    const lead = await desk.owned();
    const { own, customers } = await web.links('U0ALICE', lead);
    await desk.open('U0ALICE', lead, 'handover.open');
    expect(await house.slack.as('U0ALICE').submit({ colleague: 'bruno' })).toMatchObject({ ok: true });
    await expect.poll(async () => (await web.open(own)).status, desk.soon).toBe(410);
    expect((await web.open(customers)).status).toBe(200);
  });

  it('end with the lead, and with their time', async () => {
    const lead = await desk.owned();
    const { own, customers } = await web.links('U0ALICE', lead);
    await desk.db.photoLink.updateMany({ where: { leadId: lead.id, audience: 'colleague' }, data: { expiresAt: new Date() } });
    expect((await web.open(own)).status).toBe(410);
    await desk.open('U0ALICE', lead, 'sale.open');
    const sale = { vehicle: 'order', financing: 'no', maintenance: 'no' };
    expect(await house.slack.as('U0ALICE').submit(sale)).toMatchObject({ ok: true });
    expect((await web.open(customers)).status).toBe(410);
    expect((await web.putPhoto(customers, 90)).status).toBe(410);
  });
});

describe('without an address for browsers', () => {
  it('nothing is offered that nobody could open', async () => {
    const inside = await run({ simulator: { rate: 'off' } });
    try {
      const there = appraisals(inside);
      const lead = await there.owned('U0CHLOE', ANNECY);
      const card = inside.slack.messages(ANNECY).find((one) => one.ts === lead.ts) as Message;
      expect(buttons(card)).not.toContain('photos.add');
    } finally {
      await inside.stop();
    }
  });
});

// The embedded database has one session: nothing in it waits for anything else.
if (process.env.TEST_DATABASE_URL)
  describe('on a server, while somebody works on the lead', () => {
    it.each([
      ['kept', () => jpeg(1)],
      ['refused', async () => Buffer.from('no picture')],
    ])('a photo waits for them, holding nothing they need, and is %s', async (_, bytes) => {
      const { store } = house.app;
      const { id: leadId } = await desk.owned();
      const [id, original] = [newId(), new Uint8Array(await bytes())];
      await store.db.photo.create({
        data: { id, leadId, at: new Date(), filename: 'a.jpg', contentType: '', state: 'received', original },
      });
      await store.transact(async (unit) => {
        await lockLead(unit.db, leadId);
        await store.transact(async ({ enqueue }) => enqueue(takePhoto, { photoId: id }));
        const waiting = () => store.db.$queryRaw`
          SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        await expect.poll(waiting, { timeout: SOON, interval: 20 }).toEqual([{ count: 1 }]);
        await unit.db.$executeRaw`SET LOCAL lock_timeout = '200ms'`;
        await unit.db.photo.update({ where: { id }, data: { view: 'front' } });
      });
      const state = async () => (await store.db.photo.findUniqueOrThrow({ where: { id } })).state;
      await expect.poll(state, { timeout: SOON, interval: 20 }).not.toBe('received');
    });
  });
