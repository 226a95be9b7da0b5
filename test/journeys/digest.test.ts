import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { links, pings } from '../../src/sandbox/slack/pings.js';
import { dayAfter } from '../support/days.js';
import { HOSTILE, jsonLead } from '../support/leads.js';
import { alwaysOpen, closedToday } from '../support/openings.js';
import { owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, LYON, MANAGERS_LYON, type Message, plainly, SOON, words } from '../support/seen.js';

/*
 * Two dealerships that are always open live part of a day without the clock bringing anything; then the program is
 * started again, and finds the day's messages due.
 */

let house: Running;
let late: string;
beforeAll(async () => {
  house = await run({ edit: closedToday });
});
afterAll(() => house?.stop());

/** Nine o'clock in Greenwich, yesterday, and how a clock in Lyon read then. */
const CALL = new Date(`${dayAfter(-1)}T09:00:00Z`);
const CALLED = new Intl.DateTimeFormat('fr', { timeZone: 'Europe/Paris', hour: '2-digit', hourCycle: 'h23' }).format(CALL).slice(0, 2);

async function partOfADay(): Promise<void> {
  const sale = await owned(house, 'U0ALICE', LYON, { interest: { make: 'Citroën', model: 'C3 Aircross' } });
  const called = { stage: 'appointment', contact: 'call', next_kind: 'test-drive' };
  await sale.fill('U0ALICE', 'status.open', { ...called, temperature: 'hot', next_date: dayAfter(1), next_time: '10:30' });
  late = (await owned(house, 'U0BRUNO', LYON, { interest: { make: 'Renault', model: 'Clio' } })).id;
  await house.app.store.db.lead.update({
    where: { id: late },
    data: { nextActionKind: 'call', nextActionAt: CALL },
  });
  const hostile = {
    customer: { name: `${HOSTILE} 06 39 98 00 17`, phone: '06 39 98 00 17' },
    interest: { make: HOSTILE, model: 'x'.repeat(500) },
  };
  await arrived(house, jsonLead({ dealership: 'lyon', ...hostile }), LYON);
  await arrived(house, jsonLead({ dealership: 'annecy' }), ANNECY);
  // A fast machine claims at once, of which a digest says nothing.
  const { db } = house.app.store;
  await db.$executeRaw`UPDATE lead SET received_at = received_at - interval '5 seconds'`;
  await house.restart({ edit: alwaysOpen, digests: true });
}

const digests = (channel: string) =>
  house.slack.messages(channel).filter((message) => /^(?:digest|comparison|morning)\//.test(markOf(message)));
const digest = (channel: string) => house.slack.until(() => digests(channel)[0], SOON);

function markOf(message: Message): string {
  const { event_payload: payload } = (message.metadata ?? {}) as { event_payload?: { mark?: string } };
  return payload?.mark ?? '';
}

describe('the day of a dealership', () => {
  it('is told to its managers, the three most important facts first', async () => {
    await partOfADay();
    const text = told(await digest(MANAGERS_LYON));
    const [title, ...facts] = text.split('\n');
    expect(title).toMatch(/^Bilan du (lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) \d\S* \S+ · Lumière Lyon$/);
    const [came, became, waits] = facts;
    expect(came).toMatch(/^3 nouveaux leads · 2 pris, la moitié en .+ au plus$/);
    expect(became).toMatch(/^Aucune vente · 1 rendez-vous \S+$/);
    expect(waits).toBe('À traiter : 1 en retard, 1 sans titulaire');
    for (const says of [
      'Chauds (1)',
      'Par source Site web 3',
      '1 déclaré, 0 constaté',
      'Alice Martin 1 pris · 1 contacté',
      'pas assez de données',
    ])
      expect(text).toContain(says);
  });

  it('leads to the thread of each lead, calls each person once, and shows the picture of the day', async () => {
    const message = await digest(MANAGERS_LYON);
    const [card] = house.slack.messages(LYON).filter((one) => markOf(one) === late);
    expect(links(message)).toContain(`https://groupe-lumiere.slack.com/archives/${LYON}/p${card?.ts.replace('.', '')}`);
    // The owner of the late lead, and the manager for the one nobody owns.
    expect(pings(message).toSorted()).toEqual(['U0BRUNO', 'U0MARTINE']);
    const blocks = JSON.stringify(message.blocks);
    expect(plainly(blocks)).toMatch(
      /"alt_text":"\S+ \d\S* \S+ · Lumière Lyon · Nouveaux 3, Pris 2, Contactés 1, Rendez-vous 1, Vendus 0, Abandonnés 0"/,
    );
    expect(blocks).toMatch(/"slack_file":\{"id":"F/);
  });

  it('makes nothing of what strangers wrote: no ping, no link, no number', async () => {
    const message = await digest(MANAGERS_LYON);
    expect(links(message).filter((address) => !address.startsWith('https://groupe-lumiere.slack.com/archives/'))).toEqual([]);
    expect(told(message)).toContain('<!channel>');
    expect(JSON.stringify(message)).not.toMatch(/39\s?98\s?00\s?17/);
  });

  it('is told in the language of the dealership, to everybody where the managers have no channel', async () => {
    const text = told(await digest(ANNECY));
    expect(text).toMatch(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ · Lumière Annecy\n1 new lead\nNo sale\nTo do: 1 unclaimed\n/);
    expect(pings(await digest(ANNECY))).toEqual(['U0MARTINE']);
  });

  it('is compared for the director, in private', async () => {
    const message = await house.slack.until(() => digests('D0DIDIER')[0], SOON);
    const text = told(message);
    expect(text).toMatch(
      /^Comparaison du \S+ \d\S* \S+ · Groupe Lumière\n4 nouveaux leads · Lumière Lyon 3, Lumière Annecy 1\nAucune vente\n/,
    );
    expect(text).toContain('À traiter : 1 en retard, 2 sans titulaire');
    expect(text).toMatch(/Lumière Lyon 3 nouveaux leads · pris en .+ \(2 leads\), pas assez de données/);
  });

  it('begins with a list for whoever has something to do, and for nobody else', async () => {
    const text = told(await house.slack.until(() => digests('D0BRUNO')[0], SOON));
    expect(text).toMatch(
      new RegExp(
        String.raw`^Bruno, votre journée du \S+ \d\S* \S+\nPour vous aujourd'hui : 1 en retard\nEn retard \(1\)\n.*Renault Clio.* · Appel \S+ \d\S* \S+ à ${CALLED} h 00$`,
      ),
    );
    await quietDown();
    expect(digests('D0ALICE')).toEqual([]);
    expect(await house.app.store.db.notice.count({ where: { topic: 'morning', message: null } })).toBe(1);
  });

  it('is told once, however often the program starts', async () => {
    const standing = () => ['C0CHEFSLYON', ANNECY, 'D0DIDIER', 'D0BRUNO', 'D0ALICE'].map((channel) => digests(channel).map(({ ts }) => ts));
    const before = standing();
    await house.restart({ edit: alwaysOpen, digests: true });
    await quietDown();
    expect(standing()).toEqual(before);
  });
});

const told = (message: Message) => plainly(words(message)).replaceAll('\u2003', ' ').trim();

/** Until nothing is under way that the clock brought. */
async function quietDown(): Promise<void> {
  const waiting = async () => {
    const { clock = 0, notice = 0 } = await house.app.store.jobs.waiting();
    const active = await house.app.store.db.$queryRaw<
      unknown[]
    >`SELECT 1 FROM pgboss.job WHERE name IN ('clock', 'notice') AND state = 'active'`;
    return clock + notice + active.length;
  };
  await expect.poll(waiting, { timeout: SOON }).toBe(0);
}
