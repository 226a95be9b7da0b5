import { monitorEventLoopDelay } from 'node:perf_hooks';
import pg from 'pg';
import { type Digest, readDigest } from '../../src/figures/digest.js';
import { readFigures } from '../../src/figures/measure.js';
import { daysPeriod } from '../../src/figures/period.js';
import { type Db, openDatabase } from '../../src/store/database.js';
import { siteWith, WEEK } from '../figures/sites.js';
import { median, quantile } from './load.js';
import { EVENING, SITES, storeYears } from './years.js';

/** Ten thousand are eleven days: of the four weeks a digest looks back at, most are not there yet. */
const FEW = [10_000, 100_000] as const;
const MANY = Number(process.env.BENCH_LEADS ?? 1_000_000);
const EMBEDDED = Number(process.env.BENCH_EMBEDDED_LEADS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
const WARM = 10;

const sites = Array.from({ length: SITES }, (_, n) => siteWith({ id: `site-${n}`, hours: WEEK }));
const DAY = '2026-11-20';

/**
 * (g) One dealership-day with years stored behind it: against the same statements, and against others, by hand. Both
 * databases have their schema.
 */
export async function digest(url: string, folder: string, say: (line: string) => void): Promise<void> {
  const database = await openDatabase({ kind: 'postgres', url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET jit = off');
  const sizes = [...FEW.filter((size) => size < MANY), MANY];
  for (const [n, end] of sizes.entries()) {
    const first = sizes[n - 1] ?? 0;
    await storeYears((sql, values = []) => client.query(sql, [...values]), first, end);
    await client.query('VACUUM ANALYZE');
    await compare(database.prisma, client, end, say);
  }
  await client.end();
  await database.close();
  await embedded(folder, say);
}

/** A statement as it was sent, to be sent again without us. */
interface Sent {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

async function compare(db: Db, client: pg.Client, stored: number, say: (line: string) => void): Promise<void> {
  const took = { ours: [] as number[], same: [] as number[], other: [] as number[] };
  const loop = monitorEventLoopDelay({ resolution: 5 });
  let read: Digest | undefined;
  const heap = { before: 0, most: 0 };
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const site = sites[round % SITES] ?? siteWith({});
    const sent: Sent[] = [];
    if (round === WARM) {
      heap.before = process.memoryUsage().rss;
      loop.enable();
    }
    const digest = async () => {
      read = await readDigest(recording(db, sent), site, DAY, EVENING);
    };
    const times = { ours: await timed(digest), same: await timed(() => resend(client, sent)), other: 0 };
    const hand = async () => expectSame(await byHand(client, site.id), read);
    times.other = await timed(hand);
    heap.most = Math.max(heap.most, process.memoryUsage().rss);
    if (round >= WARM) for (const key of ['ours', 'same', 'other'] as const) took[key].push(times[key]);
  }
  loop.disable();
  const [ours, same, other] = [median(took.ours), median(took.same), median(took.other)];
  say(
    `(g) digest of one dealership-day, ${stored} leads stored: p50 ${ours.toFixed(1)} ms, p90 ${quantile(took.ours, 0.9).toFixed(1)} ms; the same statements by hand ${same.toFixed(1)} ms (ratio ${(ours / same).toFixed(2)}); others, from the dealership's leads, ${other.toFixed(1)} ms (ratio ${(ours / other).toFixed(2)}); event loop held ${(loop.max / 1e6).toFixed(0)} ms at most; memory grew by ${((heap.most - heap.before) / 2 ** 20).toFixed(0)} MB`,
  );
}

/** The database, writing down what it is asked in SQL. */
function recording(db: Db, sent: Sent[]): Db {
  return new Proxy(db, {
    get(target, key) {
      if (key !== '$queryRaw') return Reflect.get(target, key);
      return (strings: TemplateStringsArray, ...values: unknown[]) => {
        const text = strings.reduce((sql, part, n) => `${sql}${n === 0 ? '' : `$${n}`}${part}`, '');
        sent.push({ name: text.slice(0, 200).replace(/\W+/g, '').slice(0, 60), text, values });
        return target.$queryRaw(strings, ...values);
      };
    },
  });
}

async function resend(client: pg.Client, sent: readonly Sent[]): Promise<void> {
  for (const one of sent) await client.query(one);
}

/** What somebody who wants just these numbers would write: the day's facts of the dealership's own leads, and four days beside it. */
async function byHand(client: pg.Client, site: string) {
  const days = [0, 7, 14, 21, 28].map((back) =>
    daysPeriod(siteWith({}), new Date(Date.parse(DAY) - back * 86_400_000).toISOString().slice(0, 10)),
  );
  const counts: Record<string, number>[] = [];
  for (const { from, to } of days) {
    const { rows } = await client.query({ name: 'hand-day', text: HAND_DAY, values: [site, from, to] });
    const sum: Record<string, number> = {};
    for (const { act, count } of rows) sum[act] = (sum[act] ?? 0) + Number(count);
    counts.push(sum);
  }
  const { rows: open } = await client.query({ name: 'hand-open', text: HAND_OPEN, values: [site, EVENING] });
  return { counts, open: Number(open[0]?.open), waiting: Number(open[0]?.waiting), hot: Number(open[0]?.hot) };
}

const HAND_DAY = `
  WITH mine AS MATERIALIZED (
    SELECT * FROM (
      SELECT id, source_id, received_at, contacted_at FROM lead WHERE dealership_id = $1 AND closed_at IS NULL
      UNION ALL SELECT id, source_id, received_at, contacted_at FROM lead WHERE dealership_id = $1 AND closed_at >= $2
      OFFSET 0
    ) one WHERE received_at < $3
  )
  SELECT 'received' AS act, source_id, NULL AS person, NULL AS detail, count(*), NULL AS took FROM mine WHERE received_at >= $2 GROUP BY 2
  UNION ALL
  SELECT e.kind, m.source_id, COALESCE(e.behalf_of_id, e.actor_id), e.data->>'reason', count(*), array_agg(EXTRACT(EPOCH FROM e.at - m.received_at))
  FROM mine m JOIN timeline_event e ON e.lead_id = m.id AND e.at >= $2 AND e.at < $3 AND e.kind IN ('claimed', 'sold', 'decided')
  GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT 'contacted', m.source_id, COALESCE(e.behalf_of_id, e.actor_id), NULL, count(*), array_agg(EXTRACT(EPOCH FROM e.at - m.received_at))
  FROM mine m JOIN timeline_event e ON e.lead_id = m.id AND e.at = m.contacted_at AND e.kind = 'status'
  WHERE m.contacted_at >= $2 AND m.contacted_at < $3 GROUP BY 2, 3`;

const HAND_OPEN = `
  SELECT count(*) AS open, count(*) FILTER (WHERE stage = 'new') AS waiting, count(*) FILTER (WHERE temperature = 'hot') AS hot,
    (array_agg(id ORDER BY next_action_at) FILTER (WHERE next_action_at < $2))[1:12] AS late
  FROM lead WHERE dealership_id = $1 AND closed_at IS NULL`;

function expectSame(hand: Awaited<ReturnType<typeof byHand>>, read: Digest | undefined): void {
  if (!read) throw new Error('no digest');
  const ours = [read.today, ...read.before].map(({ received, claimed, contacted, won, abandoned }) => [
    received,
    claimed,
    contacted,
    won,
    abandoned,
  ]);
  const theirs = hand.counts
    .slice(0, ours.length)
    .map((sum) => ['received', 'claimed', 'contacted', 'sold', 'decided'].map((act) => sum[act] ?? 0));
  const { open, waiting, hot } = read.figures.total;
  const [one, other] = [JSON.stringify([ours, open, waiting, hot]), JSON.stringify([theirs, hand.open, hand.waiting, hand.hot])];
  if (one !== other) throw new Error(`not the same numbers: ${one} and ${other}`);
}

/** (h) The same on the embedded database, which computes on the event loop; and a month of the whole group. */
async function embedded(folder: string, say: (line: string) => void): Promise<void> {
  const database = await openDatabase({ kind: 'embedded', folder });
  const { pglite } = database;
  if (!pglite) throw new Error('not embedded');
  await storeYears((sql, values = []) => pglite.query(sql, [...values]), 0, EMBEDDED);
  await pglite.exec('VACUUM ANALYZE');
  for (const [name, work] of [
    ['digest of one dealership-day', (n: number) => readDigest(database.prisma, sites[n % SITES] ?? siteWith({}), DAY, EVENING)],
    [
      'a month of all twenty dealerships',
      () =>
        readFigures(
          database.prisma,
          sites.map((dealership) => ({ dealership, period: daysPeriod(dealership, '2026-10-21', DAY) })),
        ),
    ],
  ] as const) {
    const loop = monitorEventLoopDelay({ resolution: 5 });
    const took: number[] = [];
    for (let round = 0; round < 6; round++) {
      if (round === 1) loop.enable();
      took.push(await timed(() => work(round)));
    }
    loop.disable();
    say(
      `(h) embedded, ${EMBEDDED} leads stored, ${name}: p50 ${median(took.slice(1)).toFixed(0)} ms; event loop held ${(loop.max / 1e6).toFixed(0)} ms at most; ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB resident`,
    );
  }
  await database.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
