import type { Actor, Click, FormReply, Reply, Submission } from '../../chat/interaction.js';
import { sayBelow } from '../../leads/announce.js';
import { isId } from '../../leads/records.js';
import { append } from '../../leads/timeline.js';
import type { Unit } from '../../store/store.js';
import { signed } from '../acting.js';
import { actingWords } from '../messages.js';
import { type Desk, DONE, outOfDate, withLead } from '../workflow.js';
import { type Answering, answering, answeringQuestion, noteForbidden, refusalToAnswer } from './find.js';
import { estimateForm } from './form.js';
import { tellAll } from './people.js';
import { type Offer, readOffer, usualValidity } from './read-estimate.js';
import { closeQuestions, insertEstimate, readAppraisal, readQuestion } from './records.js';
import { ESTIMATE, QUESTION, REQUEST, redrawn, type Shown } from './show.js';
import { expireLater } from './timers.js';

/** `estimate.open`: the form, for whoever may answer. */
export function openEstimate(desk: Desk, click: Click): Promise<Reply> {
  return answering(desk, click, click.subject, ({ appraisal, dealership, language }) => ({
    kind: 'form',
    form: estimateForm(appraisal, dealership, language, click.at),
  }));
}

/** `estimate.correct`: the form, with the amount that was understood. */
export function correctEstimate(desk: Desk, click: Click): Promise<Reply> {
  return answeringQuestion(desk, click, click.subject, ({ appraisal, dealership, language }, question) => ({
    kind: 'form',
    form: estimateForm(appraisal, dealership, language, click.at, question),
  }));
}

/** `estimate.confirm`: what was understood becomes an estimate. Of a range, its lower end. */
export function confirmEstimate(desk: Desk, click: Click): Promise<Reply> {
  return answeringQuestion(desk, click, click.subject, async (who) => {
    const reply = await alone(desk, who, async (unit, now): Promise<Reply> => {
      const question = await readQuestion(unit.db, click.subject);
      if (question?.outcome !== null) return { kind: 'private', card: outOfDate(who.language) };
      const offer = { amount: question.amount, validUntil: usualValidity(now.dealership, click.at), conditions: null, note: null };
      await record(desk, unit, now, offer, { actor: click.actor, at: click.at, answers: { id: question.id, outcome: 'confirmed' } });
      return DONE;
    });
    return reply ?? { kind: 'private', card: outOfDate(who.language) };
  });
}

/** The form `estimate`. A refusal stands under its first field, so that nothing typed is lost. */
export async function giveEstimate(desk: Desk, submission: Submission): Promise<FormReply> {
  const [appraisalId = '', questionId = ''] = submission.subject.split(':');
  const { actor, at } = submission;
  const person = await desk.personOf(actor.person, actor.name);
  const language = desk.languageFor(person);
  const appraisal = isId(appraisalId) ? await readAppraisal(desk.store.db, appraisalId) : null;
  const gone: FormReply = { kind: 'faults', faults: { amount: actingWords[language].gone } };
  if (!appraisal) return gone;
  const reply = await withLead(desk, appraisal.leadId, async (unit, lead, dealership): Promise<FormReply> => {
    const now = await readAppraisal(unit.db, appraisal.id);
    if (!now) return gone;
    const who = { appraisal: now, lead, dealership, person, language: desk.languageFor(person, dealership) };
    const refused = await refusalToAnswer(desk, unit.db, who);
    if (refused !== null) {
      await noteForbidden(desk, unit.db, who, submission);
      return { kind: 'faults', faults: { amount: refused } };
    }
    const reading = readOffer(submission.values, dealership, who.language, at);
    if (reading.kind === 'faults') return reading;
    if (isRepeated(who, reading.offer)) return { kind: 'close' };
    await record(desk, unit, who, reading.offer, { actor, at, answers: { id: questionId, outcome: 'corrected' } });
    return { kind: 'close' };
  });
  return reply ?? gone;
}

/** Somebody's own words sent twice are one version. */
function isRepeated({ appraisal, person }: Answering, offer: Offer): boolean {
  const [last] = appraisal.estimates;
  if (last?.authorId !== person.id) return false;
  return (['amount', 'validUntil', 'conditions', 'note'] as const).every((key) => last[key] === offer[key]);
}

/** Works on a request alone, as it is by then; null when the person may no longer answer it. */
function alone<T>(desk: Desk, who: Answering, work: (unit: Unit, now: Answering) => Promise<T>): Promise<T | null> {
  return withLead(desk, who.lead.id, async (unit, lead, dealership) => {
    const appraisal = await readAppraisal(unit.db, who.appraisal.id);
    const now = appraisal && { ...who, appraisal, lead, dealership };
    return now && (await refusalToAnswer(desk, unit.db, now)) === null ? work(unit, now) : null;
  });
}

interface By {
  readonly actor: Actor;
  readonly at: Date;
  readonly answers: { readonly id: string; readonly outcome: 'confirmed' | 'corrected' };
}

async function record(desk: Desk, unit: Unit, { appraisal, lead, dealership, person }: Answering, offer: Offer, by: By): Promise<void> {
  const { db, enqueue } = unit;
  const { currency } = dealership;
  const { id, version } = await insertEstimate(db, appraisal, offer, { authorId: person.id, at: by.at, currency });
  const questions = await closeQuestions(db, appraisal.id, by.answers);
  const data = { appraisal: appraisal.id, estimate: id, version, amount: offer.amount, currency };
  const { actorId, platform } = signed({ lead, person }, by.actor);
  const [fact] = await append(db, [
    { leadId: lead.id, at: by.at, kind: 'estimated', ...(actorId && { actorId }), ...(platform && { platform }), data },
  ]);
  const [before] = appraisal.estimates;
  const old: Shown[] = [[REQUEST, appraisal.id], ...questions.map((question): Shown => [QUESTION, question])];
  await redrawn(unit, lead.id, dealership, before ? [...old, [ESTIMATE, before.id]] : old);
  sayBelow(enqueue, dealership, { leadId: lead.id, topic: ESTIMATE, subject: id }, 'post');
  const told = [appraisal.requesterId, ...(lead.owner ? [lead.owner.id] : [])].filter((one) => one !== person.id);
  if (fact !== undefined) tellAll(desk, enqueue, told, { topic: 'estimate.given', leadId: lead.id, at: by.at, factId: fact });
  expireLater(enqueue, dealership, id, offer.validUntil);
}
