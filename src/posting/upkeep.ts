import type { ChannelId, PersonId } from '../chat/text.js';
import type { Db } from '../store/database.js';
import { sql, unattended } from '../store/sql.js';
import type { Unit } from '../store/store.js';
import { type Notice, showNotice } from './notice.js';

/** What a notice says is of its day: one that was not posted by then helps nobody. */
const WORTH_POSTING = sql`n.at > now() - interval '1 day'`;

/**
 * Notices of the last day that are not posted while no job is on its way: asked for again, at most `most`.
 * @param speaks does this process speak the platform of a place?
 */
export async function mendNotices({ db, enqueue }: Unit, most: number, speaks: (place: ChannelId | PersonId) => boolean) {
  const about = { topic: sql`n.topic`, subject: sql`n.subject`, place: sql`n.place` };
  const rows = await db.$queryRaw<Notice[]>`
    SELECT n.topic, n.subject, n.place FROM notice n
    WHERE ${WORTH_POSTING} AND n.message IS NULL AND n.posted_at IS NULL AND ${unattended(showNotice, about)}
    LIMIT ${most}`;
  const spoken = rows.filter(({ place }) => speaks(place));
  for (const { topic, subject, place } of spoken) enqueue(showNotice, { topic, subject, place }, { group: place });
  return spoken.map(({ place }) => ({ leadId: null, channel: place, act: 'post' }));
}

/** Forgets which notices were given, and to whom: nothing is given for a day so long past, and the messages stay where they are. */
export async function forgetNotices(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM notice WHERE at < now() - interval '60 days'`;
  await db.$executeRaw`DELETE FROM occasion WHERE at < now() - interval '60 days'`;
}
