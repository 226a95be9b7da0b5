import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { type Platform, PlatformFailure } from '../chat/platform.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import { Hopeless } from '../store/jobs.js';
import type { Store, Unit } from '../store/store.js';
import { sayBelow } from './announce.js';
import type { Lead } from './lead.js';
import { type PreparedPhoto, preparePhoto } from './photo-file.js';
import {
  PHOTO_NAME,
  type Photo,
  type Refusal,
  readImage,
  readOriginal,
  readPhoto,
  savePrepared,
  savePublished,
  saveRefused,
  type takePhoto,
} from './photos.js';
import { PHOTOS_ADDED } from './places.js';
import { changeLead, lockLead, readLead } from './records.js';
import { append } from './timeline.js';

export interface TakingParts {
  readonly store: Store;
  readonly group: Group;
  now(): Date;
  /** The platform that minted an id; undefined when this process does not speak it. */
  platformOf(id: string): Platform | undefined;
  /** The picture can be shown: whatever shows it has to be drawn again. */
  shown(unit: Unit, photo: Photo, lead: Lead, dealership: Dealership): Promise<void> | void;
  /** It was not taken; `factId` is the fact that says so. */
  refused(unit: Unit, photo: Photo, factId: bigint): Promise<void> | void;
}

const MOST_BYTES = 10_000_000;
const AGAIN_MS = 2_000;
/** The platform of what is sent by a link. */
const WEB = 'web';

/**
 * Takes one photo: fetches it, checks and redraws it, keeps it, and hands it to every platform the dealership's channels
 * are on. Each step is stored before the next; run again, it goes on where it stopped.
 */
export function photoTaker(parts: TakingParts) {
  const { store } = parts;

  return async ({ photoId }: z.infer<typeof takePhoto.payload>, { signal }: { signal: AbortSignal }): Promise<void> => {
    const photo = await readPhoto(store.db, photoId);
    if (!photo || photo.state === 'refused') return;
    if (photo.state === 'received' && !(await settle(photo, signal))) return;
    await publish(photo, signal);
  };

  /** @returns whether the photo is fit to be shown */
  async function settle(photo: Photo, signal: AbortSignal): Promise<boolean> {
    const bytes = await fetched(photo, signal);
    if (bytes === null) return false;
    const prepared = Buffer.isBuffer(bytes) ? await preparePhoto(bytes) : bytes;
    if ('refused' in prepared) await refuse(photo, prepared.refused);
    else await keep(photo, prepared);
    return !('refused' in prepared);
  }

  async function fetched(photo: Photo, signal: AbortSignal): Promise<Buffer | { readonly refused: Refusal } | null> {
    if (photo.file === null) return (await readOriginal(store.db, photo.id)) ?? { refused: 'gone' };
    const { file } = photo;
    const platform = parts.platformOf(file);
    if (!platform) return null;
    try {
      return await patiently(signal, () => platform.download(file, MOST_BYTES, signal));
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      // The one code every platform uses for what is above `most`.
      return { refused: error.code === 'file_too_large' ? 'too-large' : 'gone' };
    }
  }

  // The lead first, then its photo: whoever asks for an appraisal holds the lead and takes its photos.
  function keep(photo: Photo, prepared: PreparedPhoto): Promise<void> {
    return store.transact(async ({ db }) => {
      await lockLead(db, photo.leadId);
      if (!(await savePrepared(db, photo.id, prepared))) return;
      await append(db, [{ ...factOf(photo), kind: 'photo', data: { photo: photo.id, view: photo.view, ...senderOf(photo) } }]);
    });
  }

  function refuse(photo: Photo, refusal: Refusal): Promise<void> {
    return store.transact(async (unit) => {
      await lockLead(unit.db, photo.leadId);
      if (!(await saveRefused(unit.db, photo.id, refusal))) return;
      const data = { photo: photo.id, reason: refusal, ...senderOf(photo) };
      const [fact] = await append(unit.db, [{ ...factOf(photo), kind: 'photo-refused', data }]);
      if (fact !== undefined) await parts.refused(unit, photo, fact);
    });
  }

  async function publish(photo: Photo, signal: AbortSignal): Promise<void> {
    const lead = await readLead(store.db, photo.leadId);
    const dealership = lead && parts.group.dealership(lead.dealershipId);
    const picture = await readImage(store.db, photo.id);
    if (!lead || !dealership || !picture) return;
    for (const platform of platformsOf(dealership)) {
      if (photo.published[platform.name] !== undefined) continue;
      const file = await handed(platform, picture, signal);
      if (file !== null) await savePublished(store.db, photo.id, platform.name, file);
    }
    await store.transact(async (unit) => {
      await lockLead(unit.db, lead.id);
      await changeLead(unit.db, lead.id, {});
      // Read again: meanwhile it may have been attached to an appraisal.
      const now = await readPhoto(unit.db, photo.id);
      if (!now) return;
      if (now.batchId !== null) sayBelow(unit.enqueue, dealership, { leadId: lead.id, topic: PHOTOS_ADDED, subject: now.batchId }, 'post');
      await parts.shown(unit, now, lead, dealership);
    });
  }

  function platformsOf({ channels }: Dealership): readonly Platform[] {
    const all = [...channels.leads, ...(channels.appraisals === null ? [] : [channels.appraisals])];
    return [...new Set(all.flatMap((channel) => parts.platformOf(channel) ?? []))];
  }

  function factOf({ leadId, uploaderId, file, linkId }: Photo) {
    const platform = linkId === null ? file?.slice(0, file.indexOf(':')) : WEB;
    return { leadId, at: parts.now(), ...(uploaderId !== null && { actorId: uploaderId }), ...(platform !== undefined && { platform }) };
  }
}

/** A link without a person's name on what it brought was the customer's. */
function senderOf({ linkId, uploaderId }: Photo): { readonly by?: 'customer' } {
  return linkId !== null && uploaderId === null ? { by: 'customer' } : {};
}

/** A platform that will never take the picture leaves the photo to be shown as words there. */
async function handed(platform: Platform, picture: Buffer, signal: AbortSignal): Promise<string | null> {
  try {
    return await patiently(signal, () => platform.upload(PHOTO_NAME, picture, signal));
  } catch (error) {
    if (error instanceof PlatformFailure) return null;
    throw error;
  }
}

/** Tries until the platform answers for certain. */
async function patiently<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof PlatformFailure) || error.kind === 'never' || error.kind === 'gone') throw error;
      if (error.kind === 'unreachable') throw new Hopeless(error.code);
      await sleep(error.afterMs ?? AGAIN_MS, undefined, { signal });
    }
  }
}
