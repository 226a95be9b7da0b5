import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE, jsonLead } from '../support/leads.js';
import { alwaysOpen } from '../support/openings.js';
import { dayAfter, owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { ANNECY, arrived, LYON, MANAGERS_LYON, type Message, plainly, privately, SOON, words } from '../support/seen.js';

/*
 * Two dealerships that are always open live part of a day without the clock bringing anything; then the program is
 * started again, and finds the day's messages due.
 */

let house: Running;
let late: string;
beforeAll(async () => {
  house = await run({ edit: alwaysOpen });
});
afterAll(() => house?.stop());

async function partOfADay(): Promise<void> {
  const sale = await owned(house, 'U0ALICE', LYON, { interest: { make: 'Citroën', model: 'C3 Aircross' } });
  const yesterday = dayAfter(-1);
  const called = { stage: 'appointment', contact: 'call', next_kind: 'test-drive' };
  await sale.fill('U0ALICE', 'status.open', { ...called, temperature: 'hot', next_date: dayAfter(1), next_time: '10:30' });
  late = (await owned(house, 'U0BRUNO', LYON, { interest: { make: 'Renault', model: 'Clio' } })).id;
  await house.app.store.db.lead.update({
    where: { id: late },
    data: { nextActionKind: 'call', nextActionAt: new Date(`${yesterday}T09:00:00Z`) },
  });
  const hostile = { customer: { name: `${HOSTILE} 06 39 98 00 17`, phone: '06 39 98 00 17' }, interest: { make: HOSTILE, model: 'x'.repeat(500) } };
  await arrived(house, jsonLead({ dealership: 'lyon', ...hostile }), LYON);
  await arrived(house, jsonLead({ dealership: 'annecy' }), ANNECY);
  await house.restart({ digests: true });
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
    await house.slack.until(() => digests(MANAGERS_LYON)[0], 20_000).catch(() => console.log(house.log.filter((l) => /"level":(40|50)/.test(l)).join('\n'), house.log.slice(-5)));
    const text = plainly(words(await digest(MANAGERS_LYON)));
    const [title, came, became, waits] = text.split('\n');
    expect(title).toMatch(/^Bilan du (lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) \d\S* \S+ · Lumière Lyon$/);
    expect([came, became, waits].join('\n')).toMatch(/^3 nouveaux leads · 2 pris, .*\nAucune vente · 1 rendez-vous \w+\nÀ traiter : 1 en retard, 1 sans titulaire$/);
    console.log(text);
  });
});
