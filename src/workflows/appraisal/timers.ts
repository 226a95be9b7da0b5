import { z } from 'zod';
import { afterWorking, afterWorkingDays, atLocal } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import { isClosed } from '../../leads/lead.js';
import { photosOf } from '../../leads/photos.js';
import { append } from '../../leads/timeline.js';
import { defineJob, type Enqueue } from '../../store/jobs.js';
import { type Desk, type WorkflowJob, withLead, workflowJob } from '../workflow.js';
import { estimatorsOf, tellAll } from './people.js';
import { daysAfter } from './read-estimate.js';
import { appraisalOfEstimate, lapse, newestAppraisal, newestFact, readAppraisal } from './records.js';
import { ESTIMATE, REQUEST, redrawn } from './show.js';

export const chaseAppraisal = defineJob('appraisal.chase', z.object({ appraisalId: z.uuid() }));
export const expireEstimate = defineJob('estimate.expire', z.object({ estimateId: z.uuid() }));

/** When a request asked at `from` is late; null where the dealership opens no more. */
export function lateAt(dealership: Dealership, from: Date): Date | null {
  const { unit, amount } = dealership.appraisal.answerWithin;
  return unit === 'days' ? afterWorkingDays(dealership, from, amount) : afterWorking(dealership, from, amount);
}

/** When an estimate no longer holds: at midnight after its last day. */
export function expiresAt(dealership: Dealership, validUntil: string): Date | null {
  return atLocal(dealership, daysAfter(validUntil, 1), '00:00');
}

/** Sets the timer of a request. */
export function chaseLater(enqueue: Enqueue, dealership: Dealership, appraisalId: string, from: Date): void {
  const notBefore = lateAt(dealership, from);
  if (notBefore) enqueue(chaseAppraisal, { appraisalId }, { notBefore });
}

/** Sets the timer of an estimate. */
export function expireLater(enqueue: Enqueue, dealership: Dealership, estimateId: string, validUntil: string): void {
  const notBefore = expiresAt(dealership, validUntil);
  if (notBefore) enqueue(expireEstimate, { estimateId }, { notBefore });
}

export function timers(desk: Desk): readonly WorkflowJob[] {
  return [
    workflowJob(chaseAppraisal, ({ appraisalId }) => chase(desk, appraisalId)),
    workflowJob(expireEstimate, ({ estimateId }) => expire(desk, estimateId)),
  ];
}

/** Reminds the used-car managers, once, of a request nobody answered. While it waits for photos, it is not late. */
async function chase(desk: Desk, appraisalId: string): Promise<void> {
  const asked = await readAppraisal(desk.store.db, appraisalId);
  await withLead(desk, asked?.leadId ?? '', async ({ db, enqueue }, lead, dealership) => {
    const appraisal = await newestAppraisal(db, lead.id);
    if (appraisal?.id !== appraisalId || appraisal.answeredAt !== null || isClosed(lead.stage)) return;
    if (await newestFact(db, lead.id, 'reminded', appraisalId)) return;
    const at = desk.now();
    const photosAsked = await newestFact(db, lead.id, 'photos-asked', appraisalId);
    const photos = await photosOf(db, appraisalId);
    if (photosAsked && !photos.some((photo) => photo.at > photosAsked.at)) return chaseLater(enqueue, dealership, appraisalId, at);
    const [fact] = await append(db, [{ leadId: lead.id, at, kind: 'reminded', data: { what: 'appraisal', appraisal: appraisalId } }]);
    const people = estimatorsOf(desk, dealership).map((one) => one.id);
    if (fact !== undefined) tellAll(desk, enqueue, people, { topic: 'appraisal.chase', leadId: lead.id, at, factId: fact });
  });
}

/** Has an estimate that holds no longer drawn as such, once, when no newer one took its place. Waits on while it holds. */
async function expire(desk: Desk, estimateId: string): Promise<void> {
  const answered = await appraisalOfEstimate(desk.store.db, estimateId);
  await withLead(desk, answered?.leadId ?? '', async (unit, lead, dealership) => {
    const appraisal = await appraisalOfEstimate(unit.db, estimateId);
    const [estimate] = appraisal?.estimates ?? [];
    if (!appraisal || estimate?.id !== estimateId) return;
    const at = desk.now();
    const lapses = expiresAt(dealership, estimate.validUntil);
    if (lapses && lapses > at) return expireLater(unit.enqueue, dealership, estimateId, estimate.validUntil);
    if (!(await lapse(unit.db, estimateId, at))) return;
    await redrawn(unit, lead.id, dealership, [
      [REQUEST, appraisal.id],
      [ESTIMATE, estimateId],
    ]);
  });
}
