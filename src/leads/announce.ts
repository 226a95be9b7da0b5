import { z } from 'zod';
import type { Card } from '../chat/card.js';
import { type Platform, PlatformFailure } from '../chat/platform.js';
import type { ChannelId } from '../chat/text.js';
import type { Dealership } from '../dealership/dealership.js';
import { defineJob, type Enqueue, Hopeless } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';
import type { Store } from '../store/store.js';
import type { Lead } from './lead.js';
import { beginPosting, forgetMessage, forgetPosting, readLead, readPlace, savePosted, saveShown } from './records.js';
import { append } from './timeline.js';

/** Makes one channel show one lead as it is stored. `post` jobs put new cards up, `redraw` jobs change those that stand. */
export const announceLead = defineJob('announce', z.object({ leadId: z.uuid(), channel: z.string(), act: z.enum(['post', 'redraw']) }));

/** Asks for a lead to be shown in every channel of its dealership. */
export function announce(enqueue: Enqueue, leadId: string, dealership: Dealership, act: 'post' | 'redraw'): void {
  for (const channel of dealership.channels.leads) {
    enqueue(announceLead, { leadId, channel, act }, { group: `${act}:${channel}` });
  }
}

export interface AnnounceParts {
  readonly store: Store;
  readonly lanes: Lanes;
  /** The platform of a channel; undefined when this process does not speak it. */
  platformOf(channel: ChannelId): Platform | undefined;
  /** The card as it should look now. */
  draw(lead: Lead): Card | null;
  /** A channel out of reach, for whoever can mend it. */
  unreachable(channel: ChannelId, code: string): void;
}

const AFTER_UNKNOWN_MS = 3_000;
const UNREACHABLE_MS = 30_000;
/** An outage ends unannounced, and every channel asks for itself: seldom enough not to matter, often enough to notice soon. */
const LATER_MS = [1_000, 2_000, 4_000, 5_000];

/** The one verb behind every card: post, update and repair are the same path, and running it twice changes nothing. */
export function announcer(parts: AnnounceParts) {
  const { store, lanes } = parts;

  return async (job: z.infer<typeof announceLead.payload>, context: { signal: AbortSignal }): Promise<void> => {
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

  async function attempt(job: z.infer<typeof announceLead.payload>, platform: Platform, signal: AbortSignal) {
    const { leadId, channel } = job;
    const lead = await readLead(store.db, leadId);
    const place = lead && (await readPlace(store.db, leadId, channel));
    if (!lead || !place) return 'done';
    const standing = place.message !== null;
    if (standing ? place.shown >= lead.revision : job.act === 'redraw') return 'done';
    const card = parts.draw(lead);
    if (!card) return 'done';
    const pace = platform.pace(standing ? 'update' : 'post', channel);
    try {
      return await lanes.through(
        pace,
        signal,
        (answered) =>
          standing ? redraw(platform, place.message ?? '', lead, card, signal) : post(platform, channel, lead, card, answered, signal),
        refusal,
      );
    } catch (error) {
      return standing ? afterRedraw(error, place.message ?? '', lead, channel, pace.lane) : afterPost(error, leadId, channel, pace.lane);
    }
  }

  async function redraw(platform: Platform, message: string, lead: Lead, card: Card, signal: AbortSignal) {
    await platform.update(message, card, signal);
    await saveShown(store.db, message, lead.revision);
    // Look again: the lead may have changed while the platform was drawing.
    return 'again' as const;
  }

  async function post(platform: Platform, channel: ChannelId, lead: Lead, card: Card, answered: () => void, signal: AbortSignal) {
    const place = await readPlace(store.db, lead.id, channel);
    if (place.message) return 'again' as const;
    const found = place.postingSince && (await lookFor(platform, channel, lead.id, place.postingSince, signal));
    if (found) {
      await remember(lead, channel, platform.name, found, 0);
      return 'again' as const;
    }
    await beginPosting(store.db, lead.id, channel);
    const message = await platform.post(channel, card, lead.id, signal);
    answered();
    await remember(lead, channel, platform.name, message, lead.revision);
    return 'again' as const;
  }

  /** An earlier post may have succeeded without our hearing so. Where the platform refuses to be searched, posting wins. */
  async function lookFor(platform: Platform, channel: ChannelId, mark: string, since: Date, signal: AbortSignal) {
    try {
      return await platform.find(channel, mark, since, signal);
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      if (error.kind === 'never' || error.kind === 'unreachable') return null;
      throw new SearchFailed(error);
    }
  }

  async function remember(lead: Lead, channel: ChannelId, platform: string, message: string, shown: number) {
    await store.transact(async ({ db }) => {
      const news = await savePosted(db, lead.id, channel, message, shown);
      if (news) await append(db, [{ leadId: lead.id, at: new Date(), kind: 'posted', platform, data: { channel } }]);
    });
  }

  async function afterPost(error: unknown, leadId: string, channel: ChannelId, lane: string) {
    // Nothing was posted this time, but an earlier attempt may have been: the mark stays until a search succeeds.
    if (error instanceof SearchFailed) return { lane, ...(error.failure.afterMs !== undefined && { closeForMs: error.failure.afterMs }) };
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === 'unknown') return { lane, closeForMs: AFTER_UNKNOWN_MS };
    await forgetPosting(store.db, leadId, channel);
    return standingFailure(error, channel, lane);
  }

  async function afterRedraw(error: unknown, message: string, lead: Lead, channel: ChannelId, lane: string) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === 'gone') {
      await store.transact(async ({ db, enqueue }) => {
        const lost = await forgetMessage(db, message);
        if (lost) enqueue(announceLead, { leadId: lead.id, channel, act: 'post' }, { group: `post:${channel}` });
      });
      return 'done' as const;
    }
    // An update whose answer was lost is simply drawn again.
    return standingFailure(error, channel, lane);
  }

  function standingFailure(error: PlatformFailure, channel: ChannelId, lane: string) {
    if (error.kind === 'never' || error.kind === 'gone') throw new Hopeless(error.code);
    // A refusal has closed its lane already.
    if (error.kind === 'wait') return { lane, closeForMs: 0 };
    if (error.kind !== 'unreachable') return { lane };
    parts.unreachable(channel, error.code);
    return { lane, closeForMs: UNREACHABLE_MS };
  }
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
