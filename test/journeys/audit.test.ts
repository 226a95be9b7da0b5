import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLeads } from '../../src/leads/audit.js';
import { type Running, run } from '../support/running.js';

const LEADS = 'C0LEADSLYON';
let house: Running;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
});
afterAll(() => house.stop());

const audit = () => house.app.store.transact(async ({ enqueue }) => enqueue(auditLeads, {}));
const cards = (text: string) => house.slack.messages(LEADS).filter((message) => message.text.includes(text));
const send = (n: number) =>
  house.send(
    'website',
    JSON.stringify({
      externalId: `audit-${n}`,
      dealership: 'lyon',
      customer: { name: `Client ${n}` },
      interest: { make: 'Audit', model: `M${n}` },
    }),
  );

describe('the auditor', () => {
  it('finds a lead whose card job vanished, and a card that shows an older state, and mends both', async () => {
    const { db } = house.app.store;
    house.slack.faults.down();
    await Promise.all(Array.from({ length: 10 }, (_, n) => send(n)));
    await db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'announce' AND state IN ('created', 'retry')`;
    house.slack.faults.up();
    await audit();
    await house.slack.until(() => Array.from({ length: 10 }, (_, n) => cards(`M${n}`).length).every((count) => count === 1), 30_000);

    // Nothing may be under way any more that would see the change by itself.
    await expect
      .poll(() => db.$queryRaw`SELECT id FROM pgboss.job WHERE name = 'announce' AND state < 'completed'`, { timeout: 10_000 })
      .toEqual([]);
    await db.$executeRaw`UPDATE lead SET owner_id = 'alice', stage = 'claimed', claimed_at = now(), revision = revision + 1 WHERE interest->>'model' = 'M3'`;
    await audit();
    await house.slack.until(() => cards('M3').some((message) => message.text.includes('Alice Martin')), 30_000);
    expect(cards('M3')).toHaveLength(1);
    const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
    expect(metrics).toMatch(/forecourt_audit_mended_total\{act="redraw"\} 1/);
  });

  it('finds nothing where nothing is missing', async () => {
    const before = house.slack.requests().length;
    await audit();
    await audit();
    await expect.poll(async () => (await house.app.store.jobs.waiting()).audit ?? 0).toBe(0);
    expect(
      house.slack
        .requests()
        .slice(before)
        .filter((request) => request.method === 'chat.postMessage'),
    ).toEqual([]);
  });

  it('says in /readyz when it has been silent for too long', async () => {
    const parts = async () => ((await (await fetch(`${house.app.url}/readyz`)).json()) as { parts: Record<string, boolean> }).parts;
    expect(await parts()).toMatchObject({ auditor: true, database: true });
  });
});
