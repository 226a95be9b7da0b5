import { createHash } from 'node:crypto';
import type { Card } from '../chat/card.js';
import type { ChannelId, MessageId } from '../chat/text.js';
import type { Progress } from '../posting/standing.js';
import type { Db } from '../store/database.js';
import type { Stage } from './lead.js';

/** One message of ours about a lead: what it shows, and in which channel. */
export interface Spot {
  readonly leadId: string;
  readonly channel: ChannelId;
  /** Who draws it: `card`, `appraisal.request` … */
  readonly topic: string;
  /** The id of what it shows; empty for the card. */
  readonly subject: string;
}

/** The topic of a lead's own card. */
export const CARD = 'card';

/** What tells one drawing of a message beside the card from another. */
export function fingerprint(card: Card): string {
  return createHash('sha1').update(JSON.stringify(card)).digest('base64url');
}

/** The topic of photos that came by a link. */
export const PHOTOS_ADDED = 'photos.added';

/** Messages beside the card that show photos. */
const SHOWING_PHOTOS = ['appraisal.request', PHOTOS_ADDED];

export async function readPlace(db: Db, spot: Spot): Promise<Progress> {
  const row = await db.messageRef.findUnique({ where: { leadId_channel_topic_subject: { ...spot } } });
  return row ?? { message: null, shown: 0, postingSince: null };
}

/** Remembers, before a post is tried, that its outcome may stay unknown. */
export async function beginPosting(db: Db, { leadId, channel, topic, subject }: Spot): Promise<void> {
  await db.$executeRaw`
    INSERT INTO message_ref (lead_id, channel, topic, subject, posting_since)
    VALUES (${leadId}::uuid, ${channel}, ${topic}, ${subject}, clock_timestamp())
    ON CONFLICT (lead_id, channel, topic, subject) DO UPDATE SET posting_since = COALESCE(message_ref.posting_since, clock_timestamp())`;
}

/** The platform said for certain that nothing was posted. */
export async function forgetPosting(db: Db, { leadId, channel, topic, subject }: Spot): Promise<void> {
  await db.$executeRaw`
    UPDATE message_ref SET posting_since = NULL
    WHERE lead_id = ${leadId}::uuid AND channel = ${channel} AND topic = ${topic} AND subject = ${subject}`;
}

/** What a message shows: the lead revision, and beside the card the fingerprint of the drawing, where it is known. */
export interface Shown {
  readonly revision: number;
  readonly drawn: string | null;
}

/** The message stands and shows this. False when another process had already said so. */
export async function savePosted(db: Db, { leadId, channel, topic, subject }: Spot, message: MessageId, shown: Shown): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE message_ref SET message = ${message}, shown = ${shown.revision}, drawn = ${shown.drawn}, posting_since = NULL, posted_at = clock_timestamp()
    WHERE lead_id = ${leadId}::uuid AND channel = ${channel} AND topic = ${topic} AND subject = ${subject} AND message IS NULL`;
  return changed === 1;
}

/** The message now shows this; never goes backwards. */
export async function saveShown(db: Db, message: MessageId, { revision, drawn }: Shown): Promise<void> {
  await db.$executeRaw`UPDATE message_ref SET shown = ${revision}, drawn = ${drawn} WHERE message = ${message} AND shown <= ${revision}`;
}

/** The lead has changed since this was drawn, but would be drawn the same today. */
export async function saveChecked(db: Db, message: MessageId, drawn: string, revision: number): Promise<void> {
  await db.$executeRaw`
    UPDATE message_ref SET shown = GREATEST(shown, ${revision}) WHERE message = ${message} AND drawn = ${drawn}`;
}

/** What a message of ours shows; null when it is none of ours. */
export async function spotOf(db: Db, message: MessageId): Promise<Spot | null> {
  const row = await db.messageRef.findUnique({ where: { message } });
  return row && { leadId: row.leadId, channel: row.channel, topic: row.topic, subject: row.subject };
}

/** A message was deleted by hand. @returns what it showed; null when it is none of ours, or already known */
export async function forgetMessage(db: Db, message: MessageId): Promise<(Spot & { readonly stage: Stage }) | null> {
  const [row] = await db.$queryRaw<(Spot & { stage: string })[]>`
    UPDATE message_ref m SET message = NULL, shown = 0, posting_since = NULL FROM lead l
    WHERE m.message = ${message} AND l.id = m.lead_id
    RETURNING m.lead_id AS "leadId", m.channel, m.topic, m.subject, l.stage`;
  return row ? { ...row, stage: row.stage as Stage } : null;
}

/** The standing messages that show photos of the lead. */
export function showingPhotos(db: Db, leadId: string): Promise<readonly Spot[]> {
  return standing(db, leadId, SHOWING_PHOTOS);
}

/** The messages of these topics that stand. */
export async function standing(db: Db, leadId: string, topics: readonly string[]): Promise<readonly Spot[]> {
  const rows = await db.messageRef.findMany({ where: { leadId, topic: { in: [...topics] }, message: { not: null } } });
  return rows.map(({ channel, topic, subject }) => ({ leadId, channel, topic, subject }));
}
