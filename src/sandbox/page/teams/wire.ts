import type { LeadExample, PageFile, PageUser } from '../wire.js';

/**
 * What the sandbox's Teams page and its server say to each other, under `/sandbox/teams/api/`. The page is a Teams
 * client for one person at a time: it sees only what that person would see. The addresses are those of `../wire.ts`;
 * cards are Adaptive Cards' own JSON, untouched.
 */
export interface Tenant {
  readonly name: string;
  /** `id` is the object id. */
  readonly people: readonly PageUser[];
  readonly bot: { readonly name: string };
  /** Ready leads to send, in the order shown. */
  readonly examples: readonly LeadExample[];
  /** The same people in Slack, by object id. */
  readonly twins: Readonly<Record<string, string>>;
}

/** A channel of a team, or the chat with the bot. */
export interface TenantPlace {
  readonly id: string;
  readonly kind: 'channel' | 'personal';
  readonly name: string;
  readonly description: string;
  /** The team's name; empty for a chat. */
  readonly team: string;
  readonly members: readonly string[];
}

export interface TenantMessage {
  readonly conversation: string;
  /** Milliseconds, as text. */
  readonly id: string;
  /** The post it replies to. */
  readonly root?: string;
  /** An object id, or `bot`. */
  readonly from: string;
  readonly text: string;
  /** `plain` shows the text as it is; `markdown` reads it. */
  readonly format: 'plain' | 'markdown' | 'xml';
  readonly cards: readonly unknown[];
  /** Addresses of pictures the bot sent. */
  readonly pictures: readonly string[];
  readonly files: readonly PageFile[];
  readonly edited: boolean;
  readonly deleted: boolean;
  /** Names this person in it, or is a chat's. */
  readonly mentionsMe: boolean;
}

/** What stands over the page: a form, a page at an address, or a sentence. */
export interface TenantDialog {
  readonly title: string;
  readonly card?: unknown;
  readonly url?: string;
  readonly message?: string;
  readonly width?: string | number;
  readonly height?: string | number;
}

/** Words in passing: below a message, or below the dialog when `message` is absent. */
export interface TenantToast {
  readonly text: string;
  readonly error: boolean;
  readonly message?: string;
}

export type TenantEvent =
  /** First event: everything this person can see. */
  | {
      readonly type: 'hello';
      readonly places: readonly TenantPlace[];
      readonly messages: readonly TenantMessage[];
      readonly dialog: TenantDialog | null;
    }
  /** A new message, or a new state of one. */
  | { readonly type: 'message'; readonly message: TenantMessage }
  | { readonly type: 'place'; readonly place: TenantPlace }
  | { readonly type: 'dialog'; readonly dialog: TenantDialog | null }
  | { readonly type: 'toast'; readonly toast: TenantToast };

/** What tells one button of a card from another. */
export interface PressedAction {
  readonly type: string;
  readonly title?: string;
  readonly verb?: string;
  readonly url?: string;
  readonly data?: unknown;
}

/** What was entered, by input id. */
export type EnteredInputs = Readonly<Record<string, string>>;

/** Everything a person can do on the page. */
export interface TenantActs {
  readonly click: { readonly conversation: string; readonly id: string; readonly action: PressedAction; readonly inputs: EnteredInputs };
  /** Presses a button of the dialog. */
  readonly submit: { readonly action: PressedAction; readonly inputs: EnteredInputs };
  readonly close: Readonly<Record<string, never>>;
  /** `@Name` mentions somebody of the tenant, or the bot. */
  readonly say: { readonly conversation: string; readonly text: string; readonly under?: string; readonly files?: readonly string[] };
  readonly edit: { readonly conversation: string; readonly id: string; readonly text: string };
  readonly remove: { readonly conversation: string; readonly id: string };
  /** Post a ready example to the program's real intake. */
  readonly lead: { readonly example: string };
}
