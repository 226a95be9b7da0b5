import type { Fields } from '../json.js';

/** A message as Slack keeps it and its API returns it. */
export interface SlackMessage {
  readonly type: 'message';
  readonly subtype?: string;
  readonly ts: string;
  readonly user: string;
  readonly team: string;
  readonly text: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly bot_profile?: Fields;
  readonly blocks?: readonly Fields[];
  readonly metadata?: Fields;
  readonly files?: readonly Fields[];
  readonly thread_ts?: string;
  readonly parent_user_id?: string;
  readonly reply_count?: number;
  readonly reply_users?: readonly string[];
  readonly latest_reply?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[]; readonly count: number }[];
  readonly hidden?: boolean;
  readonly client_msg_id?: string;
  /** Only on ephemeral messages. */
  readonly is_ephemeral?: boolean;
  /** How the sender asked for the text to be parsed; never sent out. */
  readonly parsing?: 'names' | 'full';
}

/** A channel, private channel or direct message. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'im';
  readonly topic: string;
  readonly archived: boolean;
  readonly members: readonly string[];
  /** The person at the other end of a direct message with the app. */
  readonly with?: string;
}

/** A file, from the moment an upload was asked for. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly owner: string;
  /** Bytes announced when the upload was asked for. */
  readonly size: number;
  /** Base64; absent until uploaded. */
  readonly bytes?: string;
  /** Milliseconds; absent until the upload was completed. */
  readonly completedAt?: number;
  readonly channels: readonly string[];
}

/** A view as Slack gives it out. */
export interface SlackView extends Fields {
  readonly id: string;
  readonly type: string;
  readonly callback_id: string;
  readonly external_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly Fields[];
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, Fields>>>> };
  readonly hash: string;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
  readonly clear_on_close: boolean;
  readonly notify_on_close: boolean;
}

/** What happened in the workspace, for live pages and for events to the app. `by` is the person or bot user. */
export type Change =
  | { readonly type: 'message'; readonly channel: Channel; readonly message: SlackMessage }
  | { readonly type: 'changed'; readonly channel: Channel; readonly message: SlackMessage; readonly previous: SlackMessage }
  | { readonly type: 'deleted'; readonly channel: Channel; readonly previous: SlackMessage }
  /** Replies or reactions were counted anew; Slack sends no message event for it. */
  | { readonly type: 'counted'; readonly channel: Channel; readonly message: SlackMessage }
  | { readonly type: 'ephemeral'; readonly user: string; readonly channel: Channel; readonly message: SlackMessage }
  | { readonly type: 'ephemeral_deleted'; readonly user: string; readonly channel: Channel; readonly ts: string }
  | { readonly type: 'channel'; readonly channel: Channel }
  | { readonly type: 'joined'; readonly channel: Channel; readonly user: string; readonly inviter?: string }
  | { readonly type: 'home_opened'; readonly user: string; readonly channel: Channel }
  | { readonly type: 'home'; readonly user: string; readonly view: SlackView }
  /** The modal on top of the person's stack, or null when none is open. */
  | { readonly type: 'view'; readonly user: string; readonly view: SlackView | null };
