import { z } from 'zod';
import type { Card } from '../chat/card.js';
import type { ChannelId, FileId, MessageId, PersonId } from '../chat/text.js';
import type { Db } from '../store/database.js';
import { defineJob } from '../store/jobs.js';
import type { Store, Unit } from '../store/store.js';
import { type Progress, type Standing, type StandingParts, upholder } from './standing.js';

/** Makes one place show a message that is about no single lead. */
export const showNotice = defineJob('notice', z.object({ topic: z.string(), subject: z.string(), place: z.string() }));

/** A message of ours that is about no single lead: what it shows, and where. */
export interface Notice {
  /** Who draws it: `digest`. */
  readonly topic: string;
  /** What it shows: `lyon/2026-11-20`. */
  readonly subject: string;
  /** A channel, or one person's account: their private conversation. */
  readonly place: ChannelId | PersonId;
}

/** Draws a notice as it should look now; null when there is nothing to say any more. */
export type NoticeDrawing = (notice: Notice) => Promise<Card | null>;

/**
 * Is this the first time? The first to ask, of all processes, is told yes, once; the key stays with what they write in
 * the same transaction, or not at all.
 */
export async function firstTime({ db }: Unit, key: string): Promise<boolean> {
  const written = await db.$executeRaw`INSERT INTO occasion (key) VALUES (${key}) ON CONFLICT (key) DO NOTHING`;
  return written === 1;
}

/** Asks for notices to be shown, each once: asking again for the same changes nothing. */
export async function giveNotice({ db, enqueue }: Unit, notices: readonly Notice[]): Promise<void> {
  for (const { topic, subject, place } of notices) {
    const written = await db.$executeRaw`
      INSERT INTO notice (topic, subject, place) VALUES (${topic}, ${subject}, ${place}) ON CONFLICT DO NOTHING`;
    if (written === 1) enqueue(showNotice, { topic, subject, place }, { group: place });
  }
}

/** The same promises as for a lead's card: posted once, looked for before it is posted again. It is not drawn again. */
export function noticer(parts: StandingParts & { readonly store: Store; readonly drawings: ReadonlyMap<string, NoticeDrawing> }) {
  const { store, drawings } = parts;
  const uphold = upholder(parts);

  const standing = (notice: Notice): Standing => ({
    channel: notice.place,
    mark: `${notice.topic}/${notice.subject}`,
    moves: false,
    progress: () => readProgress(store.db, notice),
    async look({ message }) {
      if (message !== null) return null;
      const card = await drawings.get(notice.topic)?.(notice);
      if (card) return { revision: 1, card, place: async () => ({ channel: notice.place }) };
      await saveNeedless(store.db, notice);
      return null;
    },
    begin: () => savePosting(store.db, notice, true),
    forget: () => savePosting(store.db, notice, false),
    posted: (message, shown) => savePosted(store.db, notice, message, shown?.revision ?? 0),
    drawn: async () => {},
    lost: async () => {},
  });

  return (job: Notice, { signal }: { signal: AbortSignal }): Promise<void> => uphold(standing(job), signal);
}

async function readProgress(db: Db, { topic, subject, place }: Notice): Promise<Progress> {
  const row = await db.notice.findUnique({ where: { topic_subject_place: { topic, subject, place } } });
  return row ?? { message: null, shown: 0, postingSince: null };
}

async function savePosting(db: Db, { topic, subject, place }: Notice, begun: boolean): Promise<void> {
  await db.$executeRaw`
    UPDATE notice SET posting_since = CASE WHEN ${begun} THEN COALESCE(posting_since, clock_timestamp()) END
    WHERE topic = ${topic} AND subject = ${subject} AND place = ${place}`;
}

async function savePosted(db: Db, { topic, subject, place }: Notice, message: MessageId, shown: number): Promise<void> {
  await db.$executeRaw`
    UPDATE notice SET message = ${message}, shown = ${shown}, posting_since = NULL, posted_at = clock_timestamp()
    WHERE topic = ${topic} AND subject = ${subject} AND place = ${place} AND message IS NULL`;
}

/** There is nothing to say any more: nobody need look for it. */
async function saveNeedless(db: Db, { topic, subject, place }: Notice): Promise<void> {
  await db.$executeRaw`
    UPDATE notice SET posted_at = clock_timestamp() WHERE topic = ${topic} AND subject = ${subject} AND place = ${place} AND message IS NULL`;
}

/** A picture handed over for a notice before, by its name; null when there is none. */
export async function readPicture(db: Db, { topic, subject, place }: Notice, name: string): Promise<FileId | null> {
  const rows = await db.$queryRaw<{ file: string | null }[]>`
    SELECT pictures->>${name} AS file FROM notice WHERE topic = ${topic} AND subject = ${subject} AND place = ${place}`;
  return rows[0]?.file ?? null;
}

/** Remembers a picture handed over, so that a second attempt hands over no second one. */
export async function savePicture(db: Db, { topic, subject, place }: Notice, name: string, file: FileId): Promise<void> {
  await db.$executeRaw`
    UPDATE notice SET pictures = pictures || jsonb_build_object(${name}::text, ${file}::text)
    WHERE topic = ${topic} AND subject = ${subject} AND place = ${place}`;
}
