import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appraisals, hearAgain, heic, jpeg, VO_LYON } from '../support/appraisals.js';
import { dayAfter } from '../support/days.js';
import { forgeClick } from '../support/forge.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, buttons, facts, LYON, type Message, privately, said, whispered } from '../support/seen.js';

let house: Running;
let desk: ReturnType<typeof appraisals>;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
  desk = appraisals(house);
});
afterAll(() => house?.stop());

const fieldsOf = (form: { readonly blocks: readonly object[] }) =>
  form.blocks.flatMap((block) => ('type' in block && block.type === 'input' && 'block_id' in block ? [String(block.block_id)] : []));
const APPRAISAL_FIELDS = [
  ...['plate', 'make', 'model', 'version', 'first_registered', 'mileage', 'fuel', 'gearbox', 'vin'],
  ...['condition', 'accident', 'service_book', 'keys', 'expected_price', 'photos', 'note'],
];
const pictures = (message: Message) => (message.blocks ?? []).filter((block) => (block as { type?: string }).type === 'image');

describe('a trade-in', () => {
  it('goes from the form and its photos to an estimate written in the thread, a new version, and its expiry', async () => {
    const lead = await desk.owned();
    const alice = house.slack.as('U0ALICE');
    const photos = await Promise.all(['avant.jpg', 'IMG_1.jpg', 'compteur.jpg'].map(async (name, n) => alice.upload(name, await jpeg(n))));
    const blank = await desk.open('U0ALICE', lead, 'appraisal.open');
    expect(fieldsOf(blank)).toEqual(APPRAISAL_FIELDS);
    await house.slack.as('U0ALICE').close(true);
    const req = await desk.asked(lead, {
      photos,
      plate: 'ab-123-cd',
      first_registered: '03/2019',
      condition: 'good',
      accident: 'no',
      service_book: 'full',
      keys: '2',
      expected_price: '9 000 €',
      note: 'Pneus neufs.',
    });
    const { id } = req;
    await whispered(house, 'U0OMAR', 'Alice Martin vous demande une estimation : Peugeot 208');
    const three = await desk.request(VO_LYON, id, (one) => pictures(one).length === 3);
    expect(said(three, 'Photos : 3 · à vérifier : arrière, gauche, droite, intérieur, dommages')).toBe(true);
    for (const fact of ['03/2019', '121 000 km', 'AB-123-CD', 'Bon', 'Complet', '9 000 €', 'Pneus neufs.'])
      expect(said(three, fact)).toBe(true);
    expect(buttons(three)).toEqual(['estimate.open', 'appraisal.photos']);

    alice.say(VO_LYON, 'l’arrière', { thread_ts: req.ts, files: [alice.upload('a.jpg', await jpeg(10))] });
    alice.say(LYON, 'gauche', { thread_ts: lead.ts, files: [alice.upload('b.jpg', await jpeg(11))] });
    const five = await desk.request(VO_LYON, id, (one) => pictures(one).length === 5);
    expect(said(five, 'Photos : 5 · à vérifier : droite, intérieur, dommages')).toBe(true);
    await desk.request(LYON, id, (one) => pictures(one).length === 5);

    house.slack.as('U0OMAR').say(VO_LYON, '8,5k', { thread_ts: req.ts });
    const question = await desk.reply(req, "8 500 € pour la Peugeot 208, c'est bien cela ?");
    expect(await desk.db.estimate.count({ where: { appraisalId: id } })).toBe(0);
    const form = await desk.open('U0OMAR', { channel: VO_LYON, ts: question.ts }, 'estimate.correct');
    expect(form.callback_id).toBe('estimate');
    expect(fieldsOf(form)).toEqual(['amount', 'valid_until', 'conditions', 'note']);
    expect(JSON.stringify(form.blocks)).toContain('"initial_value":"8500"');
    expect(await house.slack.as('U0OMAR').submit({ amount: '8 700', conditions: 'Si deux clés.' })).toMatchObject({ ok: true });
    const first = await desk.reply(lead, /Estimation n° 1 d'Omar Benali : 8 700 €, valable jusqu'au .*\.$/m);
    expect(said(first, 'Conditions : Si deux clés.')).toBe(true);
    await whispered(house, 'U0ALICE', "Peugeot 208 · Estimation n° 1 d'Omar Benali : 8 700 €");
    await desk.request(VO_LYON, id, (one) => said(one, 'Estimation n° 1'));
    expect(buttons(await desk.reply(req, '8 500 € pour la Peugeot 208 : corrigé depuis.'))).toEqual([]);

    house.slack.as('U0OMAR').say(LYON, 'non, 9 200 € max', { thread_ts: lead.ts });
    const second = await desk.reply(lead, "9 200 € pour la Peugeot 208, c'est bien cela ?");
    await house.slack.as('U0OMAR').click({ channel: LYON, ts: second.ts, action_id: 'estimate.confirm' });
    await desk.reply(lead, "Estimation n° 2 d'Omar Benali : 9 200 €");
    await desk.reply(lead, "Remplacée par l'estimation n° 2.");
    await desk.reply(lead, '9 200 € pour la Peugeot 208 : noté.');
    const versions = await desk.db.estimate.findMany({ where: { appraisalId: id }, orderBy: { version: 'asc' } });
    expect(versions.map(({ version, amount }) => [version, Number(amount)])).toEqual([
      [1, 8700],
      [2, 9200],
    ]);

    await desk.db.$executeRaw`UPDATE estimate SET valid_until = '2026-01-05' WHERE appraisal_id = ${id}::uuid AND version = 2`;
    const newest = await desk.db.estimate.findFirstOrThrow({ where: { appraisalId: id, version: 2 } });
    await desk.due('estimate.expire', newest.id);
    await desk.reply(lead, "Estimation n° 2 d'Omar Benali : 9 200 €, expirée (elle valait jusqu'au lun. 5 janv.)");
    await desk.request(VO_LYON, id, (one) => said(one, 'expirée'));
    expect((await facts(house, lead.id)).map((fact) => fact.kind)).toEqual(
      expect.arrayContaining(['appraisal-asked', 'photo', 'estimated']),
    );
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: lead.ts, action_id: 'lead.history' });
    const told = await whispered(house, 'U0ALICE', 'Alice Martin a demandé une estimation de la reprise');
    for (const line of ["Photo (avant) d'Alice Martin", "Estimation n° 2 d'Omar Benali : 9 200 €"]) expect(said(told, line)).toBe(true);
    expect(await facts(house, lead.id, 'photo')).toHaveLength(5);
    expect(await facts(house, lead.id, 'estimated')).toHaveLength(2);
  });

  it('is asked and answered in English where the dealership speaks it, without a channel of its own', async () => {
    const lead = await desk.owned('U0CHLOE', ANNECY);
    const req = await desk.asked(lead, { mileage: '75,000 miles' }, 'U0CHLOE');
    expect(req.message.thread_ts).toBe(lead.ts);
    expect(said(req.message, 'Chloé Durand asks for a price for this trade-in')).toBe(true);
    expect(said(req.message, '120,701 km')).toBe(true);
    expect(said(req.message, 'Photos: none · missing: front, rear, left, right, interior, odometer, damage')).toBe(true);
    await desk.open('U0OMAR', { channel: ANNECY, ts: req.ts }, 'estimate.open');
    expect(await house.slack.as('U0OMAR').submit({ amount: '8,500', valid_until: dayAfter(7) })).toMatchObject({ ok: true });
    await desk.reply(lead, /Estimate no\. 1 by Omar Benali: €8,500, valid until /);
    await whispered(house, 'U0CHLOE', 'Estimate no. 1 by Omar Benali: €8,500');
    house.slack.as('U0OMAR').say(ANNECY, 'between 8,000 and 8,600', { thread_ts: lead.ts });
    await desk.reply(lead, '€8,000 for the Peugeot 208, is that right? You wrote up to €8,600; the lower end is what is recorded.');
  });
});

describe('the form', () => {
  it('knows what the enquiry said of the car, and afterwards what was asked last', async () => {
    const tradeIn = { make: 'Renault', model: 'Clio', year: 2015, mileage: 98_000, plate: 'AB-123-CD' };
    const lead = await desk.owned('U0ALICE', LYON, { tradeIn });
    const initial = (form: { readonly blocks: readonly object[] }) =>
      [...JSON.stringify(form.blocks).matchAll(/"initial_value":"([^"]*)"/g)].map(([, value]) => value);
    const form = await desk.open('U0ALICE', lead, 'appraisal.open');
    expect(initial(form)).toEqual(['AB-123-CD', 'Renault', 'Clio', '2015', '98000']);
    await house.slack.as('U0ALICE').close(true);
    await desk.asked(lead, { make: 'Renault', model: 'Mégane', note: 'Vient de passer le contrôle.' });
    const again = await desk.open('U0ALICE', lead, 'appraisal.open');
    expect(initial(again)).toEqual(['AB-123-CD', 'Renault', 'Mégane', '2015', '121000', 'Vient de passer le contrôle.']);
    await house.slack.as('U0ALICE').close(true);
  });
});

describe('more photos', () => {
  it('are asked of the owner once, by the button or by words, and the used-car manager hears when one comes', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    await house.slack.as('U0OMAR').click({ channel: VO_LYON, ts: req.ts, action_id: 'appraisal.photos' });
    await desk.reply(lead, "Omar Benali a besoin d'autres photos de la Peugeot 208");
    await whispered(
      house,
      'U0ALICE',
      'Il manque : avant, arrière, gauche, droite, intérieur, compteur, dommages. Déposez-les dans le fil du lead.',
    );
    await house.slack.as('U0OMAR').click({ channel: VO_LYON, ts: req.ts, action_id: 'appraisal.photos' });
    await whispered(house, 'U0OMAR', "D'autres photos sont déjà demandées");
    expect(await facts(house, lead.id, 'photos-asked')).toHaveLength(1);

    const alice = house.slack.as('U0ALICE');
    alice.say(LYON, 'compteur et avant', {
      thread_ts: lead.ts,
      files: [alice.upload('1.jpg', await jpeg(20)), alice.upload('2.jpg', await jpeg(21))],
    });
    await desk.request(VO_LYON, req.id, (one) => said(one, 'Photos : 2 · il manque : arrière, gauche, droite, intérieur, dommages'));
    await whispered(house, 'U0OMAR', "Une photo est arrivée pour la Peugeot 208 dont vous avez demandé d'autres photos.");
    const before = privately(house, 'U0ALICE').length;
    house.slack.as('U0OMAR').say(VO_LYON, "il me faut plus de photos s'il te plaît", { thread_ts: req.ts });
    await whispered(house, 'U0ALICE', 'Il manque : arrière, gauche, droite, intérieur, dommages', before);
    expect(await facts(house, lead.id, 'photos-asked')).toHaveLength(2);
  });

  it('dropped before anybody asks are part of the request, and so are those of the enquiry', async () => {
    const lead = await desk.owned();
    const alice = house.slack.as('U0ALICE');
    alice.say(LYON, 'intérieur', { thread_ts: lead.ts, files: [alice.upload('early.jpg', await jpeg(30))] });
    await expect.poll(() => facts(house, lead.id, 'photo'), desk.soon).toHaveLength(1);
    const sent = { leadId: lead.id, at: new Date(), filename: 'sent.jpg', contentType: 'image/jpeg', state: 'received' };
    await desk.db.photo.create({ data: { ...sent, id: crypto.randomUUID(), original: new Uint8Array(await jpeg(31)) } });
    const req = await desk.asked(lead);
    await desk.request(VO_LYON, req.id, (one) => pictures(one).length === 2);
    const kept = await desk.db.photo.findMany({ where: { appraisalId: req.id } });
    expect(kept.map(({ state, original, width }) => ({ state, original, width }))).toEqual(
      [1, 2].map(() => ({ state: 'ready', original: null, width: expect.any(Number) })),
    );
  });

  it('that cannot be taken are refused to their sender, who reads what to do', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    const alice = house.slack.as('U0ALICE');
    const files = [
      alice.upload('IMG_7.HEIC', heic()),
      alice.upload('page.jpg', Buffer.from('<!doctype html><script>alert(1)</script>')),
      alice.upload('huge.jpg', Buffer.concat([await jpeg(40), Buffer.alloc(11_000_000)])),
    ];
    alice.say(LYON, 'voilà', { thread_ts: lead.ts, files });
    await whispered(house, 'U0ALICE', "« IMG_7.HEIC » est au format HEIC, illisible ici. Sur l'iPhone, choisissez");
    await whispered(house, 'U0ALICE', "« page.jpg » n'est pas une image");
    await whispered(house, 'U0ALICE', '« huge.jpg » dépasse 10 Mo.');
    expect((await facts(house, lead.id, 'photo-refused')).map(({ data }) => (data as { reason: string }).reason).toSorted()).toEqual([
      'heic',
      'not-a-picture',
      'too-large',
    ]);
    expect(said(await desk.request(VO_LYON, req.id), 'Photos : aucune')).toBe(true);
    expect(await desk.db.photo.count({ where: { leadId: lead.id, OR: [{ image: { not: null } }, { original: { not: null } }] } })).toBe(0);
  });
});

describe('words below a request', () => {
  it('delivered twice are asked about once, and a newer amount replaces the question', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    const omar = house.slack.as('U0OMAR');
    const message = omar.say(VO_LYON, '8500', { thread_ts: req.ts });
    const first = await desk.reply(req, '8 500 € pour la Peugeot 208');
    expect(await hearAgain(house, VO_LYON, message)).toBe(200);
    omar.say(VO_LYON, 'plutôt 8 200 €', { thread_ts: req.ts });
    const second = await desk.reply(req, '8 200 € pour la Peugeot 208');
    await desk.reply(req, '8 500 € pour la Peugeot 208 : sans suite.');
    expect(await desk.db.estimateQuestion.count({ where: { appraisalId: req.id } })).toBe(2);
    const asked = await desk.db.estimateQuestion.findFirstOrThrow({ where: { appraisalId: req.id }, orderBy: { id: 'asc' } });
    const stale = { user: 'U0OMAR', action: 'estimate.confirm', value: asked.id, channel: VO_LYON, ts: first.ts };
    expect(await forgeClick(house, stale)).toBe(200);
    expect(await desk.db.estimate.count({ where: { appraisalId: req.id } })).toBe(0);
    // Taken back by its author, the amount is asked no longer.
    const words = house.slack.messages(VO_LYON).find((one) => one.text === 'plutôt 8 200 €');
    omar.remove(VO_LYON, words?.ts ?? '');
    await desk.reply(req, '8 200 € pour la Peugeot 208 : sans suite.');
    expect(buttons(await desk.request(VO_LYON, req.id))).toContain('estimate.open');
    expect(second.ts > first.ts).toBe(true);
  });

  it('are read as they were corrected, also when the correction is told first', async () => {
    const req = await desk.asked(await desk.owned());
    const said = { type: 'message', user: 'U0OMAR', ts: '1800000002.000100', thread_ts: req.ts, text: '85000' };
    const message = { ...said, text: '8 700' };
    expect(await hearAgain(house, VO_LYON, { ...said, subtype: 'message_changed', message, previous_message: said })).toBe(200);
    await desk.reply(req, '8 700 € pour la Peugeot 208');
    expect(await hearAgain(house, VO_LYON, said)).toBe(200);
    house.slack.as('U0OMAR').say(VO_LYON, '8 600 €', { thread_ts: req.ts });
    await desk.reply(req, '8 600 € pour la Peugeot 208');
    const asked = await desk.db.estimateQuestion.findMany({ where: { appraisalId: req.id }, orderBy: { id: 'asc' } });
    expect(asked.map(({ amount }) => Number(amount))).toEqual([8_700, 8_600]);
  });

  it('confirmed twice, and by two people at once, are one estimate', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    house.slack.as('U0OMAR').say(VO_LYON, 'je propose 8500', { thread_ts: req.ts });
    const question = await desk.reply(req, '8 500 € pour la Peugeot 208');
    const { id } = await desk.db.estimateQuestion.findFirstOrThrow({ where: { appraisalId: req.id } });
    const press = (user: string) => forgeClick(house, { user, action: 'estimate.confirm', value: id, channel: VO_LYON, ts: question.ts });
    expect(await Promise.all(['U0OMAR', 'U0DIDIER', 'U0OMAR', 'U0ALICE'].map(press))).toEqual([200, 200, 200, 200]);
    await desk.reply(lead, /Estimation n° 1 /);
    expect(await desk.db.estimate.count({ where: { appraisalId: req.id } })).toBe(1);
    expect(await facts(house, lead.id, 'estimated')).toHaveLength(1);
  });

  it('that are no estimate, or not by somebody who estimates, are asked about by nobody', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    const say = (user: string, text: string) => house.slack.as(user).say(VO_LYON, text, { thread_ts: req.ts });
    for (const text of ['121 000 km au compteur ?', 'rappelle-moi à 14h30', "c'est une 2019 ?", 'AB-123-CD', '06 39 98 00 17'])
      say('U0OMAR', text);
    say('U0ALICE', 'le client en veut 9000 €');
    say('U0MARTINE', '8000');
    // The last of them is one: by the time it is asked about, the others have been heard.
    say('U0OMAR', '7 700 €');
    await desk.reply(req, '7 700 € pour la Peugeot 208');
    const amounts = await desk.db.estimateQuestion.findMany({ where: { appraisalId: req.id } });
    expect(amounts.map(({ amount }) => Number(amount))).toEqual([7700]);
  });
});

describe('a request nobody answers', () => {
  it('is chased once; an answered one is not', async () => {
    const [late, answered] = [await desk.asked(await desk.owned()), await desk.asked(await desk.owned(), { model: '308' })];
    await desk.open('U0OMAR', answered, 'estimate.open');
    expect(await house.slack.as('U0OMAR').submit({ amount: '12k5' })).toMatchObject({ ok: true });
    for (const { id } of [late, answered]) await desk.due('appraisal.chase', id);
    await whispered(house, 'U0OMAR', 'Alice Martin attend votre estimation de la Peugeot 208 depuis');
    for (const { id } of [late, answered])
      await expect.poll(() => desk.jobs('appraisal.chase', id), desk.soon).toEqual({ done: 1, waiting: 0 });
    expect(await facts(house, late.leadId, 'reminded')).toMatchObject([{ data: { what: 'appraisal', appraisal: late.id } }]);
    expect(await facts(house, answered.leadId, 'reminded')).toEqual([]);
  });

  it('waits for the photos that were asked for, and is late after them', async () => {
    const lead = await desk.owned();
    const req = await desk.asked(lead);
    await house.slack.as('U0OMAR').click({ channel: VO_LYON, ts: req.ts, action_id: 'appraisal.photos' });
    await desk.reply(lead, "Omar Benali a besoin d'autres photos");
    await desk.due('appraisal.chase', req.id);
    await expect.poll(() => desk.jobs('appraisal.chase', req.id), desk.soon).toEqual({ done: 1, waiting: 1 });
    expect(await facts(house, lead.id, 'reminded')).toEqual([]);
  });
});
