import type { MessageId } from '../chat/text.js';
import { keyOfShown, type Shown, standingMessages } from '../leads/links.js';
import { type Desk, platformOf } from './workflow.js';

/** The address of what shows a lead; undefined where it stands nowhere one can be led to. */
export type Links = (shown: Shown) => string | undefined;

/**
 * Where each of these stands, on the platform asked for first. What stands on a platform that cannot say addresses just
 * now has none; the others keep theirs.
 * @param patience how long to wait for platforms, in milliseconds; what is not known by then is left without; for ever without it
 */
export async function linksTo(desk: Desk, shown: readonly Shown[], platform: string, patience?: number): Promise<Links> {
  const messages = await standingMessages(desk.store.db, shown, platform);
  const found = new Map<MessageId, string>();
  const asked = Promise.all([...byPlatform(new Set(messages.values())).values()].map((some) => ask(desk, some, found)));
  await (patience === undefined ? asked : atMost(patience, asked));
  return (one) => found.get(messages.get(keyOfShown(one)) ?? '');
}

function byPlatform(messages: Iterable<MessageId>): ReadonlyMap<string, readonly MessageId[]> {
  const platforms = new Map<string, MessageId[]>();
  for (const message of messages) {
    const some = platforms.get(platformOf(message));
    if (some) some.push(message);
    else platforms.set(platformOf(message), [message]);
  }
  return platforms;
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
