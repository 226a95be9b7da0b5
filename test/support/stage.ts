import { expect, vi } from 'vitest';
import { type In, type Player, type Room, SITES, type Site } from './cast.js';
import { jsonLead } from './leads.js';
import type { Running } from './running.js';
import { facts, plainly, SOON, sendLead } from './seen.js';

export const PLATFORMS = ['Slack', 'Teams'] as const;
export type PlatformName = (typeof PLATFORMS)[number];

export type Typed = Readonly<Record<string, string>>;

/** Something that stands in a channel or in a conversation with the bot, as people see it. */
export interface Post {
  readonly room: string;
  readonly id: string;
  /** The post it hangs below. */
  readonly under: string | null;
  /** On one line, spaces and apostrophes plain. */
  readonly words: string;
  readonly buttons: readonly string[];
  readonly pictures: number;
  /** It is below a post, and the channel sees it all the same. */
  readonly aloud: boolean;
  /** All of it, with what nobody reads. */
  readonly raw: string;
}

/** A form before somebody's eyes. */
export interface Form {
  readonly id: string;
  readonly subject: string;
  readonly fields: readonly string[];
  readonly values: Typed;
  /** Those of its fields one writes in, rather than choosing. */
  readonly written: readonly string[];
  /** Sentences, by the field they stand under. */
  readonly faults: Typed;
  /** What the form sends along unseen. */
  readonly data: object;
}

/** How a form that was sent past the client was answered. */
export interface Answer {
  /** Empty: it was taken. */
  readonly faults: Typed;
  /** What stands in the form that came back; null where the one before the person's eyes stays as it is. */
  readonly kept: Typed | null;
}

export type Says = string | RegExp;
/** Waits for something told in private since one began to listen. */
export type Hears = (says: Says) => Promise<Post>;

/** Somebody at their client. */
export interface Seat {
  press(post: Post, action: string): Promise<void>;
  /** Presses a button and reads what this person alone is shown. */
  asks(post: Post, action: string): Promise<string>;
  /** Presses a button that opens a form. */
  opens(post: Post, action: string): Promise<Form>;
  /** The form for a lead by hand, as people ask for it. */
  adds(): Promise<Form>;
  /** The form on the screen. */
  form(): Form | null;
  /** Fills in the form on the screen and sends it. @returns the sentences under its fields; none: it closed */
  sends(values: Typed, photos?: readonly Buffer[]): Promise<Typed>;
  /** Writes below a post, so that the bot hears it. */
  says(post: Post, text: string): Post;
  edits(post: Post, text: string): void;
  /** Sends photos of a lead that is under way, as this platform lets people do it. */
  drops(card: Post, photos: readonly Buffer[]): Promise<void>;
  listens(): Hears;
  /** Sends a form as no client would: any values, about anything. */
  forges(form: Form, values: Typed): Promise<Answer>;
}

/** A platform with the house on it. */
export interface Stage {
  readonly house: Running;
  as(player: Player): Seat;
  /** What stands in a channel, replies included, oldest first. */
  posts(room: Room): readonly Post[];
  until<T>(check: () => T | null | undefined | false): Promise<T>;
  close(): Promise<void>;
}

export const patient = { timeout: SOON, interval: 20 };

/** On one line, as it can be typed in a test. */
export const oneLine = (text: string): string => plainly(text).replaceAll('\u2060', '').replace(/\s+/g, ' ').trim();

export const has = (post: Post, says: Says): boolean => (typeof says === 'string' ? post.words.includes(says) : says.test(post.words));

/** Anything in a channel that shows what is asked. */
export const found = (stage: Stage, room: Room, shows: (post: Post) => boolean): Promise<Post> =>
  stage.until(() => stage.posts(room).find(shows));

/** Waits until one of several posts says this; when none does, the failure tells what they say instead. */
async function saying(stage: Stage, posts: () => readonly Post[], says: Says): Promise<Post> {
  try {
    return await stage.until(() => posts().findLast((one) => has(one, says)));
  } catch {
    throw new Error(`nothing says ${says}, but: ${posts().map(({ words, buttons }) => `\n- ${words} [${buttons}]`)}`);
  }
}

/** A post, as soon as it says this. */
export const become = (stage: Stage, room: Room, { id }: Post, says: Says): Promise<Post> =>
  saying(stage, () => stage.posts(room).filter((one) => one.id === id), says);

/** What stands below a post, oldest first. */
const thread = (stage: Stage, room: Room, post: Post): readonly Post[] =>
  stage.posts(room).filter(({ under }) => under === (post.under ?? post.id));

/** A reply below a post that says this. */
export const below = (stage: Stage, room: Room, post: Post, says: Says): Promise<Post> =>
  saying(stage, () => thread(stage, room, post), says);

/** A lead in a language, and the people and places of its life. */
export interface Life extends Site {
  readonly stage: Stage;
  readonly id: string;
  readonly card: Post;
  /** The card, once it shows this. */
  shows(says: Says): Promise<Post>;
  below(says: Says): Promise<Post>;
  /** Somebody opens a form by a button of the card, fills it in and sends it; it closes. */
  fills(player: Player, action: string, values: Typed, photos?: readonly Buffer[]): Promise<void>;
}

/** Sends a lead through the front door and waits until its card stands and the program knows that it does. */
export async function arrives(stage: Stage, language: In, changes: Parameters<typeof jsonLead>[0] = {}): Promise<Life> {
  const site = SITES[language];
  const { dealership, leads } = site;
  const id = await sendLead(stage.house, jsonLead({ dealership, ...changes }));
  const card = await found(stage, leads, (one) => one.under === null && one.raw.includes(id));
  // Also in a hook, where nothing can be polled for.
  await vi.waitFor(async () => expect(await facts(stage.house, id, 'posted')).toHaveLength(1), patient);
  return {
    ...site,
    ...{ stage, id, card },
    shows: (says) => become(stage, leads, card, says),
    below: (says) => below(stage, leads, card, says),
    fills: (player, action, values, photos) => fills(stage.as(player), card, action, values, photos),
  };
}

/** The same, claimed by its owner. */
export async function owned(stage: Stage, language: In, changes: Parameters<typeof jsonLead>[0] = {}): Promise<Life> {
  const life = await arrives(stage, language, changes);
  await stage.as(life.owner).press(life.card, 'claim.take');
  await found(stage, life.leads, ({ id, buttons }) => id === life.card.id && buttons.includes('status.open'));
  return life;
}

/** Opens a form by a button, fills it in and sends it; it closes. */
export async function fills(seat: Seat, post: Post, action: string, values: Typed, photos?: readonly Buffer[]): Promise<void> {
  await seat.opens(post, action);
  expect(await seat.sends(values, photos), action).toEqual({});
}

/** The kinds of a lead's facts, in order. */
export const kinds = async ({ stage, id }: Life): Promise<string[]> => (await facts(stage.house, id)).map(({ kind }) => kind);
