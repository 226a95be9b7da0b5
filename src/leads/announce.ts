import { z } from 'zod';
import type { Card } from '../chat/card.js';
import { type Place, type Platform, PlatformFailure } from '../chat/platform.js';
import type { ChannelId } from '../chat/text.js';
import type { Dealership } from '../dealership/dealership.js';
import { defineJob, type Enqueue, Hopeless } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';
import type { Store, Unit } from '../store/store.js';
import { isClosed, type Lead } from './lead.js';
import {
  beginPosting,
  CARD,
  fingerprint,
  forgetMessage,
  forgetPosting,
  readPlace,
  type Shown,
  type Spot,
  savePosted,
  saveShown,
  standing,
} from './places.js';
import { readLead } from './records.js';
import { append } from './timeline.js';

/**
 * Makes one channel show something about a lead as it is stored. `post` jobs put new messages up, `redraw` jobs change
 * those that stand. `under`: below the lead's card in that channel, or below a given message.
 */
export const announceLead = defineJob(
  'announce',
  z.object({
    leadId: z.uuid(),
    channel: z.string(),
    act: z.enum(['post', 'redraw']),
    topic: z.string().default(CARD),
    subject: z.string().default(''),
    under: z
      .union([z.object({ card: z.literal(true) }), z.object({ message: z.string() })])
      .nullable()
      .default(null),
    /** Below its message, and shown in the channel too. */
    aloud: z.boolean().default(false),
    /** How often it has found no card to stand below. */
    waits: z.int().min(0).default(0),
  }),
);

type Job = z.infer<typeof announceLead.payload>;

/** Asks for a lead's card to be shown in every channel of its dealership. */
export function announce(enqueue: Enqueue, leadId: string, dealership: Dealership, act: 'post' | 'redraw'): void {
  for (const channel of dealership.channels.leads) show(enqueue, { leadId, channel, topic: CARD, subject: '' }, act);
}

/** Asks for something to be said below the lead's card in every channel of its dealership. */
export function sayBelow(
  enqueue: Enqueue,
  dealership: Dealership,
  about: Omit<Spot, 'channel'>,
  act: 'post' | 'redraw',
  aloud = false,
): void {
  for (const channel of dealership.channels.leads) show(enqueue, { ...about, channel }, act, { under: { card: true }, aloud });
}

/** The lead is over: asks for its card, and for the messages whose buttons end with it, to be drawn without them. */
export async function announceEnd({ db, enqueue }: Unit, leadId: string, dealership: Dealership, ending: readonly string[]): Promise<void> {
  announce(enqueue, leadId, dealership, 'redraw');
  for (const spot of await standing(db, leadId, ending)) show(enqueue, spot, 'redraw');
}

/** Asks for one message to be shown as it should look now. */
export function show(enqueue: Enqueue, about: Spot, act: 'post' | 'redraw', where: Pick<Partial<Job>, 'under' | 'aloud'> = {}): void {
  const { under = null, aloud = false } = where;
  const { leadId, channel, topic, subject } = about;
  const job = { leadId, channel, topic, subject, act, under, aloud, waits: 0 };
  enqueue(announceLead, job, { group: lineOf(job) });
}

/** Jobs of one line are done one after another. What waits for its card must not stand in that card's way. */
function lineOf({ under, act, channel }: Pick<Job, 'under' | 'act' | 'channel'>): string {
  return `${under && act === 'post' ? 'below' : act}:${channel}`;
}

export interface AnnounceParts {
  readonly store: Store;
  readonly lanes: Lanes;
  /** The platform of a channel; undefined when this process does not speak it. */
  platformOf(channel: ChannelId): Platform | undefined;
  /** The message as it should look now; null when there is nothing left to show. */
  draw(lead: Lead, topic: string, subject: string): Promise<Card | null> | Card | null;
  /** A channel out of reach, for whoever can mend it. */
  unreachable(channel: ChannelId, code: string): void;
}

const CARD_MISSING_MS = 1_000;
const AFTER_UNKNOWN_MS = 3_000;
const UNREACHABLE_MS = 30_000;
/** An outage ends unannounced, and every channel asks for itself: seldom enough not to matter, often enough to notice soon. */
const LATER_MS = [1_000, 2_000, 4_000, 5_000];

/** The one verb behind every card: post, update and repair are the same path, and running it twice changes nothing. */
export function announcer(parts: AnnounceParts) {
  const { store, lanes } = parts;

  return async (job: Job, context: { signal: AbortSignal }): Promise<void> => {
    const platform = parts.platformOf(job.channel);
    if (!platform) return;
    for (let failures = 0; ; ) {
      context.signal.throwIfAborted();
      const outcome = await attempt(job, platform, context.signal);
      if (outcome === 'done') return;
      if (outcome === 'again') failures = 0;
      else {
        const pause = outcome.closeForMs ?? LATER_MS[Math.min(failures, LATER_MS.length - 1)] ?? UNREACHABLE_MS;
        failures++;
        if (pause > 0) await lanes.close(outcome.lane, pause);
      }
    }
  };

  async function attempt(job: Job, platform: Platform, signal: AbortSignal): Promise<Outcome> {
    const spot = { leadId: job.leadId, channel: job.channel, topic: job.topic, subject: job.subject };
    const lead = await readLead(store.db, spot.leadId);
    const place = lead && (await readPlace(store.db, spot));
    if (!lead || !place) return 'done';
    const standing = place.message !== null;
    if (standing ? place.shown >= lead.revision : job.act === 'redraw') return 'done';
    const card = await parts.draw(lead, spot.topic, spot.subject);
    if (!card) return 'done';
    const pace = platform.pace(standing ? 'update' : 'post', spot.channel);
    const where = standing ? null : await placeFor(job, lead);
    if (where === 'no card yet') return askAgain(job);
    try {
      return await lanes.through(
        pace,
        signal,
        (answered) =>
          where === null
            ? redraw(platform, place.message ?? '', spot.topic, lead, card, signal)
            : post(platform, spot, where, lead, card, answered, signal),
        refusal,
      );
    } catch (error) {
      return where === null ? afterRedraw(error, place.message ?? '', spot, pace.lane) : afterPost(error, job, spot, where, pace.lane);
    }
  }

  /** Looks again later, so that what is said below other cards need not wait for this one. */
  async function askAgain(job: Job): Promise<Outcome> {
    const notBefore = new Date(store.now().getTime() + Math.min(CARD_MISSING_MS * 2 ** job.waits, UNREACHABLE_MS));
    await store.transact(async ({ enqueue }) => {
      enqueue(announceLead, { ...job, waits: job.waits + 1 }, { group: lineOf(job), notBefore });
    });
    return 'done';
  }

  /** Below what it stands. A card that is gone for good leaves the channel itself. */
  async function placeFor(job: Job, lead: Lead): Promise<Place | 'no card yet'> {
    const { channel, under, aloud } = job;
    if (under === null) return { channel };
    if ('message' in under) return { channel, under: under.message, aloud };
    const card = await readPlace(store.db, { leadId: lead.id, channel, topic: CARD, subject: '' });
    if (card.message) return { channel, under: card.message, aloud };
    return isClosed(lead.stage) && card.postingSince === null ? { channel } : 'no card yet';
  }

  async function redraw(platform: Platform, message: string, topic: string, lead: Lead, card: Card, signal: AbortSignal) {
    await platform.update(message, card, signal);
    await saveShown(store.db, message, shownOf(topic, lead, card));
    // Look again: the lead may have changed while the platform was drawing.
    return 'again' as const;
  }

  async function post(platform: Platform, spot: Spot, where: Place, lead: Lead, card: Card, answered: () => void, signal: AbortSignal) {
    const place = await readPlace(store.db, spot);
    if (place.message) return 'again' as const;
    const found = place.postingSince && (await lookFor(platform, where, markOf(spot), place.postingSince, signal));
    if (found) {
      await remember(spot, platform.name, found, { revision: 0, drawn: null });
      return 'again' as const;
    }
    await beginPosting(store.db, spot);
    const message = await platform.post(where, card, markOf(spot), signal);
    answered();
    await remember(spot, platform.name, message, shownOf(spot.topic, lead, card));
    return 'again' as const;
  }

  /** An earlier post may have succeeded without our hearing so. Where the platform refuses to be searched, posting wins. */
  async function lookFor(platform: Platform, where: Place, mark: string, since: Date, signal: AbortSignal) {
    try {
      return await platform.find(where, mark, since, signal);
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      // Where there is no place any more nothing stands in it; posting says so for certain.
      if (error.kind === 'never' || error.kind === 'unreachable' || error.kind === 'gone') return null;
      throw new SearchFailed(error);
    }
  }

  async function remember(spot: Spot, platform: string, message: string, shown: Shown) {
    await store.transact(async ({ db }) => {
      const news = await savePosted(db, spot, message, shown);
      if (news && spot.topic === CARD)
        await append(db, [{ leadId: spot.leadId, at: store.now(), kind: 'posted', platform, data: { channel: spot.channel } }]);
    });
  }

  async function afterPost(error: unknown, job: Job, spot: Spot, where: Place, lane: string): Promise<Outcome> {
    // Nothing was posted this time, but an earlier attempt may have been: the mark stays until a search succeeds.
    if (error instanceof SearchFailed) return { lane, ...(error.failure.afterMs !== undefined && { closeForMs: error.failure.afterMs }) };
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === 'unknown') return { lane, closeForMs: AFTER_UNKNOWN_MS };
    await forgetPosting(store.db, spot);
    if (error.kind === 'gone' && where.under !== undefined) {
      await cardLost(where.under);
      // Whoever heard of the deletion first, the card comes back.
      if (job.under && 'card' in job.under) return 'again';
    }
    return standingFailure(error, spot.channel, lane);
  }

  async function afterRedraw(error: unknown, message: string, spot: Spot, lane: string): Promise<Outcome> {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === 'gone') {
      await cardLost(message);
      return 'done' as const;
    }
    // An update whose answer was lost is simply drawn again.
    return standingFailure(error, spot.channel, lane);
  }

  /** A message turned out to be gone: if it was the card of an open lead it comes back. */
  function cardLost(message: string): Promise<void> {
    return store.transact(async ({ db, enqueue }) => {
      const lost = await forgetMessage(db, message);
      if (lost?.topic === CARD && !isClosed(lost.stage)) show(enqueue, lost, 'post');
    });
  }

  function standingFailure(error: PlatformFailure, channel: ChannelId, lane: string): Outcome {
    if (error.kind === 'never' || error.kind === 'gone') throw new Hopeless(error.code);
    // A refusal has closed its lane already.
    if (error.kind === 'wait') return { lane, closeForMs: 0 };
    if (error.kind !== 'unreachable') return { lane };
    parts.unreachable(channel, error.code);
    return { lane, closeForMs: UNREACHABLE_MS };
  }
}

/** Carried out, to be looked at again, or to be tried again after the lane was closed for a while. */
type Outcome = 'done' | 'again' | { readonly lane: string; readonly closeForMs?: number };

function shownOf(topic: string, { revision }: Lead, card: Card): Shown {
  return { revision, drawn: topic === CARD ? null : fingerprint(card) };
}

/** What a message of ours is recognised by. */
function markOf({ leadId, topic, subject }: Spot): string {
  return topic === CARD ? leadId : `${leadId}/${topic}/${subject}`;
}

/** The channel could not be searched for an earlier post. */
class SearchFailed extends Error {
  override readonly name = 'SearchFailed';
  constructor(readonly failure: PlatformFailure) {
    super(failure.message);
  }
}

/** What a platform's "too many requests" asks to wait, in milliseconds. */
export function refusal(error: unknown): number | null {
  return error instanceof PlatformFailure && error.kind === 'wait' ? (error.afterMs ?? 1_000) : null;
}
