import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import { localDay } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { readMileage, readMoney } from '../../leads/amounts.js';
import { actingWords } from '../messages.js';
import { ACCIDENTS, type Car, CONDITIONS, SERVICE_BOOKS } from './car.js';
import { appraisalWords } from './messages.js';

/** What the form `appraisal` says, understood. */
export interface Request {
  readonly car: Car;
  readonly note: string | null;
}

export type RequestReading =
  | { readonly kind: 'read'; readonly request: Request }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> };

/** Characters a field takes. The client keeps to it; what is signed need not come from a client. */
export const LONGEST = { line: 100, note: 3_000 } as const;
export const MOST_PHOTOS = 10;
const MOST_KILOMETRES = 2_000_000;
const MOST_KEYS = 9;
const HIGHEST_PRICE = 1_000_000;

/** Reads the form; every fault is a sentence under its field, in the person's language. Pure. */
export function readRequest(values: FormValues, photos: number, dealership: Dealership, language: Language, now: Date): RequestReading {
  const faults: Record<string, string> = {};
  const words = appraisalWords[language].faults;
  const given = (id: string, max: number = LONGEST.line) => {
    const text = (values[id] ?? '').slice(0, max + 1);
    if (text.length > max) faults[id] = actingWords[language].tooLong(max);
    return tidy(text).replace(max === LONGEST.note ? /(?!)/ : /\n/g, ' ') || null;
  };
  const understood = <T>(id: string, read: (text: string) => T | null, fault: string): T | null => {
    const text = given(id);
    const value = text === null ? null : read(text);
    if (text !== null && value === null) faults[id] ??= fault;
    return value;
  };
  const chosen = <T extends string>(id: string, offered: readonly T[]) =>
    understood(id, (text) => offered.find((one) => one === text) ?? null, actingWords[language].choose);
  const [make, model] = [given('make'), given('model')];
  if (make === null) faults.make = words.make;
  if (model === null) faults.model = words.model;
  const mileage = understood('mileage', kilometres, words.mileage);
  if (mileage === null) faults.mileage ??= words.mileage;
  if (photos > MOST_PHOTOS) faults.photos = words.photos(MOST_PHOTOS);
  const rest = {
    plate: understood('plate', readPlate, words.plate),
    version: given('version'),
    firstRegistered: understood('first_registered', (text) => readDay(text, localDay(dealership, now)), words.firstRegistered),
    fuel: given('fuel'),
    gearbox: given('gearbox'),
    vin: understood('vin', readVin, words.vin),
    condition: chosen('condition', CONDITIONS),
    accident: chosen('accident', ACCIDENTS),
    serviceBook: chosen('service_book', SERVICE_BOOKS),
    keys: understood('keys', readKeys, words.keys),
    expectedPrice: understood('expected_price', (text) => readPrice(text, dealership.currency), words.price(dealership.currency)),
  };
  const note = given('note', LONGEST.note);
  if (make === null || model === null || mileage === null || Object.keys(faults).length > 0) return { kind: 'faults', faults };
  return { kind: 'read', request: { car: { make, model, mileage, ...rest }, note } };
}

function kilometres(text: string): number | null {
  const read = readMileage(text);
  return read && read.kilometres <= MOST_KILOMETRES ? Math.round(read.kilometres) : null;
}

function readPlate(text: string): string | null {
  return /^[\p{L}\p{N}][\p{L}\p{N} .-]{1,18}$/u.test(text) ? text.toUpperCase() : null;
}

/** Seventeen signs; I, O and Q are never among them. */
function readVin(text: string): string | null {
  const vin = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(vin) ? vin : null;
}

function readKeys(text: string): number | null {
  const [, digits] = /^(\d{1,2})(?: ?\p{L}+)?$/u.exec(text) ?? [];
  return digits !== undefined && Number(digits) <= MOST_KEYS ? Number(digits) : null;
}

function readPrice(text: string, currency: string): number | null {
  const price = readMoney(text);
  if (!price || price.amount <= 0 || price.amount > HIGHEST_PRICE) return null;
  return price.currency === null || price.currency === currency ? price.amount : null;
}

/** `2019`, `03/2019`, `15/03/2019`, `2019-03`, `2019-03-15`; not before cars, not after `today`. */
export function readDay(text: string, today: string): string | null {
  const match =
    /^(?:(?:(?<d1>\d{1,2})[/. -])?(?<m1>\d{1,2})[/. -])?(?<y1>\d{4})$/.exec(text) ??
    /^(?<y2>\d{4})-(?<m2>\d{1,2})(?:-(?<d2>\d{1,2}))?$/.exec(text);
  const { d1, m1, y1, y2, m2, d2 } = match?.groups ?? {};
  const [year, month, day] = [y1 ?? y2, m1 ?? m2, d1 ?? d2];
  if (year === undefined || Number(year) < 1900) return null;
  const parts = [year, month, day].filter((part) => part !== undefined).map((part) => part.padStart(2, '0'));
  const written = parts.join('-');
  const whole = `${written}${'-01'.repeat(3 - parts.length)}`;
  const date = new Date(`${whole}T00:00Z`);
  // Date lets 30 February pass, as 2 March.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== whole) return null;
  return whole <= today ? written : null;
}
