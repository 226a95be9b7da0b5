import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import { atLocal, localDay } from '../../dealership/clock.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { money } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { readMoney } from '../../leads/amounts.js';
import { actingWords } from '../messages.js';
import { saleWords } from './messages.js';

export const VEHICLES = ['stock', 'order'] as const;
export const YES_OR_NO = ['yes', 'no'] as const;

/** What the form `sale` says, understood; null where nothing was entered. */
export interface Sale {
  readonly vehicle: (typeof VEHICLES)[number];
  /** Stock number or VIN; there is one for every car from stock. */
  readonly reference: string | null;
  readonly financing: boolean;
  readonly maintenance: boolean;
  readonly tradeIn: boolean | null;
  /** `currency` is ISO 4217, the dealership's own unless another was written. */
  readonly price: { readonly amount: number; readonly currency: string } | null;
  /** Local day, `YYYY-MM-DD`. */
  readonly deliveryOn: string | null;
  readonly note: string | null;
}

export type SaleReading =
  | { readonly kind: 'read'; readonly sale: Sale }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> };

/** Characters a field takes. The client keeps to it; what is signed need not come from a client. */
export const LONGEST = { reference: 60, price: 40, note: 3_000 } as const;
const TOO_DEAR = 10_000_000;

/** Reads the form; every fault is a sentence under its field, in the person's language. Pure. */
export function readSale(values: FormValues, dealership: Dealership, language: Language, now: Date): SaleReading {
  const faults: Record<string, string> = {};
  const words = saleWords[language].faults;
  const vehicle = VEHICLES.find((one) => one === values.vehicle);
  if (!vehicle) faults.vehicle = words.vehicle;
  const reference = readText(values, 'reference', language, faults);
  if (vehicle === 'stock' && reference === null) faults.reference ??= words.reference;
  const [financing, maintenance, tradeIn] = ['financing', 'maintenance', 'trade_in'].map((id) => yesOrNo(values[id]));
  if (typeof financing !== 'boolean') faults.financing = words.yesOrNo;
  if (typeof maintenance !== 'boolean') faults.maintenance = words.yesOrNo;
  if (tradeIn === undefined) faults.trade_in = words.yesOrNo;
  const price = values.price?.trim() ? readPrice(values.price, dealership) : null;
  if (price === undefined) faults.price = words.price(money(15_990, localeOf(dealership, language)));
  const deliveryOn = readDelivery(values.delivery_date, dealership, language, now, faults);
  const note = readText(values, 'note', language, faults);
  // Said again for the compiler: each of these has its fault by now.
  if (!vehicle || typeof financing !== 'boolean' || typeof maintenance !== 'boolean' || tradeIn === undefined || price === undefined)
    return { kind: 'faults', faults };
  if (Object.keys(faults).length > 0) return { kind: 'faults', faults };
  return { kind: 'read', sale: { vehicle, reference, financing, maintenance, tradeIn, price, deliveryOn, note } };
}

/** Null when left empty, undefined for what was never offered. */
function yesOrNo(value: string | undefined): boolean | null | undefined {
  if (value === undefined || value === '') return null;
  return value === 'yes' ? true : value === 'no' ? false : undefined;
}

function readText(values: FormValues, id: 'reference' | 'note', language: Language, faults: Record<string, string>): string | null {
  const text = values[id] ?? '';
  if (text.length > LONGEST[id]) {
    faults[id] = actingWords[language].tooLong(LONGEST[id]);
    return null;
  }
  const kept = tidy(text);
  return (id === 'reference' ? kept.replaceAll('\n', ' ') : kept) || null;
}

/** Undefined for what is not a price of a car. */
function readPrice(text: string, dealership: Dealership): Sale['price'] | undefined {
  const written = readMoney(text);
  if (!written || written.amount <= 0 || written.amount >= TOO_DEAR) return undefined;
  const currency = written.currency ?? dealership.currency;
  // Three letters may be any word.
  const real = currency === dealership.currency || Intl.supportedValuesOf('currency').includes(currency);
  return real ? { amount: written.amount, currency } : undefined;
}

function readDelivery(
  day: string | undefined,
  dealership: Dealership,
  language: Language,
  now: Date,
  faults: Record<string, string>,
): string | null {
  if (!day) return null;
  if (!atLocal(dealership, day, '12:00')) faults.delivery_date = actingWords[language].notADay;
  else if (day < localDay(dealership, now)) faults.delivery_date = saleWords[language].faults.past;
  return day;
}
