import type { Card } from './card.js';
import type { Ears } from './interaction.js';
import type { ChannelId, FileId, MessageId, PersonId } from './text.js';

/**
 * What every chat platform can do. Each call is one attempt: retrying, pacing and looking before posting again are
 * the job table's business (`leads/announce.ts`). Every failure is a `PlatformFailure`.
 */
export interface Platform {
  /** The prefix of its ids: `slack`. */
  readonly name: string;
  /** What people write here before the words of a command, so that they can be told what to write: `/lead`. */
  readonly command: string;
  /** Posts a card. `mark` travels invisibly with the message so that `find` can recognise it. */
  post(place: Place, card: Card, mark: string, signal?: AbortSignal): Promise<MessageId>;
  /** Redraws a message of ours in place. Fails with `gone` when it was deleted. */
  update(message: MessageId, card: Card, signal?: AbortSignal): Promise<void>;
  /** Looks for a message of ours carrying `mark`, posted since `since`; null when the place has none. */
  find(place: Place, mark: string, since: Date, signal?: AbortSignal): Promise<MessageId | null>;
  /**
   * Posts a card only `person` sees, at `place` when given and possible, else in a private conversation. Fails with `gone`
   * when they have left.
   */
  whisper(person: PersonId, place: Place | undefined, card: Card, signal?: AbortSignal): Promise<void>;
  /** The bytes of a file somebody sent. Fails with `never` when it is larger than `most` bytes, gone, or out of reach. */
  download(file: FileId, most: number, signal?: AbortSignal): Promise<Buffer>;
  /** Hands a picture to the platform, for cards to show. Repeating it after a lost answer leaves one that nobody sees. */
  upload(name: string, picture: Buffer, signal?: AbortSignal): Promise<FileId>;
  /** The address at which people open a message of ours; null when there is none, or the platform cannot say just now. */
  linkTo(message: MessageId, signal?: AbortSignal): Promise<string | null>;
  /** The display name of a person, for those configuration does not list. */
  nameOf(person: PersonId): Promise<string>;
  /** How this platform wants calls paced. */
  pace(act: 'post' | 'update' | 'whisper' | 'find', channel: ChannelId | PersonId | undefined): Pace;
  /** Begins to hear. Resolves once requests can be received. */
  start(ears: Ears): Promise<void>;
  /** Stops hearing; what is being answered is finished. */
  stop(): Promise<void>;
  /** Does the platform answer, and with whose identity? Used by `/readyz` and `doctor`. */
  check(): Promise<{ readonly bot: string; readonly workspace: string }>;
  /** What stands in the way of working in this channel, as sentences for the installer; empty when nothing does. */
  checkChannel(channel: ChannelId): Promise<readonly string[]>;
}

/** Where a message stands. */
export interface Place {
  /** A channel; or a person, for their private conversation with the bot. */
  readonly channel: ChannelId | PersonId;
  /** Below this message, of the same channel. */
  readonly under?: MessageId;
  /** Below it, and shown in the channel too. */
  readonly aloud?: boolean;
}

/** One lane of traffic. Lanes and budgets are shared by every process through the database. */
export interface Pace {
  /** Calls of one lane go one at a time and in order. */
  readonly lane: string;
  /** Milliseconds between an answer and the next call in the lane. */
  readonly gapMs: number;
  /** The wider budget (workspace and method) that a refusal may belong to. */
  readonly budget: string;
  /** Does a "too many requests" stop the whole budget, or this lane only? */
  readonly refusalStops: 'lane' | 'budget';
}

/**
 * - `never`: this content will never be accepted; do not retry.
 * - `later`: the platform is down or answers with its own fault; nothing was stored.
 * - `wait`: too many requests; try after `afterMs`.
 * - `unknown`: no answer; it may or may not have been stored: look before trying again.
 * - `gone`: what it was about no longer exists: the message to change, the person to tell.
 * - `unreachable`: the bot may not write there (not invited, archived, token revoked): somebody must act; keep trying slowly.
 */
export type FailureKind = 'never' | 'later' | 'wait' | 'unknown' | 'gone' | 'unreachable';

/** The one error a platform throws. `code` is the platform's own word and carries no personal data. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure';
  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    readonly afterMs?: number,
  ) {
    super(`${kind}: ${code}`);
  }
}
