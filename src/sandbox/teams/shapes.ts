import type { Fields } from '../json.js';

/** A channel of a team, or somebody's chat with the bot. */
export interface Conversation {
  /** `19:…@thread.tacv2` or `a:…`, never with `;messageid=`. */
  readonly id: string;
  readonly kind: 'channel' | 'personal';
  readonly name: string;
  readonly description: string;
  /** The team's id; null for a chat. */
  readonly team: string | null;
  /** Object ids of the people in it. */
  readonly members: readonly string[];
  readonly private: boolean;
}

/** A message as the service keeps it. */
export interface TeamsMessage {
  /** Milliseconds, as text; unique in the tenant and rising. */
  readonly id: string;
  readonly conversation: string;
  /** The post it replies to; absent for a post and in chats. */
  readonly root?: string;
  /** `28:…` the bot, `29:…` a person. */
  readonly from: string;
  readonly text: string;
  readonly textFormat: 'plain' | 'markdown' | 'xml';
  /** The line of the notification. */
  readonly summary?: string;
  readonly attachments: readonly Fields[];
  readonly entities: readonly Fields[];
  /** Ids of files a person sent with it. */
  readonly files?: readonly string[];
  readonly createdAt: number;
  readonly editedAt?: number;
  /** A deleted message keeps its place and loses its content. */
  readonly deletedAt?: number;
}

/** Where a message is: its conversation without `;messageid=`, and its id. */
export interface MessageAt {
  readonly conversation: string;
  readonly id: string;
}

/** A file somebody sent. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  /** Object id. */
  readonly owner: string;
  /** Base64. */
  readonly bytes: string;
  /** Opens the file to whoever has the address, as the links of the real service do. */
  readonly key: string;
  /** Pasted into the message rather than chosen from a disk. */
  readonly pasted?: boolean;
}

/** What a dialog shows: a card to fill in, or a page at an address, or a sentence. */
export interface Dialog {
  readonly title: string;
  readonly card?: Fields;
  readonly url?: string;
  readonly message?: string;
  readonly width?: string | number;
  readonly height?: string | number;
  /** Where it was opened. */
  readonly from: MessageAt;
}

/** What the client shows one person in passing. */
export interface Toast {
  readonly text: string;
  readonly error: boolean;
  /** Below this message. */
  readonly at: MessageAt | null;
}

/** What happened in the tenant, for live pages and for activities to the bot. */
export type Change =
  | { readonly type: 'message'; readonly conversation: Conversation; readonly message: TeamsMessage }
  /** `by`: whoever did it; a team's owner may delete what is not theirs. */
  | { readonly type: 'changed' | 'deleted'; readonly conversation: Conversation; readonly message: TeamsMessage; readonly by: string }
  | { readonly type: 'conversation'; readonly conversation: Conversation }
  /** A card was replaced for one person alone. */
  | { readonly type: 'view'; readonly person: string; readonly message: TeamsMessage }
  | { readonly type: 'dialog'; readonly person: string; readonly dialog: Dialog | null }
  | { readonly type: 'toast'; readonly person: string; readonly toast: Toast };
