import { z } from 'zod';
import type { Card } from '../chat/card.js';
import type { Place } from '../chat/platform.js';
import type { Dealership } from '../dealership/dealership.js';
import { type Progress, type Sight, type Standing, type StandingParts, upholder } from '../posting/standing.js';
import { defineJob, type Enqueue } from '../store/jobs.js';
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

export interface AnnounceParts extends StandingParts {
  readonly store: Store;
  /** The message as it should look now; null when there is nothing left to show. */
  draw(lead: Lead, topic: string, subject: string): Promise<Card | null> | Card | null;
}

const CARD_MISSING_MS = 1_000;
const AT_MOST_MS = 30_000;

/** The one verb behind every card: post, update and repair are the same path, and running it twice changes nothing. */
export function announcer(parts: AnnounceParts) {
  const { store } = parts;
  const uphold = upholder(parts);
  return (job: Job, context: { signal: AbortSignal }): Promise<void> => uphold(standingOf(job), context.signal);

  function standingOf(job: Job): Standing {
    const spot = { leadId: job.leadId, channel: job.channel, topic: job.topic, subject: job.subject };
    return {
      channel: job.channel,
      mark: markOf(spot),
      moves: job.under !== null && 'card' in job.under,
      progress: () => readPlace(store.db, spot),
      look: (progress) => look(job, spot, progress),
      begin: () => beginPosting(store.db, spot),
      forget: () => forgetPosting(store.db, spot),
      posted: (message, sight, platform) => remember(spot, platform, message, shownOf(spot.topic, sight)),
      drawn: (message, sight) => saveShown(store.db, message, shownOf(spot.topic, sight)),
      lost: cardLost,
    };
  }

  async function look(job: Job, spot: Spot, { message, shown }: Progress): Promise<Sight | null> {
    const lead = await readLead(store.db, spot.leadId);
    if (!lead) return null;
    if (message === null ? job.act === 'redraw' : shown >= lead.revision) return null;
    const card = await parts.draw(lead, spot.topic, spot.subject);
    return card && { revision: lead.revision, card, place: () => placeFor(job, lead) };
  }

  /** Below what it stands. A card that is gone for good leaves the channel itself. */
  async function placeFor(job: Job, lead: Lead): Promise<Place | null> {
    const { channel, under, aloud } = job;
    if (under === null) return { channel };
    if ('message' in under) return { channel, under: under.message, aloud };
    const card = await readPlace(store.db, { leadId: lead.id, channel, topic: CARD, subject: '' });
    if (card.message) return { channel, under: card.message, aloud };
    if (isClosed(lead.stage) && card.postingSince === null) return { channel };
    await askAgain(job);
    return null;
  }

  /** Looks again later, so that what is said below other cards need not wait for this one. */
  async function askAgain(job: Job): Promise<void> {
    const notBefore = new Date(store.now().getTime() + Math.min(CARD_MISSING_MS * 2 ** job.waits, AT_MOST_MS));
    await store.transact(async ({ enqueue }) => {
      enqueue(announceLead, { ...job, waits: job.waits + 1 }, { group: lineOf(job), notBefore });
    });
  }

  async function remember(spot: Spot, platform: string, message: string, shown: Shown): Promise<void> {
    await store.transact(async ({ db }) => {
      const news = await savePosted(db, spot, message, shown);
      if (news && spot.topic === CARD)
        await append(db, [{ leadId: spot.leadId, at: store.now(), kind: 'posted', platform, data: { channel: spot.channel } }]);
    });
  }

  /** A message turned out to be gone: if it was the card of an open lead it comes back. */
  function cardLost(message: string): Promise<void> {
    return store.transact(async ({ db, enqueue }) => {
      const lost = await forgetMessage(db, message);
      if (lost?.topic === CARD && !isClosed(lost.stage)) show(enqueue, lost, 'post');
    });
  }
}

function shownOf(topic: string, sight: Sight | null): Shown {
  return { revision: sight?.revision ?? 0, drawn: sight === null || topic === CARD ? null : fingerprint(sight.card) };
}

/** What a message of ours is recognised by. */
function markOf({ leadId, topic, subject }: Spot): string {
  return topic === CARD ? leadId : `${leadId}/${topic}/${subject}`;
}
