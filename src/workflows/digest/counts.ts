import type { DayCounts } from '../../figures/digest.js';

/** What a day counts. */
export type Measure = Exclude<keyof DayCounts, 'day'>;

/** Fewer days before say nothing of what is usual. */
const FEWEST_DAYS = 2;

/** The mean of the days before, for one measure; null when they are too few. */
export function usual(before: readonly DayCounts[], measure: Measure): number | null {
  if (before.length < FEWEST_DAYS) return null;
  return before.reduce((sum, day) => sum + day[measure], 0) / before.length;
}
