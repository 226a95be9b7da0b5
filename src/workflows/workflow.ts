import { type Button, type Card, sentence } from '../chat/card.js';
import type { Click, Command, FormReply, Reply, Submission } from '../chat/interaction.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import type { Person } from '../dealership/people.js';
import type { Language } from '../language/locale.js';
import type { Lead } from '../leads/lead.js';
import { deskWords } from '../leads/messages.js';
import { readLead } from '../leads/records.js';
import type { Whisper, Whisperer } from '../leads/whisper.js';
import type { Store } from '../store/store.js';

/** What every workflow works with. */
export interface Desk {
  readonly store: Store;
  readonly group: Group;
  now(): Date;
  /** The person behind an account, remembered if configuration does not list them. */
  personOf(account: string, name?: string): Promise<Person>;
  /** The language to speak to somebody in private. */
  languageFor(person: Person, dealership?: Dealership): Language;
}

/**
 * One thing a dealership does with a lead. A workflow names no platform and no other workflow; it is registered by
 * one line in `app.ts`.
 */
export interface Workflow {
  /** The buttons it wants on the card of a lead in this state. */
  offers?(lead: Lead, dealership: Dealership): readonly Button[];
  /** By action id: permanent public names. */
  readonly clicks?: Readonly<Record<string, (click: Click) => Promise<Reply>>>;
  /** By form id: permanent public names. */
  readonly forms?: Readonly<Record<string, (submission: Submission) => Promise<FormReply>>>;
  /** By first word after the command; the empty word is the command alone. */
  readonly commands?: Readonly<Record<string, (command: Command, rest: string) => Promise<Reply>>>;
  /** Words told in private, by topic. */
  readonly whispers?: Readonly<Record<string, Whisperer>>;
}

export const DONE: Reply = { kind: 'done' };

/** The platform of an account: `slack` of `slack:U0ALICE`. */
export function platformOf(account: string): string {
  return account.slice(0, account.indexOf(':'));
}

/** A lead by an id that came from outside, with its dealership; null when there is none. */
export async function findLead(desk: Desk, id: string): Promise<{ readonly lead: Lead; readonly dealership: Dealership } | null> {
  const lead = await readLead(desk.store.db, id);
  const dealership = lead && desk.group.dealership(lead.dealershipId);
  return lead && dealership ? { lead, dealership } : null;
}

/** Makes the words of a whisper about a lead that still exists. */
export async function told(
  desk: Desk,
  about: Whisper,
  make: (lead: Lead, dealership: Dealership) => Promise<Card | null>,
): Promise<Card | null> {
  const found = await findLead(desk, about.leadId);
  return found && make(found.lead, found.dealership);
}

/** The answer to a button whose lead is unknown here. */
export function outOfDate(language: Language): Card {
  return sentence(deskWords[language].outOfDate);
}
