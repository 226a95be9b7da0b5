import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { administer } from '../support/database.js';
import type { Process } from '../support/processes.js';
import { type Ground, openGround } from './support/ground.js';
import { report, seconds } from './support/report.js';
import { limit } from './support/size.js';
import { lasting, until } from './support/wait.js';

/*
 * Many processes start at once on a server that has no connection left for one of them. What that server says is what
 * one says that grants a role no more than so many.
 */

const ROLE = `forecourt_crowded_${randomBytes(6).toString('hex')}`;

let ground: Ground | undefined;
afterEach(async () => {
  const there = ground;
  ground = undefined;
  await there?.close();
  if (!there) return;
  const server = new URL(there.databaseUrl);
  server.pathname = '/postgres';
  await administer(server.href, `DROP ROLE IF EXISTS ${ROLE}`);
});

/** The address of the database for somebody who is granted so many connections. */
async function granted(there: Ground, connections: number): Promise<string> {
  const [known] = await there.ask(`SELECT 1 FROM pg_roles WHERE rolname = '${ROLE}'`);
  if (!known) await there.ask(`CREATE ROLE ${ROLE}`);
  await there.ask(`ALTER ROLE ${ROLE} LOGIN CONNECTION LIMIT ${connections}`);
  await there.ask(`ALTER DATABASE ${there.databaseName} OWNER TO ${ROLE}`);
  await there.ask(`GRANT ALL ON SCHEMA public TO ${ROLE}`);
  const url = new URL(there.databaseUrl);
  url.username = ROLE;
  return url.href;
}

/** Gives the process what it needs, and looks whether it is up and has made the schema once. */
async function upWithMore(there: Ground, connections: number, started: Process): Promise<void> {
  const began = performance.now();
  await granted(there, -1);
  const url = await started.ready;
  await until('a process that is ready', limit(30_000), async () => (await fetch(`${url}/readyz`)).status === 200);
  report(`F15 granted ${connections}`, `ready ${seconds(performance.now() - began)} after there was room`, 'up');
  const twice = await there.ask('SELECT migration_name FROM _prisma_migrations GROUP BY 1 HAVING count(*) > 1');
  expect(twice).toEqual([]);
}

it.each([0, 1, 2])('a start that is granted %i connections waits, and is up once there are enough', async (connections) => {
  ground = await openGround({ sites: 1 });
  const started = ground.launch({ DATABASE_URL: await granted(ground, connections) });
  await until('a start that waits', limit(20_000), () => /no connection left/.test(started.output()));
  await lasting(1_000);
  await upWithMore(ground, connections, started);
});

it('one that is granted three gets by, and is up with more', async () => {
  ground = await openGround({ sites: 1 });
  const started = ground.launch({ DATABASE_URL: await granted(ground, 3) });
  await started.ready;
  await upWithMore(ground, 3, started);
});
