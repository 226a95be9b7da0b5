import { isDeepStrictEqual } from 'node:util';
import type { FormReply, Submission } from '../../chat/interaction.js';
import { attachPhotos, keepPhotos } from '../../leads/photos.js';
import { append } from '../../leads/timeline.js';
import type { Unit } from '../../store/store.js';
import { type Acting, signed } from '../acting.js';
import type { Desk } from '../workflow.js';
import { sameCar } from './car.js';
import { estimatorsOf, tellAll } from './people.js';
import { readRequest } from './read.js';
import { closeQuestions, insertAppraisal, newestAppraisal } from './records.js';
import { postRequest, QUESTION, REQUEST, redrawn, type Shown } from './show.js';
import { chaseLater } from './timers.js';
import { seenIn } from './views.js';

/** Carries out the form `appraisal`: a request for the used-car managers, in place of an earlier one. */
export async function ask(desk: Desk, unit: Unit, acting: Acting, submission: Submission): Promise<FormReply> {
  const { lead, dealership, person, language } = acting;
  const files = submission.files.photos ?? [];
  const reading = readRequest(submission.values, files.length, dealership, language, submission.at);
  if (reading.kind === 'faults') return reading;
  const { car, note } = reading.request;
  const last = await newestAppraisal(unit.db, lead.id);
  // The same form sent twice asks once.
  const again = last !== null && last.answeredAt === null && isDeepStrictEqual(last.car, car) && last.note === note;
  const at = submission.at;
  const id = again ? last.id : await insertAppraisal(unit.db, { leadId: lead.id, requesterId: person.id, at, car, note });
  await keepPhotos(unit, { leadId: lead.id, appraisalId: id, uploaderId: person.id, at }, seenIn('', files));
  if (again) return { kind: 'close' };
  await attachPhotos(unit, lead.id, id, last && sameCar(last.car, car) ? last.id : null);
  const dropped = last ? await closeQuestions(unit.db, last.id) : [];
  const [fact] = await append(unit.db, [
    { leadId: lead.id, at, kind: 'appraisal-asked', ...signed(acting, submission.actor), data: { appraisal: id } },
  ]);
  const old: Shown[] = last ? [[REQUEST, last.id], ...dropped.map((question): Shown => [QUESTION, question])] : [];
  await redrawn(unit, lead.id, dealership, old);
  postRequest(unit, lead.id, dealership, id);
  const told = estimatorsOf(desk, dealership).flatMap((one) => (one.id === person.id ? [] : [one.id]));
  if (fact !== undefined) tellAll(desk, unit.enqueue, told, { topic: 'appraisal.asked', leadId: lead.id, at, factId: fact });
  chaseLater(unit.enqueue, dealership, id, at);
  return { kind: 'close' };
}
