import { sentence } from '../chat/card.js';
import type { Form } from '../chat/form.js';
import type { Actor, Click, FormReply, Reply, Submission } from '../chat/interaction.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Person } from '../dealership/people.js';
import type { Language } from '../language/locale.js';
import { endOf } from '../leads/card.js';
import type { Lead } from '../leads/lead.js';
import { type Act, obstacle } from '../leads/life.js';
import { capacityOf } from '../leads/rights.js';
import { append, type NewFact } from '../leads/timeline.js';
import type { Db } from '../store/database.js';
import type { Unit } from '../store/store.js';
import { actingWords } from './messages.js';
import { type Desk, findLead, outOfDate, platformOf, withLead } from './workflow.js';

/** Somebody acting on a lead they may act on, while the lead allows the act. */
export interface Acting {
  readonly lead: Lead;
  readonly dealership: Dealership;
  readonly person: Person;
  readonly language: Language;
}

/** Why somebody may not act, as a sentence for them; null when they may. */
export function refusalTo(desk: Desk, act: Act, { lead, dealership, person, language }: Acting): string | null {
  const words = actingWords[language];
  const inTheWay = obstacle(act, lead.stage);
  if (inTheWay === 'over') return words.over(endOf(lead, { ...dealership, language }).replace(/\.$/, ''));
  if (inTheWay !== null || !lead.owner) return words.unowned;
  if (capacityOf(lead, person, dealership, desk.group.directory)) return null;
  return words.notYours(lead.owner.name);
}

/** Opens a form about the clicked lead for whoever may act on it; anybody else reads why not. */
export function openForm(desk: Desk, click: Click, act: Act, form: (acting: Acting) => Form | Promise<Form>): Promise<Reply> {
  return answerTo(desk, click, act, async (acting) => ({ kind: 'form', form: await form(acting) }));
}

/** Answers a click on a lead's button for whoever may act on it; anybody else reads why not. */
export async function answerTo(desk: Desk, click: Click, act: Act, answer: (acting: Acting) => Promise<Reply>): Promise<Reply> {
  const person = await desk.personOf(click.actor.person, click.actor.name);
  const found = await findLead(desk, click.subject);
  if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
  const acting = { ...found, person, language: desk.languageFor(person, found.dealership) };
  const refused = refusalTo(desk, act, acting);
  if (refused === null) return answer(acting);
  await desk.store.transact(({ db }) => noteForbidden(desk, db, act, acting, click));
  return { kind: 'private', card: sentence(refused) };
}

/**
 * Carries out a submitted form on one lead, alone with it. A refusal stands under `field`, because a form that closes
 * loses what was typed.
 */
export async function carryOut(
  desk: Desk,
  submission: Submission,
  { leadId, act, field }: { readonly leadId: string; readonly act: Act; readonly field: string },
  work: (unit: Unit, acting: Acting) => Promise<FormReply>,
): Promise<FormReply> {
  const person = await desk.personOf(submission.actor.person, submission.actor.name);
  const reply = await withLead(desk, leadId, async (unit, lead, dealership): Promise<FormReply> => {
    const acting = { lead, dealership, person, language: desk.languageFor(person, dealership) };
    const refused = refusalTo(desk, act, acting);
    if (refused === null) return work(unit, acting);
    await noteForbidden(desk, unit.db, act, acting, submission);
    return { kind: 'faults', faults: { [field]: refused } };
  });
  return reply ?? { kind: 'faults', faults: { [field]: actingWords[desk.languageFor(person)].gone } };
}

/** An attempt without the right is a fact: somebody may want to know. */
export async function noteForbidden(
  desk: Desk,
  db: Db,
  act: Act,
  acting: Acting,
  { actor, at }: { readonly actor: Actor; readonly at: Date },
) {
  const { lead, dealership, person } = acting;
  if (obstacle(act, lead.stage) !== null || capacityOf(lead, person, dealership, desk.group.directory)) return;
  await noteRefused(db, lead.id, person, act, { actor, at });
}

/** Writes down that somebody tried what they have no right to. */
export async function noteRefused(
  db: Db,
  leadId: string,
  person: Person,
  act: string,
  { actor, at }: { readonly actor: Actor; readonly at: Date },
): Promise<void> {
  const data = { why: 'not-allowed', act };
  await append(db, [{ leadId, at, kind: 'refused', actorId: person.id, platform: platformOf(actor.person), data }]);
}

/** Who did something and for whom: a manager acts on the owner's behalf, and the timeline names both. */
export function signed(
  { lead, person }: Pick<Acting, 'lead' | 'person'>,
  actor: Actor,
): Pick<NewFact, 'actorId' | 'behalfOfId' | 'platform'> {
  const behalf = lead.owner && lead.owner.id !== person.id ? { behalfOfId: lead.owner.id } : {};
  return { actorId: person.id, platform: platformOf(actor.person), ...behalf };
}
