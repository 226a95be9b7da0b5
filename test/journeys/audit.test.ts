import { fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_SILENT_AFTER_S, auditAge, auditLeads } from '../../src/leads/audit.js';
import { createLogger, createMetrics } from '../../src/observe.js';
import { operations } from '../../src/operations.js';
import { type Running, run } from '../support/running.js';

const LEADS = 'C0LEADSLYON';
let house: Running;
beforeAll(async () => {
  house = await run({ simulator: { rate: 'off' } });
});
afterAll(() => house.stop());

const audit = () => house.app.store.transact(async ({ enqueue }) => enqueue(auditLeads, {}));
const passes = () => house.app.store.db.$queryRaw`SELECT id FROM pgboss.job WHERE name = 'audit' AND state < 'completed'`;
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

  it('writes no heartbeat when part of it fails, and its silence shows in /readyz', async () => {
    const beat = async () => (await house.app.store.db.heartbeat.findUniqueOrThrow({ where: { name: 'auditor' } })).at;
    await house.app.store.db.$executeRaw`ALTER TABLE photo RENAME TO photo_away`;
    // One that began before finds it, perhaps.
    await expect.poll(passes).toEqual([]);
    const before = await beat();
    const logged = house.log.length;
    await audit();
    await expect.poll(() => house.log.slice(logged).some((line) => line.includes('"job":"audit"'))).toBe(true);
    expect(await beat()).toEqual(before);
    await house.app.store.db.$executeRaw`ALTER TABLE photo_away RENAME TO photo`;

    const readyz = async (age: number | null, silentAfter: number) => {
      const server = fastify();
      const parts = { store: house.app.store, platforms: new Map(), metrics: createMetrics(), logger: createLogger('silent') };
      operations({ ...parts, auditAge: async () => age, auditSilentAfter: silentAfter }).routes(server);
      const { statusCode, body } = await server.inject('/readyz');
      await server.close();
      return { statusCode, parts: (JSON.parse(body) as { parts: object }).parts };
    };
    expect(await readyz(await auditAge(house.app.store.db), AUDIT_SILENT_AFTER_S)).toEqual({
      statusCode: 200,
      parts: { database: true, auditor: true },
    });
    expect(await readyz(AUDIT_SILENT_AFTER_S + 1, 0)).toEqual({ statusCode: 503, parts: { database: true, auditor: false } });
    expect(await readyz(null, 0)).toEqual({ statusCode: 503, parts: { database: true, auditor: false } });
  });
});
