import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLeads } from '../../src/leads/audit.js';
import { type Running, run } from '../support/running.js';
import { cardsOf, LYON, SOON } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run({ past: true, simulator: { rate: 'off' } });
});
afterAll(() => house?.stop());

it('a start with a past behind it posts what is open, and finds nothing missing', async () => {
  const { db } = house.app.store;
  const open = await db.lead.findMany({ where: { dealershipId: 'lyon', closedAt: null, restingUntil: null }, select: { id: true } });
  expect(open.length).toBeGreaterThan(10);
  await house.slack.until(() => open.every(({ id }) => cardsOf(house, LYON, id).length === 1), 3 * SOON);
  await house.app.store.transact(async ({ enqueue }) => enqueue(auditLeads, {}));
  await expect.poll(async () => (await house.app.store.jobs.waiting()).audit ?? 0, { timeout: SOON }).toBe(0);
  expect(house.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
}, 120_000);
