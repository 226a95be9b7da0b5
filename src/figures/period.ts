import { atLocal, localDay } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';

/** From one instant until just before another. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** What somebody may ask figures of. */
export const SPANS = ['today', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];

/** A dealership and the time it is measured over: local days are other instants in another time zone. */
export interface Window {
  readonly dealership: Dealership;
  readonly period: Period;
}

/** The day so many days after another, both `YYYY-MM-DD`. */
export function dayAfter(day: string, days = 1): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The first instant of a local day, `YYYY-MM-DD`. @throws RangeError when there is no such day */
export function startOf(dealership: Dealership, day: string): Date {
  const at = atLocal(dealership, day, '00:00');
  if (!at) throw new RangeError('not a day of the calendar');
  return at;
}

/** Local days from the first to the last, both of them whole: 23, 24 or 25 hours each. */
export function daysPeriod(dealership: Dealership, first: string, last: string = first): Period {
  return { from: startOf(dealership, first), to: startOf(dealership, dayAfter(last)) };
}

/** Today, this week from Monday, or this month from the first, until the end of today. */
export function spanPeriod(dealership: Dealership, span: Span, now: Date): Period {
  const today = localDay(dealership, now);
  return daysPeriod(dealership, firstDay(today, span), today);
}

function firstDay(today: string, span: Span): string {
  if (span === 'today') return today;
  if (span === 'month') return `${today.slice(0, 8)}01`;
  return dayAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
}
