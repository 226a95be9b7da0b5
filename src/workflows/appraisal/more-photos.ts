import { sentence } from '../../chat/card.js';
import type { Click, Reply } from '../../chat/interaction.js';
import type { Dealership } from '../../dealership/dealership.js';
import { announce, sayBelow } from '../../leads/announce.js';
import type { Lead } from '../../leads/lead.js';
import { photoTaker } from '../../leads/photo-taking.js';
import { type Photo, photosOf, takePhoto } from '../../leads/photos.js';
import { append } from '../../leads/timeline.js';
import type { Unit } from '../../store/store.js';
import { type Desk, DONE, platformOf, type WorkflowJob, withLead, workflowJob } from '../workflow.js';
import { type Answering, answering } from './find.js';
import { appraisalWords } from './messages.js';
import { tellAll } from './people.js';
import { newestFact } from './records.js';
import { askRedraw, PHOTOS, REQUEST } from './show.js';
import { missingViews } from './views.js';

/** As many as are drawn anew at a time. */
const AT_ONCE = 2;

/** `appraisal.photos`: asks the owner for what is missing. */
export function morePhotos(desk: Desk, click: Click): Promise<Reply> {
  return answering(desk, click, click.subject, async (who) => {
    const asked = await withLead(desk, who.lead.id, (unit, lead, dealership) =>
      askPhotos(desk, unit, { ...who, lead, dealership }, { account: click.actor.person, at: click.at, message: null }),
    );
    return asked ? DONE : { kind: 'private', card: sentence(appraisalWords[who.language].alreadyAsked) };
  });
}

/**
 * Asks the owner, in private and in the thread, for the photos that are missing. Call with the lead locked.
 * @returns false when they were asked for before and none has come since
 */
export async function askPhotos(
  desk: Desk,
  { db, enqueue }: Unit,
  { appraisal, lead, dealership, person }: Omit<Answering, 'language'>,
  by: { readonly account: string; readonly at: Date; readonly message: string | null },
): Promise<boolean> {
  const photos = await photosOf(db, appraisal.id);
  const before = await newestFact(db, lead.id, 'photos-asked', appraisal.id);
  if (before && !photos.some((photo) => photo.at > before.at)) return false;
  const missing = missingViews(photos).join(',');
  const data = { appraisal: appraisal.id, missing, message: by.message };
  const [fact] = await append(db, [
    { leadId: lead.id, at: by.at, kind: 'photos-asked', actorId: person.id, platform: platformOf(by.account), data },
  ]);
  if (fact === undefined) return false;
  sayBelow(enqueue, dealership, { leadId: lead.id, topic: PHOTOS, subject: String(fact) }, 'post');
  const who = lead.owner?.id ?? appraisal.requesterId;
  tellAll(desk, enqueue, [who], { topic: 'appraisal.photos', leadId: lead.id, at: by.at, factId: fact });
  return true;
}

/** The job that takes photos, and what follows from each. */
export function photoJob(desk: Desk): WorkflowJob {
  const { store, group } = desk;
  const take = photoTaker({
    store,
    group,
    now: () => desk.now(),
    platformOf: (id) => desk.platformOf(id),
    shown: (unit, photo, lead, dealership) => shown(desk, unit, photo, lead, dealership),
    refused: ({ enqueue }, { leadId, uploaderId }, factId) => {
      if (uploaderId !== null) tellAll(desk, enqueue, [uploaderId], { topic: 'photo.refused', leadId, at: desk.now(), factId });
    },
  });
  return workflowJob(takePhoto, take, AT_ONCE);
}

async function shown(desk: Desk, unit: Unit, photo: Photo, lead: Lead, dealership: Dealership): Promise<void> {
  announce(unit.enqueue, lead.id, dealership, 'redraw');
  const { appraisalId } = photo;
  if (appraisalId === null) return;
  askRedraw(unit, lead.id, dealership, [[REQUEST, appraisalId]]);
  const asked = await newestFact(unit.db, lead.id, 'photos-asked', appraisalId);
  if (!asked?.actorId || photo.at <= asked.at) return;
  const earlier = await photosOf(unit.db, appraisalId);
  // One line for all that come together.
  if (earlier.some((one) => one.state === 'ready' && one.at > asked.at && one.id < photo.id)) return;
  tellAll(desk, unit.enqueue, [asked.actorId], { topic: 'appraisal.photo-came', leadId: lead.id, at: desk.now(), factId: asked.id });
}
