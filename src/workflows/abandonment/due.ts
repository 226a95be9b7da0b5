import { afterWorking, afterWorkingDays } from '../../dealership/clock.js';
import type { Dealership, WorkingDelay } from '../../dealership/dealership.js';
import type { Reminded } from './who.js';

/** When a reminder is due if nobody has decided by then. */
export interface Due {
  readonly to: Reminded;
  readonly at: Date;
}

/**
 * The reminders of a request: the managers after the house delay in working time, the directors after the same delay
 * again. None for a site that does not open any more.
 */
export function remindersOf(dealership: Dealership, requestedAt: Date): readonly Due[] {
  const { decideWithin } = dealership.abandonment;
  const first = after(dealership, requestedAt, decideWithin);
  const second = first && after(dealership, first, decideWithin);
  return [...(first ? [{ to: 'managers' as const, at: first }] : []), ...(second ? [{ to: 'directors' as const, at: second }] : [])];
}

function after(dealership: Dealership, from: Date, { unit, amount }: WorkingDelay): Date | null {
  return unit === 'days' ? afterWorkingDays(dealership, from, amount) : afterWorking(dealership, from, amount);
}
