import type { TenantDialog, TenantEvent, TenantMessage, TenantPlace, TenantToast } from './wire.js';

/** What one person's client knows, folded from the stream. */
export interface Tenancy {
  /** False until the first `hello`. */
  readonly ready: boolean;
  readonly places: readonly TenantPlace[];
  /** By conversation, oldest first, replies included. */
  readonly messages: Readonly<Record<string, readonly TenantMessage[]>>;
  readonly dialog: TenantDialog | null;
  /** By message id, or empty for words below the dialog or the page. */
  readonly toasts: Readonly<Record<string, TenantToast>>;
  /** Conversation to the id up to which it was read. */
  readonly read: Readonly<Record<string, string>>;
}

/** What changes it: events of the stream, and what the person does here alone. */
export type TenancyEvent =
  | TenantEvent
  | { readonly type: 'seen'; readonly conversation: string }
  | { readonly type: 'toast-over'; readonly toast: TenantToast }
  | { readonly type: 'dialog-closed' };

export function emptyTenancy(read: Readonly<Record<string, string>>): Tenancy {
  return { ready: false, places: [], messages: {}, dialog: null, toasts: {}, read };
}

/** The state after an event. Returns the same object when nothing changed. */
export function fold(state: Tenancy, event: TenancyEvent): Tenancy {
  switch (event.type) {
    case 'hello':
      return { ...state, ready: true, places: event.places, messages: byConversation(event.messages), dialog: event.dialog };
    case 'message':
      return { ...state, messages: place(state.messages, event.message) };
    case 'place':
      return { ...state, places: [...state.places.filter(({ id }) => id !== event.place.id), event.place] };
    case 'dialog':
      // What was said below the last dialog does not belong to the next.
      return { ...state, dialog: event.dialog, toasts: without(state.toasts, '') };
    case 'dialog-closed':
      return { ...state, dialog: null };
    case 'toast':
      return { ...state, toasts: { ...state.toasts, [event.toast.message ?? '']: event.toast } };
    case 'toast-over': {
      const key = event.toast.message ?? '';
      return state.toasts[key] === event.toast ? { ...state, toasts: without(state.toasts, key) } : state;
    }
    case 'seen':
      return seen(state, event.conversation);
  }
}

function byConversation(messages: readonly TenantMessage[]): Tenancy['messages'] {
  const kept: Record<string, TenantMessage[]> = {};
  for (const message of [...messages].sort(byId)) {
    const list = kept[message.conversation] ?? [];
    kept[message.conversation] = list;
    list.push(message);
  }
  return kept;
}

function place(messages: Tenancy['messages'], message: TenantMessage): Tenancy['messages'] {
  const list = messages[message.conversation] ?? [];
  const known = list.findIndex(({ id }) => id === message.id);
  const next = known === -1 ? [...list, message].sort(byId) : list.with(known, message);
  return { ...messages, [message.conversation]: next };
}

function without<T>(all: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = all;
  return rest;
}

function seen(state: Tenancy, conversation: string): Tenancy {
  const last = state.messages[conversation]?.at(-1)?.id;
  if (last === undefined || state.read[conversation] === last) return state;
  return { ...state, read: { ...state.read, [conversation]: last } };
}

function byId(a: TenantMessage, b: TenantMessage): number {
  return Number(a.id) - Number(b.id);
}

/** Posts of a channel, or the messages of a chat. */
export function posts({ messages }: Tenancy, conversation: string): readonly TenantMessage[] {
  return (messages[conversation] ?? []).filter(({ root }) => root === undefined);
}

export function repliesTo({ messages }: Tenancy, { conversation, id }: TenantMessage): readonly TenantMessage[] {
  return (messages[conversation] ?? []).filter(({ root }) => root === id);
}

/** Has somebody else written since this person last looked? */
export function hasUnread({ messages, read }: Tenancy, conversation: string, me: string): boolean {
  const last = messages[conversation]?.findLast(({ from, deleted }) => from !== me && !deleted);
  return last !== undefined && Number(last.id) > Number(read[conversation] ?? 0);
}
