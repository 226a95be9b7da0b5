import type { Dealership } from '../../dealership/dealership.js';
import type { Directory, Person } from '../../dealership/people.js';

/**
 * Who may decide a request: the managers of the dealership except whoever sent it; the requester alone where the
 * dealership has no other. Sales managers first; nobody where configuration lists no manager.
 */
export function decidersOf(requesterId: string, dealership: Dealership, directory: Directory): readonly Person[] {
  const managers = directory.managersOf(dealership);
  const others = managers.filter((person) => person.id !== requesterId);
  return others.length > 0 ? others : managers;
}

/** Whom a reminder goes to. */
export const REMINDED = ['managers', 'directors'] as const;
export type Reminded = (typeof REMINDED)[number];

/** Of those who may decide, whom a reminder goes to. Where nobody but directors may, they are reminded from the first. */
export function remindedOf(to: Reminded, requesterId: string, dealership: Dealership, directory: Directory): readonly Person[] {
  const deciders = decidersOf(requesterId, dealership, directory);
  const holding = (role: 'sales-manager' | 'director') => deciders.filter((person) => directory.rolesAt(person, dealership).has(role));
  if (to === 'directors') return holding('director');
  const managers = holding('sales-manager');
  return managers.length > 0 ? managers : deciders;
}
