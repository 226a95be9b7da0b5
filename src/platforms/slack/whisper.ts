import type { Card } from '../../chat/card.js';
import { PlatformFailure } from '../../chat/platform.js';
import { type Call, part, text } from './client.js';
import { renderCard, type SlackMessage } from './render.js';

/** Shows a card to one person only: in the channel or thread when they can see it there, else in their private conversation with the bot. */
export type Tell = (to: Recipient, card: Card, signal?: AbortSignal) => Promise<void>;

interface Recipient {
  readonly user: string;
  readonly channel: string | undefined;
  readonly thread?: string | undefined;
}

/** Refusals that say "not there", after which the private conversation remains. */
const NOT_THERE = new Set([
  ...['user_not_in_channel', 'channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive'],
  ...['thread_not_found', 'cannot_reply_to_message'],
  ...['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
]);

/** What every message of ours says about parsing: nothing. */
export function asSent(message: SlackMessage): Record<string, unknown> {
  return { ...message, parse: 'none', link_names: false };
}

/** The channel of somebody's private conversation with the bot. */
export async function direct(call: Call, user: string, signal?: AbortSignal): Promise<string> {
  const opened = await call('conversations.open', { users: user }, 'change', signal);
  return text(part(opened, 'channel').id, 'change');
}

export function whisperer(call: Call): Tell {
  const privately = async (user: string, card: Card, signal?: AbortSignal) => {
    const channel = await direct(call, user, signal);
    await call('chat.postMessage', { channel, ...asSent(renderCard(card)), unfurl_links: false, unfurl_media: false }, 'post', signal);
  };
  return async (to, card, signal) => {
    // A private conversation is private already; there the message may stay.
    if (to.channel === undefined || to.channel.startsWith('D')) return privately(to.user, card, signal);
    const thread = to.thread ? { thread_ts: to.thread } : {};
    try {
      await call('chat.postEphemeral', { channel: to.channel, user: to.user, ...thread, ...asSent(renderCard(card)) }, 'post', signal);
    } catch (error) {
      if (!(error instanceof PlatformFailure) || !NOT_THERE.has(error.code)) throw error;
      await privately(to.user, card, signal);
    }
  };
}
