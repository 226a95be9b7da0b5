import type { Db } from '../store/database.js';
import type { LateSince } from './late.js';
import type { Lateness } from './lines.js';
import type { Period } from './period.js';

/** Leads on one list are told apart on a phone up to here; the rest is counted. */
export const MOST_LINES = 12;

/** One lead on one list. */
export interface OnList {
  readonly list: 'waiting' | 'onTime' | 'late' | 'hot' | 'appointments';
  readonly leadId: string;
  readonly at: Date;
  readonly why: Lateness | null;
  /** How long the whole list is. */
  readonly total: number;
}

/** The lists of a dealership's leads that are not over: see `Standing`. Appointments: within that time, when given. */
export async function readOpenLists(db: Db, dealership: string, late: LateSince, within: Period | null): Promise<readonly OnList[]> {
  return db.$queryRaw<OnList[]>`
    WITH open AS MATERIALIZED (
      SELECT id, stage, temperature, claimed_at, contacted_at, next_action_at, next_action_kind, COALESCE(returned_at, received_at) AS began
      FROM lead WHERE dealership_id = ${dealership} AND closed_at IS NULL
    ), listed AS (
      SELECT l.list, o.id, l.at, l.why FROM open o CROSS JOIN LATERAL (VALUES
        ('waiting', o.stage = 'new', o.began, NULL),
        ('onTime', o.stage = 'new' AND (o.began <= ${late.unclaimed}::timestamptz) IS NOT TRUE, o.began, NULL),
        ('late', o.stage = 'new' AND o.began <= ${late.unclaimed}::timestamptz, o.began, 'unclaimed'),
        ('late', o.stage <> 'new' AND o.contacted_at IS NULL AND o.next_action_at IS NULL AND o.claimed_at <= ${late.untouched}::timestamptz,
          o.claimed_at, 'untouched'),
        ('late', o.stage <> 'new' AND o.next_action_at <= ${late.overdue}::timestamptz, o.next_action_at, 'overdue'),
        ('hot', o.temperature = 'hot', COALESCE(o.next_action_at, o.began), NULL),
        ('appointments', o.next_action_kind IN ('appointment', 'test-drive') AND o.next_action_at >= ${within?.from ?? null}::timestamptz
          AND o.next_action_at < ${within?.to ?? null}::timestamptz, o.next_action_at, NULL)
      ) AS l(list, belongs, at, why)
      WHERE l.belongs
    ), ordered AS (
      SELECT *, count(*) OVER (PARTITION BY list)::int AS total,
        row_number() OVER (PARTITION BY list ORDER BY at, id) AS n
      FROM listed
    )
    SELECT list, id::text AS "leadId", at, why, total FROM ordered WHERE n <= ${MOST_LINES} ORDER BY list, n`;
}

/** Somebody waits for an answer about a lead that is not over. */
export interface Pending {
  readonly id: string;
  readonly leadId: string;
  readonly requesterId: string;
  readonly requester: string;
  readonly at: Date;
  readonly reason: string;
  readonly total: number;
}

/** Requests to abandon that nobody decided, the oldest first. A lead has one at a time; those of leads since sold count no more. */
export async function readPendingDecisions(db: Db, dealership: string): Promise<readonly Pending[]> {
  return db.$queryRaw<Pending[]>`
    SELECT d.id::text AS id, l.id::text AS "leadId", d.requester_id AS "requesterId",
      COALESCE((SELECT name FROM person WHERE id = d.requester_id), d.requester_id) AS requester, d.requested_at AS at, d.reason, count(*) OVER ()::int AS total
    FROM (SELECT id FROM lead WHERE dealership_id = ${dealership} AND closed_at IS NULL AND stage <> 'new' OFFSET 0) l
    CROSS JOIN LATERAL (SELECT * FROM decision WHERE lead_id = l.id AND decided_at IS NULL ORDER BY requested_at DESC, id DESC LIMIT 1) d
    ORDER BY d.requested_at, d.id LIMIT ${MOST_LINES}`;
}

/** Trade-ins nobody answered, the oldest first; a newer request replaces those before it. */
export async function readPendingAppraisals(db: Db, dealership: string): Promise<readonly Omit<Pending, 'reason'>[]> {
  return db.$queryRaw<Omit<Pending, 'reason'>[]>`
    SELECT a.id::text AS id, l.id::text AS "leadId", a.requester_id AS "requesterId",
      COALESCE((SELECT name FROM person WHERE id = a.requester_id), a.requester_id) AS requester, a.requested_at AS at, count(*) OVER ()::int AS total
    FROM (SELECT id FROM lead WHERE dealership_id = ${dealership} AND closed_at IS NULL OFFSET 0) l
    CROSS JOIN LATERAL (SELECT * FROM appraisal WHERE lead_id = l.id ORDER BY requested_at DESC, id DESC LIMIT 1) a
    WHERE a.answered_at IS NULL
    ORDER BY a.requested_at, a.id LIMIT ${MOST_LINES}`;
}
