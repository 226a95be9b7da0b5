import { workingAgo } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';

/**
 * When a lead counts as late, in minutes of the dealership's opening time: without an owner since it came or came back;
 * claimed without a contact or a next action; past the time of its next action. A customer who writes at night is late
 * for nobody until the morning.
 */
const LATE_AFTER = { unclaimed: 15, untouched: 60, overdue: 60 } as const;

/** The same as moments: a lead is late whose time is at or before them. Null where the dealership has not opened for so long. */
export interface LateSince {
  readonly unclaimed: Date | null;
  readonly untouched: Date | null;
  readonly overdue: Date | null;
}

export function lateSince(dealership: Dealership, now: Date): LateSince {
  const since = (minutes: number) => workingAgo(dealership, now, minutes);
  return { unclaimed: since(LATE_AFTER.unclaimed), untouched: since(LATE_AFTER.untouched), overdue: since(LATE_AFTER.overdue) };
}
