import type { Dealership } from '../dealership/dealership.js';
import type { Directory, Person } from '../dealership/people.js';
import type { Lead } from './lead.js';

/** Who may see a customer's phone and e-mail: managers always, the owner once there is one, everybody where the dealership says so. */
export function maySeeContact(lead: Lead, person: Person, dealership: Dealership, directory: Directory): boolean {
  if (lead.owner?.id === person.id || directory.isManager(person, dealership)) return true;
  return dealership.contactDetails === 'channel' && directory.belongs(person, dealership);
}

/**
 * In what capacity somebody may act on a lead: as its owner, or as a manager on the owner's behalf. Null when they may not.
 */
export function capacityOf(lead: Lead, person: Person, dealership: Dealership, directory: Directory): 'owner' | 'manager' | null {
  if (lead.owner?.id === person.id) return 'owner';
  return directory.isManager(person, dealership) ? 'manager' : null;
}
