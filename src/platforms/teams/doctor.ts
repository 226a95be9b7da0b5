import { PlatformFailure } from '../../chat/platform.js';
import type { Ask } from './connector.js';
import type { Known, KnownService } from './memory.js';

type Conversations = Parameters<Parameters<Ask>[2]>[0];
/** The client's types want a token of the page before. */
type Page = Exclude<Parameters<Conversations['getConversationPagedMembers']>[1], undefined | ((...args: never) => void)>;

/**
 * What stands in the way of working in a channel, in Teams' words: `BotNotInConversationRoster`,
 * `ConversationNotFound`… Throws when Teams cannot be asked.
 */
export async function channelObstacles(ask: Ask, known: Known, service: KnownService, channel: string): Promise<readonly string[]> {
  const { serviceUrl } = (await known.channel(channel)) ?? service;
  try {
    await ask(serviceUrl, 'read', (conversations) => conversations.getConversationPagedMembers(channel, { pageSize: 50 } as Page));
    return [];
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.kind !== 'unreachable') throw error;
    return [error.code];
  }
}
