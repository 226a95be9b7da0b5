import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import { atLocal, localDay } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { readMoney } from '../../leads/amounts.js';
import { actingWords } from '../messages.js';
import { readAmounts } from './amounts.js';
import { estimateWords } from './estimate-messages.js';

/** What a used-car manager offers. */
export interface Offer {
  /** In the dealership's currency, at most two decimals. */
  readonly amount: number;
  /** The last day it holds, `YYYY-MM-DD`, local. */
  readonly validUntil: string;
  readonly conditions: string | null;
  readonly note: string | null;
}

export type OfferReading =
  | { readonly kind: 'read'; readonly offer: Offer }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> };

export const LONGEST_WORDS = 1_000;
const LOWEST = 100;
const HIGHEST = 1_000_000;
const DAYS_VALID = 14;
const MOST_DAYS_VALID = 366;

/** The day so many days after another, `YYYY-MM-DD` both. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The last day of an estimate nobody set another for. */
export function usualValidity(dealership: Dealership, now: Date): string {
  return daysAfter(localDay(dealership, now), DAYS_VALID);
}

/** Reads the form `estimate`; every fault is a sentence under its field, in the person's language. Pure. */
export function readOffer(values: FormValues, dealership: Dealership, language: Language, now: Date): OfferReading {
  const faults: Record<string, string> = {};
  const words = estimateWords[language].faults;
  const given = (id: string) => {
    const text = (values[id] ?? '').slice(0, LONGEST_WORDS + 1);
    if (text.length > LONGEST_WORDS) faults[id] = actingWords[language].tooLong(LONGEST_WORDS);
    return tidy(text) || null;
  };
  const amount = amountOf(tidy((values.amount ?? '').slice(0, 200)), dealership.currency);
  if (amount === null) faults.amount = words.amount(dealership.currency);
  else if (amount < LOWEST || amount > HIGHEST) faults.amount = words.range(LOWEST, HIGHEST, language, dealership.currency);
  const day = values.valid_until ?? '';
  const today = localDay(dealership, now);
  if (day === '') faults.valid_until = words.validUntil;
  else if (atLocal(dealership, day, '00:00') === null) faults.valid_until = actingWords[language].notADay;
  else if (day < today) faults.valid_until = words.past;
  else if (day > daysAfter(today, MOST_DAYS_VALID)) faults.valid_until = words.tooFar;
  const [conditions, note] = [given('conditions'), given('note')];
  if (amount === null || Object.keys(faults).length > 0) return { kind: 'faults', faults };
  return { kind: 'read', offer: { amount, validUntil: day, conditions, note } };
}

/** One amount in the dealership's currency: `8 500 €`, `8.500,00`, and as in the thread, `8,5k`. */
function amountOf(text: string, currency: string): number | null {
  const money = readMoney(text);
  if (money) return money.currency === null || money.currency === currency ? money.amount : null;
  if (!/^\d[\d.,\s]*k\s?\d?\s?\D{0,6}$/i.test(text)) return null;
  const reading = readAmounts(text, { currency, year: null, mileage: null });
  return reading.kind === 'amount' && reading.to === null ? reading.from : null;
}
