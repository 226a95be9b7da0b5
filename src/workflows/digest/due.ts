import { atLocal, localDay, openingHours } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';

/*
 * What is due at a moment. A day's message is due from its hour until the day is over: whoever asks in between, after
 * whatever outage and however the clocks were changed, is told the same day.
 */

/** The local day whose digest is due; null before its hour and on days without opening. */
export function digestDay(dealership: Dealership, now: Date): string | null {
  const day = localDay(dealership, now);
  const at = digestTime(dealership, day);
  return at !== null && now >= at ? day : null;
}

/** The local day whose morning lists are due: from its first opening until its last closing. */
export function morningDay(dealership: Dealership, now: Date): string | null {
  const day = localDay(dealership, now);
  const hours = openingHours(dealership, day);
  return hours !== null && now >= hours.from && now < hours.to ? day : null;
}

/** The days on which several dealerships can be compared: once the last of those that open that day has had its digest. */
export function comparisonDays(dealerships: readonly Dealership[], now: Date): readonly string[] {
  if (dealerships.length < 2) return [];
  const days = [...new Set(dealerships.map((dealership) => localDay(dealership, now)))];
  return days.filter((day) => {
    const times = openOn(dealerships, day).map((dealership) => digestTime(dealership, day));
    return times.length > 0 && times.every((at) => at !== null && now >= at);
  });
}

/** The dealerships that open on this day of their own calendar. */
export function openOn(dealerships: readonly Dealership[], day: string): readonly Dealership[] {
  return dealerships.filter((dealership) => openingHours(dealership, day) !== null);
}

/** Is this day still going on at one of them? What is late for its day is not said any more. */
export function goesOn(dealerships: readonly Dealership[], day: string, now: Date): boolean {
  return dealerships.some((dealership) => localDay(dealership, now) === day);
}

function digestTime(dealership: Dealership, day: string): Date | null {
  if (openingHours(dealership, day) === null) return null;
  const { hour, minute } = dealership.digestAt;
  return atLocal(dealership, day, `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
}
