import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { links } from '../../src/sandbox/slack/index.js';
import { forgeClick } from '../support/forge.js';
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
  sendLead,
  stored,
  whispered,
  words,
} from '../support/seen.js';

const NICE = 'C0LEADSNICE';

/** A third site without any salesperson, and a stranger who is in the workspace and not in the configuration. */
const seed = {
  ...SEED,
  users: [...SEED.users, { id: 'U0STRANGER', name: 'marcel', realName: 'Marcel Inconnu', locale: 'fr-FR', tz: 'Europe/Paris' }],
  channels: [
    ...SEED.channels.map((channel) => ({ ...channel, members: [...channel.members, 'U0STRANGER'] })),
    { id: NICE, name: 'leads-nice', private: false, topic: '', members: ['U0STRANGER', 'U0OMAR'], botIsMember: true },
  ],
};

const withNice = (yaml: string) =>
  yaml.replace(
    '\npeople:',
    `  - id: nice
    name: Lumière Nice
    timezone: Europe/Paris
    hours: { mon: ["09:00-19:00"] }
    channels: { leads: ["slack:${NICE}"] }

people:`,
  );

let house: Running;
beforeAll(async () => {
  house = await run({ edit: withNice, seed });
});
afterAll(() => house?.stop());

const take = (user: string, channel: string, ts: string) => house.slack.as(user).click({ channel, ts, action_id: 'claim.take' });

describe('a lead comes in', () => {
  it('stands as one card in the channel of its dealership, in the language of the channel', async () => {
    const lyon = await arrived(house, jsonLead());
    expect(lyon.card.text).toContain('VO · Citroën C3 Aircross 2022');
    const text = plainly(words(lyon.card));
    expect(text).toMatch(/VO · Citroën C3 Aircross 2022 · 15 990 €/);
    for (const shown of [
      'Brigitte M. (Lyon)',
      'Site web',
      'PureTech 110 Shine',
      'VO-8841',
      'Renault Clio 2015',
      'est-elle encore disponible',
      'En attente',
    ])
      expect(text).toContain(shown);
    expect(text).not.toContain('Moreau');
    expect(buttons(lyon.card)).toEqual(['claim.take']);

    const annecy = await arrived(house, jsonLead({ dealership: 'annecy' }), ANNECY);
    expect(plainly(words(annecy.card))).toContain('Used · Citroën C3 Aircross 2022 · €15,990');
    expect(plainly(words(annecy.card))).toContain('Waiting · came in ');
    expect(words(annecy.card)).toContain('Claim');
    expect(cardsOf(house, LYON, annecy.id)).toEqual([]);
  });

  it('needs no Teams where none is connected: the card of Annecy stands in Slack all the same', async () => {
    const { id } = await arrived(house, jsonLead({ dealership: 'annecy' }), ANNECY);
    expect(await facts(house, id)).toMatchObject([{ kind: 'arrived' }, { kind: 'posted' }]);
    expect(await house.app.store.jobs.buried()).toEqual([]);
  });
});

describe('the claim', () => {
  it('makes the first the owner, redraws the card for all, and tells the winner how to reach the customer', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    expect(await take('U0ALICE', LYON, waiting.ts)).toEqual({ ok: true });
    const claimed = await card(house, LYON, id, (one) => plainly(words(one)).includes('Pris par Alice Martin'));
    expect(claimed.ts).toBe(waiting.ts);
    expect(plainly(words(claimed))).toMatch(/Pris par Alice Martin · \d+,\d s après l'arrivée/);
    expect(buttons(claimed)).toEqual(OWNED);
    const whisper = await whispered(house, 'U0ALICE', 'Brigitte Moreau');
    expect(plainly(words(whisper))).toMatch(/^C'est à vous\. Appelez maintenant, puis notez le résultat avec « Suivi »\./);
    expect(plainly(words(whisper))).toContain('06 39 98 56 78');
    expect(links(whisper)).toEqual(['mailto:brigitte.moreau@example.org', 'tel:+33639985678']);
    expect((await stored(house, id)).ownerId).toBe('alice');
    expect(await facts(house, id, 'claimed')).toMatchObject([{ actorId: 'alice' }]);
  });

  it('tells somebody who is later who was faster, and by how much', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    const [first, second] = await Promise.all([take('U0ALICE', LYON, waiting.ts), take('U0BRUNO', LYON, waiting.ts)]);
    expect([first, second]).toEqual([{ ok: true }, { ok: true }]);
    const owner = (await stored(house, id)).ownerId;
    const [loser, winner] = owner === 'alice' ? ['U0BRUNO', 'Alice Martin'] : ['U0ALICE', 'Bruno Petit'];
    await whispered(house, loser, new RegExp(`^${winner} a été plus rapide de \\d+(,\\d)? s\\.$`));
    expect(await facts(house, id, 'claimed')).toHaveLength(1);
    expect(await facts(house, id, 'refused')).toMatchObject([{ data: { why: 'too-late' } }]);
    const told = privately(house, loser).filter((message) => words(message).includes('plus rapide'));
    expect(told.every((message) => links(message).length === 0)).toBe(true);
  });

  it('is one claim when the same finger presses twice', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    const before = privately(house, 'U0BRUNO').length;
    await Promise.all([take('U0BRUNO', LYON, waiting.ts), take('U0BRUNO', LYON, waiting.ts)]);
    await whispered(house, 'U0BRUNO', 'Ce lead est déjà à vous', before);
    await whispered(house, 'U0BRUNO', "C'est à vous", before);
    expect(await facts(house, id, 'claimed')).toHaveLength(1);
    expect(await facts(house, id, 'refused')).toEqual([]);
  });

  it('speaks French to Alice and English to Chloé', async () => {
    const lyon = await arrived(house, jsonLead({ customer: { name: 'Zoé Petitjean' } }));
    const annecy = await arrived(house, jsonLead({ dealership: 'annecy', customer: { name: 'Zoé Petitjean' } }), ANNECY);
    await take('U0ALICE', LYON, lyon.card.ts);
    await take('U0CHLOE', ANNECY, annecy.card.ts);
    expect(plainly(words(await whispered(house, 'U0ALICE', 'Zoé Petitjean')))).toContain('Appelez maintenant');
    expect(plainly(words(await whispered(house, 'U0CHLOE', 'Zoé Petitjean')))).toContain('Call now');
  });

  it('is open to everybody where no salesperson is listed', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead({ dealership: 'nice' }), NICE);
    expect(await take('U0STRANGER', NICE, waiting.ts)).toEqual({ ok: true });
    await card(house, NICE, id, (one) => plainly(words(one)).includes('Pris par Marcel Inconnu'));
    await whispered(house, 'U0STRANGER', 'Brigitte Moreau');
    expect(await facts(house, id, 'claimed')).toMatchObject([{ actorId: 'slack:U0STRANGER' }]);
  });

  it('is never made by a reaction', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    for (const emoji of ['raised_hand', 'white_check_mark', 'eyes']) house.slack.as('U0ALICE').react(LYON, waiting.ts, emoji);
    const next = await arrived(house, jsonLead());
    expect(next.id).not.toBe(id);
    expect((await stored(house, id)).ownerId).toBeNull();
    expect(cardsOf(house, LYON, id)[0]?.text).toBe(waiting.text);
  });
});

describe('without the right', () => {
  it.each([
    ['the used-car manager', 'U0OMAR', 'omar'],
    ['a stranger to the configuration', 'U0STRANGER', 'slack:U0STRANGER'],
  ])('%s is told who may and whom to ask, and nothing changes', async (_, user, person) => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    expect(await take(user, LYON, waiting.ts)).toEqual({ ok: true });
    await whispered(house, user, /^Seuls les vendeurs de Lumière Lyon peuvent prendre ce lead\. Demandez à Martine Leroy/);
    expect(await stored(house, id)).toMatchObject({ ownerId: null, stage: 'new', revision: 1 });
    expect(await facts(house, id, 'refused')).toMatchObject([{ actorId: person, data: { why: 'not-allowed' } }]);
    expect(cardsOf(house, LYON, id)).toEqual([waiting]);
  });

  it('forged lead ids change nothing', async () => {
    const annecy = await arrived(house, jsonLead({ dealership: 'annecy' }), ANNECY);
    const before = await house.app.store.db.timelineEvent.count();
    for (const value of ['', 'nonsense', "'; DROP TABLE lead; --", randomUUID(), annecy.id.toUpperCase(), `${annecy.id} `, '\u0000']) {
      const heard = privately(house, 'U0ALICE').length;
      expect(await forgeClick(house, { user: 'U0ALICE', action: 'claim.take', value, channel: LYON })).toBe(200);
      await whispered(house, 'U0ALICE', "Ce bouton n'est plus à jour", heard);
    }
    expect(await house.app.store.db.timelineEvent.count()).toBe(before);
    expect(await forgeClick(house, { user: 'U0ALICE', action: 'claim.take', value: annecy.id, channel: LYON })).toBe(200);
    await whispered(house, 'U0ALICE', 'Seuls les vendeurs de Lumière Annecy peuvent prendre ce lead');
    expect(await stored(house, annecy.id)).toMatchObject({ ownerId: null, stage: 'new' });
    expect(await forgeClick(house, { user: 'U0ALICE', action: 'claim.nothing', value: annecy.id, channel: LYON })).toBe(200);
  });

  it('a click that is not signed by Slack is not heard', async () => {
    const answer = await fetch(`${house.app.url}/slack/events`, {
      method: 'POST',
      body: 'payload={}',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(401);
  });
});

describe('after the claim', () => {
  it('shows the contact to the owner and to a manager, writes both down, and refuses a colleague', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead({ customer: { name: 'Farid Canard' } }));
    await take('U0ALICE', LYON, waiting.ts);
    await card(house, LYON, id, (one) => buttons(one).includes('lead.contact'));
    await whispered(house, 'U0ALICE', 'Farid Canard');
    const contact = (user: string) => house.slack.as(user).click({ channel: LYON, ts: waiting.ts, action_id: 'lead.contact' });
    const alreadyTold = privately(house, 'U0ALICE').length;
    for (const user of ['U0ALICE', 'U0MARTINE', 'U0BRUNO']) expect(await contact(user)).toEqual({ ok: true });
    for (const [user, after] of [
      ['U0ALICE', alreadyTold],
      ['U0MARTINE', 0],
    ] as const)
      expect(links(await whispered(house, user, 'Farid Canard', after))).toContain('tel:+33639985678');
    await whispered(house, 'U0BRUNO', 'Seuls Alice Martin et les chefs des ventes voient ces coordonnées');
    expect(privately(house, 'U0BRUNO').some((message) => words(message).includes('Farid Canard'))).toBe(false);
    expect(await facts(house, id, 'contact-shown')).toMatchObject([{ actorId: 'alice' }, { actorId: 'martine' }]);
  });

  it('tells the whole history to people of the dealership, and to nobody else', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    await take('U0OMAR', LYON, waiting.ts);
    await take('U0ALICE', LYON, waiting.ts);
    await card(house, LYON, id, (one) => buttons(one).includes('lead.history'));
    const history = (user: string) => house.slack.as(user).click({ channel: LYON, ts: waiting.ts, action_id: 'lead.history' });
    expect(await history('U0SOPHIE')).toEqual({ ok: true });
    const told = plainly(words(await whispered(house, 'U0SOPHIE', 'Historique · VO · Citroën')));
    expect(told).toMatch(/Arrivé par Site web.*Montré à l'équipe.*Omar Benali.*sans en avoir le droit.*Pris par Alice Martin/s);
    expect(await history('U0STRANGER')).toEqual({ ok: true });
    await whispered(house, 'U0STRANGER', 'Seules les personnes de Lumière Lyon peuvent lire cet historique');
  });
});

it('gives every lead its card and no lead two', async () => {
  await sendLead(house, jsonLead());
  const leads = await house.app.store.db.lead.findMany({ select: { id: true, dealershipId: true } });
  const channelOf: Record<string, string> = { lyon: LYON, annecy: ANNECY, nice: NICE };
  await house.slack.until(() => leads.every((lead) => cardsOf(house, channelOf[lead.dealershipId] ?? '', lead.id).length === 1), SOON);
});
