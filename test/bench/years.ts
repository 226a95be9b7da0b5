/** Runs one statement with its values. */
export type Run = (sql: string, values?: readonly unknown[]) => Promise<unknown>;

/** Sites of the group, and the evening everything stands at. */
export const SITES = 20;
export const EVENING = new Date('2026-11-20T17:30:00Z');
/** A million leads are three years of twenty sites: 913 a day. */
const EVERY_S = 94.6;
const AT_ONCE = 50_000;

/**
 * Stores leads one by one into the past from `EVENING`, with the facts workflows write: so that the first ten thousand
 * are the same days whether or not a million lie behind them. Each is claimed, called, and over within a week.
 */
export async function storeYears(run: Run, first: number, end: number): Promise<void> {
  // Foreign keys are checked by triggers: twelve million look-ups nobody needs here.
  await run("SET session_replication_role = 'replica'");
  await run(`INSERT INTO dealership (id, name, time_zone, language)
    SELECT 'site-' || n, 'Site ' || n, 'Europe/Paris', 'en' FROM generate_series(0, ${SITES - 1}) n ON CONFLICT DO NOTHING`);
  await run(
    `INSERT INTO person (id, name, listed) SELECT 'person-' || n, 'Person ' || n, true FROM generate_series(0, ${SITES * 10 - 1}) n ON CONFLICT DO NOTHING`,
  );
  for (let from = first; from < end; from += AT_ONCE) {
    await run(`CREATE TEMPORARY TABLE made AS ${MADE}`, [from, Math.min(end, from + AT_ONCE) - 1, EVENING]);
    await run(LEADS, [EVENING]);
    await run(FACTS, [EVENING]);
    await run(SALES, [EVENING]);
    await run('DROP TABLE made');
  }
  await run("SET session_replication_role = 'origin'");
}

const MADE = `
  SELECT *, received + (1 + a * 40) * interval '1 minute' AS claimed, received + (5 + a * 300) * interval '1 minute' AS contacted,
    received + (1 + b * 6) * interval '1 day' AS closed
  FROM (
    SELECT md5('lead' || i)::uuid AS id, i, 'site-' || (i % ${SITES}) AS site, 'source-' || (i % 7) AS source,
      'person-' || ((i % ${SITES}) * 10 + (i / ${SITES}) % 8) AS person, $3::timestamptz - i * interval '${EVERY_S} seconds' AS received,
      (i * 7919 % 1000) / 1000.0 AS a, (i * 104729 % 1000) / 1000.0 AS b
    FROM generate_series($1::bigint, $2::bigint) i
  ) each`;

const LEADS = `
  INSERT INTO lead (id, dealership_id, source_id, external_key, tier, stage, temperature, owner_id, received_at, claimed_at, contacted_at,
    closed_at, next_action_kind, next_action_at, name, phone, email, customer, interest, origin)
  SELECT id, site, source, i::text, 'parsed',
    CASE WHEN closed < $1 THEN CASE WHEN a < 0.2 THEN 'won' ELSE 'abandoned' END
      WHEN claimed >= $1 THEN 'new' WHEN contacted >= $1 THEN 'claimed' ELSE 'contacted' END,
    CASE WHEN contacted < $1 THEN CASE WHEN b < 0.2 THEN 'hot' ELSE 'warm' END END,
    CASE WHEN claimed < $1 THEN person END, received, CASE WHEN claimed < $1 THEN claimed END, CASE WHEN contacted < $1 THEN contacted END,
    CASE WHEN closed < $1 THEN closed END, CASE WHEN closed >= $1 AND contacted < $1 THEN 'call' END,
    CASE WHEN closed >= $1 AND contacted < $1 THEN contacted + interval '2 days' END,
    'Brigitte Moreau ' || i, '+3363998' || lpad((i % 10000)::text, 4, '0'), 'b' || i || '@example.org',
    '{"firstName":"Brigitte","lastName":"Moreau","city":"Lyon"}',
    jsonb_build_object('type', 'buy', 'condition', 'used', 'make', 'Renault', 'model', 'Clio', 'year', 2021, 'stockNumber', 'VO-' || i), '{}'
  FROM made`;

const FACTS = `
  INSERT INTO timeline_event (lead_id, at, kind, actor_id, platform, data)
  SELECT id, f.at, f.kind, f.actor, CASE WHEN f.actor IS NOT NULL THEN 'slack' END, f.data
  FROM made CROSS JOIN LATERAL (VALUES
    (received, 'arrived', NULL, jsonb_build_object('source', source)),
    (received + interval '2 seconds', 'posted', NULL, '{}'),
    (claimed, 'claimed', person, '{}'),
    (claimed + interval '1 minute', CASE WHEN a < 0.5 THEN 'contact-shown' ELSE 'noted' END, person, '{}'),
    (contacted, 'status', person, jsonb_build_object('stage', 'contacted', 'contact', 'call', 'temperature', CASE WHEN b < 0.2 THEN 'hot' ELSE 'warm' END)),
    (contacted + interval '20 hours', 'status', person,
      jsonb_build_object('stage', CASE WHEN a < 0.4 THEN 'appointment' ELSE 'contacted' END, 'contact', NULL, 'temperature', NULL)),
    (closed, CASE WHEN a < 0.2 THEN 'sold' ELSE 'decided' END, person, CASE WHEN a < 0.2 THEN '{}'
      ELSE jsonb_build_object('outcome', 'approve', 'reason', 'reason-' || (i % 4), 'from', person, 'to', NULL) END)
  ) AS f(at, kind, actor, data)
  WHERE f.at < $1 AND f.at <= closed ORDER BY f.at`;

const SALES = `
  INSERT INTO sale (lead_id, seller_id, at, vehicle, financing, maintenance, trade_in, currency)
  SELECT id, person, closed, CASE WHEN i % 3 = 0 THEN 'order' ELSE 'stock' END, i % 2 = 0, i % 5 = 0, i % 4 = 0, 'EUR'
  FROM made WHERE a < 0.2 AND closed < $1`;
