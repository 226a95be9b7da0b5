import type { Dealership } from '../dealership/dealership.js';
import type { Directory, Person } from '../dealership/people.js';
import type { Lead } from './lead.js';

/** What a list on a phone, and every platform, can still show. */
const MOST = 100;

/** Who may own this lead instead of its present owner: everybody who may sell there, salespeople first. */
export function colleaguesFor(lead: Pick<Lead, 'owner'>, dealership: Dealership, directory: Directory): readonly Person[] {
  const others = directory.people.filter((person) => person.id !== lead.owner?.id && directory.maySell(person, dealership));
  const sells = (person: Person) => directory.rolesAt(person, dealership).has('salesperson');
  return [...others.filter(sells), ...others.filter((person) => !sells(person))].slice(0, MOST);
}
