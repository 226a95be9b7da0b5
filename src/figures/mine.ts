import type { Dealership } from '../dealership/dealership.js';
import type { Db } from '../store/database.js';
import type { Line, Listed } from './lines.js';

/** One person's own leads at a moment, in one dealership. Each lead stands in one list. */
export interface Mine {
  readonly personId: string;
  readonly dealershipId: string;
  readonly at: Date;
  /** Next action past; oldest first. */
  readonly overdue: Listed<Line>;
  /** Next action later today; soonest first. */
  readonly today: Listed<Line>;
  /** No act of anybody for two opening days, and nothing planned later than that; longest quiet first, `at`: the last act. */
  readonly quiet: Listed<Line>;
  /** The rest: next action after today first, then those without one; `at`: when it is due, else when it was claimed. */
  readonly later: Listed<Line>;
}

/** "My leads", due first: the morning list and the home page. */
export async function readMine(_db: Db, _personId: string, _dealership: Dealership, _now: Date): Promise<Mine> {
  throw new Error('being written');
}

/** Everybody who owns an open lead of a dealership: who gets a morning list. */
export async function ownersOf(_db: Db, _dealership: Dealership): Promise<readonly string[]> {
  throw new Error('being written');
}
