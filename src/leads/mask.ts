import type { Language } from '../language/locale.js';
import { defineMessages } from '../language/messages.js';
import type { Vehicle } from './details.js';
import type { Lead } from './lead.js';

const words = defineMessages({ en: { hidden: '[contact hidden]' }, fr: { hidden: '[coordonnées masquées]' } });

const BETWEEN = String.raw`[\s().\-–—_/,]{0,3}`;
// Nine digits or more with whatever people put between them: longer than prices, mileages, years, dates and plates.
const NUMBER = new RegExp(String.raw`(?:\+|\b00)?\(?\d(?:${BETWEEN}\d){8,}`, 'gu');
// Both look at each character a bounded number of times: a word of 20,000 letters must not take a second.
const WORD = /[^\s<>"'(),;:]+/gu;
const SPELT_ADDRESS = /[\w.+-]{1,64}\s?[([]at[)\]]\s?[\w-]{1,64}\.[\w.-]{2,64}/giu;

/**
 * Hides phone numbers and e-mail addresses in words a channel would show. A number known to be the customer's is
 * found however short it is.
 */
export function withoutContact(text: string, language: Language, knownNumbers: readonly (string | null)[] = []): string {
  const { hidden } = words[language];
  let shown = text
    .replace(WORD, (word) => (/[^@]@[^@]/u.test(word) ? hidden : word))
    .replace(SPELT_ADDRESS, hidden)
    .replace(NUMBER, hidden);
  for (const number of knownNumbers) {
    const digits = (number ?? '').replace(/\D/g, '').slice(-8);
    if (digits.length >= 6) shown = shown.replace(new RegExp(`\\+?(?:\\d${BETWEEN}){0,6}${[...digits].join(BETWEEN)}`, 'gu'), hidden);
  }
  return shown;
}

/** The lead as a channel may read it: customers write their number in the message, in the name, anywhere. */
export function maskContact(lead: Lead, language: Language): Lead {
  const numbers = [lead.phone, lead.customer.sent.phone];
  const mask = <T extends string | null>(text: T): T => (text === null ? text : (withoutContact(text, language, numbers) as T));
  const { customer } = lead;
  return {
    ...lead,
    name: mask(lead.name),
    message: mask(lead.message),
    interest: lead.interest && maskVehicle(lead.interest, mask),
    tradeIn: lead.tradeIn && maskVehicle(lead.tradeIn, mask),
    customer: { ...customer, firstName: mask(customer.firstName), lastName: mask(customer.lastName), city: mask(customer.city) },
    origin: { ...lead.origin, provider: mask(lead.origin.provider) },
  };
}

function maskVehicle(car: Vehicle, mask: (text: string | null) => string | null): Vehicle {
  const { make, model, version, stockNumber, plate, comments } = car;
  const masked = { make: mask(make), model: mask(model), version: mask(version), stockNumber: mask(stockNumber), plate: mask(plate) };
  return { ...car, ...masked, comments: mask(comments) };
}
