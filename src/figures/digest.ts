import type { Dealership } from '../dealership/dealership.js';
import type { Db } from '../store/database.js';
import type { Breakdown } from './figures.js';
import type { AppraisalLine, DecisionLine, EndLine, LateLine, Line, Listed } from './lines.js';
import type { Period } from './period.js';

/** Counts of one day, for the chart and for the day against others like it. */
export interface DayCounts {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly received: number;
  readonly claimed: number;
  readonly contacted: number;
  readonly won: number;
  readonly abandoned: number;
}

/** Everything the message of one dealership about one local day says. */
export interface Digest {
  readonly dealershipId: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly period: Period;
  /** The state is of this moment. */
  readonly at: Date;
  /** The day's figures; `figures.sources` has the new leads by source, `figures.people` the people table. */
  readonly figures: Breakdown;
  readonly waiting: Listed<Line>;
  readonly late: Listed<LateLine>;
  readonly hot: Listed<Line>;
  readonly ends: Listed<EndLine>;
  /** From the end of the day to the end of the next opening day, appointments and test drives, soonest first. */
  readonly appointments: Listed<Line>;
  readonly decisions: Listed<DecisionLine>;
  readonly appraisals: Listed<AppraisalLine>;
  /** The day, and the last four days of the same weekday on which the dealership opened, newest first. */
  readonly today: DayCounts;
  readonly before: readonly DayCounts[];
  /** Nothing came, nothing happened, nothing is late or asked: one line says so. */
  readonly quiet: boolean;
}

/** Reads one dealership-day, as things stand at `now`. */
export async function readDigest(_db: Db, _dealership: Dealership, _day: string, _now: Date): Promise<Digest> {
  throw new Error('being written');
}

/** Counts of local days from the first to the last, all of them, oldest first: what a chart draws. */
export async function readDays(_db: Db, _dealership: Dealership, _first: string, _last: string): Promise<readonly DayCounts[]> {
  throw new Error('being written');
}
