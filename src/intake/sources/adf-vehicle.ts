import { all, attribute, first, type Node } from './adf-tree.js';
import { LIMITS } from './clean.js';
import { carLine, currency, lines, mileage, money, type Place, word, year } from './fields.js';
import type { Notes } from './notes.js';
import type { ParsedVehicle } from './parsed.js';

/** The car a prospect wants, and the one they have. */
export interface AdfVehicles {
  readonly interest: ParsedVehicle | null;
  readonly tradeIn: ParsedVehicle | null;
}

const INTERESTS: Readonly<Record<string, ParsedVehicle['type']>> = {
  '': 'buy',
  buy: 'buy',
  purchase: 'buy',
  lease: 'lease',
  'test-drive': 'test-drive',
  testdrive: 'test-drive',
  sell: 'sell',
  'trade-in': 'trade-in',
  tradein: 'trade-in',
  trade: 'trade-in',
};
const CONDITIONS: Readonly<Record<string, 'new' | 'used'>> = {
  new: 'new',
  used: 'used',
};

/** Prices one can show a customer's salesperson, best first; `call` and differences to another price are none. */
const PRICE_TYPES = ['asking', 'quote', 'offer', 'appraisal', 'msrp', 'invoice'];

/**
 * The wanted car is the first with interest buy (the default), lease or test-drive, else one with an interest ADF does
 * not know. Trade-in and sell are the customer's own car and never wanted. A car of which nothing is said is none.
 */
export function readVehicles(prospect: Node, path: string, notes: Notes): AdfVehicles {
  const read = all(prospect, 'vehicle').map((node, i) => {
    const place = `${path}/vehicle[${i + 1}]`;
    return { place, vehicle: readVehicle(node, place, notes) };
  });
  const said = read.flatMap(({ place, vehicle }) => (vehicle === null ? [] : [{ place, vehicle }]));
  const own = said.filter(({ vehicle }) => isOwn(vehicle));
  const others = said.filter(({ vehicle }) => !isOwn(vehicle));
  const wanted = others.find(({ vehicle }) => vehicle.type !== 'other') ?? others[0];
  for (const one of said) {
    if (one !== wanted && one !== own[0]) notes.note(one.place, 'The prospect names several such vehicles; only the first is used.');
  }
  return {
    interest: wanted?.vehicle ?? null,
    tradeIn: own[0]?.vehicle ?? null,
  };
}

function isOwn(vehicle: ParsedVehicle): boolean {
  return vehicle.type === 'trade-in' || vehicle.type === 'sell';
}

function readVehicle(node: Node, path: string, notes: Notes): ParsedVehicle | null {
  const at = (name: string): Place => ({ path: `${path}/${name}`, notes });
  const type = readInterest(node, at('@interest'));
  const facts = {
    make: carLine(first(node, 'make').text, at('make')),
    model: carLine(first(node, 'model').text, at('model')),
    version: carLine(first(node, 'trim').text, at('trim')),
    year: year(first(node, 'year').text, at('year')),
    ...readPrice(node, at('price')),
    stockNumber: carLine(first(node, 'stock').text, at('stock')),
    vin: carLine(first(node, 'vin').text, at('vin')),
    plate: carLine(first(node, 'plate', 'licenseplate', 'registration').text, at('plate')),
    mileage: readOdometer(first(node, 'odometer'), at('odometer')),
    url: carLine(first(node, 'url').text, at('url'), LIMITS.url),
    photoUrl: carLine(first(node, 'imagetag').text, at('imagetag'), LIMITS.url),
    comments: readComments(node, at('comments')),
  };
  const silent = Object.values(facts).every((fact) => fact === null);
  if (silent && type !== 'lease' && type !== 'test-drive') return null;
  const ownOrDriven = type === 'trade-in' || type === 'sell' || (facts.mileage ?? 0) > 0;
  return {
    type,
    condition: readCondition(node, ownOrDriven, at('@status')),
    ...facts,
  };
}

function readInterest(node: Node, place: Place): ParsedVehicle['type'] {
  const type = word(attribute(node, 'interest'), INTERESTS);
  if (type === undefined) place.notes.note(place.path, 'The interest is not one ADF knows.');
  return type ?? 'other';
}

/** ADF's default is `new`; a car that has been driven, or is the customer's, is left open instead. */
function readCondition(node: Node, ownOrDriven: boolean, place: Place): ParsedVehicle['condition'] {
  const status = attribute(node, 'status');
  if (status === '') return ownOrDriven ? null : 'new';
  const condition = word(status, CONDITIONS);
  if (condition === undefined) place.notes.note(place.path, 'The status is neither new nor used.');
  return condition ?? null;
}

function readOdometer(node: Node, place: Place): number | null {
  const unit = attribute(node, 'units') || attribute(node, 'unit');
  return mileage(node.text, unit === '' ? null : unit, place);
}

function readPrice(node: Node, place: Place): { price: number | null; currency: string | null } {
  const prices = all(node, 'price').filter((price) => attribute(price, 'delta').replace('absolute', '') === '');
  const ranked = prices.map((price) => ({
    price,
    rank: PRICE_TYPES.indexOf(attribute(price, 'type').toLowerCase() || 'quote'),
  }));
  const [best] = ranked.filter(({ rank, price }) => rank >= 0 && price.text.trim() !== '').sort((a, b) => a.rank - b.rank);
  if (best === undefined) return { price: null, currency: null };
  const { amount, currency: written } = money(best.price.text, place);
  const code =
    amount === null
      ? null
      : currency(attribute(best.price, 'currency'), {
          ...place,
          path: `${place.path}/@currency`,
        });
  return { price: amount, currency: code ?? written };
}

function readComments(node: Node, place: Place): string | null {
  const texts = ['comments', 'comment', 'pricecomments'].flatMap((name) => all(node, name).map((one) => one.text));
  return lines([...new Set(texts)].join('\n'), place, LIMITS.comments);
}
