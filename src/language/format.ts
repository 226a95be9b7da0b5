import { type CountryCode, getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Language, Locale } from './locale.js';

// Fixed regions: French of France and British English are what the words are written in, wherever the site is.
const TAGS: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };
const NO_BREAK = '\u00a0';

/** `15 990 €`, `€15,990`; decimals only when there are any. `currency` is ISO 4217, the dealership's own by default. */
export function money(amount: number, locale: Locale, currency: string = locale.currency): string {
  return numberFormat(TAGS[locale.language], {
    style: 'currency',
    currency,
    // At home a dollar is `$`; a foreign one says whose it is.
    currencyDisplay: currency === locale.currency ? 'narrowSymbol' : 'symbol',
    trailingZeroDisplay: 'stripIfInteger',
  }).format(amount);
}

/** `98 000 km`, `98,000 km`. */
export function km(distance: number, locale: Locale): string {
  const number = numberFormat(TAGS[locale.language], { maximumFractionDigits: 0 }).format(distance);
  return `${number}${spaceOf(locale)}km`;
}

/** A share from 0 to 1: `75 %`, `75%`. */
export function percent(share: number, locale: Locale): string {
  return numberFormat(TAGS[locale.language], { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * An elapsed time in at most two units, rounded down: `0,4 s`, `2 min 10 s`, `1 h 05 min`, `3 j 4 h`. Below ten seconds
 * with one decimal, and never zero when some time passed.
 */
export function duration(milliseconds: number, locale: Locale): string {
  const elapsed = Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
  const unit = (amount: number | string, name: string) => `${amount}${spaceOf(locale)}${name}`;
  const pair = (first: string, rest: number, second: string) => (rest === 0 ? first : `${first}${spaceOf(locale)}${second}`);
  if (elapsed < 10 * SECOND) return unit(tenths(elapsed, locale), 's');
  if (elapsed < MINUTE) return unit(Math.floor(elapsed / SECOND), 's');
  if (elapsed < HOUR) {
    const seconds = Math.floor((elapsed % MINUTE) / SECOND);
    return pair(unit(Math.floor(elapsed / MINUTE), 'min'), seconds, unit(seconds, 's'));
  }
  if (elapsed < DAY) {
    const minutes = Math.floor((elapsed % HOUR) / MINUTE);
    return pair(unit(Math.floor(elapsed / HOUR), 'h'), minutes, unit(String(minutes).padStart(2, '0'), 'min'));
  }
  const hours = Math.floor((elapsed % DAY) / HOUR);
  return pair(unit(Math.floor(elapsed / DAY), locale.language === 'fr' ? 'j' : 'd'), hours, unit(hours, 'h'));
}

function tenths(elapsed: number, locale: Locale): string {
  const seconds = elapsed === 0 ? 0 : Math.max(0.1, Math.floor(elapsed / 100) / 10);
  return numberFormat(TAGS[locale.language], { minimumFractionDigits: elapsed === 0 ? 0 : 1 }).format(seconds);
}

/** The time of day at the dealership: `10 h 42`, `10:42`. */
export function clock(at: Date, locale: Locale): string {
  const { hour, minute } = partsOf(at, locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return locale.language === 'fr' ? `${Number(hour)}${NO_BREAK}h${NO_BREAK}${minute}` : `${hour}:${minute}`;
}

/** The day at the dealership: `ven. 20 nov.`, `Fri 20 Nov`. */
export function day(at: Date, locale: Locale): string {
  const { weekday, day, month } = partsOf(at, locale, { weekday: 'short', day: 'numeric', month: 'short' });
  const number = locale.language === 'fr' && day === '1' ? '1er' : day;
  return [weekday, number, month].join(spaceOf(locale));
}

/** A calendar day, `YYYY-MM-DD`, in full: `vendredi 20 novembre`, `Friday 20 November`. */
export function fullDay(date: string, language: Language): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  const parts = dateFormat(TAGS[language], options).formatToParts(new Date(`${date}T00:00:00Z`));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  const number = language === 'fr' && of('day') === '1' ? '1er' : of('day');
  return `${of('weekday')} ${number}${language === 'fr' ? NO_BREAK : ' '}${of('month')}`;
}

/** The weekday of a calendar day, `YYYY-MM-DD`: `vendredi`, `Friday`. */
export function weekday(date: string, language: Language): string {
  return dateFormat(TAGS[language], { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

/** When something is, for somebody reading it at `now`: the time alone today, else `ven. 20 nov. à 10 h 42`. */
export function moment(at: Date, now: Date, locale: Locale): string {
  if (calendarDay(at, locale) === calendarDay(now, locale)) return clock(at, locale);
  return dayAndTime(at, locale);
}

/** A day and its time, whenever somebody reads it: `ven. 20 nov. à 10 h 42`, `Fri 20 Nov at 10:42`. */
export function dayAndTime(at: Date, locale: Locale): string {
  return `${day(at, locale)} ${locale.language === 'fr' ? 'à' : 'at'} ${clock(at, locale)}`;
}

/** An E.164 number as people of the dealership's country dial it: the national way at home, else with its `+`. */
export function phone(e164: string, locale: Locale): string {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return e164;
  const home = isSupportedCountry(locale.country) && getCountryCallingCode(locale.country as CountryCode) === number.countryCallingCode;
  return home ? number.formatNational() : number.formatInternational();
}

/** `a, b et c`, `a, b and c`. */
export function enumeration(words: readonly string[], language: Language): string {
  return new Intl.ListFormat(TAGS[language], { type: 'conjunction' }).format(words);
}

/** English words wrap anywhere; French keeps a number and its unit on one line. */
function spaceOf({ language }: Locale): string {
  return language === 'fr' ? NO_BREAK : ' ';
}

function calendarDay(at: Date, locale: Locale): string {
  const { year, month, day } = partsOf(at, locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  return `${year}-${month}-${day}`;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(at: Date, { language, timeZone }: Locale, options: Intl.DateTimeFormatOptions): Parts {
  const parts = dateFormat(TAGS[language], { ...options, timeZone }).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

// Making a formatter costs a hundred times what using it does; the set of options is small and fixed.
const numberFormat = remembered((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
const dateFormat = remembered((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));

function remembered<Options, Format>(make: (tag: string, options: Options) => Format): typeof make {
  const made = new Map<string, Format>();
  return (tag, options) => {
    const key = JSON.stringify([tag, options]);
    const known = made.get(key);
    if (known) return known;
    const format = make(tag, options);
    made.set(key, format);
    return format;
  };
}
