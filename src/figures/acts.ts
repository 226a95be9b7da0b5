import type { Db } from '../store/database.js';

/**
 * What is counted, each once a life unless it says otherwise; see `Figures`. A life begins when a lead comes, and again
 * when a recycled one comes back.
 */
export type Act =
  | 'received'
  | 'returned'
  | 'claimed'
  /** Every hand-over, also by a decision. */
  | 'taken'
  | 'given'
  | 'contacted'
  | 'witnessed'
  | 'appointment'
  | 'appraisal'
  /** `detail`: stock, order. */
  | 'won'
  | 'financed'
  | 'maintained'
  | 'trade-in'
  /** `detail`: the reason. */
  | 'abandoned'
  | 'recycled'
  /** Every time. */
  | 'sent-back'
  /** The life ended without a contact. */
  | 'never-contacted';

/** So many acts of one kind, of one person, about leads of one source, in one place. */
export interface ActRow {
  /** Which of the places asked for. */
  readonly n: number;
  readonly act: Act;
  readonly source: string;
  readonly person: string | null;
  readonly detail: string | null;
  readonly count: number;
  /** Of acts that stop a clock (claimed, contacted, won, abandoned) or end it: when each life began, milliseconds since 1970. */
  readonly began: readonly number[] | null;
  /** How long after that each act came, in milliseconds. */
  readonly took: readonly number[] | null;
}

/** A dealership, from one instant until just before another. */
export interface Place {
  readonly dealership: string;
  readonly from: Date;
  readonly to: Date;
}

/**
 * Counts what happened in each place. Finds the leads something happened to, either by the `facts` of the time (of every
 * dealership) or among the `leads` of the dealership that were not over by then (all that ended since included); then
 * reads their whole story, and nothing else: what is stored of other years costs nothing. Both find the same.
 *
 * Whose act it is: the owner's, whoever wrote it down (`behalf_of_id` before `actor_id`); of a decision, the owner at
 * that time; of a claim, whoever claimed. Ids of facts grow as they happen; a fact belongs to the life that began last.
 */
export async function readActs(db: Db, places: readonly Place[], by: 'facts' | 'leads'): Promise<readonly ActRow[]> {
  const list = JSON.stringify(places.map((place, n) => ({ n, ...place })));
  return db.$queryRaw<ActRow[]>`
    WITH place AS (
      SELECT * FROM jsonb_to_recordset(${list}::jsonb) AS p(n int, dealership text, "from" timestamptz, "to" timestamptz)
    ), touched AS MATERIALIZED (
      SELECT DISTINCT lead.id, lead.dealership_id, lead.source_id, lead.received_at
      FROM place p
      CROSS JOIN LATERAL (
        SELECT id, dealership_id, source_id, received_at FROM lead WHERE dealership_id = p.dealership AND closed_at IS NULL
        UNION ALL
        SELECT id, dealership_id, source_id, received_at FROM lead WHERE dealership_id = p.dealership AND closed_at >= p."from"
        -- Nothing is looked for by the time it came: that would be all there ever was.
        OFFSET 0
      ) lead
      WHERE ${by === 'leads'} AND lead.received_at < p."to"
      UNION ALL
      SELECT DISTINCT lead.id, lead.dealership_id, lead.source_id, lead.received_at
      FROM (SELECT DISTINCT "from", "to" FROM place WHERE ${by === 'facts'}) span
      CROSS JOIN LATERAL (
        SELECT lead_id FROM timeline_event
        WHERE at >= span."from" AND at < span."to"
          AND kind IN ('claimed', 'status', 'sold', 'handed-over', 'decided', 'returned', 'contact-shown', 'noted', 'appraisal-asked')
        -- By the index, span after span, and not all facts there are against the spans.
        OFFSET 0
      ) e
      CROSS JOIN LATERAL (SELECT id, dealership_id, source_id, received_at FROM lead WHERE id = e.lead_id LIMIT 1) lead
      WHERE lead.dealership_id IN (SELECT dealership FROM place)
    ), story AS (
      SELECT t.*, e.* FROM touched t CROSS JOIN LATERAL (
        SELECT id AS fact, at, kind, COALESCE(behalf_of_id, actor_id) AS person, data FROM timeline_event WHERE lead_id = t.id
          AND kind IN ('claimed', 'status', 'sold', 'handed-over', 'decided', 'returned', 'contact-shown', 'noted', 'appraisal-asked')
        OFFSET 0
      ) e
      OFFSET 0
    ), fact AS (
      SELECT p.n, s.*, data->>'outcome' AS outcome, data->>'from' AS giver, data->>'to' AS taker, data->>'reason' AS reason,
        kind = 'sold' OR (kind = 'status' AND data->>'contact' IS NOT NULL) AS contact,
        kind IN ('contact-shown', 'noted', 'appraisal-asked') AS seen,
        kind = 'status' AND data->>'stage' = 'appointment' AS appointment
      FROM story s JOIN place p ON p.dealership = s.dealership_id AND s.at >= p."from" AND s.at < p."to"
      OFFSET 0
    ), told AS (
      -- Of what was before it, what matters is the last of each kind: was that in an earlier life?
      SELECT f.*, COALESCE(b.returned, f.received_at) AS began, b.contact < b.life AS untouched, f.seen AND b.seen < b.life AS first_seen,
        f.appointment AND b.appointment < b.life AS first_appointment, f.kind = 'appraisal-asked' AND b.appraisal < b.life AS first_appraisal
      FROM fact f CROSS JOIN LATERAL (
        SELECT max(at) FILTER (WHERE kind = 'returned') AS returned, COALESCE(max(id) FILTER (WHERE kind = 'returned'), 0) AS life,
          COALESCE(max(id) FILTER (WHERE kind = 'sold' OR (kind = 'status' AND data->>'contact' IS NOT NULL)), -1) AS contact,
          COALESCE(max(id) FILTER (WHERE kind IN ('contact-shown', 'noted', 'appraisal-asked', 'sold')
            OR (kind = 'decided' AND data->>'outcome' IN ('approve', 'recycle'))), -1) AS seen,
          COALESCE(max(id) FILTER (WHERE kind = 'status' AND data->>'stage' = 'appointment'), -1) AS appointment,
          COALESCE(max(id) FILTER (WHERE kind = 'appraisal-asked'), -1) AS appraisal
        FROM (SELECT id, at, kind, data FROM timeline_event WHERE lead_id = f.id AND id < f.fact OFFSET 0) before
      ) b
      OFFSET 0
    ), act AS (
      SELECT t.n, a.act, t.source_id AS source, a.person, a.detail, CASE WHEN a.timed THEN t.began END AS began, t.at
      FROM told t
      LEFT JOIN sale s ON t.kind = 'sold' AND s.lead_id = t.id
      CROSS JOIN LATERAL (VALUES
        ('returned', t.kind = 'returned', NULL, NULL, false),
        ('claimed', t.kind = 'claimed', t.person, NULL, true),
        ('taken', t.kind = 'handed-over' OR (t.kind = 'decided' AND t.outcome = 'handover'), t.taker, NULL, false),
        ('given', t.kind = 'handed-over' OR (t.kind = 'decided' AND t.outcome = 'handover'), t.giver, NULL, false),
        ('contacted', t.contact AND t.untouched, t.person, NULL, true),
        ('witnessed', t.first_seen, t.person, NULL, false),
        ('appointment', t.first_appointment, t.person, NULL, false),
        ('appraisal', t.first_appraisal, t.person, NULL, false),
        ('won', t.kind = 'sold', s.seller_id, s.vehicle, true),
        ('financed', t.kind = 'sold' AND s.financing, s.seller_id, NULL, false),
        ('maintained', t.kind = 'sold' AND s.maintenance, s.seller_id, NULL, false),
        ('trade-in', t.kind = 'sold' AND s.trade_in, s.seller_id, NULL, false),
        ('abandoned', t.kind = 'decided' AND t.outcome = 'approve', t.giver, t.reason, true),
        ('recycled', t.kind = 'decided' AND t.outcome = 'recycle', t.giver, NULL, false),
        ('sent-back', t.kind = 'decided' AND t.outcome = 'sendback', t.giver, NULL, false),
        ('never-contacted', t.kind = 'decided' AND t.outcome IN ('approve', 'recycle') AND t.untouched, t.giver, NULL, true)
      ) AS a(act, applies, person, detail, timed)
      WHERE a.applies
    )
    SELECT n, act, source, person, detail, count(*)::int AS count,
      CASE WHEN count(began) > 0 THEN array_agg(EXTRACT(EPOCH FROM began)::float8 * 1000 ORDER BY at, began) END AS began,
      CASE WHEN count(began) > 0 THEN array_agg(EXTRACT(EPOCH FROM at - began)::float8 * 1000 ORDER BY at, began) END AS took
    FROM act GROUP BY n, act, source, person, detail
    UNION ALL
    SELECT p.n, 'received', l.source_id, NULL, NULL, count(*)::int, NULL, NULL
    FROM place p CROSS JOIN LATERAL (
      SELECT source_id FROM lead WHERE dealership_id = p.dealership AND received_at >= p."from" AND received_at < p."to" OFFSET 0
    ) l
    GROUP BY p.n, l.source_id`;
}
