import { Agent } from 'node:http';
import pg from 'pg';
import { burst } from './burst.js';
import { digest } from './digest.js';
import { closedLoop, lead, median, post, quantile, signedClick } from './load.js';
import { BARE_BOLT, BARE_INTAKE, benchFolder, CHANNELS, type Child, PROGRAM, SINK, startChild } from './processes.js';

// `npm run bench`, or `npm run bench -- claims intake` for some of it: ratios inside one run, medians of interleaved rounds. The machine may be shared and noisy: read the
// ratios, not the absolute figures. BENCH_DATABASE_URL names a PostgreSQL server on which a database may be made.

const SERVER = process.env.BENCH_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const WARM = 5;
const CONNECTIONS = 20;
const CLICKS = 1_500;
const LEADS = 2_000;
const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer bench' };

const say = (line: string) => process.stdout.write(`${line}\n`);
const figure = (value: number, digits = 2) => value.toFixed(digits);

const admin = new pg.Client({ connectionString: SERVER });
await admin.connect();
const bench = await benchFolder();
const sink = await startChild(SINK, {});
const measures: Readonly<Record<string, (url: string) => Promise<void>>> = {
  start: (url) => coldStart(settings(url)),
  claims: (url) => withProgram(url, claims),
  intake: (url) => withProgram(url, (program) => intake(program, url)),
  scaling: (url) => withProgram(url, (program) => scaling(program, settings(url))),
  burst: (url) => burst(bench.env, url, say),
  digest: (url) => digestOfYears(url),
};
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in measures));
try {
  if (unknown !== undefined) throw new Error(`no such measurement: ${unknown}. There are ${Object.keys(measures).join(', ')}.`);
  for (const [name, measure] of Object.entries(measures)) if (asked.length === 0 || asked.includes(name)) await onDatabase(name, measure);
} finally {
  await sink.stop();
  await bench.remove();
  await admin.end();
}

/** Each measurement on a database of its own: what one leaves behind must not weigh on the next. */
async function onDatabase(name: string, measure: (url: string) => Promise<void>): Promise<void> {
  const database = `forecourt_bench_${name}_${process.pid}`;
  await admin.query(`CREATE DATABASE ${database}`);
  try {
    await measure(new URL(`/${database}`, SERVER).href);
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }
}

function settings(url: string): Record<string, string> {
  return { ...bench.env, SLACK_API_URL: `${sink.url}/`, DATABASE_URL: url };
}

/** The program makes the schema of both databases, and is gone when they are measured. */
async function digestOfYears(url: string): Promise<void> {
  const { DATABASE_URL: _, ...embedded } = settings(url);
  for (const env of [settings(url), embedded]) await (await startChild(PROGRAM, env, '/healthz')).stop();
  await digest(url, embedded.FORECOURT_DATA ?? '', say);
}

async function withProgram(url: string, measure: (program: Child) => Promise<void>): Promise<void> {
  const program = await startChild(PROGRAM, settings(url), '/healthz');
  try {
    await measure(program);
  } finally {
    await program.stop();
  }
}

/** (e) From nothing to answering, and what it then occupies. */
async function coldStart(env: Record<string, string>): Promise<void> {
  const { DATABASE_URL: _, ...embedded } = env;
  await (await startChild(PROGRAM, env, '/healthz')).stop();
  await (await startChild(PROGRAM, embedded, '/healthz')).stop();
  for (const [name, settings] of [
    ['PostgreSQL', env],
    ['embedded', embedded],
  ] as const) {
    const starts: number[] = [];
    const memory: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const child = await startChild(PROGRAM, settings, '/healthz');
      starts.push(child.startedIn);
      memory.push(child.memory());
      await child.stop();
    }
    say(`(e) cold start, ${name}: ${figure(median(starts) / 1000)} s, ${figure(median(memory), 0)} MB resident`);
  }
}

/** (a) A signed claim click, from sent to answered, against Bolt doing nothing. */
async function claims(program: Child): Promise<void> {
  const bare = await startChild(BARE_BOLT, { SLACK_SIGNING_SECRET: bench.env.SLACK_SIGNING_SECRET ?? '' });
  const rounds = { bare: [] as number[][], ours: [] as number[][] };
  for (let round = 0; round < ROUNDS; round++) {
    const ids = await prepareLeads(program, CLICKS, `claim-${round}`);
    for (const [name, child] of [
      ['bare', bare],
      ['ours', program],
    ] as const) {
      const load = await closedLoop(CLICKS, CONNECTIONS, async (n, agent) => {
        const { headers, body } = signedClick(ids[n] ?? '', n);
        await post(`${child.url}/slack/events`, agent, headers, body, 200);
      });
      rounds[name].push([...load.ms]);
    }
  }
  await bare.stop();
  const at = (name: 'bare' | 'ours', q: number) => median(rounds[name].map((ms) => quantile(ms, q)));
  for (const q of [0.5, 0.99]) {
    say(
      `(a) claim click to answer, p${q * 100}: ${figure(at('ours', q))} ms, bare Bolt ${figure(at('bare', q))} ms, ratio ${figure(at('ours', q) / at('bare', q))}`,
    );
  }
}

async function prepareLeads(program: Child, count: number, name: string): Promise<string[]> {
  const agent = new Agent({ keepAlive: true });
  const ids: string[] = [];
  for (let from = 0; from < count; from += 250) {
    const leads = Array.from({ length: Math.min(250, count - from) }, (_, n) => lead(`${name}-${from + n}`, n % CHANNELS.length));
    const answer = await post(`${program.url}/intake/bench`, agent, HEADERS, JSON.stringify(leads), 202);
    ids.push(...(JSON.parse(answer) as { leads: { id: string }[] }).leads.map((one) => one.id));
  }
  agent.destroy();
  return ids;
}

/** (b) Leads per second over HTTP, against single-row INSERT commits on the same database. */
async function intake(program: Child, url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  await pool.query(`CREATE TABLE bench_row (id uuid PRIMARY KEY, dealership text, source text, external text, tier text, stage text,
    received timestamptz, name text, email text, customer jsonb, UNIQUE (source, external))`);
  await pool.query(
    'CREATE INDEX ON bench_row (dealership, received); CREATE INDEX ON bench_row (stage, received); CREATE INDEX ON bench_row (email)',
  );
  const bare = await startChild(BARE_INTAKE, { DATABASE_URL: url });
  const inserts: number[] = [];
  const requests: number[] = [];
  const ceiling: number[] = [];
  // Rounds nobody counts: the first ten thousand requests go while the engine is still compiling.
  for (let round = 0; round < WARM; round++) for (const child of [program, bare]) await leadsPerSecond([child], `warm-${round}`);
  for (let round = 0; round < ROUNDS; round++) {
    const rows = await closedLoop(LEADS, CONNECTIONS, async (n) => {
      await pool.query('INSERT INTO bench_row VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now(), $6, $7, $8)', [
        ...['site-0', 'bench', `${round}-${n}`, 'parsed', 'new', 'Brigitte Moreau', `b${n}@example.org`, '{"city":"Lyon"}'],
      ]);
    });
    inserts.push(LEADS / rows.seconds);
    requests.push(await leadsPerSecond([program], `intake-${round}`));
    ceiling.push(await leadsPerSecond([bare], `bare-${round}`));
  }
  await pool.end();
  await bare.stop();
  const [ours, floor, most] = [median(requests), median(inserts), median(ceiling)];
  say(
    `(b) intake: ${figure(ours, 0)} leads/s, single-row INSERT commits ${figure(floor, 0)}/s, ratio ${figure(ours / floor)}; a bare server that inserts one row a request: ${figure(most, 0)}/s, ratio ${figure(most / floor)}`,
  );
}

async function leadsPerSecond(programs: readonly Child[], name: string): Promise<number> {
  const load = await closedLoop(LEADS, CONNECTIONS, async (n, agent) => {
    const child = programs[n % programs.length];
    await post(`${child?.url}/intake/bench`, agent, HEADERS, JSON.stringify(lead(`${name}-${n}`, n % CHANNELS.length)), 202);
  });
  return LEADS / load.seconds;
}

/** (f) The same intake with one, two and three processes on one database. */
async function scaling(first: Child, env: Record<string, string>): Promise<void> {
  const programs = [first];
  const results: string[] = [];
  for (let count = 1; count <= 3; count++) {
    if (count > 1) programs.push(await startChild(PROGRAM, env, '/healthz'));
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push(await leadsPerSecond(programs, `scale-${count}-${round}`));
    results.push(`${count}: ${figure(median(rates), 0)}/s`);
  }
  for (const program of programs.slice(1)) await program.stop();
  say(`(f) intake with processes ${results.join(', ')}`);
}
