import { all, attribute, first, NOTHING, type Node } from './adf-tree.js';
import { BLANK_CUSTOMER } from './blank.js';
import { LIMITS } from './clean.js';
import { line, lines, type Place } from './fields.js';
import type { Notes } from './notes.js';
import type { ParsedCustomer } from './parsed.js';

/** Who asks, and what they wrote. */
export interface AdfCustomer {
  readonly customer: ParsedCustomer;
  readonly message: string | null;
}

interface Names {
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
}

/** Telephones people can be called on, best first; `phone` and an absent type are the specification's `voice`. */
const PHONE_RANKS: Readonly<Record<string, number>> = {
  cellphone: 1,
  cell: 1,
  mobile: 1,
  pager: 8,
  fax: 9,
};
const ORDINARY_PHONE = 2;
const PREFERRED = -10;

/** Reads a `customer`; `path` is its own. Several telephones or addresses: the preferred one, then a mobile. */
export function readCustomer(prospect: Node, path: string, notes: Notes): AdfCustomer {
  const customer = first(prospect, 'customer');
  const at = (name: string): Place => ({
    path: `${path}/customer/${name}`,
    notes,
  });
  const contacts = all(customer, 'contact');
  const contact = contacts.find((one) => attribute(one, 'primarycontact') === '1') ?? contacts[0] ?? customer;
  const address = first(contact, 'address');
  const email = best(all(contact, 'email'), () => 0);
  const phone = best(all(contact, 'phone'), phoneRank);
  return {
    customer: {
      ...BLANK_CUSTOMER,
      ...readNames(all(contact, 'name'), at('contact/name')),
      email: line(email.text, at('contact/email'), LIMITS.email),
      phone: line(phone.text, at('contact/phone'), LIMITS.phone),
      postalCode: line(first(address, 'postalcode').text, at('contact/address/postalcode')),
      city: line(first(address, 'city').text, at('contact/address/city')),
      preferredContact: preferred(phone) ? 'phone' : preferred(email) ? 'email' : null,
    },
    message: readMessage([prospect, customer, contact], at('comments')),
  };
}

/** `full` is the name when given; else its parts in order. A business alone is also the name to ask for. */
function readNames(names: readonly Node[], place: Place): Names {
  const people = names.filter((name) => attribute(name, 'type').toLowerCase() !== 'business');
  const businesses = names.filter((name) => !people.includes(name));
  const company = joined(businesses, place);
  return {
    name: joined(people, place) ?? company,
    firstName: part(people, place, 'first'),
    lastName: part(people, place, 'last') ?? part(people, place, 'surname'),
    company,
  };
}

function joined(names: readonly Node[], place: Place): string | null {
  const full = part(names, place, 'full') ?? part(names, place, '');
  if (full !== null) return full;
  const last = part(names, place, 'last');
  const parts = [
    part(names, place, 'first'),
    part(names, place, 'middle'),
    last,
    part(names, place, 'suffix'),
    part(names, place, 'surname'),
  ];
  const text = parts.filter((one) => one !== null).join(' ');
  return text === '' ? null : text;
}

function part(names: readonly Node[], place: Place, wanted: string): string | null {
  const found = names.filter((name) => attribute(name, 'part').toLowerCase() === wanted).find((name) => name.text.trim() !== '');
  return found === undefined ? null : line(found.text, place);
}

function best(nodes: readonly Node[], rank: (node: Node) => number): Node {
  const said = nodes.filter((node) => node.text.trim() !== '');
  const order = (node: Node) => rank(node) + (preferred(node) && rank(node) <= ORDINARY_PHONE ? PREFERRED : 0);
  return said.reduce((one, other) => (order(other) < order(one) ? other : one), said[0] ?? NOTHING);
}

function phoneRank(phone: Node): number {
  const type = attribute(phone, 'type').toLowerCase();
  return Object.hasOwn(PHONE_RANKS, type) ? (PHONE_RANKS[type] ?? ORDINARY_PHONE) : ORDINARY_PHONE;
}

function preferred(node: Node): boolean {
  return attribute(node, 'preferredcontact') === '1';
}

function readMessage(places: readonly Node[], place: Place): string | null {
  const said = new Set<string>();
  for (const node of places.flatMap((one) => [...all(one, 'comments'), ...all(one, 'comment')])) {
    const text = lines(node.text, place, LIMITS.message);
    if (text !== null) said.add(text);
  }
  return lines([...said].join('\n\n'), place, LIMITS.message);
}
