import type { Card } from './card.js';
import type { Form, FormValues } from './form.js';
import type { ChannelId, MessageId, PersonId } from './text.js';

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
  /** When our process received it. */
  readonly at: Date;
}

/** A form was sent. */
export interface Submission {
  readonly form: string;
  readonly subject: string;
  readonly values: FormValues;
  readonly actor: Actor;
  readonly at: Date;
}

/** `/lead add …` (Slack) or a message to the bot (Teams). */
export interface Command {
  /** The words after the command, untrusted. */
  readonly words: string;
  readonly actor: Actor;
  readonly channel?: ChannelId;
  readonly at: Date;
}

/** A message of ours was deleted by hand. */
export interface Removal {
  readonly message: MessageId;
  readonly at: Date;
}

/**
 * The answer to a click or a command, given at once: nothing (the job table does the rest), a form to open, or words
 * only the person sees.
 */
export type Reply =
  | { readonly kind: 'done' }
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
  removed(removal: Removal): Promise<void>;
}
