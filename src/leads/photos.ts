import { z } from 'zod';
import type { FileId } from '../chat/text.js';
import type { Db } from '../store/database.js';
import { newId } from '../store/id.js';
import { defineJob } from '../store/jobs.js';
import type { Unit } from '../store/store.js';
import type { PhotoRefusal, PreparedPhoto } from './photo-file.js';

/** Fetches, checks, keeps and shows one photo. */
export const takePhoto = defineJob('photo.take', z.object({ photoId: z.uuid() }));

/** What a used-car manager wants to see of a car. */
export const VIEWS = ['front', 'rear', 'left', 'right', 'interior', 'odometer', 'damage'] as const;
export type View = (typeof VIEWS)[number];

/** Why a photo was not kept: what is wrong with the file, or `gone` when the platform has it no more. */
export const REFUSALS = [
  'not-a-picture',
  'too-large',
  'too-many-pixels',
  'heic',
  'animated',
  'damaged',
  'gone',
] as const satisfies readonly (PhotoRefusal['refused'] | 'gone')[];
export type Refusal = (typeof REFUSALS)[number];

/** A photo of a lead, without its bytes. */
export interface Photo {
  readonly id: string;
  readonly leadId: string;
  readonly appraisalId: string | null;
  /** Null when it came from the customer, with the enquiry or by a link. */
  readonly uploaderId: string | null;
  /** When it was sent. */
  readonly at: Date;
  readonly filename: string;
  /** On its way, fit to be shown, or not taken. */
  readonly state: 'received' | 'ready' | 'refused';
  /** Where it was sent. */
  readonly file: FileId | null;
  /** The checked picture, by platform. */
  readonly published: Readonly<Record<string, FileId>>;
  readonly refusal: Refusal | null;
  /** Null until somebody says what it shows. */
  readonly view: View | null;
  /** The link it was sent by; null when it was sent otherwise. */
  readonly linkId: string | null;
  /** The photos that one message shows together; null when none does. */
  readonly batchId: string | null;
}

/** What every photo is called that is handed to a platform: the name its sender gave it is nobody's business there. */
export const PHOTO_NAME = 'photo.jpg';

/** A file somebody sent. */
export interface NewPhoto {
  readonly file: FileId;
  readonly name: string;
  readonly view: View | null;
}

/** Whose photos they are, and for what. */
export interface PhotoOrigin {
  readonly leadId: string;
  readonly appraisalId: string | null;
  readonly uploaderId: string;
  readonly at: Date;
  /** Under which one message of ours shows them together; absent where they can be seen as they were sent. */
  readonly batchId?: string;
}

const LONGEST_NAME = 200;

/** Takes files on, each once however often it is delivered. @returns how many were new */
export async function keepPhotos({ db, enqueue }: Unit, origin: PhotoOrigin, photos: readonly NewPhoto[]): Promise<number> {
  let kept = 0;
  for (const { file, name, view } of photos) {
    const id = newId();
    const taken = await db.$executeRaw`
      INSERT INTO photo (id, lead_id, appraisal_id, uploader_id, at, filename, state, content_type, file, view, batch_id)
      VALUES (${id}::uuid, ${origin.leadId}::uuid, ${origin.appraisalId}::uuid, ${origin.uploaderId}, ${origin.at},
        ${name.slice(0, LONGEST_NAME)}, 'received', '', ${file}, ${view}, ${origin.batchId ?? null}::uuid)
      ON CONFLICT (file) DO NOTHING`;
    kept += taken;
    if (taken > 0) enqueue(takePhoto, { photoId: id });
  }
  return kept;
}

/**
 * Hangs a lead's photos on an appraisal: those that belong to none yet, and those of the appraisal it replaces. What came
 * with the enquiry and was never looked at is looked at now.
 */
export async function attachPhotos({ db, enqueue }: Unit, leadId: string, appraisalId: string, replaced: string | null): Promise<void> {
  const belongs = { leadId, state: { not: 'refused' } };
  await db.photo.updateMany({ where: { ...belongs, OR: [{ appraisalId: null }, { appraisalId: replaced }] }, data: { appraisalId } });
  const unseen = await db.photo.findMany({ where: { appraisalId, state: 'received', file: null, linkId: null }, select: { id: true } });
  for (const { id } of unseen) enqueue(takePhoto, { photoId: id });
}

const COLUMNS = {
  id: true,
  leadId: true,
  appraisalId: true,
  uploaderId: true,
  at: true,
  filename: true,
  state: true,
  file: true,
  published: true,
  refusal: true,
  view: true,
  linkId: true,
  batchId: true,
} as const;

/** The photos of an appraisal that were taken or are on their way, oldest first. */
export async function photosOf(db: Db, appraisalId: string): Promise<Photo[]> {
  const rows = await db.photo.findMany({
    where: { appraisalId, state: { not: 'refused' } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: COLUMNS,
  });
  return rows.map(photoOf);
}

/** The photos one message shows together and that can be shown, oldest first. */
export async function photosTogether(db: Db, batchId: string): Promise<Photo[]> {
  const rows = await db.photo.findMany({
    where: { batchId, state: 'ready' },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: COLUMNS,
  });
  return rows.map(photoOf);
}

/** One photo; null when it is gone with its lead. */
export async function readPhoto(db: Db, id: string): Promise<Photo | null> {
  const row = await db.photo.findUnique({ where: { id }, select: COLUMNS });
  return row && photoOf(row);
}

/** The bytes as they came with the enquiry or by a link; null when they were checked, or when a platform has them. */
export async function readOriginal(db: Db, id: string): Promise<Buffer | null> {
  const row = await db.photo.findUnique({ where: { id }, select: { original: true } });
  return row?.original ? Buffer.from(row.original) : null;
}

/** The checked picture, JPEG; null when there is none. */
export async function readImage(db: Db, id: string): Promise<Buffer | null> {
  const row = await db.photo.findUnique({ where: { id }, select: { image: true } });
  return row?.image ? Buffer.from(row.image) : null;
}

/** Keeps the checked picture and drops what was sent. False when somebody did before. */
export async function savePrepared(db: Db, id: string, prepared: PreparedPhoto): Promise<boolean> {
  const { width, height, picture, thumbnail } = prepared;
  const image = { image: new Uint8Array(picture), thumbnail: new Uint8Array(thumbnail), width, height };
  const { count } = await db.photo.updateMany({
    where: { id, state: 'received' },
    data: { ...image, state: 'ready', contentType: 'image/jpeg', original: null },
  });
  return count === 1;
}

/** Keeps why it was not taken, and drops what was sent. False when somebody did before. */
export async function saveRefused(db: Db, id: string, refusal: Refusal): Promise<boolean> {
  const { count } = await db.photo.updateMany({ where: { id, state: 'received' }, data: { state: 'refused', refusal, original: null } });
  return count === 1;
}

/** Remembers under which id a platform shows the checked picture. */
export async function savePublished(db: Db, id: string, platform: string, file: FileId): Promise<void> {
  await db.$executeRaw`
    UPDATE photo SET published = published || jsonb_build_object(${platform}::text, ${file}::text) WHERE id = ${id}::uuid`;
}

type Row = Omit<Photo, 'state' | 'published' | 'refusal' | 'view'> & {
  readonly state: string;
  readonly published: unknown;
  readonly refusal: string | null;
  readonly view: string | null;
};

function photoOf(row: Row): Photo {
  return {
    ...row,
    state: row.state === 'ready' || row.state === 'refused' ? row.state : 'received',
    published: z.record(z.string(), z.string()).catch({}).parse(row.published),
    refusal: REFUSALS.find((one) => one === row.refusal) ?? null,
    view: VIEWS.find((one) => one === row.view) ?? null,
  };
}
