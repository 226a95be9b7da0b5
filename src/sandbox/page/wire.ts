/**
 * What the sandbox's browser page and its server say to each other, under `/sandbox/api/`. The page is a Slack client
 * for one person at a time: it sees only what that person would see.
 *
 * - `GET  /sandbox/api/workspace`                 → `Workspace`
 * - `GET  /sandbox/api/stream?as=<user id>`       → server-sent events; each `data` is a `StreamEvent`
 * - `GET  /sandbox/api/file?as=<user>&id=<file>`  → the bytes of a file this person can see
 * - `POST /sandbox/api/upload?as=<user>&name=<…>` → `UploadAnswer`; the body is the file
 * - `POST /sandbox/api/<name of an Act>?as=<user>`, JSON body → `ActAnswer`
 *
 * Blocks, views and messages are Slack's own JSON, untouched.
 */
export interface Workspace {
  readonly name: string;
  readonly people: readonly PageUser[];
  readonly channels: readonly PageChannel[];
  readonly bot: { readonly userId: string; readonly name: string };
  readonly commands: readonly {
    readonly command: string;
    readonly hint: string;
  }[];
  /** Ready leads to send, in the order shown. */
  readonly examples: readonly LeadExample[];
  /** The same people in the tenant beside this workspace, by id; absent when there is none. */
  readonly twins?: Readonly<Record<string, string>>;
}

export interface PageUser {
  readonly id: string;
  readonly name: string;
  /** What they do, in their language: "Vendeuse · Lumière Lyon". */
  readonly job: string;
  /** `fr-FR`, `en-GB`. */
  readonly locale: string;
  /** IANA zone their clock shows; the browser's when absent. */
  readonly timeZone?: string;
}

/** A channel, or a direct conversation: then `id` begins with `D` and `members` are the people in it. */
export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly private: boolean;
  readonly topic: string;
  readonly members: readonly string[];
}

export interface LeadExample {
  readonly id: string;
  readonly title: Readonly<Record<'fr' | 'en', string>>;
  readonly detail: Readonly<Record<'fr' | 'en', string>>;
}

/** A message as Slack's `conversations.history` returns it, plus what only a client knows. */
export interface PageMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly bot_id?: string;
  readonly text: string;
  /** `thread_broadcast` for a reply also sent to the channel, `tombstone` where a thread outlives its message. */
  readonly subtype?: string;
  readonly blocks?: readonly unknown[];
  readonly files?: readonly PageFile[];
  readonly thread_ts?: string;
  readonly reply_count?: number;
  readonly edited?: { readonly ts: string };
  /** Only this person sees it; `remove` waves it away. */
  readonly ephemeral?: boolean;
}

export interface PageFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
}

export type StreamEvent =
  /** First event: everything this person can see. `channels` adds their direct messages. */
  | {
      readonly type: 'hello';
      readonly channels: readonly PageChannel[];
      readonly messages: readonly PageMessage[];
    }
  | { readonly type: 'message'; readonly message: PageMessage }
  | { readonly type: 'changed'; readonly message: PageMessage }
  | { readonly type: 'deleted'; readonly channel: string; readonly ts: string }
  | { readonly type: 'channel'; readonly channel: PageChannel }
  /** Open, replace or close the person's modal. `view` is Slack's view object with `id`, `hash`, `state`. */
  | { readonly type: 'view'; readonly view: PageView | null }
  /** The app's Home, as it shows it to this person. */
  | { readonly type: 'home'; readonly view: PageView };

export interface PageView {
  readonly id: string;
  readonly callback_id: string;
  readonly title: { readonly text: string };
  readonly submit?: { readonly text: string };
  readonly close?: { readonly text: string };
  readonly blocks: readonly unknown[];
  /** What the workspace keeps of the answers, such as after the app found fault with them. */
  readonly state?: { readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** Everything a person can do on the page. */
export interface Acts {
  /** Look at the app's Home. */
  readonly home: Readonly<Record<never, never>>;
  /** Press a button. `message` for a message button, `view` for one inside a modal or the Home. */
  readonly click: {
    readonly message?: { readonly channel: string; readonly ts: string };
    readonly view?: string;
    readonly block_id: string;
    readonly action_id: string;
    /** The button's value, for readers of logs: the workspace takes it from the message itself. */
    readonly value?: string;
    /** What was chosen in a menu, date or other choice, as Slack's state value: `{type, selected_option}`. */
    readonly choice?: Readonly<Record<string, unknown>>;
  };
  /** Send the open modal; `values` is Slack's `state.values`. */
  readonly submit: {
    readonly view: string;
    readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly close: { readonly view: string };
  /** Write in a channel or thread; text starting with `/` is a slash command. */
  readonly say: {
    readonly channel: string;
    readonly text: string;
    readonly thread_ts?: string;
    /** Ids of files this person has uploaded; with them, `text` may be empty. */
    readonly files?: readonly string[];
  };
  /** Delete a message (the bot's own included, as a workspace owner may). */
  readonly remove: { readonly channel: string; readonly ts: string };
  /** Post a ready example to the program's real intake. */
  readonly lead: { readonly example: string };
}

/**
 * `ok: false` carries what Slack's client would show the person (an app that did not answer in 3 s, say), or field
 * errors of a modal by block id.
 */
export type ActAnswer =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly error: string;
      readonly fields?: Readonly<Record<string, string>>;
    };

/** What became of an upload: the file, ready to be said or entered in a form, or what the person reads instead. */
export type UploadAnswer = { readonly ok: true; readonly file: PageFile } | { readonly ok: false; readonly error: string };

/** In bytes; what a phone's camera makes is well below. */
export const LARGEST_UPLOAD = 30_000_000;

/** What a browser draws safely; anything else is only ever saved. */
export const DRAWN_TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
