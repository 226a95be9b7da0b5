import type { MessageId } from '../chat/text.js';
import type { Db } from '../store/database.js';
import { CARD, type Spot } from './places.js';

/** Something of ours that shows a lead: its card, or what is about one of its things. */
export type Shown = Omit<Spot, 'channel'>;

/** The card of a lead. */
export const cardOf = (leadId: string): Shown => ({ leadId, topic: CARD, subject: '' });

/** One text for what a message shows, to look its message up by. */
export const keyOfShown = ({ leadId, topic, subject }: Shown): string => `${leadId}/${topic}/${subject}`;

/**
 * Where each of these stands: on the platform asked for, else on any other; those that stand nowhere are left out.
 * @returns messages by `keyOfShown`
 */
export async function standingMessages(db: Db, shown: readonly Shown[], platform: string): Promise<ReadonlyMap<string, MessageId>> {
  const wanted = new Set(shown.map(keyOfShown));
  if (wanted.size === 0) return new Map();
  const leadIds = [...new Set(shown.map(({ leadId }) => leadId))];
  const topics = [...new Set(shown.map(({ topic }) => topic))];
  const rows = await db.messageRef.findMany({
    where: { leadId: { in: leadIds }, topic: { in: topics }, message: { not: null } },
    orderBy: { channel: 'asc' },
  });
  const found = new Map<string, MessageId>();
  for (const { message, ...spot } of rows) {
    const key = keyOfShown(spot);
    if (message === null || !wanted.has(key)) continue;
    const better = !found.has(key) || (!isOn(found.get(key) ?? '', platform) && isOn(message, platform));
    if (better) found.set(key, message);
  }
  return found;
}

function isOn(message: MessageId, platform: string): boolean {
  return message.startsWith(`${platform}:`);
}
