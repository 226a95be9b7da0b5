import type { PageChannel, PageMessage, PageView, StreamEvent } from './wire.js';

/** What one person's client knows, folded from the stream. */
export interface Chat {
  /** False until the first `hello`. */
  readonly ready: boolean;
  readonly channels: readonly PageChannel[];
  /** By channel id, oldest first, threads included. */
  readonly messages: Readonly<Record<string, readonly PageMessage[]>>;
  readonly view: PageView | null;
  /** The app's Home; null until the app has shown one. */
  readonly home: PageView | null;
  /** Channel id to the `ts` up to which it was read. */
  readonly read: Readonly<Record<string, string>>;
}

/** What changes the chat: events of the stream, and what the person does here alone. */
export type ChatEvent =
  | StreamEvent
  | { readonly type: 'seen'; readonly channel: string }
  /** An ephemeral message was waved away, or the modal closed before the server said so. */
  | {
      readonly type: 'dismissed';
      readonly channel: string;
      readonly ts: string;
    }
  | { readonly type: 'view-closed'; readonly view: string };

export function emptyChat(read: Readonly<Record<string, string>>): Chat {
  return { ready: false, channels: [], messages: {}, view: null, home: null, read };
}

/** The chat after an event. Returns the same object when nothing changed. */
export function fold(chat: Chat, event: ChatEvent): Chat {
  switch (event.type) {
    case 'hello':
      return hello(chat, event.channels, event.messages);
    case 'message':
    case 'changed':
      return { ...chat, messages: place(chat.messages, event.message) };
    case 'deleted':
    case 'dismissed':
      return {
        ...chat,
        messages: without(chat.messages, event.channel, event.ts),
      };
    case 'channel':
      return {
        ...chat,
        channels: [...chat.channels.filter((channel) => channel.id !== event.channel.id), event.channel],
      };
    case 'view':
      return { ...chat, view: event.view };
    case 'home':
      return { ...chat, home: event.view };
    case 'view-closed':
      return chat.view?.id === event.view ? { ...chat, view: null } : chat;
    case 'seen':
      return seen(chat, event.channel);
  }
}

/** A new connection tells everything again, except messages only this page keeps. */
function hello(chat: Chat, channels: readonly PageChannel[], messages: readonly PageMessage[]): Chat {
  const kept = Object.values(chat.messages)
    .flat()
    .filter((message) => message.ephemeral);
  const all = new Map([...kept, ...messages].map((message) => [`${message.channel} ${message.ts}`, message]));
  const byChannel: Record<string, PageMessage[]> = {};
  for (const message of [...all.values()].sort(byTs)) {
    const list = byChannel[message.channel] ?? [];
    byChannel[message.channel] = list;
    list.push(message);
  }
  return { ...chat, ready: true, channels, messages: byChannel };
}

function place(messages: Chat['messages'], message: PageMessage): Chat['messages'] {
  const list = messages[message.channel] ?? [];
  const known = list.findIndex(({ ts }) => ts === message.ts);
  const next = known === -1 ? [...list, message].sort(byTs) : list.with(known, message);
  return { ...messages, [message.channel]: next };
}

function without(messages: Chat['messages'], channel: string, ts: string): Chat['messages'] {
  return {
    ...messages,
    [channel]: (messages[channel] ?? []).filter((message) => message.ts !== ts),
  };
}

function seen(chat: Chat, channel: string): Chat {
  const last = chat.messages[channel]?.at(-1)?.ts;
  if (last === undefined || last <= (chat.read[channel] ?? '')) return chat;
  return { ...chat, read: { ...chat.read, [channel]: last } };
}

function byTs(a: PageMessage, b: PageMessage): number {
  return a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0;
}

/** What stands in the channel itself: no replies, except those also sent to the channel. */
export function timeline(chat: Chat, channel: string): readonly PageMessage[] {
  return (chat.messages[channel] ?? []).filter((message) => !isReply(message) || message.subtype === 'thread_broadcast');
}

/** The replies under a message, oldest first. */
export function replies(chat: Chat, channel: string, thread: string): readonly PageMessage[] {
  return (chat.messages[channel] ?? []).filter((message) => isReply(message) && message.thread_ts === thread);
}

function isReply(message: PageMessage): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** Did somebody else write here since this person last looked? Threads do not count, as in Slack. */
export function hasUnread(chat: Chat, channel: string, me: string): boolean {
  const read = chat.read[channel] ?? '';
  return timeline(chat, channel).some((message) => message.ts > read && message.user !== me);
}
