import type { ActedAt } from '../../leads/whisper.js';
import type { Db } from '../../store/database.js';

/** Somebody wants a lead. */
export interface Wish {
  readonly leadId: string;
  readonly personId: string;
  readonly personName: string;
  /** The dealerships where this person may claim. */
  readonly may: readonly string[];
  readonly platform: string;
  readonly account: string;
  /** Where they pressed. */
  readonly where: ActedAt;
  readonly at: Date;
}

/** What became of a wish. */
export type Verdict = 'won' | 'already-yours' | 'too-late' | 'over' | 'not-allowed' | 'unknown-lead';

interface Row {
  readonly n: number;
  readonly won: boolean;
  readonly may: boolean;
  readonly dealership: string | null;
  readonly owner: string | null;
  readonly stage: string | null;
}

/** A verdict, and the dealership whose lead it is. */
export interface Decided {
  readonly verdict: Verdict;
  readonly dealershipId: string | null;
}

/**
 * Decides who owns what: one conditional statement for everybody who is waiting, on all platforms and processes. The
 * first wish in the list for a lead without an owner wins it; its fact is appended by the same statement. LATERAL, ANY and
 * IS TRUE leave PostgreSQL no plan but the primary key: it keeps the plan it made when there were few leads, and that
 * read them all.
 */
export async function decide(db: Db, wishes: readonly Wish[]): Promise<Decided[]> {
  const list = JSON.stringify(wishes.map((wish, n) => ({ ...wish, n })));
  const rows = await db.$queryRaw<Row[]>`
    WITH wish AS (
      SELECT w.*, l.dealership_id, l.owner_id, l.stage, COALESCE(l.dealership_id = ANY(w.may), false) AS allowed
      FROM jsonb_to_recordset(${list}::jsonb) AS w(n int, "leadId" uuid, "personId" text, may text[], platform text, at timestamptz)
      LEFT JOIN LATERAL (SELECT * FROM lead WHERE id = w."leadId" LIMIT 1) l ON true
    ), first AS (
      SELECT DISTINCT ON ("leadId") * FROM wish WHERE allowed ORDER BY "leadId", n
    ), won AS (
      UPDATE lead SET owner_id = f."personId", stage = 'claimed', claimed_at = f.at, revision = revision + 1
      FROM first f WHERE lead.id = ANY(ARRAY(SELECT "leadId" FROM first)) AND lead.id = f."leadId"
        AND (lead.owner_id IS NULL AND lead.stage = 'new') IS TRUE
      RETURNING f.n, lead.id, f.at, f."personId" AS person, f.platform
    ), fact AS (
      INSERT INTO timeline_event (lead_id, at, kind, actor_id, platform) SELECT id, at, 'claimed', person, platform FROM won
    )
    SELECT wish.n, won.n IS NOT NULL AS won, wish.allowed AS may, wish.dealership_id AS dealership, wish.owner_id AS owner, wish.stage
    FROM wish LEFT JOIN won ON won.n = wish.n ORDER BY wish.n`;
  const owners = await ownersAfter(db, wishes, rows);
  return rows.map((row, n) => ({
    verdict: verdictOf(row, wishes[n]?.personId, owners.get(wishes[n]?.leadId ?? '')),
    dealershipId: row.dealership,
  }));
}

function verdictOf(row: Row, personId: string | undefined, now: { owner: string | null; stage: string } | undefined): Verdict {
  if (row.won) return 'won';
  if (row.dealership === null) return 'unknown-lead';
  if (!row.may) return 'not-allowed';
  if (now?.owner === personId) return 'already-yours';
  return now?.owner ? 'too-late' : 'over';
}

/** Who owns the contested leads by now: the statement above saw them as they were before it. */
async function ownersAfter(db: Db, wishes: readonly Wish[], rows: readonly Row[]) {
  const contested = wishes.filter((_, n) => rows[n]?.may && !rows[n]?.won).map((wish) => wish.leadId);
  if (contested.length === 0) return new Map<string, { owner: string | null; stage: string }>();
  const now = await db.$queryRaw<{ id: string; owner: string | null; stage: string }[]>`
    SELECT id, owner_id AS owner, stage FROM lead WHERE id = ANY(${[...new Set(contested)]}::uuid[])`;
  return new Map(now.map((row) => [row.id, row]));
}
