import { isSupportedCountry } from 'libphonenumber-js/min';
import { z } from 'zod';
import type { Span, WorkingDelay } from '../dealership/dealership.js';
import { didYouMean } from '../language/nearest.js';

type Reading<T> = { readonly value: T } | { readonly fault: string };

/**
 * Something written as one piece of text. `instead` is the sentence that says what to write; `read` finds the value or
 * ends the sentence that begins with the text itself: `is not a port.`
 */
export function readWord<T>(instead: string, read: (text: string) => Reading<T>) {
  return z.string({ error: ({ input }) => `${notText(input)} ${instead}` }).transform((text, context): T => {
    const reading = read(text);
    if ('value' in reading) return reading.value;
    context.addIssue({
      code: 'custom',
      message: `${quoted(text)} ${reading.fault} ${instead}`,
    });
    return z.NEVER;
  });
}

/** One of a few words. */
export function oneOf<const T extends string>(choices: readonly T[], what: string) {
  return readWord<T>(`Write ${listed(choices)}.`, (text) => {
    const value = choices.find((choice) => choice === text);
    return value ? { value } : { fault: `is not ${what}.${didYouMean(text, choices)}` };
  });
}

/** Text shown to people. */
export function label(what: string, max: number) {
  return readWord(`Write ${what}, at most ${max} characters.`, (text) => {
    const value = text.trim();
    if (value === '') return { fault: 'is empty.' };
    return value.length <= max ? { value } : { fault: `is too long (${value.length} characters).` };
  });
}

/** The id of a thing of ours: stored for ever, part of addresses. */
export const id = readWord('Write a short name in lower-case letters, digits and hyphens, for example "lyon-sud".', (text) =>
  /^[a-z0-9][a-z0-9-]{0,62}$/.test(text) ? { value: text } : { fault: 'is not an id.' },
);

export const timeZone = readWord('Write a zone of the IANA list, for example "Europe/Paris".', (text) => {
  // Fixed offsets are refused with the rest: a site has summer time, an offset has not.
  const plausible = /^[A-Za-z]/.test(text);
  if (plausible && isTimeZone(text)) return { value: text };
  return {
    fault: `is not a time zone.${didYouMean(text, Intl.supportedValuesOf('timeZone'))}`,
  };
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

export const currency = readWord('Write its three capital letters (ISO 4217), for example "EUR".', (text) =>
  CURRENCIES.has(text) ? { value: text } : { fault: 'is not a currency.' },
);

export const country = readWord('Write its two capital letters (ISO 3166), for example "FR".', (text) =>
  isSupportedCountry(text) ? { value: String(text) } : { fault: 'is not a country.' },
);

/** `"09:00-12:00"`. */
export const span = readWord<Span>('Write the opening and closing time, for example "09:00-12:00".', (text) => {
  const [, from, to] = /^(\d\d:\d\d)\s?-\s?(\d\d:\d\d)$/.exec(text) ?? [];
  const value = { from: minutesOf(from), to: minutesOf(to) };
  if (Number.isNaN(value.from) || Number.isNaN(value.to)) return { fault: 'is not a span of the day.' };
  if (value.from >= value.to)
    return {
      fault: 'ends before it begins; a night is written as two days, to 24:00 and from 00:00.',
    };
  return { value };
});

/** Minutes from midnight, up to 24:00; NaN when it is no time of day. */
function minutesOf(text: string | undefined): number {
  const [, hour, minute] = /^(\d\d):([0-5]\d)$/.exec(text ?? '') ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return minutes <= 24 * 60 ? minutes : Number.NaN;
}

/** `"18:30"`. */
export const timeOfDay = readWord('Write hours and minutes, for example "18:30".', (text) => {
  const minutes = minutesOf(text);
  if (Number.isNaN(minutes) || minutes === 24 * 60) return { fault: 'is not a time of day.' };
  return { value: { hour: Math.floor(minutes / 60), minute: minutes % 60 } };
});

/** A date of the calendar, `YYYY-MM-DD`. */
export const calendarDate = readWord('Write year, month and day, for example "2026-12-25".', (text) => {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const real = date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return real ? { value: text } : { fault: 'is not a date of the calendar.' };
});

/** `30m`, `2h`, `1d`, in the working time of the site. */
export const workingDelay = readWord<WorkingDelay>('Write minutes, hours or days of opening, for example 30m, 2h or 1d.', (text) => {
  const [, amount, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (amount === undefined) return { fault: 'is not a delay.' };
  if (unit === 'd') return { value: { unit: 'days', amount: Number(amount) } };
  return {
    value: {
      unit: 'minutes',
      amount: Number(amount) * (unit === 'h' ? 60 : 1),
    },
  };
});

/** A channel by the platform's own id. */
export const channel = readWord('Write the platform and the channel\'s own ID, for example "slack:C0123456789".', (text) =>
  /^(slack|teams):[^\s#@]\S*$/.test(text) ? { value: text } : { fault: 'is not a channel.' },
);

/** A person's own id on a platform, without the platform's prefix. */
export function account(platform: string, example: string) {
  return readWord(`Write the ID ${platform} shows for this person, for example "${example}".`, (text) =>
    /^[^\s@#]\S*$/.test(text) && !/^(slack|teams):/.test(text) ? { value: text } : { fault: 'is not the ID of a person.' },
  );
}

export const httpsAddress = readWord('Write an https address, for example "https://example.org/merci".', (text) =>
  URL.canParse(text) && new URL(text).protocol === 'https:' ? { value: text } : { fault: 'is not an https address.' },
);

/** What was written, short enough to show. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
}

function notText(input: unknown): string {
  if (input === undefined || input === null) return 'Missing.';
  if (Array.isArray(input)) return 'This is a list.';
  if (typeof input === 'object') return 'This is a section.';
  return `${String(input)} is not text; put it in quotes.`;
}
