import { readCurrency, readFlag, readMileage, readMoney, readYear } from '../../leads/amounts.js';
import { type Cleaned, cleanLine, cleanLines, isPlaceholder, LIMITS } from './clean.js';
import { type DayOrder, type Moment, readMoment } from './moment.js';
import type { Notes } from './notes.js';

/** A value as JSON, a form or ADF gives it. */
export type Raw = string | number | boolean | null | undefined;

/** Where a value stood, and where to write what is wrong with it. */
export interface Place {
  readonly path: string;
  readonly notes: Notes;
}

/** One line of text, at most `max` UTF-16 units. */
export function line(raw: Raw, place: Place, max: number = LIMITS.line): string | null {
  return kept(raw, place, max, cleanLine);
}

/** Text with its line breaks. */
export function lines(raw: Raw, place: Place, max: number): string | null {
  return kept(raw, place, max, cleanLines);
}

/** One line about a car; `Not specified` and its like say nothing. */
export function carLine(raw: Raw, place: Place, max: number = LIMITS.line): string | null {
  const text = line(raw, place, max);
  return text === null || isPlaceholder(text) ? null : text;
}

/** A sender's own id. A cut id, or `undefined` sent for every lead, would make different leads one: null instead. */
export function identifier(raw: Raw, place: Place): string | null {
  if (String(raw ?? '').length > LIMITS.line) {
    place.notes.note(place.path, `The id is longer than ${LIMITS.line} characters and cannot be used.`);
    return null;
  }
  const id = carLine(raw, place);
  return id === '0' ? null : id;
}

function kept(raw: Raw, place: Place, max: number, clean: (raw: string, max: number) => Cleaned): string | null {
  if (raw === null || raw === undefined) return null;
  const { text, cut } = clean(String(raw), max);
  if (cut) place.notes.note(place.path, `The text is longer than ${max} characters; the rest was cut off.`);
  return text;
}

/** A model year; null, with a note, when there is something else. */
export function year(raw: Raw, place: Place): number | null {
  return number(raw, place, 'The year is not a year between 1900 and 2100.', (text) => readYear(text));
}

/** An amount above zero and its currency; portals write 0 for "ask us". */
export function money(raw: Raw, place: Place): { amount: number | null; currency: string | null } {
  let currency: string | null = null;
  const amount = number(raw, place, 'The price is not an amount of money.', (text) => {
    if (typeof raw === 'number') return raw < 0 || raw > 1e9 ? null : Math.round(raw * 100) / 100;
    const read = readMoney(text);
    currency = read?.currency ?? null;
    return read?.amount ?? null;
  });
  return { amount: amount === 0 ? null : amount, currency };
}

/** Whole kilometres. A conversion from miles is noted. */
export function mileage(raw: Raw, unit: string | null, place: Place): number | null {
  return number(raw, place, 'The mileage is not a distance in kilometres or miles.', (text) => {
    const read = readMileage(typeof raw === 'number' ? String(Math.round(raw)) : text, unit);
    if (read?.unit === 'mi') place.notes.note(place.path, 'The mileage was given in miles and converted to kilometres.');
    return read?.kilometres ?? null;
  });
}

function number(raw: Raw, place: Place, complaint: string, read: (text: string) => number | null): number | null {
  const text = carLine(raw, { path: place.path, notes: place.notes });
  if (text === null) return null;
  const value = read(text);
  if (value === null) place.notes.note(place.path, complaint);
  return value;
}

/** An ISO 4217 code; null, with a note, when there is something else. */
export function currency(raw: Raw, place: Place): string | null {
  const text = carLine(raw, place);
  if (text === null) return null;
  const code = readCurrency(text) ?? readMoney(`1 ${text}`)?.currency ?? null;
  if (code === null) place.notes.note(place.path, 'The currency is not an ISO 4217 code.');
  return code;
}

/** When something happened; a note says what had to be supposed, or that it could not be read. */
export function moment(raw: Raw, order: DayOrder, place: Place): Moment | null {
  const text = line(raw, place);
  if (text === null) return null;
  const read = readMoment(text, order);
  if (read === null) place.notes.note(place.path, 'The date is not an ISO 8601 date and time.');
  else if (read.flaw !== null) place.notes.note(place.path, read.flaw);
  return read;
}

/** Yes or no; null, with a note, when it is neither. */
export function flag(raw: Raw, place: Place): boolean | null {
  if (raw === null || raw === undefined || raw === '') return null;
  const value = readFlag(raw);
  if (value === null) place.notes.note(place.path, 'This is neither true nor false.');
  return value;
}

/** One word of a fixed list, after folding case, spaces and underscores; undefined when it is not in it. */
export function word<T extends string>(raw: string, words: Readonly<Record<string, T>>): T | undefined {
  const key = raw
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
