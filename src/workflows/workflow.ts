import { type Button, type Card, sentence } from '../chat/card.js';
import type { Click, Command, Correction, FormReply, Remark, Removal, Reply, SentFile, Submission } from '../chat/interaction.js';
import type { Platform } from '../chat/platform.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import type { Person } from '../dealership/people.js';
import type { Language } from '../language/locale.js';
import type { Lead } from '../leads/lead.js';
import { deskWords } from '../leads/messages.js';
import type { Need } from '../leads/needs.js';
import type { Spot } from '../leads/places.js';
import { isId, lockLead, readLead } from '../leads/records.js';
import type { Fact } from '../leads/timeline.js';
import type { Whisper, Whisperer } from '../leads/whisper.js';
import type { NoticeDrawing } from '../posting/notice.js';
import type { JobKind, Jobs, Work } from '../store/jobs.js';
import type { Store, Unit } from '../store/store.js';

/** What every workflow works with. */
export interface Desk {
  readonly store: Store;
  readonly group: Group;
  now(): Date;
  /** The person behind an account, remembered if configuration does not list them. */
  personOf(account: string, name?: string): Promise<Person>;
  /** The language to speak to somebody in private. */
  languageFor(person: Person, dealership?: Dealership): Language;
  /** The platform that minted this id; undefined when this process does not speak it. */
  platformOf(id: string): Platform | undefined;
  /** The topics of messages whose buttons end with the lead. */
  readonly ending: () => readonly string[];
  /** For whoever runs the program: something failed that people are served without. */
  failed(error: unknown, what: string): void;
  /** The sentence of a fact in a lead's history; null for a kind no workflow tells. */
  tell(fact: Fact, dealership: Dealership, language: Language): string | null;
  /** The address at which photos are sent by a link; null where no browser could open it. */
  readonly photoPage: ((linkId: string) => string) | null;
  /** The buttons of a lead's own card, in the dealership's language: lists offer some of them again. */
  offers(lead: Lead, dealership: Dealership): readonly Button[];
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
  /** By the first word after the command, or the first two; the empty word is the command alone. */
  readonly commands?: Readonly<Record<string, (command: Command, rest: string) => Promise<Reply>>>;
  /** Somebody sent files to the bot itself. One workflow at most. */
  received?(command: Command, files: readonly SentFile[]): Promise<Reply>;
  /** Words told in private, by topic. */
  readonly whispers?: Readonly<Record<string, Whisperer>>;
  /** Messages other than the card, by topic. */
  readonly draws?: Readonly<Record<string, Drawing | EndingDrawing>>;
  /** Messages about no single lead, by topic. */
  readonly notices?: Readonly<Record<string, NoticeDrawing>>;
  /** Somebody wrote, or sent files, below a message about a lead. Delivered at least once. */
  remarked?(remark: Remark, about: RemarkAbout): Promise<void>;
  /** Somebody changed a remark, perhaps before the remark itself was heard. `about` is null when what it stands below is gone. */
  corrected?(correction: Correction, about: RemarkAbout | null): Promise<void>;
  /** A message was deleted, perhaps a remark. Delivered at least once. */
  removed?(removal: Removal): Promise<void>;
  /** Work of its own that outlives the process: timers, downloads. */
  readonly jobs?: readonly WorkflowJob[];
  /** What its stored states need done. The auditor looks every minute whether somebody is on it. */
  readonly needs?: readonly Need[];
  /** Of these, what is asked for every minute and at every start, however many processes ask: doing it again changes nothing. */
  readonly everyMinute?: readonly JobKind<Record<string, never>>[];
  /** The sentences of its facts in a lead's history, by kind of fact. */
  readonly tells?: Readonly<Record<string, FactTeller>>;
}

/**
 * Draws one message about a lead as it should look now; null when there is nothing left to show. `subject` is the id of
 * what it shows.
 */
export type Drawing = (lead: Lead, dealership: Dealership, subject: string) => Promise<Card | null>;

/** A drawing whose buttons end with the lead: it is drawn again when the lead does. */
export interface EndingDrawing {
  readonly draw: Drawing;
  readonly endsWithTheLead: true;
}

/** What a remark stands below, and who made it. */
export interface RemarkAbout extends Spot {
  readonly lead: Lead;
  readonly dealership: Dealership;
  readonly person: Person;
}

/** One line of history, without its time; null when the fact is another workflow's to tell. */
export type FactTeller = (fact: Fact, dealership: Dealership, language: Language) => string | null;

/** A kind of durable work and what does it; made by `workflowJob`. */
export interface WorkflowJob {
  register(jobs: Jobs): Promise<void>;
}

/** Binds a kind of job to its handler. `concurrency`: at once in one process. */
export function workflowJob<T>(kind: JobKind<T>, work: Work<T>, concurrency = 1): WorkflowJob {
  return { register: (jobs) => jobs.work(kind, { concurrency }, work) };
}

export const DONE: Reply = { kind: 'done' };

/** The platform of an account: `slack` of `slack:U0ALICE`. */
export function platformOf(account: string): string {
  return account.slice(0, account.indexOf(':'));
}

/** What this account writes before the words of a command. */
export function commandOf(desk: Desk, account: string): string {
  return desk.platformOf(account)?.command ?? 'lead';
}

/** A lead by an id that came from outside, with its dealership; null when there is none. */
export async function findLead(desk: Desk, id: string): Promise<{ readonly lead: Lead; readonly dealership: Dealership } | null> {
  const lead = await readLead(desk.store.db, id);
  const dealership = lead && desk.group.dealership(lead.dealershipId);
  return lead && dealership ? { lead, dealership } : null;
}

/**
 * Works on one lead alone: nobody changes it meanwhile, in any process. What it writes and enqueues is committed together.
 * @returns what `work` returns; null when there is no such lead here
 */
export async function withLead<T>(
  desk: Desk,
  id: string,
  work: (unit: Unit, lead: Lead, dealership: Dealership) => Promise<T>,
): Promise<T | null> {
  if (!isId(id)) return null;
  return desk.store.transact(async (unit) => {
    await lockLead(unit.db, id);
    const lead = await readLead(unit.db, id);
    const dealership = lead && desk.group.dealership(lead.dealershipId);
    return lead && dealership ? work(unit, lead, dealership) : null;
  });
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
