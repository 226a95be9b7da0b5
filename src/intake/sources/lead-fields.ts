import { LIMITS } from './clean.js';
import { carLine, currency, flag, identifier, line, lines, mileage, moment, money, type Place, word, year } from './fields.js';
import type { CustomerShape, LeadShape, VehicleShape } from './lead-shape.js';
import type { Notes } from './notes.js';
import type { ParsedCustomer, ParsedLead, ParsedVehicle } from './parsed.js';

type WantedType = ParsedVehicle['type'];

/** What senders call the wish, beside the words of the shape itself. */
const TYPES: Readonly<Record<string, WantedType>> = {
  buy: 'buy',
  purchase: 'buy',
  achat: 'buy',
  lease: 'lease',
  leasing: 'lease',
  location: 'lease',
  'test-drive': 'test-drive',
  testdrive: 'test-drive',
  essai: 'test-drive',
  sell: 'sell',
  vente: 'sell',
  'trade-in': 'trade-in',
  tradein: 'trade-in',
  reprise: 'trade-in',
  other: 'other',
  autre: 'other',
};

const CONDITIONS: Readonly<Record<string, 'new' | 'used'>> = {
  new: 'new',
  neuf: 'new',
  neuve: 'new',
  vn: 'new',
  used: 'used',
  occasion: 'used',
  vo: 'used',
};

const NOBODY: CustomerShape = {};

/** Reads the fields of one enquiry of the JSON shape. `prefix` stands before every path in its problems. */
export function leadFrom(shape: LeadShape, prefix: string, notes: Notes): ParsedLead {
  const at = (path: string) => ({ path: prefix + path, notes });
  const requested = moment(shape.requestedAt, 'day-first', at('requestedAt'));
  const dealership = line(shape.dealership, at('dealership'));
  const wish = vehicleFrom(shape.interest, 'buy', `${prefix}interest.`, notes);
  const own = vehicleFrom(shape.tradeIn, 'trade-in', `${prefix}tradeIn.`, notes);
  const offersOwn = wish !== null && (wish.type === 'sell' || wish.type === 'trade-in');
  return {
    externalId: identifier(shape.externalId, at('externalId')),
    resend: false,
    dealershipHints: dealership === null ? [] : [dealership],
    requestedAt: requested?.at ?? null,
    requestedAtLocal: requested?.local ?? null,
    provider: null,
    customer: customerFrom(shape.customer ?? NOBODY, `${prefix}customer.`, notes),
    interest: offersOwn ? null : wish,
    tradeIn: own === null ? (offersOwn ? wish : null) : { ...own, type: 'trade-in' },
    message: lines(shape.message, at('message'), LIMITS.message),
    page: line(shape.page, at('page'), LIMITS.url),
    campaign: line(shape.campaign, at('campaign')),
    problems: notes.problems,
  };
}

function customerFrom(shape: CustomerShape, prefix: string, notes: Notes): ParsedCustomer {
  const at = (path: string) => ({ path: prefix + path, notes });
  const firstName = line(shape.firstName, at('firstName'));
  const lastName = line(shape.lastName, at('lastName'));
  const parts = [firstName, lastName].filter((part) => part !== null).join(' ');
  return {
    name: line(shape.name, at('name')) ?? (parts === '' ? null : parts),
    firstName,
    lastName,
    company: line(shape.company, at('company')),
    email: line(shape.email, at('email'), LIMITS.email),
    phone: line(shape.phone, at('phone'), LIMITS.phone),
    postalCode: line(shape.postalCode, at('postalCode')),
    city: line(shape.city, at('city')),
    language: line(shape.language, at('language')),
    preferredContact: line(shape.preferredContact, at('preferredContact')),
    consent: consentFrom(shape.consent, `${prefix}consent.`, notes),
  };
}

function consentFrom(shape: CustomerShape['consent'], prefix: string, notes: Notes): ParsedCustomer['consent'] {
  if (shape === null || shape === undefined) return null;
  const at = (path: string) => ({ path: prefix + path, notes });
  const given = moment(shape.at, 'day-first', at('at'));
  return {
    phone: flag(shape.phone, at('phone')),
    email: flag(shape.email, at('email')),
    sms: flag(shape.sms, at('sms')),
    text: lines(shape.text, at('text'), LIMITS.comments),
    at: given?.at ?? given?.local ?? null,
  };
}

function vehicleFrom(shape: VehicleShape | null | undefined, usual: WantedType, prefix: string, notes: Notes): ParsedVehicle | null {
  if (shape === null || shape === undefined) return null;
  const at = (path: string) => ({ path: prefix + path, notes });
  const price = money(shape.price, at('price'));
  const vehicle = {
    condition: conditionOf(carLine(shape.condition, at('condition')), at('condition')),
    make: carLine(shape.make, at('make')),
    model: carLine(shape.model, at('model')),
    version: carLine(shape.version, at('version')),
    year: year(shape.year, at('year')),
    price: price.amount,
    currency: currency(shape.currency, at('currency')) ?? price.currency,
    stockNumber: carLine(shape.stockNumber, at('stockNumber')),
    vin: carLine(shape.vin, at('vin')),
    plate: carLine(shape.plate, at('plate')),
    mileage: mileage(shape.mileage, null, at('mileage')),
    url: carLine(shape.url, at('url'), LIMITS.url),
    photoUrl: carLine(shape.photoUrl, at('photoUrl'), LIMITS.url),
    comments: lines(shape.comments, at('comments'), LIMITS.comments),
  };
  const type = typeOf(carLine(shape.type, at('type')), at('type'));
  if (type === null && Object.values(vehicle).every((value) => value === null)) return null;
  return { type: type ?? usual, ...vehicle };
}

function typeOf(text: string | null, place: Place): WantedType | null {
  if (text === null) return null;
  const type = word(text, TYPES);
  if (type === undefined) place.notes.note(place.path, 'The type of interest is not one of the known words.');
  return type ?? 'other';
}

function conditionOf(text: string | null, place: Place): ParsedVehicle['condition'] {
  if (text === null) return null;
  const condition = word(text, CONDITIONS);
  if (condition === undefined) place.notes.note(place.path, 'The condition is neither new nor used.');
  return condition ?? null;
}
