import { readMileage, readNumber } from '../../leads/amounts.js';
import * as words from './amount-words.js';
import { asksForPhotos } from './photo-request.js';

/**
 * What a used-car manager's words say: an amount, or one `from` … `to`, in whole units of the dealership's currency; a
 * wish for more photos; or nothing one could ask back about. A limit ("pas plus de 8000", "9200 max") is its amount.
 */
export type Reading =
  | { readonly kind: 'amount'; readonly from: number; readonly to: number | null }
  | { readonly kind: 'photos' }
  | { readonly kind: 'nothing' };

/** What is known of the car and its dealership: ISO 4217, the model year, whole kilometres. */
interface Context {
  readonly currency: string;
  readonly year: number | null;
  readonly mileage: number | null;
}

/** A number of the text. */
interface Figure {
  readonly start: number;
  readonly end: number;
  /** Null when it cannot be read: `8000.8500`. */
  readonly value: number | null;
  readonly digits: string;
  /** Written with `k`, `mille`…; the value counts them already. */
  readonly thousands: boolean;
  /** The currency's sign or word; empty without one. */
  readonly mark: string;
}

/** One figure, or the two of a range, with the words about it. */
interface Mention {
  readonly start: number;
  readonly end: number;
  readonly figures: readonly Figure[];
  readonly from: number;
  readonly to: number | null;
  /** Its clause before it, back to the previous figure at most. */
  readonly before: string;
  /** Its sentence after it, up to the next figure at most. */
  readonly after: string;
  readonly offered: boolean;
  readonly marked: boolean;
  /** Nothing else is said. */
  readonly alone: boolean;
}

/** Nobody types a longer message; a longer one is a document. */
const LONGEST_TEXT = 4_000;
const LOWEST = 100;
const HIGHEST = 1_000_000;
/** Amid other words, a bare number from here is rather a mileage. */
const DEAR = 60_000;
const YEARS = { first: 1950, last: 2035 };
const NOTHING: Reading = { kind: 'nothing' };

/**
 * Reads the answer to an appraisal in the words of the person who gives it, French or English. The result is only ever
 * asked back: generous where the text is clearly about money ("8500 ?" too), silent where it may be something else. An
 * amount in another currency than the dealership's is nothing, and so are several that compete. Where both an amount
 * and a wish for photos are said, the amount counts.
 */
export function readAmounts(text: string, context: Context): Reading {
  if (text.length > LONGEST_TEXT) return NOTHING;
  const plain = plainText(text);
  const visible = words.OTHER_THINGS.reduce((left, thing) => left.replace(thing, ' ¤ '), plain);
  const mention = settle(
    visible,
    mentionsIn(visible).filter((one) => isAmount(one, context)),
  );
  if (mention) return { kind: 'amount', from: mention.from, to: mention.to };
  return asksForPhotos(plain) ? { kind: 'photos' } : NOTHING;
}

/** Without accents and underlining, with plain spaces, dashes and apostrophes. */
function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '')
    .replace(/[^\S\n]+/g, ' ');
}

function figuresIn(text: string): readonly Figure[] {
  return [...text.matchAll(words.FIGURE)].map((match) => {
    const { digits = '', thousands, tail, sign, mark = sign ?? '' } = match.groups ?? {};
    return {
      start: match.index,
      end: match.index + match[0].length,
      value: thousands === undefined ? numberOf(digits) : thousandsOf(digits, tail),
      digits,
      thousands: thousands !== undefined,
      mark: mark.toLowerCase(),
    };
  });
}

function numberOf(digits: string): number | null {
  return /^0\d|[.,]\d{4,}$/.test(digits) ? null : readNumber(digits);
}

/** `8,5` k; with a tail, `8` k `5` and `8` mille `500`. */
function thousandsOf(digits: string, tail: string | undefined): number | null {
  const value = numberOf(digits);
  if (value === null || value >= 1000) return null;
  if (tail === undefined) return value * 1000;
  return Number.isInteger(value) ? (value + Number(`0.${tail.trim()}`)) * 1000 : null;
}

function mentionsIn(text: string): readonly Mention[] {
  const figures = figuresIn(text);
  const mentions: Mention[] = [];
  for (let index = 0; index < figures.length; index += 1) {
    const [first, second] = figures.slice(index, index + 2);
    if (!first) break;
    const start = text.slice(figures[index - 1]?.end ?? 0, first.start);
    const range = second ? rangeOf(first, second, start, text.slice(first.end, second.start)) : null;
    const last = range && second ? second : first;
    if (range) index += 1;
    const before = clauseBefore(start);
    const after = text.slice(last.end, figures[index + 1]?.start).split(/[.!;\n]/, 1)[0] ?? '';
    const own = range && second ? [first, second] : [first];
    mentions.push({
      start: first.start,
      end: last.end,
      figures: own,
      from: Math.round(range?.low ?? first.value ?? 0),
      to: range && range.high !== range.low ? Math.round(range.high) : null,
      before,
      after,
      offered: words.OFFER.test(before) || words.OFFER_AFTER.test(after),
      marked: own.some(({ mark }) => mark !== ''),
      alone: own.length === figures.length && !/[\p{L}\p{N}¤]/u.test(text.slice(0, first.start) + text.slice(last.end)),
    });
  }
  return mentions;
}

function clauseBefore(text: string): string {
  return (
    text
      .replace(/[ :=(]{1,10}$/, ' ')
      .split(words.CLAUSE_END)
      .at(-1) ?? ''
  );
}

/** `8000-8500`, `entre 8 000 et 8 500`; thousands said once count for both: `8/8,5k`, `2 à 3000`. */
function rangeOf(first: Figure, second: Figure, before: string, between: string): { low: number; high: number } | null {
  const { by = '' } = words.RANGE.exec(between)?.groups ?? {};
  if (by === '' || (/^(?:et|and|&)$/i.test(by) && !words.BETWEEN.test(before))) return null;
  let [low, high] = [first.value ?? 0, second.value ?? 0];
  // "lundi 8 - 8500" is no range.
  const shares = second.thousands || /\w/.test(by) || !between.startsWith(' ');
  if (low < LOWEST && !first.thousands && high >= 1000 && shares) low *= 1000;
  if (high < LOWEST && !second.thousands && first.thousands) high *= 1000;
  if (low > high) [low, high] = [high, low];
  return low >= LOWEST && high <= 2 * low ? { low, high } : null;
}

function isAmount(mention: Mention, context: Context): boolean {
  const { figures, from, to, before, after, offered, marked } = mention;
  if (from < LOWEST || (to ?? from) > HIGHEST) return false;
  if (figures.some(({ mark }) => mark !== '' && !isOurs(mark, context.currency))) return false;
  if (words.NEGATED.test(before) && !words.LIMITED.test(before)) return false;
  if (words.REFUSED.test(after) || words.COST_BEFORE.test(before) || words.COST_AFTER.test(after)) return false;
  if (isTheirs(before) || words.ELSEWHERE.test(after)) return false;
  if (marked) return true;
  if (offered) return figures.some(({ value, digits }) => value !== context.year || digits.length > 4);
  if (figures.some(({ value }) => isMileage(value ?? 0, context.mileage))) return false;
  return figures.some((figure) => isPlausible(figure, mention));
}

function isOurs(mark: string, currency: string): boolean {
  return (words.CURRENCIES[mark] ?? [mark.toUpperCase()]).includes(currency);
}

/** Another's money is named, and no offer after it. */
function isTheirs(before: string): boolean {
  const theirs = words.THEIRS.exec(before);
  return theirs !== null && !words.OFFER.test(before.slice(theirs.index + theirs[0].length));
}

/** Whether a number without sign and without an offer is money rather than a year, a mileage, a model or a code. */
function isPlausible({ digits, thousands, value }: Figure, { before, alone }: Mention): boolean {
  if (value === null || (value >= DEAR && !alone)) return false;
  if (thousands || !/^\d+$/.test(digits)) return true;
  if (digits.length === 4 && value >= YEARS.first && value <= YEARS.last) return false;
  if (digits.length === 3) return value % 50 === 0 && (alone || words.APPROXIMATE.test(before));
  if (digits.length > 4) return alone || value % 10 === 0;
  return alone || value % 5 === 0 || value % 100 === 99;
}

/** The car's mileage, in kilometres or miles, exact or as people round it. */
function isMileage(value: number, mileage: number | null): boolean {
  if (mileage === null) return false;
  const rounded = value >= 20_000 && value % 1000 === 0;
  return [value, readMileage(`${value} mi`)?.kilometres ?? value].some(
    (kilometres) => kilometres === mileage || (rounded && Math.abs(kilometres - mileage) <= mileage / 50),
  );
}

/** The one amount that is meant: the last after a correction, else the one offered. */
function settle(text: string, mentions: readonly Mention[]): Mention | null {
  let standing: readonly Mention[] = [];
  for (const mention of mentions) {
    const between = text.slice(standing.at(-1)?.end ?? mention.start, mention.start);
    const others = words.CORRECTED.test(between) ? [] : standing.filter(({ from, to }) => from !== mention.from || to !== mention.to);
    standing = [...others, mention];
  }
  const meant = standing.length > 1 ? standing.filter(({ offered }) => offered) : standing;
  return meant.length === 1 ? (meant[0] ?? null) : null;
}
