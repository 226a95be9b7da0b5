import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import type { Language } from '../../language/locale.js';
import { readMileage, readMoney, readYear } from '../../leads/amounts.js';
import type { Vehicle } from '../../leads/details.js';
import { normaliseEmail } from '../../leads/email.js';
import { normalisePhone } from '../../leads/phone.js';
import { entryWords } from './messages.js';

/** What somebody typed into the form `lead`, understood; null where nothing was entered. */
export interface Entry {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly sent: { readonly phone: string | null; readonly email: string | null };
  readonly city: string | null;
  readonly message: string | null;
  readonly interest: Vehicle | null;
  readonly tradeIn: Vehicle | null;
  readonly claim: boolean;
}

export type Reading =
  | { readonly kind: 'read'; readonly entry: Entry }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> };

/** Characters a field takes. The client keeps to it; what is signed need not come from a client. */
export const LONGEST = { line: 200, message: 3_000 } as const;

/** Reads the form; every fault is a sentence under its field. `country` is where a phone number without prefix belongs. */
export function readEntry(values: FormValues, country: string, language: Language): Reading {
  const words = entryWords[language].faults;
  const faults: Record<string, string> = {};
  const given = (id: string) => {
    const max = id === 'message' ? LONGEST.message : LONGEST.line;
    const text = (values[id] ?? '').slice(0, max + 1);
    if (text.length > max) faults[id] = words.long(max);
    return tidy(text) || null;
  };
  const understood = <T>(id: string, read: (text: string) => T | null, fault: string): T | null => {
    const text = given(id);
    if (text === null) return null;
    const value = read(text);
    if (value === null) faults[id] = fault;
    return value;
  };
  const phone = understood('customer.phone', (text) => normalisePhone(text, country), words.phone);
  const email = understood('customer.email', normaliseEmail, words.email);
  const interest = vehicle(given, {
    type: 'buy',
    prefix: 'interest',
    year: understood('interest.year', readYear, words.year),
    price: understood('interest.price', (text) => readMoney(text)?.amount ?? null, words.price),
    mileage: null,
  });
  const tradeIn = vehicle(given, {
    type: 'trade-in',
    prefix: 'tradeIn',
    year: understood('tradeIn.year', readYear, words.year),
    price: null,
    mileage: understood('tradeIn.mileage', (text) => readMileage(text)?.kilometres ?? null, words.mileage),
  });
  const entry: Entry = {
    name: given('customer.name'),
    phone,
    email,
    sent: { phone: given('customer.phone'), email: given('customer.email') },
    city: given('customer.city'),
    message: given('message'),
    interest,
    tradeIn,
    claim: values.claim === 'yes',
  };
  return Object.keys(faults).length > 0 ? { kind: 'faults', faults } : { kind: 'read', entry };
}

interface VehicleParts {
  readonly type: string;
  readonly prefix: 'interest' | 'tradeIn';
  readonly year: number | null;
  readonly price: number | null;
  readonly mileage: number | null;
}

function vehicle(given: (id: string) => string | null, { prefix, ...parts }: VehicleParts): Vehicle | null {
  const condition = given(`${prefix}.condition`);
  const car: Vehicle = {
    ...parts,
    condition: condition === 'new' || condition === 'used' ? condition : null,
    make: given(`${prefix}.make`),
    model: given(`${prefix}.model`),
    version: given(`${prefix}.version`),
    stockNumber: given(`${prefix}.stockNumber`),
    plate: given(`${prefix}.plate`),
    currency: null,
    vin: null,
    url: null,
    photoUrl: null,
    comments: null,
  };
  const { type: _, ...rest } = car;
  return Object.values(rest).every((value) => value === null) ? null : car;
}
