import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLead } from '../support/leads.js';
import { facts, SOON, sendLead, stored } from '../support/seen.js';
import { type Both, buttonsIn, cardsInTeams, PATIENT_MS, readIn, runBoth, TENANT, teamsCard } from '../support/tenant.js';

let house: Both;
beforeAll(async () => {
  house = await runBoth({ without: 'slack' });
}, PATIENT_MS);
afterAll(() => house?.stop());

const alice = () => house.teams.as('aad-alice');

describe('a house with Teams alone', () => {
  it('is ready, and shows a lead', async () => {
    const id = await sendLead(house, jsonLead());
    expect(buttonsIn(await teamsCard(house, id))).toEqual(['claim.take']);
    const ready = async () => ((await (await fetch(`${house.app.url}/readyz`)).json()) as { parts: object }).parts;
    await expect.poll(ready, { timeout: SOON }).toEqual({ database: true, auditor: true, teams: true });
  });

  it('shows what came while Teams was away, once each, in the end', async () => {
    house.teams.faults.down();
    const ids = await Promise.all(Array.from({ length: 3 }, () => sendLead(house, jsonLead())));
    await house.teams.until(
      () => house.teams.requests.some(({ method, status }) => method === 'conversation.create' && status === 503),
      SOON,
    );
    for (const id of ids) expect(cardsInTeams(house, id)).toEqual([]);
    house.teams.faults.up();
    for (const id of ids) await teamsCard(house, id);
    for (const id of ids) {
      await expect.poll(() => facts(house, id, 'posted'), { timeout: SOON }).toHaveLength(1);
      expect(cardsInTeams(house, id)).toHaveLength(1);
    }
  });

  it('waits as it is told to, and then shows it', async () => {
    house.teams.faults.add({ effect: { kind: 'throttled', retryAfter: 1 }, method: 'conversation.create', times: 2 });
    const id = await sendLead(house, jsonLead());
    await teamsCard(house, id);
    expect(cardsInTeams(house, id)).toHaveLength(1);
  });

  it('shows a lead once where Teams hides that it took the card', async () => {
    house.teams.faults.add({ effect: { kind: 'lost', stored: true }, method: 'conversation.create', times: 1 });
    const id = await sendLead(house, jsonLead());
    await teamsCard(house, id);
    await expect.poll(() => facts(house, id, 'posted'), { timeout: SOON }).toHaveLength(1);
    expect(cardsInTeams(house, id)).toHaveLength(1);
    expect(await alice().click(await teamsCard(house, id), 'claim.take')).toMatchObject({ ok: true });
    await teamsCard(house, id, (one) => readIn(one).includes('Pris par Alice Martin'));
  });
});

describe('a house whose team lets nobody look for what was posted', () => {
  let closed: Both;
  beforeAll(async () => {
    closed = await runBoth({ without: 'slack', tenant: { ...TENANT, rsc: false } });
  }, PATIENT_MS);
  afterAll(() => closed?.stop());

  it('shows a lead twice where Teams hides that it took the card, and it still has one owner', async () => {
    closed.teams.faults.add({ effect: { kind: 'lost', stored: true }, method: 'conversation.create', times: 1 });
    const id = await sendLead(closed, jsonLead());
    const [orphan, known] = await closed.teams.until(() => (cardsInTeams(closed, id).length === 2 ? cardsInTeams(closed, id) : null), SOON);
    if (!orphan || !known) throw new Error('no two cards');
    await expect.poll(() => facts(closed, id, 'posted'), { timeout: SOON }).toHaveLength(1);
    expect(await closed.teams.as('aad-alice').click(orphan, 'claim.take')).toMatchObject({ ok: true });
    await teamsCard(closed, id, (one) => one.id === known.id && readIn(one).includes('Pris par Alice Martin'));
    expect(await closed.teams.as('aad-bruno').click(orphan, 'claim.take')).toMatchObject({ ok: true });
    expect(await stored(closed, id)).toMatchObject({ ownerId: 'alice' });
    expect(await facts(closed, id, 'claimed')).toHaveLength(1);
  });
});
