import type { Card } from '../../chat/card.js';
import type { Dealership } from '../../dealership/dealership.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { photosOf } from '../../leads/photos.js';
import { isId } from '../../leads/records.js';
import { readFact } from '../../leads/timeline.js';
import { carryOut, openForm } from '../acting.js';
import { addPhotosButton, ownPhotoPage } from '../photo-page.js';
import type { Desk, Workflow } from '../workflow.js';
import { confirmEstimate, correctEstimate, giveEstimate, openEstimate } from './answer.js';
import { ask } from './ask.js';
import { estimateCard, photosCard, questionCard, requestCard } from './card.js';
import { requestForm } from './form.js';
import { appraisalWords } from './messages.js';
import { morePhotos, photoJob } from './more-photos.js';
import { needs } from './needs.js';
import { nameOf } from './people.js';
import { appraisalOfEstimate, newestAppraisal, newestFact, readAppraisal, readQuestion } from './records.js';
import { corrected, remarked, takenBack } from './remarks.js';
import { ESTIMATE, PHOTOS, QUESTION, REQUEST } from './show.js';
import { timers } from './timers.js';
import { missingOf, tells, whispers } from './told.js';

/** The customer's own car: what the used-car manager is asked, shown, and answers. */
export function appraisalWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'appraisal.open', label: appraisalWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: {
      'appraisal.open': (click) =>
        openForm(desk, click, 'appraise', async (acting) =>
          requestForm(acting, await newestAppraisal(desk.store.db, acting.lead.id), await ownPhotoPage(desk, acting)),
        ),
      'appraisal.photos': (click) => morePhotos(desk, click),
      'estimate.open': (click) => openEstimate(desk, click),
      'estimate.confirm': (click) => confirmEstimate(desk, click),
      'estimate.correct': (click) => correctEstimate(desk, click),
    },
    forms: {
      appraisal: (submission) =>
        carryOut(desk, submission, { leadId: submission.subject, act: 'appraise', field: 'plate' }, (unit, acting) =>
          ask(desk, unit, acting, submission),
        ),
      estimate: (submission) => giveEstimate(desk, submission),
    },
    draws: {
      [REQUEST]: { endsWithTheLead: true, draw: (lead, dealership, id) => drawRequest(desk, lead, dealership, id) },
      [ESTIMATE]: (lead, dealership, id) => drawEstimate(desk, lead, dealership, id),
      [QUESTION]: (lead, dealership, id) => drawQuestion(desk, lead, dealership, id),
      [PHOTOS]: { endsWithTheLead: true, draw: (lead, dealership, id) => drawPhotosAsked(desk, lead, dealership, id) },
    },
    whispers: whispers(desk),
    remarked: (remark, about) => remarked(desk, remark, about),
    corrected: (correction, about) => corrected(desk, correction, about),
    removed: ({ message }) => takenBack(desk, message),
    jobs: [photoJob(desk), ...timers(desk)],
    needs: needs(desk),
    tells: tells(desk),
  };
}

async function drawRequest(desk: Desk, lead: Lead, dealership: Dealership, id: string): Promise<Card | null> {
  const { db } = desk.store;
  const appraisal = isId(id) ? await readAppraisal(db, id) : null;
  if (appraisal?.leadId !== lead.id) return null;
  const newest = await newestAppraisal(db, lead.id);
  const behalf = (await newestFact(db, lead.id, 'appraisal-asked', id))?.behalfOfId ?? null;
  const name = await nameOf(desk, appraisal.requesterId);
  const asker = behalf === null ? name : appraisalWords[dealership.language].onBehalf(name, await nameOf(desk, behalf));
  const [estimate] = appraisal.estimates;
  const estimator = estimate ? await nameOf(desk, estimate.authorId) : null;
  const photos = await photosOf(db, id);
  return requestCard({ lead, dealership, appraisal, photos, asker, estimator, replaced: newest?.id !== id, now: desk.now() });
}

async function drawEstimate(desk: Desk, lead: Lead, dealership: Dealership, id: string): Promise<Card | null> {
  const appraisal = isId(id) ? await appraisalOfEstimate(desk.store.db, id) : null;
  const estimate = appraisal?.estimates.find((one) => one.id === id);
  const [newest] = appraisal?.estimates ?? [];
  if (appraisal?.leadId !== lead.id || !estimate || !newest) return null;
  return estimateCard(estimate, newest, await nameOf(desk, estimate.authorId), dealership, desk.now());
}

async function drawQuestion(desk: Desk, lead: Lead, dealership: Dealership, id: string): Promise<Card | null> {
  const question = isId(id) ? await readQuestion(desk.store.db, id) : null;
  const appraisal = question && (await readAppraisal(desk.store.db, question.appraisalId));
  return question && appraisal?.leadId === lead.id ? questionCard(question, appraisal, dealership) : null;
}

async function drawPhotosAsked(desk: Desk, lead: Lead, dealership: Dealership, id: string): Promise<Card | null> {
  const fact = /^\d{1,18}$/.test(id) ? await readFact(desk.store.db, BigInt(id)) : null;
  const about = fact?.leadId === lead.id && typeof fact.data.appraisal === 'string' ? fact.data.appraisal : '';
  const appraisal = isId(about) ? await readAppraisal(desk.store.db, about) : null;
  if (!fact || !appraisal) return null;
  const buttons = addPhotosButton(desk, lead, dealership.language);
  return photosCard(fact.actor?.name ?? '', appraisal.car, missingOf(fact), dealership.language, buttons);
}
