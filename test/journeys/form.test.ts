import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { type Running, run, SEED } from '../support/running.js';
import {
  ANNECY,
  arrived,
  buttons,
  card,
  cardsOf,
  facts,
  LYON,
  OWNED,
  plainly,
  privately,
  SOON,
  stored,
  whispered,
  words,
} from '../support/seen.js';

const seed = {
  ...SEED,
  users: [...SEED.users, { id: 'U0STRANGER', name: 'marcel', realName: 'Marcel Inconnu', locale: 'fr-FR', tz: 'Europe/Paris' }],
  channels: SEED.channels.map((channel) => ({ ...channel, members: [...channel.members, 'U0STRANGER'] })),
};

let house: Running;
beforeAll(async () => {
  house = await run({ seed });
});
afterAll(() => house?.stop());

/** `/lead add` until the form stands on the screen. */
async function openForm(user: string, channel = LYON) {
  const person = house.slack.as(user);
  await person.close(true);
  expect(await person.command(channel, '/lead add')).toEqual({ ok: true });
  return { person, form: await house.slack.until(() => person.modal(), SOON) };
}

const fieldsOf = (form: { blocks: readonly object[] }) =>
  form.blocks.flatMap((block) => ('type' in block && block.type === 'input' && 'block_id' in block ? [String(block.block_id)] : []));

/** The lead entered under this name. */
const entered = (name: string) => house.app.store.db.lead.findFirstOrThrow({ where: { sourceId: 'by-hand', name } });

describe('/lead add', () => {
  it('opens form lead, with the field ids of the JSON shape', async () => {
    const { form } = await openForm('U0SOPHIE');
    expect(form.callback_id).toBe('lead');
    expect(fieldsOf(form)).toEqual(
      expect.arrayContaining([
        'customer.name',
        'customer.phone',
        'customer.email',
        'customer.city',
        'interest.condition',
        'interest.make',
        'interest.model',
        'interest.version',
        'interest.year',
        'interest.price',
        'interest.stockNumber',
        'message',
        'tradeIn.make',
        'tradeIn.model',
        'tradeIn.year',
        'tradeIn.mileage',
        'tradeIn.plate',
      ]),
    );
    expect(fieldsOf(form)).not.toContain('claim');
  });

  it('asks somebody of two dealerships which one, and offers to keep the lead to those who may', async () => {
    const { form } = await openForm('U0BRUNO', ANNECY);
    expect(fieldsOf(form)).toEqual(expect.arrayContaining(['dealership', 'claim']));
    expect(form.state.values.dealership?.dealership).toMatchObject({ selected_option: { value: 'annecy' } });
  });

  it('says what is wrong under each field, in the language of the person, and loses nothing', async () => {
    const wrong = {
      'customer.name': 'Zoé Lefèvre',
      'customer.phone': '12',
      'customer.email': 'pas une adresse',
      'interest.year': 'neuve',
      'interest.price': 'cher',
      message: 'Elle rappellera.',
    };
    const { person: sophie } = await openForm('U0SOPHIE');
    const french = await sophie.submit(wrong);
    expect(french).toMatchObject({
      ok: false,
      fields: {
        'customer.phone': expect.stringContaining('numéro'),
        'customer.email': expect.stringContaining('adresse e-mail'),
        'interest.year': expect.stringContaining('quatre chiffres'),
        'interest.price': expect.stringContaining('montant'),
      },
    });
    expect(sophie.modal()?.state.values.message?.message).toMatchObject({ value: 'Elle rappellera.' });
    expect(sophie.modal()?.state.values['customer.phone']?.['customer.phone']).toMatchObject({ value: '12' });
    const { person: chloe } = await openForm('U0CHLOE', ANNECY);
    expect(await chloe.submit(wrong)).toMatchObject({ ok: false, fields: { 'customer.phone': expect.stringContaining('phone number') } });
    expect(
      await sophie.submit({ 'customer.name': '', 'customer.phone': '', 'customer.email': '', 'interest.year': '', 'interest.price': '' }),
    ).toMatchObject({ ok: false, fields: { 'customer.name': expect.stringContaining('au moins un nom') } });
    expect(await house.app.store.db.lead.count({ where: { sourceId: 'by-hand' } })).toBe(0);
  });

  it('makes a card like any other: reception may', async () => {
    const { person } = await openForm('U0SOPHIE');
    expect(
      await person.submit({
        'customer.name': 'Zoé Lefèvre',
        'customer.phone': '06 39 98 11 22',
        'interest.condition': 'used',
        'interest.make': 'Peugeot',
        'interest.model': '208',
        'interest.year': '2021',
        'interest.price': '12 500 €',
        'tradeIn.make': 'Renault',
        'tradeIn.model': 'Clio',
        'tradeIn.mileage': '98 000 km',
        message: 'Rappeler après 18 h',
      }),
    ).toEqual({ ok: true });
    const lead = await entered('Zoé Lefèvre');
    expect(lead).toMatchObject({
      phone: '+33639981122',
      tier: 'parsed',
      stage: 'new',
      dealershipId: 'lyon',
      interest: { price: 12_500, year: 2021 },
      tradeIn: { mileage: 98_000 },
    });
    const shown = await card(house, LYON, lead.id);
    expect(plainly(words(shown))).toMatch(/VO · Peugeot 208 2021 · 12 500 €/);
    expect(plainly(words(shown))).toContain('Rappeler après 18 h');
    expect(buttons(shown)).toEqual(['claim.take']);
    expect(await facts(house, lead.id, 'arrived')).toMatchObject([{ actorId: 'sophie' }]);
    expect(person.modal()).toBeNull();
  });

  it('may be kept by the person who answered', async () => {
    const { person } = await openForm('U0ALICE');
    expect(await person.submit({ 'customer.name': 'Farid Canard', 'customer.email': 'farid@example.org', claim: 'yes' })).toEqual({
      ok: true,
    });
    const lead = await entered('Farid Canard');
    expect(lead).toMatchObject({ ownerId: 'alice', stage: 'claimed' });
    const shown = await card(house, LYON, lead.id);
    expect(plainly(words(shown))).toContain('Pris par Alice Martin');
    expect(buttons(shown)).toEqual(OWNED);
    expect(await facts(house, lead.id, 'claimed')).toMatchObject([{ actorId: 'alice' }]);
    expect(await house.slack.as('U0BRUNO').click({ channel: LYON, ts: shown.ts, action_id: 'lead.contact' })).toEqual({ ok: true });
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes');
  });

  it('is not kept by somebody who may not claim, whatever their client sends', async () => {
    const subject = 'new:01a20361-48be-73dc-a37f-6d18355247bb';
    const values = { 'customer.name': 'Nina Roux', 'customer.email': 'nina@example.org', claim: 'yes', dealership: 'annecy' };
    expect(await forgeSubmission(house, { user: 'U0SOPHIE', subject, values })).toEqual({ status: 200, answer: null });
    expect(await entered('Nina Roux')).toMatchObject({ ownerId: null, stage: 'new', dealershipId: 'lyon' });
  });

  it('is not for strangers', async () => {
    const stranger = house.slack.as('U0STRANGER');
    expect(await stranger.command(LYON, '/lead add')).toEqual({ ok: true });
    await whispered(house, 'U0STRANGER', /vous ne pouvez pas ajouter de lead\. Demandez à Martine Leroy/);
    expect(stranger.modal()).toBeNull();
    const before = await house.app.store.db.lead.count();
    const values = { 'customer.name': 'Marcel', 'customer.email': 'marcel@example.org' };
    const forged = await forgeSubmission(house, { user: 'U0STRANGER', subject: 'new:01a20361-48be-73dc-a37f-6d18355247cc', values });
    expect(forged).toMatchObject({ answer: { response_action: 'errors' } });
    expect(await house.app.store.db.lead.count()).toBe(before);
  });

  it('makes one lead when the form is sent twice', async () => {
    const form = {
      user: 'U0SOPHIE',
      subject: 'new:01a20361-48be-73dc-a37f-6d18355247dd',
      values: { 'customer.name': 'Deux Fois', 'customer.email': 'deux@example.org' },
    };
    const answers = await Promise.all([forgeSubmission(house, form), forgeSubmission(house, form)]);
    expect(answers.map((one) => one.answer)).toEqual([null, null]);
    const lead = await entered('Deux Fois');
    await card(house, LYON, lead.id);
    expect(await house.app.store.db.lead.count({ where: { name: 'Deux Fois' } })).toBe(1);
    expect(await facts(house, lead.id, 'arrived')).toHaveLength(1);
  });
});

describe('lead.complete', () => {
  const nameless = () => arrived(house, jsonLead({ customer: { name: null, phone: null, email: null } }));
  const open = async (user: string, ts: string) => {
    const person = house.slack.as(user);
    await person.close(true);
    expect(await person.click({ channel: LYON, ts, action_id: 'lead.complete' })).toEqual({ ok: true });
    await house.slack.until(() => person.modal(), SOON);
    return person;
  };

  it('completes a partial lead, and the card no longer says that something is missing', async () => {
    const { id, card: shown } = await nameless();
    expect(plainly(words(shown))).toContain('Il manque un moyen de joindre le client');
    expect(plainly(words(shown))).toContain('Il manque le nom du client');
    expect(buttons(shown)).toEqual(expect.arrayContaining(['claim.take', 'lead.complete']));
    const sophie = await open('U0SOPHIE', shown.ts);
    expect(await sophie.submit({ 'customer.name': 'Zoé Complète', 'customer.phone': '06 39 98 11 33' })).toEqual({ ok: true });
    const whole = await card(house, LYON, id, (one) => words(one).includes('Zoé C.'));
    expect(whole.ts).toBe(shown.ts);
    expect(plainly(words(whole))).not.toContain('Il manque');
    expect(buttons(whole)).toEqual(['claim.take']);
    expect(await stored(house, id)).toMatchObject({ tier: 'parsed', phone: '+33639981133', name: 'Zoé Complète' });
    expect(await facts(house, id, 'completed')).toMatchObject([{ actorId: 'sophie' }]);
    expect(cardsOf(house, LYON, id)).toHaveLength(1);
  });

  it('tells the second of two people that the lead has changed, and keeps what the first wrote', async () => {
    const { id, card: shown } = await nameless();
    const [sophie, alice] = [await open('U0SOPHIE', shown.ts), await open('U0ALICE', shown.ts)];
    expect(await sophie.submit({ 'customer.name': 'La Première', 'customer.email': 'premiere@example.org' })).toEqual({ ok: true });
    const second = await alice.submit({ 'customer.name': 'La Seconde', 'customer.email': 'seconde@example.org' });
    expect(second).toMatchObject({ ok: false, fields: { 'customer.name': expect.stringContaining('modifié ce lead') } });
    expect(await stored(house, id)).toMatchObject({ name: 'La Première', email: 'premiere@example.org' });
    expect(await facts(house, id, 'completed')).toHaveLength(1);
  });

  it('is not in the way of a claim between opening and sending', async () => {
    const { id, card: shown } = await nameless();
    const sophie = await open('U0SOPHIE', shown.ts);
    expect(await house.slack.as('U0ALICE').click({ channel: LYON, ts: shown.ts, action_id: 'claim.take' })).toEqual({ ok: true });
    expect(await sophie.submit({ 'customer.name': 'Zoé Après', 'customer.email': 'apres@example.org' })).toEqual({ ok: true });
    expect(await stored(house, id)).toMatchObject({ name: 'Zoé Après', ownerId: 'alice', stage: 'claimed' });
    await card(house, LYON, id, (one) => plainly(words(one)).includes('Zoé A.') && plainly(words(one)).includes('Pris par Alice Martin'));
  });

  it('is not for people of elsewhere', async () => {
    const { card: shown, id } = await nameless();
    expect(await house.slack.as('U0STRANGER').click({ channel: LYON, ts: shown.ts, action_id: 'lead.complete' })).toEqual({ ok: true });
    await whispered(house, 'U0STRANGER', 'Seules les personnes de Lumière Lyon peuvent compléter ce lead');
    const forged = await forgeSubmission(house, { user: 'U0CHLOE', subject: id, values: { 'customer.name': 'Intruse' } });
    expect(forged).toMatchObject({ answer: { response_action: 'errors' } });
    expect((await stored(house, id)).name).toBeNull();
  });

  it('a form about a lead that is not there says so', async () => {
    for (const subject of ['', 'nonsense', '01a20361-48be-73dc-a37f-6d18355247ee', 'new:', 'new:nonsense'])
      expect(await forgeSubmission(house, { user: 'U0ALICE', subject, values: { 'customer.name': 'X' } })).toMatchObject({
        answer: { response_action: 'errors', errors: { 'customer.name': expect.any(String) } },
      });
  });
});

describe('/lead', () => {
  it.each([
    ['/lead help', 'U0ALICE', LYON, 'Ce que vous pouvez faire ici'],
    ['/lead', 'U0ALICE', LYON, 'Ce que vous pouvez faire ici'],
    ['/lead HELP', 'U0CHLOE', ANNECY, 'What you can do here'],
    ['/lead nonsense <!channel>', 'U0ALICE', LYON, "« nonsense » n'existe pas encore"],
    ['/lead constructor', 'U0ALICE', LYON, "« constructor » n'existe pas encore"],
  ])('%s answers in private', async (line, user, channel, says) => {
    const heard = privately(house, user).length;
    expect(await house.slack.as(user).command(channel, line)).toEqual({ ok: true });
    await whispered(house, user, says, heard);
  });
});
