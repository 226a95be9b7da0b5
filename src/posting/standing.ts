import type { Card } from '../chat/card.js';
import { type Place, type Platform, PlatformFailure } from '../chat/platform.js';
import type { ChannelId, MessageId } from '../chat/text.js';
import { Hopeless } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';

/** How far a message has come. */
export interface Progress {
  readonly message: MessageId | null;
  /** The revision it shows. */
  readonly shown: number;
  /** A post may have succeeded without our hearing so. */
  readonly postingSince: Date | null;
}

/** What a message should show now. */
export interface Sight {
  /** Grows with every change of what it shows. */
  readonly revision: number;
  readonly card: Card;
  /** Where it goes, as it does not stand yet; null when it has to wait for something, and will be asked for again. */
  place(): Promise<Place | null>;
}

/** One message of ours: how it should look, and what is remembered of it. */
export interface Standing {
  readonly channel: ChannelId;
  /** What it is recognised by: ids, and nothing about a customer. */
  readonly mark: string;
  progress(): Promise<Progress>;
  /** How it should look; null when there is nothing to do. */
  look(progress: Progress): Promise<Sight | null>;
  /** Remembers, before a post is tried, that its outcome may stay unknown. */
  begin(): Promise<void>;
  /** The platform said for certain that nothing was posted. */
  forget(): Promise<void>;
  /** It stands and shows this; null: it was found again, and what it shows is not known. */
  posted(message: MessageId, shown: Sight | null, platform: string): Promise<void>;
  /** It now shows this. */
  drawn(message: MessageId, shown: Sight): Promise<void>;
  /** A message turned out to be deleted: this one, or the one it should stand below. */
  lost(message: MessageId): Promise<void>;
  /** The message below which it should stand is gone: may it stand elsewhere? */
  readonly moves: boolean;
}

export interface StandingParts {
  readonly lanes: Lanes;
  /** The platform of a channel; undefined when this process does not speak it. */
  platformOf(channel: ChannelId): Platform | undefined;
  /** A channel out of reach, for whoever can mend it. */
  unreachable(channel: ChannelId, code: string): void;
}

const AFTER_UNKNOWN_MS = 3_000;
const UNREACHABLE_MS = 30_000;
/** An outage ends unannounced, and every channel asks for itself: seldom enough not to matter, often enough to notice soon. */
const LATER_MS = [1_000, 2_000, 4_000, 5_000];

/** Makes one message stand as it should look: post, update and repair are the same path, and running it twice changes nothing. */
export function upholder(parts: StandingParts) {
  const { lanes } = parts;

  return async (one: Standing, signal: AbortSignal): Promise<void> => {
    const platform = parts.platformOf(one.channel);
    if (!platform) return;
    for (let failures = 0; ; ) {
      signal.throwIfAborted();
      const outcome = await attempt(one, platform, signal);
      if (outcome === 'done') return;
      if (outcome === 'again') failures = 0;
      else {
        const pause = outcome.closeForMs ?? LATER_MS[Math.min(failures, LATER_MS.length - 1)] ?? UNREACHABLE_MS;
        failures++;
        if (pause > 0) await lanes.close(outcome.lane, pause);
      }
    }
  };

  async function attempt(one: Standing, platform: Platform, signal: AbortSignal): Promise<Outcome> {
    const progress = await one.progress();
    const sight = await one.look(progress);
    if (!sight) return 'done';
    const { message } = progress;
    const pace = platform.pace(message === null ? 'post' : 'update', one.channel);
    if (message !== null) {
      const call = () => redraw(one, platform, message, sight, signal);
      return lanes.through(pace, signal, call, refusal).catch((error: unknown) => afterRedraw(error, one, message, pace.lane));
    }
    const place = await sight.place();
    if (!place) return 'done';
    const call = (answered: () => void) => post(one, platform, place, sight, answered, signal);
    return lanes.through(pace, signal, call, refusal).catch((error: unknown) => afterPost(error, one, place, pace.lane));
  }

  async function afterPost(error: unknown, one: Standing, place: Place, lane: string): Promise<Outcome> {
    // Nothing was posted this time, but an earlier attempt may have been: the mark stays until a search succeeds.
    if (error instanceof SearchFailed) return { lane, ...(error.failure.afterMs !== undefined && { closeForMs: error.failure.afterMs }) };
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === 'unknown') return { lane, closeForMs: AFTER_UNKNOWN_MS };
    await one.forget();
    if (error.kind === 'gone' && place.under !== undefined) {
      await one.lost(place.under);
      // Whoever heard of the deletion first, what it stands below comes back.
      if (one.moves) return 'again';
    }
    return standingFailure(error, one.channel, lane);
  }

  async function afterRedraw(error: unknown, one: Standing, message: MessageId, lane: string): Promise<Outcome> {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === 'gone') {
      await one.lost(message);
      return 'done';
    }
    // An update whose answer was lost is simply drawn again.
    return standingFailure(error, one.channel, lane);
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

async function redraw(one: Standing, platform: Platform, message: MessageId, sight: Sight, signal: AbortSignal) {
  await platform.update(message, sight.card, signal);
  await one.drawn(message, sight);
  // Look again: it may have changed while the platform was drawing.
  return 'again' as const;
}

async function post(one: Standing, platform: Platform, place: Place, sight: Sight, answered: () => void, signal: AbortSignal) {
  const now = await one.progress();
  if (now.message) return 'again' as const;
  const found = now.postingSince && (await lookFor(platform, place, one.mark, now.postingSince, signal));
  if (found) {
    await one.posted(found, null, platform.name);
    return 'again' as const;
  }
  await one.begin();
  const message = await platform.post(place, sight.card, one.mark, signal);
  answered();
  await one.posted(message, sight, platform.name);
  return 'again' as const;
}

/** An earlier post may have succeeded without our hearing so. Where the platform refuses to be searched, posting wins. */
async function lookFor(platform: Platform, place: Place, mark: string, since: Date, signal: AbortSignal): Promise<MessageId | null> {
  try {
    return await platform.find(place, mark, since, signal);
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    // Where there is no place any more nothing stands in it; posting says so for certain.
    if (error.kind === 'never' || error.kind === 'unreachable' || error.kind === 'gone') return null;
    throw new SearchFailed(error);
  }
}

/** Carried out, to be looked at again, or to be tried again after the lane was closed for a while. */
type Outcome = 'done' | 'again' | { readonly lane: string; readonly closeForMs?: number };

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
