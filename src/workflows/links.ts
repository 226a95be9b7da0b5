import type { MessageId } from '../chat/text.js';
import { keyOfShown, type Shown, standingMessages } from '../leads/links.js';
import { type Desk, platformOf } from './workflow.js';

/** The address of what shows a lead; undefined where it stands nowhere one can be led to. */
export type Links = (shown: Shown) => string | undefined;

/**
 * Where each of these stands, on the platform asked for first. What stands on a platform that cannot say addresses just
 * now has none; the others keep theirs.
 * @param patience how long to wait for platforms, in milliseconds; what is not known by then is left without. By default
 * as long as they take
 */
export async function linksTo(desk: Desk, shown: readonly Shown[], platform: string, patience?: number): Promise<Links> {
  const messages = await standingMessages(desk.store.db, shown, platform);
  const found = new Map<MessageId, string>();
  const standing = [...new Set(messages.values())];
  const platforms = new Set(standing.map(platformOf));
  const asked = [...platforms].map((one) =>
    ask(
      desk,
      standing.filter((message) => platformOf(message) === one),
      found,
    ),
  );
  await (patience === undefined ? Promise.all(asked) : atMost(patience, Promise.all(asked)));
  return (one) => found.get(messages.get(keyOfShown(one)) ?? '');
}

/** One after the other: a platform that cannot say one address now is not asked for all the others. */
async function ask(desk: Desk, messages: readonly MessageId[], found: Map<MessageId, string>): Promise<void> {
  for (const message of messages) {
    const address = await desk.platformOf(message)?.linkTo(message);
    if (!address) return;
    found.set(message, address);
  }
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
  await Promise.race([work, late]);
}
