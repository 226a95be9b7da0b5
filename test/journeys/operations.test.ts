import { rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSimulator, startSlackSimulator } from '../../src/sandbox/slack/index.js';
import { openDatabase } from '../../src/store/database.js';
import { freshDatabase } from '../support/database.js';
import { jsonLead } from '../support/leads.js';
import { environment, exampleYaml, type Process, startProcess } from '../support/processes.js';
import { type Running, run, SEED, TOKENS } from '../support/running.js';
import { arrived, LYON, SOON } from '../support/seen.js';

const SERVER = process.env.TEST_DATABASE_URL;

describe('what operators watch', () => {
  let house: Running;
  beforeAll(async () => {
    house = await run({ before: (slack) => slack.faults.down() });
  });
  afterAll(() => house?.stop());

  const ready = async () => {
    const answer = await fetch(`${house.app.url}/readyz`);
    return { ...((await answer.json()) as { parts: object }), status: answer.status };
  };

  it('/healthz says that the process lives, whatever else does not', async () => {
    const answer = await fetch(`${house.app.url}/healthz`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('/readyz is 503 while Slack does not answer, and 200 when it does again', async () => {
    expect(await ready()).toMatchObject({ status: 503, parts: { database: true, slack: false } });
    house.slack.faults.up();
    await expect.poll(ready, { timeout: 30_000, interval: 100 }).toMatchObject({ status: 200, parts: { database: true, slack: true } });
  }, 40_000);

  it('/metrics counts what happened', async () => {
    const { card } = await arrived(house, jsonLead());
    await house.slack.as('U0ALICE').click({ channel: LYON, ts: card.ts, action_id: 'claim.take' });
    await house.send('website', '{}', { authorization: 'Bearer wrong' });
    const answer = await fetch(`${house.app.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await answer.text();
    for (const line of [
      'forecourt_intake_requests_total{source="website",outcome="accepted"} 1',
      'forecourt_intake_requests_total{source="website",outcome="401"} 1',
      'forecourt_leads_received_total{source="website"} 1',
      'forecourt_interactions_total{kind="click",name="claim.take",outcome="answered"} 1',
      'forecourt_up{part="slack"} 1',
      'forecourt_up{part="database"} 1',
    ])
      expect(text).toContain(line);
  });

  if (SERVER)
    it('/readyz and the intake are 503 while the database is gone, and recover', async () => {
      const [{ name }] = (await house.app.store.db.$queryRaw`SELECT current_database() AS name`) as [{ name: string }];
      const admin = new pg.Client({ connectionString: SERVER });
      await admin.connect();
      try {
        await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
        await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
        expect(await ready()).toMatchObject({ status: 503, parts: { database: false } });
        expect((await house.send('website', jsonLead())).status).toBe(503);
        expect((await fetch(`${house.app.url}/healthz`)).status).toBe(200);
      } finally {
        await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
        await admin.end();
      }
      await expect.poll(ready, { timeout: SOON }).toMatchObject({ status: 200 });
      await arrived(house, jsonLead());
    }, 60_000);
});

describe('the program in a process of its own', () => {
  let simulator: RunningSimulator;
  const started: Process[] = [];
  const cleaning: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    simulator = await startSlackSimulator(SEED);
  });
  afterAll(async () => {
    for (const one of started) one.signal('SIGKILL');
    await Promise.all(started.map((one) => one.ended));
    for (const clean of cleaning) await clean();
    await simulator.stop();
  });

  const start = (env: Record<string, string>) => {
    const one = startProcess(env);
    started.push(one);
    return one;
  };

  const place = async (databaseUrl?: string) => {
    const made = await environment({ yaml: exampleYaml(), apiUrl: simulator.apiUrl, ...(databaseUrl !== undefined && { databaseUrl }) });
    cleaning.push(made.remove);
    return made;
  };

  const send = (url: string) =>
    fetch(`${url}/intake/website`, {
      method: 'POST',
      body: jsonLead(),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKENS.INTAKE_WEBSITE_TOKEN}` },
    });

  if (!SERVER)
    it('with the embedded database: one process a folder, clean stops, and a killed process in nobody’s way', async () => {
      const { env, folder } = await place();
      const first = start(env);
      const url = await first.ready;

      // A second one on the same folder is refused by name, and within 2 s of being loaded.
      const loading = Date.now();
      expect(await start({ ...env, PORT: 'nine' }).ended).toBe(2);
      const loaded = Date.now();
      const second = start(env);
      expect(await second.ended).toBe(1);
      expect(Date.now() - loaded).toBeLessThan(2_000 + loaded - loading);
      expect(second.output()).toContain(`already open in process ${first.pid}`);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);

      // Killed, it leaves its lock behind, and nothing it accepted is lost.
      simulator.simulator.faults.down();
      expect((await send(url)).status).toBe(202);
      first.signal('SIGKILL');
      await first.ended;
      const next = start(env);
      const nextUrl = await next.ready;

      // Asked to stop while a job is waiting for Slack, it does so in good order.
      expect((await send(nextUrl)).status).toBe(202);
      const asked = Date.now();
      next.signal('SIGTERM');
      expect(await next.ended).toBe(0);
      expect(Date.now() - asked).toBeLessThan(10_000);
      expect(next.output()).toContain('"msg":"stopped"');

      simulator.simulator.faults.up();
      const last = start(env);
      await last.ready;
      await simulator.simulator.until(() => simulator.simulator.messages(LYON).length === 2, 60_000);
      last.signal('SIGTERM');
      expect(await last.ended).toBe(0);

      // A database that a newer version has prepared is not touched.
      const database = await openDatabase({ kind: 'embedded', folder: `${folder}/data` });
      await database.prisma
        .$executeRaw`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES ('x', 'x', now(), '29990101000000_from_the_future', now(), 1)`;
      await database.close();
      const older = start(env);
      expect(await older.ended).toBe(1);
      expect(older.output()).toContain('29990101000000_from_the_future');
      expect(older.output()).toContain('newer Forecourt');
      expect(older.output()).not.toContain('at file:');
    }, 150_000);

  it('with a wrong configuration: every problem at once, and an exit code', async () => {
    const { env } = await place();
    const wrong = start({ ...env, PORT: 'nine', SLACK_SIGNING_SECRET: '', INTAKE_WEBSITE_TOKEN: '' });
    expect(await wrong.ended).toBe(2);
    for (const said of ['PORT', 'SLACK_SIGNING_SECRET', 'INTAKE_WEBSITE_TOKEN']) expect(wrong.output()).toContain(said);
  });

  if (SERVER)
    describe('with PostgreSQL', () => {
      it('three start at once on an empty database: all up, one migration; an older one is refused afterwards', async () => {
        const fresh = await freshDatabase(SERVER ?? '');
        cleaning.unshift(fresh.drop);
        const { env, folder } = await place(fresh.place.url);
        await rm(`${folder}/data`, { recursive: true, force: true });
        const three = [1, 2, 3].map(() => start(env));
        const urls = await Promise.all(three.map((one) => one.ready));
        for (const url of urls) expect((await fetch(`${url}/readyz`)).status).toBe(200);
        const database = await openDatabase(fresh.place);
        const applied = await database.prisma.$queryRaw<
          { name: string; times: number }[]
        >`SELECT migration_name AS name, count(*)::int AS times FROM _prisma_migrations GROUP BY 1`;
        expect(applied.length).toBeGreaterThan(0);
        expect(applied.every((one) => one.times === 1)).toBe(true);
        await database.prisma
          .$executeRaw`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES ('x', 'x', now(), '29990101000000_from_the_future', now(), 1)`;
        await database.close();
        const older = start(env);
        expect(await older.ended).toBe(1);
        expect(older.output()).toContain('newer Forecourt');
        for (const one of three) one.signal('SIGTERM');
        expect(await Promise.all(three.map((one) => one.ended))).toEqual([0, 0, 0]);
      }, 90_000);
    });
});
