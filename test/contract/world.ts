import { expect } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import type { Ears } from '../../src/chat/interaction.js';
import type { Platform } from '../../src/chat/platform.js';
import type { ChannelId, FileId, MessageId, PersonId } from '../../src/chat/text.js';

/** What one person's client shows of a message. */
export interface Shown {
  /** Every visible word, as it is read. */
  readonly text: string;
  /** Action ids of its buttons. */
  readonly buttons: readonly string[];
  /** People and groups it would notify. */
  readonly pings: readonly string[];
  /** Addresses one could press. */
  readonly links: readonly string[];
  /** Pictures that were handed to the platform before. */
  readonly pictures: readonly FileId[];
  /** The message below which it stands; absent where it stands by itself. */
  readonly under?: MessageId;
}

/** What somebody says: in the channel, or below a message of it. */
export interface Said {
  readonly text: string;
  readonly under?: MessageId;
  /** Handed over before. */
  readonly files?: readonly FileId[];
}

/** What became of something a person did. */
export interface Outcome {
  /** What the client complains about, when our answer was late or wrong. */
  readonly error?: string;
  /** Sentences under fields, by field id; absent when the form closed. */
  readonly faults?: Readonly<Record<string, string>>;
}

/** What a service lets a bot do that another does not. Where it cannot, the suite says what holds instead. */
export interface Abilities {
  /** It can look for what it posted before. */
  readonly searches: boolean;
  /** In private conversations too. */
  readonly searchesInPrivate: boolean;
  /** A mark outlives an update; else it stands until the first, and nobody updates a message not known to stand. */
  readonly keepsMarks: boolean;
  /** It hears of everything deleted below its messages and of its messages themselves; else of what was said to it. */
  readonly hearsDeletions: boolean;
  /** A reply can stand in the channel too; else every reply brings its thread forward there by itself. */
  readonly aloud: boolean;
  /** Files come in threads and in forms; else in private conversations. */
  readonly filesInThreads: boolean;
  /** A thread ends with the message that carries it; else it goes on below what is left of it. */
  readonly threadsEnd: boolean;
  /** It hears what stood there before an edit, so that one without a change is none. */
  readonly comparesEdits: boolean;
}

/** A workspace of one platform, with the platform under test connected to it. */
export interface ContractWorld {
  readonly platform: Platform;
  readonly abilities: Abilities;
  readonly channel: ChannelId;
  /** A channel the bot may not write to. */
  readonly closedChannel: ChannelId;
  /** Somebody in the channel. */
  readonly person: PersonId;
  readonly personName: string;
  /** Somebody who is not in the channel. */
  readonly outsider: PersonId;
  /** Somebody whose account is closed. */
  readonly departed: PersonId;
  /** Does the service show one person something below a message, to nobody else? */
  readonly whispersBelow: boolean;
  /** Where the service's own client opens a message. */
  addressOf(message: MessageId): string;
  /** What stands in a channel; null when the message is not there. */
  shown(message: MessageId): Promise<Shown | null>;
  /** How many messages stand in the channel, and below its messages. */
  count(channel: ChannelId): Promise<number>;
  /** What the channel itself shows, oldest first; of what stands below its messages only what was said aloud. */
  listed(channel: ChannelId): Promise<readonly MessageId[]>;
  /** What stands below a message, oldest first. */
  below(message: MessageId): Promise<readonly MessageId[]>;
  /** What only this person was shown, oldest first. */
  whispers(person: PersonId): Promise<readonly Shown[]>;
  click(person: PersonId, message: MessageId, action: string): Promise<Outcome>;
  command(person: PersonId, words: string): Promise<Outcome>;
  /** Writes this where commands are written, the way it is. */
  typed(person: PersonId, text: string): Promise<Outcome>;
  /** The form that is open before this person; null when there is none. */
  openForm(person: PersonId): Promise<{ readonly id: string; readonly fields: readonly string[] } | null>;
  /** `files`: handed over before, by field. */
  submit(person: PersonId, values: Readonly<Record<string, string>>, files?: Readonly<Record<string, readonly FileId[]>>): Promise<Outcome>;
  say(person: PersonId, said: Said): Promise<MessageId>;
  /** Says, below a message, a mention, a channel and a link the way the service's own client sends them. @returns it as everybody reads it */
  sayWithMarkup(person: PersonId, under: MessageId): Promise<string>;
  /** Hands the platform a file, to be said or entered in a form; where files come in private only, sends it to the bot. */
  hand(person: PersonId, name: string, bytes: Buffer): Promise<FileId>;
  edit(person: PersonId, message: MessageId, text: string): Promise<void>;
  remove(person: PersonId, message: MessageId): Promise<void>;
  /** What the service tells of a thread although nobody said it: another app's words, somebody joining, a preview of the link in `remark`. */
  noise(under: MessageId, remark: MessageId): Promise<void>;
  /** What goes wrong with the very next post or update. */
  spoil(how: 'refused' | 'down' | 'busy' | 'lost'): void;
  stop(): Promise<void>;
}

export const ID = '5f0c7a52-9f8e-4c1a-8c9b-0a4c6f1d2e3b';

export const card = (changed: Partial<Card> = {}): Card => ({
  summary: 'New lead',
  elements: [{ kind: 'lines', lines: [['Brigitte M. waits']] }],
  buttons: [{ action: 'claim.take', label: 'Take', subject: ID, style: 'primary' }],
  ...changed,
});

export const whisper = (summary: string): Card => ({ summary, elements: [{ kind: 'lines', lines: [[summary]] }], buttons: [] });

export interface Context {
  readonly world: () => ContractWorld;
  readonly hear: (ears: Partial<Ears>) => void;
}

let marks = 0;
/** Posts a card under a mark of its own. */
export async function posted({ world }: Context, what: Card = card()): Promise<{ message: MessageId; mark: string }> {
  const mark = `mark-${++marks}`;
  return { message: await world().platform.post({ channel: world().channel }, what, mark), mark };
}

/** What a search comes to: what stands there, or the plain word that it cannot be searched, so that nobody waits for one. */
export async function searched(
  world: ContractWorld,
  search: Promise<MessageId | null>,
  found: MessageId | null | undefined,
): Promise<void> {
  if (world.abilities.searches) await expect(search).resolves.toBe(found);
  else await expect(search).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'never' });
}
