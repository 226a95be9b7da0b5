import { tzOffset } from '@date-fns/tz';
import { type Dealership, WEEKDAYS } from './dealership.js';

/*
 * Two kinds of number, both milliseconds: an instant (since 1970 in UTC), and a wall time, what the dealership's clock
 * shows, counted as if that clock were in UTC.
 *
 * A wall time stands for the first instant at which the clock shows it or something later. So a time the clock skips
 * in spring is the moment after the gap, a time that comes twice in autumn is its first coming, and a dealership opens
 * and closes once a day however often the clock shows its hours.
 */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A dealership closed for longer never opens. */
const MOST_CLOSED_DAYS = 400;

/** From one instant until just before another. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

interface OpeningDay {
  /** Wall time of its midnight. */
  readonly midnight: number;
  readonly openings: readonly Opening[];
}

/** Whether the dealership is open; the minute of closing is already closed. */
export function isOpen(dealership: Dealership, at: Date): boolean {
  return nextOpening(dealership, at)?.getTime() === at.getTime();
}

/** The next moment the dealership is open, `at` itself when it is open then; null when it stays closed for 400 days. */
export function nextOpening(dealership: Dealership, at: Date): Date | null {
  for (const opening of openingsSince(dealership, at)) return new Date(Math.max(opening.from, at.getTime()));
  return null;
}

/**
 * The first moment when so many minutes of opening time have passed since `from`: `from` itself for none, the closing
 * time rather than the next opening when they pass just then. Null when the dealership closes for 400 days before that.
 *
 * @param minutes finite; fractions count to the millisecond, fewer than zero count as zero.
 */
export function afterWorking(dealership: Dealership, from: Date, minutes: number): Date | null {
  if (!Number.isFinite(minutes)) throw new RangeError(`not a number of minutes: ${minutes}`);
  let left = Math.round(minutes * MINUTE);
  if (left <= 0) return new Date(from);
  for (const opening of openingsSince(dealership, from)) {
    const start = Math.max(opening.from, from.getTime());
    if (left <= opening.to - start) return new Date(start + left);
    left -= opening.to - start;
  }
  return null;
}

/** Minutes of opening time between two moments, with their fraction, exact to the millisecond; 0 when `to` is not later. */
export function workingMinutes(dealership: Dealership, from: Date, to: Date): number {
  let passed = 0;
  for (const opening of openingsSince(dealership, from)) {
    if (opening.from >= to.getTime()) break;
    passed += Math.max(0, Math.min(opening.to, to.getTime()) - Math.max(opening.from, from.getTime()));
  }
  return passed / MINUTE;
}

/**
 * The same local time so many opening days later, or the next opening after it: from Friday 15:10, one day is Monday
 * 15:10 when the weekend is closed. A day without opening counts as the beginning of the next opening day, so that what
 * is asked on Sunday is never due before what was asked on Friday evening. Null when the dealership closes for 400 days
 * before that.
 *
 * @param days whole; 0 is the next opening.
 */
export function afterWorkingDays(dealership: Dealership, from: Date, days: number): Date | null {
  if (days < 1) return nextOpening(dealership, from);
  const wall = wallTime(dealership.timeZone, from.getTime());
  const today = midnightOf(wall);
  const timeOfDay = openingsOn(dealership, today).length > 0 ? wall - today : 0;
  let left = days;
  for (const { midnight } of openingDays(dealership, today)) {
    if (left < 1) return nextOpening(dealership, new Date(instantOf(dealership.timeZone, midnight + timeOfDay)));
    left -= 1;
  }
  return null;
}

/**
 * The last moment from which so many minutes of opening time have passed by `to`: whoever has waited since then or
 * longer has waited that long. Null when the dealership was closed for the 400 days before.
 *
 * @param minutes finite; fewer than zero count as zero.
 */
export function workingAgo(dealership: Dealership, to: Date, minutes: number): Date | null {
  let left = Math.round(minutes * MINUTE);
  if (left <= 0) return new Date(to);
  let end = to.getTime();
  for (let days = 2; end > to.getTime() - MOST_CLOSED_DAYS * DAY; days *= 4) {
    const begin = Math.max(end - days * DAY, to.getTime() - MOST_CLOSED_DAYS * DAY);
    for (const opening of openingsBetween(dealership, begin, end).reverse()) {
      const length = opening.to - opening.from;
      if (left <= length) return new Date(opening.to - left);
      left -= length;
    }
    end = begin;
  }
  return null;
}

/** The opening times between two instants (milliseconds), in order, cut to them. */
export function openingsBetween(dealership: Dealership, from: number, to: number): Opening[] {
  const found: Opening[] = [];
  for (const opening of openingsSince(dealership, new Date(from))) {
    if (opening.from >= to) break;
    found.push({ from: Math.max(opening.from, from), to: Math.min(opening.to, to) });
  }
  return found;
}

/** From its first opening of a local day, `YYYY-MM-DD`, until its last closing; null on a day it does not open. */
export function openingHours(dealership: Dealership, day: string): { readonly from: Date; readonly to: Date } | null {
  const openings = openingsOn(dealership, Date.parse(`${day}T00:00:00Z`));
  const [first] = openings;
  const last = openings.at(-1);
  return first && last ? { from: new Date(first.from), to: new Date(last.to) } : null;
}

/** The date at the dealership, `YYYY-MM-DD`. */
export function localDay(dealership: Dealership, at: Date): string {
  return new Date(wallTime(dealership.timeZone, at.getTime())).toISOString().slice(0, 10);
}

/** The time of day at the dealership, `HH:MM`. */
export function localTime(dealership: Dealership, at: Date): string {
  return new Date(wallTime(dealership.timeZone, at.getTime())).toISOString().slice(11, 16);
}

/**
 * The instant of a date and time at the dealership, `YYYY-MM-DD` and `HH:MM`. A time the clock skips in spring is the
 * first instant after the gap, one that comes twice in autumn is its first coming. Null when day or time are not real.
 */
export function atLocal(dealership: Dealership, day: string, time: string): Date | null {
  const written = `${day}T${time}`;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(written)) return null;
  const wall = new Date(`${written}:00Z`);
  // Date.parse lets 30 February pass, as 2 March.
  if (Number.isNaN(wall.getTime()) || !wall.toISOString().startsWith(written)) return null;
  return new Date(instantOf(dealership.timeZone, wall.getTime()));
}

/** The openings that have not ended at `at`, in order, until the dealership stays closed for 400 days. */
function* openingsSince(dealership: Dealership, at: Date): Generator<Opening> {
  const today = midnightOf(wallTime(dealership.timeZone, at.getTime()));
  for (const { openings } of openingDays(dealership, today)) {
    for (const opening of openings) if (opening.to > at.getTime()) yield opening;
  }
}

function* openingDays(dealership: Dealership, first: number): Generator<OpeningDay> {
  let lastOpen = first;
  for (let midnight = first; midnight <= lastOpen + MOST_CLOSED_DAYS * DAY; midnight += DAY) {
    const openings = openingsOn(dealership, midnight);
    if (openings.length === 0) continue;
    lastOpen = midnight;
    yield { midnight, openings };
  }
}

function openingsOn({ hours, closed, timeZone }: Dealership, midnight: number): readonly Opening[] {
  const date = new Date(midnight);
  const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7];
  if (weekday === undefined || closed.has(date.toISOString().slice(0, 10))) return [];
  return hours[weekday]
    .map(({ from, to }) => ({
      from: instantOf(timeZone, midnight + from * MINUTE),
      to: instantOf(timeZone, midnight + to * MINUTE),
    }))
    .filter(({ from, to }) => from < to);
}

function midnightOf(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

function wallTime(timeZone: string, instant: number): number {
  return instant + offsetAt(timeZone, instant);
}

function instantOf(timeZone: string, wall: number): number {
  const before = offsetAt(timeZone, wall - DAY);
  const after = offsetAt(timeZone, wall + DAY);
  if (offsetAt(timeZone, wall - before) === before) return wall - before;
  if (offsetAt(timeZone, wall - after) === after) return wall - after;
  return changeBetween(timeZone, wall - after, wall - before);
}

/** The instant at which the offset changes, after `early` and not after `late`. */
function changeBetween(timeZone: string, early: number, late: number): number {
  const offset = offsetAt(timeZone, early);
  let [same, changed] = [early, late];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(timeZone, middle) === offset) same = middle;
    else changed = middle;
  }
  return changed;
}

/** How far the local clock is ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  return Math.round(tzOffset(timeZone, new Date(instant)) * MINUTE);
}
