/**
 * A moment as somebody wrote it: with its offset (`at`, ISO 8601), or without (`local`, `YYYY-MM-DDTHH:MM:SS`, to be
 * read in the dealership's zone; whoever reads it there says so). `flaw` is a sentence when something else had to be
 * supposed.
 */
export type Moment =
  | { readonly at: string; readonly local: null; readonly flaw: string | null }
  | { readonly at: null; readonly local: string; readonly flaw: string | null };

/** How `05/06/2026` is meant: months first in ADF (its senders are American), days first elsewhere. */
export type DayOrder = 'month-first' | 'day-first';

interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const LONGEST_MOMENT = 40;
const NO_TIME = 'The date has no time of day; midnight is assumed.';
const UNREADABLE_OFFSET = 'The UTC offset cannot be read.';
const BAD_OFFSET = 'The UTC offset is malformed; only its hours were used.';

const DATE = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?<rest>.*)$/,
  /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})(?<rest>.*)$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<rest>$|T.*$)/,
] as const;
const SLASHED = /^(?<one>\d{1,2})[/-](?<two>\d{1,2})[/-](?<year>\d{4}|\d{2})(?<rest>(?:\D.*)?)$/;
const DOTTED = /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}|\d{2})(?<rest>(?:\D.*)?)$/;
const TIME =
  /^(?:T|,?\s+(?:à\s+)?)(?<hour>\d{1,2})(?::|\s?h\s?)?(?<minute>\d{2})(?::?(?<second>\d{2}))?(?:[.,]\d{1,9})?(?:\s*(?<half>[AaPp])\.?[Mm]\.?)?\s*(?<offset>.*)$/;

/** Reads a date and time in any form senders were seen to use; null when it is none. */
export function readMoment(text: string, order: DayOrder): Moment | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_MOMENT) return null;
  const date = readDate(trimmed, order);
  if (date === null) return null;
  const time = date.rest.trim() === '' ? null : readTime(date.rest);
  if (time === null && date.rest.trim() !== '') return null;
  const wall = {
    ...date.on,
    ...(time?.at ?? { hour: 0, minute: 0, second: 0 }),
  };
  if (!exists(wall)) return null;
  if (time === null) return { at: null, local: written(wall), flaw: NO_TIME };
  if (time.offset === '') return { at: null, local: written(wall), flaw: null };
  const offset = readOffset(time.offset);
  if (offset === null) return { at: null, local: written(wall), flaw: UNREADABLE_OFFSET };
  return {
    at: `${written(wall)}${offset.text}`,
    local: null,
    flaw: offset.flaw,
  };
}

type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

function readDate(text: string, order: DayOrder): { on: Day; rest: string } | null {
  for (const form of DATE) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined) return dayFrom(groups.year, groups.month, groups.day, groups.rest);
  }
  const dotted = DOTTED.exec(text)?.groups;
  if (dotted !== undefined) return dayFrom(dotted.year, dotted.month, dotted.day, dotted.rest);
  const slashed = SLASHED.exec(text)?.groups;
  if (slashed === undefined) return null;
  const [one, two] = [Number(slashed.one), Number(slashed.two)];
  const monthFirst = one > 12 ? false : two > 12 ? true : order === 'month-first';
  const [month, day] = monthFirst ? [slashed.one, slashed.two] : [slashed.two, slashed.one];
  return dayFrom(slashed.year, month, day, slashed.rest);
}

function dayFrom(year = '', month = '', day = '', rest = ''): { on: Day; rest: string } {
  return {
    on: {
      year: year.length === 2 ? 2000 + Number(year) : Number(year),
      month: Number(month),
      day: Number(day),
    },
    rest,
  };
}

function readTime(text: string): { at: Omit<WallTime, keyof Day>; offset: string } | null {
  const groups = TIME.exec(text)?.groups;
  if (groups === undefined) return null;
  const hour = Number(groups.hour);
  const half = groups.half?.toLowerCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return null;
  return {
    at: {
      hour: half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0),
      minute: Number(groups.minute),
      second: Number(groups.second ?? 0),
    },
    offset: (groups.offset ?? '').trim(),
  };
}

function readOffset(text: string): { text: string; flaw: string | null } | null {
  if (/^(?:Z|UTC|GMT)$/i.test(text)) return { text: 'Z', flaw: null };
  const groups = /^(?:UTC|GMT)?(?<sign>[+\-\u2212])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?(?<tail>:?\d?)$/i.exec(text)?.groups;
  if (groups === undefined) return null;
  const [hours, minutes] = [Number(groups.hours), Number(groups.minutes ?? 0)];
  if (hours > 14 || minutes > 59) return null;
  const sign = groups.sign === '+' ? '+' : '-';
  return {
    text: `${sign}${two(hours)}:${two(minutes)}`,
    flaw: groups.tail === '' ? null : BAD_OFFSET,
  };
}

function exists(wall: WallTime): boolean {
  if (wall.year < 1900 || wall.year > 2100 || wall.hour > 23 || wall.minute > 59 || wall.second > 59) return false;
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day));
  return day.getUTCMonth() === wall.month - 1 && day.getUTCDate() === wall.day;
}

function written(wall: WallTime): string {
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
