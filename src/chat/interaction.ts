import type { Card } from './card.js';
import type { Form, FormValues } from './form.js';
import type { ChannelId, FileId, MessageId, PersonId } from './text.js';

/** Who acted, as the platform authenticated them. Names are for display only. */
export interface Actor {
  readonly person: PersonId;
  readonly name?: string;
}

/** A button was pressed. */
export interface Click {
  readonly action: string;
  /** The button's value: an entity id, untrusted. */
  readonly subject: string;
  readonly actor: Actor;
  readonly channel?: ChannelId;
  readonly message?: MessageId;
  /** The message that carries the thread it was pressed in; absent in the channel itself. */
  readonly under?: MessageId;
  /** When our process received it. */
  readonly at: Date;
}

/** A form was sent. */
export interface Submission {
  readonly form: string;
  readonly subject: string;
  readonly values: FormValues;
  /** By field id; a field without files is absent. */
  readonly files: Readonly<Record<string, readonly SentFile[]>>;
  readonly actor: Actor;
  readonly at: Date;
}

/** A file somebody sent, still with the platform. */
export interface SentFile {
  readonly file: FileId;
  readonly name: string;
}

/** Somebody wrote below a message of the channel, or sent files there. The bot's own words are never heard. */
export interface Remark {
  /** The message that carries the thread. */
  readonly thread: MessageId;
  readonly message: MessageId;
  /** As typed, without the platform's escaping. */
  readonly text: string;
  readonly files: readonly SentFile[];
  readonly actor: Actor;
  readonly at: Date;
}

/** Somebody changed what they had written below a message: the remark as it reads now. May be told before the remark itself. */
export type Correction = Remark;

/** What somebody asked the bot for, in words. */
export interface Command {
  /** The words after the command, untrusted. */
  readonly words: string;
  readonly actor: Actor;
  readonly channel?: ChannelId;
  /** Sent along, where a command is a message; absent when there are none. */
  readonly files?: readonly SentFile[];
  readonly at: Date;
}

/** A message was deleted: one of ours by hand, or a remark by its author. */
export interface Removal {
  readonly message: MessageId;
  readonly at: Date;
}

/**
 * The answer to a click or a command, given at once: nothing (the job table does the rest), a form to open, or words
 * only the person sees.
 */
export type Reply =
  | {
      readonly kind: 'done';
      /** What came of it in a few words, for a platform that confirms each press on the spot. What matters is told in private too. */
      readonly said?: string;
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'private'; readonly card: Card };

/** The answer to a form: close it, or show a sentence under each field at fault. */
export type FormReply =
  | { readonly kind: 'close' }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> }
  | { readonly kind: 'private'; readonly card: Card };

/** What a platform calls when something is heard. Implemented once, in `app.ts`. Must answer within 2.5 s. */
export interface Ears {
  click(click: Click): Promise<Reply>;
  submit(submission: Submission): Promise<FormReply>;
  command(command: Command): Promise<Reply>;
  remarked(remark: Remark): Promise<void>;
  corrected(correction: Correction): Promise<void>;
  removed(removal: Removal): Promise<void>;
}
