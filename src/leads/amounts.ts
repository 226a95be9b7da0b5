/** An amount of money as somebody wrote it. */
export interface Money {
  readonly amount: number;
  /** ISO 4217 when the text itself says so. */
  readonly currency: string | null;
}

/** A mileage in whole kilometres, and the unit it was written in when it was written. */
export interface Mileage {
  readonly kilometres: number;
  readonly unit: 'km' | 'mi' | null;
}

/** Longer texts are not numbers. */
const LONGEST_NUMBER = 40;
const HIGHEST_AMOUNT = 1_000_000_000;
const KILOMETRES_PER_MILE = 1.609344;

/** Only signs that mean one currency; a bare `$` may be any of twenty. */
const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

/**
 * Reads a number with any of the world's separators: `15 990`, `8.500,00`, `8,500.00`, `15'990`, `15990.5`.
 * A single separator before exactly three digits separates thousands. Null for anything else, negatives included.
 */
export function readNumber(text: string): number | null {
  if (text.length > LONGEST_NUMBER) return null;
  const compact = text.replace(/[\s'’]/g, '');
  if (!/^\d[\d.,]*$/.test(compact)) return null;
  const decimal = decimalSeparator(compact);
  const cut = decimal === null ? compact.length : compact.lastIndexOf(decimal);
  const whole = compact.slice(0, cut);
  if (!/^\d+$|^\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return null;
  const fraction = compact.slice(cut + 1);
  if (/[.,]/.test(fraction)) return null;
  const value = Number(`${whole.replace(/[.,]/g, '')}.${fraction === '' ? '0' : fraction}`);
  return value <= HIGHEST_AMOUNT ? value : null;
}

function decimalSeparator(digits: string): '.' | ',' | null {
  const dot = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
  const separator = dot >= 0 ? '.' : comma >= 0 ? ',' : null;
  if (separator === null) return null;
  const once = digits.indexOf(separator) === digits.lastIndexOf(separator);
  const after = digits.length - digits.lastIndexOf(separator) - 1;
  const before = digits.length - 1 - after;
  return once && (after !== 3 || before > 3) ? separator : null;
}

/** Reads `15 990 €`, `8.500,00`, `EUR 17,490`, `£8,500`; null when it is not one amount. */
export function readMoney(text: string): Money | null {
  if (text.length > LONGEST_NUMBER) return null;
  const match = /^(?<before>[A-Za-z]{3}|[€£$])?(?<digits>[^A-Za-z€£$]+)(?<after>[A-Za-z]{3,5}|[€£$])?(?:\s*(?:TTC|HT))?$/.exec(text.trim());
  const amount = readNumber(match?.groups?.digits ?? '');
  if (amount === null) return null;
  const mark = match?.groups?.before ?? match?.groups?.after ?? '';
  return { amount: Math.round(amount * 100) / 100, currency: currencyOf(mark) };
}

function currencyOf(mark: string): string | null {
  const sign = SIGNS[mark];
  if (sign !== undefined) return sign;
  if (/^euros?$/i.test(mark)) return 'EUR';
  return readCurrency(mark);
}

/** An ISO 4217 code in any case; null when it has not the form of one. */
export function readCurrency(text: string): string | null {
  return /^[A-Za-z]{3}$/.test(text) && !/^(?:TTC|HTC)$/i.test(text) ? text.toUpperCase() : null;
}

/**
 * Reads `98 000 km`, `60,000 miles`, `121000`. Miles become whole kilometres. `unit` is what the sender says beside
 * the number; a unit within the text wins.
 */
export function readMileage(text: string, unit: string | null = null): Mileage | null {
  if (text.length > LONGEST_NUMBER) return null;
  const match = /^(?<digits>[\d\s.,'’]+)(?<unit>[A-Za-zè]*)\.?$/.exec(text.trim());
  const number = readNumber((match?.groups?.digits ?? '').trim());
  if (number === null) return null;
  const written = match?.groups?.unit ?? '';
  const read = mileageUnit(written === '' ? (unit ?? '') : written);
  if (read === null && written !== '') return null;
  return {
    kilometres: Math.round(read === 'mi' ? number * KILOMETRES_PER_MILE : number),
    unit: read,
  };
}

function mileageUnit(text: string): 'km' | 'mi' | null {
  if (/^(?:km|kms|kilom[eè]tres?|kilometers?)$/i.test(text.trim())) return 'km';
  if (/^(?:mi|mls?|miles?)$/i.test(text.trim())) return 'mi';
  return null;
}

/** A model year from 1900 to 2100: `2022`, `2022.0`, or the only year in `03/2019`; null otherwise. */
export function readYear(text: string): number | null {
  if (text.length > LONGEST_NUMBER) return null;
  const years = text.match(/(?<!\d)(?:(?:19|20)\d\d|2100)(?!\d)/g) ?? [];
  const [year] = years;
  return years.length === 1 && year !== undefined ? Number(year) : null;
}

/** What a checkbox or a flag says; null when it says nothing readable. */
export function readFlag(value: string | number | boolean): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (/^(?:true|yes|oui|on|1|y|o)$/.test(text)) return true;
  if (/^(?:false|no|non|off|0|n)$/.test(text)) return false;
  return null;
}
