import type { PersonId } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import { rememberedName } from '../../dealership/mirror.js';
import type { Person } from '../../dealership/people.js';
import type { Language } from '../../language/locale.js';
import { endOf } from '../../leads/card.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { whisper } from '../../leads/whisper.js';
import type { Enqueue } from '../../store/jobs.js';
import { actingWords } from '../messages.js';
import type { Desk } from '../workflow.js';
import { estimateWords } from './estimate-messages.js';

/** Those who are asked for prices: the used-car managers; where there are none, the directors. */
export function estimatorsOf({ group }: Desk, dealership: Dealership): readonly Person[] {
  const { people, rolesAt } = group.directory;
  const asked = people.filter((person) => rolesAt(person, dealership).has('used-car-manager'));
  return asked.length > 0 ? asked : people.filter((person) => rolesAt(person, dealership).has('director'));
}

/** A used-car manager of the dealership, or a director. */
export function mayEstimate({ group }: Desk, person: Person, dealership: Dealership): boolean {
  const roles = group.directory.rolesAt(person, dealership);
  return person.listed && (roles.has('used-car-manager') || roles.has('director'));
}

/** Why somebody may not answer for the customer's car, as a sentence for them; null when they may. */
export function refusalToEstimate(desk: Desk, person: Person, lead: Lead, dealership: Dealership, language: Language): string | null {
  if (!mayEstimate(desk, person, dealership)) {
    const words = estimateWords[language];
    const names = estimatorsOf(desk, dealership).map((one) => one.name);
    return words.notYours(dealership.name, names.length === 0 ? null : words.or(names.slice(0, 2)));
  }
  return isClosed(lead.stage) ? actingWords[language].over(endOf(lead, dealership)) : null;
}

/** How somebody is called who may no longer be in configuration. */
export async function nameOf({ group, store }: Desk, id: string): Promise<string> {
  return group.directory.byId(id)?.name ?? (await rememberedName(store.db, id)) ?? id.slice(id.indexOf(':') + 1);
}

/** Tells people something on every platform they have an account on; each person once. */
export function tellAll(
  { group }: Desk,
  enqueue: Enqueue,
  people: Iterable<string>,
  about: { readonly topic: string; readonly leadId: string; readonly at: Date; readonly factId: bigint },
): void {
  for (const id of new Set(people)) for (const account of accountsOf(group, id)) whisper(enqueue, { ...about, account });
}

/** Somebody configuration does not list is known by their one account. */
function accountsOf({ directory }: Desk['group'], id: string): readonly PersonId[] {
  return directory.byId(id)?.accounts ?? (id.includes(':') ? [id] : []);
}
