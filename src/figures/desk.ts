import type { Dealership } from '../dealership/dealership.js';
import type { Db } from '../store/database.js';
import type { AppraisalLine, DecisionLine, LateLine, Line, Listed } from './lines.js';

/** What a manager must see now, in one dealership. */
export interface Standing {
  readonly dealershipId: string;
  readonly at: Date;
  readonly open: number;
  /** Without an owner, longest first; `at`: since when. */
  readonly waiting: Listed<Line>;
  /** Longest first; `at`: since when it waits, or when the next action was due. */
  readonly late: Listed<LateLine>;
  /** Hot and not over, the next action due first; `at`: when it is due, else when the lead came. */
  readonly hot: Listed<Line>;
  /** Longest waiting first; `at`: when it was asked. */
  readonly decisions: Listed<DecisionLine>;
  readonly appraisals: Listed<AppraisalLine>;
}

/** How one dealership stands now. */
export async function readStanding(_db: Db, _dealership: Dealership, _now: Date): Promise<Standing> {
  throw new Error('being written');
}
