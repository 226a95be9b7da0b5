import { sentence } from '../../chat/card.js';
import type { Click, Reply } from '../../chat/interaction.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Person } from '../../dealership/people.js';
import type { Language } from '../../language/locale.js';
import type { Lead } from '../../leads/lead.js';
import { isId } from '../../leads/records.js';
import type { Db } from '../../store/database.js';
import { noteRefused } from '../acting.js';
import { type Desk, findLead, outOfDate } from '../workflow.js';
import { appraisalWords } from './messages.js';
import { mayEstimate, refusalToEstimate } from './people.js';
import { type Appraisal, newestAppraisal, type Question, readAppraisal, readQuestion } from './records.js';

/** Somebody about to answer a request. */
export interface Answering {
  readonly appraisal: Appraisal;
  readonly lead: Lead;
  readonly dealership: Dealership;
  readonly person: Person;
  readonly language: Language;
}

/** Who did something, and when. */
type Acted = Pick<Click, 'actor' | 'at'>;

/** Finds a request by an id that came from outside; whoever may not answer it, or answers one that is replaced, reads so. */
export async function answering(
  desk: Desk,
  act: Acted,
  appraisalId: string,
  answer: (answering: Answering) => Promise<Reply> | Reply,
): Promise<Reply> {
  const person = await desk.personOf(act.actor.person, act.actor.name);
  const appraisal = isId(appraisalId) ? await readAppraisal(desk.store.db, appraisalId) : null;
  const found = appraisal && (await findLead(desk, appraisal.leadId));
  if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
  const who = { ...found, appraisal, person, language: desk.languageFor(person, found.dealership) };
  const refused = await refusalToAnswer(desk, desk.store.db, who);
  if (refused === null) return answer(who);
  await desk.store.transact(({ db }) => noteForbidden(desk, db, who, act));
  return { kind: 'private', card: sentence(refused) };
}

/** The same, by a question about an amount that still waits. */
export async function answeringQuestion(
  desk: Desk,
  act: Acted,
  questionId: string,
  answer: (answering: Answering, question: Question) => Promise<Reply> | Reply,
): Promise<Reply> {
  const question = isId(questionId) ? await readQuestion(desk.store.db, questionId) : null;
  return answering(desk, act, question?.appraisalId ?? '', (who) =>
    question?.outcome === null ? answer(who, question) : { kind: 'private', card: outOfDate(who.language) },
  );
}

/** Why somebody may not answer a request now, as a sentence for them; null when they may. */
export async function refusalToAnswer(desk: Desk, db: Db, who: Answering): Promise<string | null> {
  const refused = refusalToEstimate(desk, who.person, who.lead, who.dealership, who.language);
  if (refused !== null) return refused;
  const newest = await newestAppraisal(db, who.lead.id);
  return newest?.id === who.appraisal.id ? null : appraisalWords[who.language].replacedPrivately;
}

/** An attempt without the right is a fact: somebody may want to know. */
export async function noteForbidden(desk: Desk, db: Db, { lead, dealership, person }: Answering, { actor, at }: Acted): Promise<void> {
  if (mayEstimate(desk, person, dealership)) return;
  await noteRefused(db, lead.id, person, 'estimate', { actor, at });
}
