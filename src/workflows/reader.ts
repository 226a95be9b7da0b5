import type { Actor } from '../chat/interaction.js';
import type { PersonId } from '../chat/text.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Person } from '../dealership/people.js';
import type { Language } from '../language/locale.js';
import type { Shown } from '../leads/links.js';
import { type Links, linksTo } from './links.js';
import { commandOf, type Desk, platformOf } from './workflow.js';

/** Somebody who asks for a list, and what of it they may see. */
export interface Reader {
  readonly person: Person;
  readonly account: PersonId;
  readonly language: Language;
  /** What they write before the words of a command. */
  readonly command: string;
  /** Where they work, in the order of configuration. */
  readonly sites: readonly Dealership[];
  /** Of these, where they are a manager. */
  readonly managed: readonly Dealership[];
}

export async function readerOf(desk: Desk, actor: Actor): Promise<Reader> {
  const { directory, dealerships } = desk.group;
  const person = await desk.personOf(actor.person, actor.name);
  const sites = dealerships.filter((site) => directory.belongs(person, site));
  const managed = sites.filter((site) => directory.isManager(person, site));
  const command = commandOf(desk, actor.person);
  return { person, account: actor.person, language: desk.languageFor(person, sites[0]), command, sites, managed };
}

/** Whom somebody without the right may ask. */
export function managerToAsk({ group }: Desk, { sites }: Reader): string | null {
  return (sites.length > 0 ? sites : group.dealerships).flatMap((site) => group.directory.managersOf(site))[0]?.name ?? null;
}

/** A platform that does not answer must not keep an answer back: the list is worth reading without its links. */
const LINKS_WITHIN_MS = 600;

/** Where what a list names stands, on the reader's own platform first. */
export function linksFor(desk: Desk, reader: Reader, shown: readonly Shown[]): Promise<Links> {
  return linksTo(desk, shown, platformOf(reader.account), LINKS_WITHIN_MS);
}
