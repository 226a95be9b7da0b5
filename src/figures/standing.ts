import type { Db } from '../store/database.js';

/** So many leads that are not over, alike in all this. */
export interface OpenRow {
  readonly dealership: string;
  readonly source: string;
  readonly owner: string | null;
  /** Without an owner. */
  readonly waiting: boolean;
  readonly contacted: boolean;
  readonly hot: boolean;
  readonly count: number;
  /** When the present life of each began, milliseconds since 1970. */
  readonly began: readonly number[];
}

/** The leads of these dealerships that are not over, as they stand. */
export async function readOpen(db: Db, dealerships: readonly string[]): Promise<readonly OpenRow[]> {
  return db.$queryRaw<OpenRow[]>`
    SELECT dealership_id AS dealership, source_id AS source, owner_id AS owner, stage = 'new' AS waiting,
      contacted_at IS NOT NULL AS contacted, COALESCE(temperature = 'hot', false) AS hot, count(*)::int AS count,
      array_agg(EXTRACT(EPOCH FROM COALESCE(returned_at, received_at))::float8 * 1000) AS began
    FROM lead WHERE dealership_id = ANY(${[...dealerships]}) AND closed_at IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6`;
}
