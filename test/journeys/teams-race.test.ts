import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import { card, facts, LYON, plainly, stored, words } from '../support/seen.js';
import { arrivedInTeams, type Both, cardsInTeams, PATIENT_MS, readIn, runBoth, teamsCard } from '../support/tenant.js';

/** Each leaves fifty people to be told in private, at the pace a chat allows: more would only wait for that. */
const RACES = Math.min(50, Number(process.env.RACES ?? 5));

let house: Both;
beforeAll(async () => {
  house = await runBoth();
}, PATIENT_MS);
afterAll(() => house?.stop());

describe('twenty-five people in Slack and twenty-five in Teams', () => {
  it.each(Array.from({ length: RACES }, (_, n) => n + 1))('want one lead at once: one owner (%i)', async () => {
    const { id, card: shown } = await arrivedInTeams(house, jsonLead());
    const slack = await card(house, LYON, id);
    const people = ['alice', 'bruno', 'martine'];
    const clicks = Array.from({ length: 50 }, (_, n) => {
      const name = people[n % people.length] ?? 'alice';
      return n % 2 === 0
        ? house.slack.as(`U0${name.toUpperCase()}`).click({ channel: LYON, ts: slack.ts, action_id: 'claim.take' })
        : house.teams.as(`aad-${name}`).click(shown, 'claim.take');
    });
    for (const answer of await Promise.all(clicks)) expect(answer.ok || answer.error === 'not_found').toBe(true);
    expect(await facts(house, id, 'claimed')).toHaveLength(1);
    const { ownerId } = await stored(house, id);
    const owner = { alice: 'Alice Martin', bruno: 'Bruno Petit', martine: 'Martine Leroy' }[ownerId ?? ''];
    await teamsCard(house, id, (one) => readIn(one).includes(`Pris par ${owner}`));
    await card(house, LYON, id, (one) => plainly(words(one)).includes(`Pris par ${owner}`));
    expect(cardsInTeams(house, id)).toHaveLength(1);
  });
});
