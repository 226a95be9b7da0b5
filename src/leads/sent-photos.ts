import type { Dealership } from '../dealership/dealership.js';
import type { Db } from '../store/database.js';
import { newId } from '../store/id.js';
import type { Unit } from '../store/store.js';
import { announce, show } from './announce.js';
import type { PhotoLink } from './photo-links.js';
import { type Photo, REFUSALS, type Refusal, takePhoto, VIEWS, type View } from './photos.js';
import { showingPhotos } from './places.js';
import { changeLead } from './records.js';

/** As many as one link takes. */
export const MOST_BY_LINK = 40;
/** What one message shows of them, and for how long others join it. */
const MOST_TOGETHER = 10;
const TOGETHER_MS = 15 * 60_000;
const LONGEST_NAME = 200;

/** A file sent by a link. */
export interface SentPhoto {
  /** What the sender's browser calls it. Sent again under this id, it is the same photo. */
  readonly clientId: string;
  readonly name: string;
  readonly view: View | null;
  readonly bytes: Buffer;
  readonly at: Date;
}

/** What became of a photo, as its sender may know. */
export interface SentState {
  readonly clientId: string;
  readonly state: Photo['state'];
  readonly refusal: Refusal | null;
  readonly view: View | null;
}

/**
 * Keeps a photo as it was sent, for the job that checks it, with the open appraisal if there is one. Call with the lead
 * locked. False when the link has brought as many as it may.
 */
export async function keepSent({ db, enqueue }: Unit, link: PhotoLink, photo: SentPhoto): Promise<boolean> {
  const { clientId, name, view, bytes, at } = photo;
  if (await db.photo.findUnique({ where: { linkId_clientId: { linkId: link.id, clientId } }, select: { id: true } })) return true;
  if ((await db.photo.count({ where: { linkId: link.id } })) >= MOST_BY_LINK) return false;
  const { leadId } = link;
  const id = newId();
  const appraisal = await db.appraisal.findFirst({
    where: { leadId },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  const from = { linkId: link.id, clientId, batchId: (await batchToJoin(db, link.id, at)) ?? id };
  const whose = { leadId, appraisalId: appraisal?.id ?? null, uploaderId: link.audience === 'colleague' ? link.personId : null };
  const file = { filename: name.slice(0, LONGEST_NAME), contentType: '', original: new Uint8Array(bytes), view };
  await db.photo.create({ data: { id, at, state: 'received', ...whose, ...from, ...file }, select: { id: true } });
  enqueue(takePhoto, { photoId: id });
  return true;
}

/** The batch of what the link brought last, while it has room and is not over. */
async function batchToJoin(db: Db, linkId: string, at: Date): Promise<string | null> {
  const last = await db.photo.findFirst({
    where: { linkId, at: { gt: new Date(at.getTime() - TOGETHER_MS) } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { batchId: true },
  });
  if (!last?.batchId) return null;
  return (await db.photo.count({ where: { batchId: last.batchId } })) < MOST_TOGETHER ? last.batchId : null;
}

/** Everything a link brought, oldest first. */
export async function sentBy(db: Db, linkId: string): Promise<SentState[]> {
  const rows = await db.photo.findMany({
    where: { linkId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { clientId: true, state: true, refusal: true, view: true },
  });
  return rows.map(({ clientId, state, refusal, view }) => ({
    clientId: clientId ?? '',
    state: state === 'ready' || state === 'refused' ? state : 'received',
    refusal: REFUSALS.find((one) => one === refusal) ?? null,
    view: VIEWS.find((one) => one === view) ?? null,
  }));
}

/**
 * Says what a photo shows, and has whatever shows it drawn again. Call with the lead locked.
 * @returns false when this link brought no such photo
 */
export async function nameView(
  { db, enqueue }: Unit,
  link: PhotoLink,
  dealership: Dealership,
  { clientId, view }: Pick<SentState, 'clientId' | 'view'>,
): Promise<boolean> {
  const photo = await db.photo.findUnique({ where: { linkId_clientId: { linkId: link.id, clientId } }, select: { id: true, view: true } });
  if (!photo) return false;
  if (photo.view === view) return true;
  await db.photo.update({ where: { id: photo.id }, data: { view }, select: { id: true } });
  await changeLead(db, link.leadId, {});
  announce(enqueue, link.leadId, dealership, 'redraw');
  for (const spot of await showingPhotos(db, link.leadId)) show(enqueue, spot, 'redraw');
  return true;
}
