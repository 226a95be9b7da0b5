import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Card } from '../chat/card.js';
import type { Click } from '../chat/interaction.js';
import { type Platform, PlatformFailure } from '../chat/platform.js';
import type { PersonId } from '../chat/text.js';
import { refusal } from '../posting/standing.js';
import { defineJob, type Enqueue, Hopeless } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';

/** Something to tell one person. The words are made when it is told, from what is stored then. */
export const whisperTo = defineJob(
  'whisper',
  z.object({
    /** Who makes the words: `claim.won`. */
    topic: z.string(),
    leadId: z.string(),
    /** The person's account on one platform. */
    account: z.string(),
    /** Where they acted. */
    channel: z.string().nullable(),
    /** The message of that channel below which they acted. */
    under: z.string().nullable().default(null),
    /** The timeline fact it is about. */
    factId: z.string().nullable(),
    /** When it came up; milliseconds since 1970. */
    at: z.number(),
  }),
);

/** What a whisper is about. */
export type Whisper = z.infer<typeof whisperTo.payload>;

/** Makes the words of a topic; null when there is nothing left to say. */
export type Whisperer = (whisper: Whisper) => Promise<Card | null>;

/** Where somebody acted; somebody who did not is told in their private conversation. */
export type ActedAt = Pick<Click, 'channel' | 'under'>;

/** Asks for one person to be told something, where they acted. */
export function whisper(
  enqueue: Enqueue,
  about: Pick<Whisper, 'topic' | 'leadId' | 'account'> & { readonly where?: ActedAt; readonly factId?: bigint; readonly at: Date },
): void {
  const { where = {}, factId, at, ...rest } = about;
  const { channel = null, under = null } = where;
  enqueue(whisperTo, { ...rest, channel, under, factId: factId?.toString() ?? null, at: at.getTime() });
}

const AGAIN_MS = 2_000;

/** Tells people things. A repetition after a lost answer is harmless: better heard twice than never. */
export function whisperer(parts: {
  readonly lanes: Lanes;
  platformOf(id: PersonId): Platform | undefined;
  readonly topics: ReadonlyMap<string, Whisperer>;
  /** Somebody who has left could not be told. */
  departed(whisper: Whisper): Promise<void>;
}) {
  return async (job: Whisper, { signal }: { signal: AbortSignal }): Promise<void> => {
    const platform = parts.platformOf(job.account);
    const make = parts.topics.get(job.topic);
    if (!platform || !make) return;
    const channel = job.channel ?? undefined;
    const place = channel === undefined ? undefined : { channel, ...(job.under !== null && { under: job.under }) };
    for (;;) {
      const card = await make(job);
      if (!card) return;
      try {
        const pace = { ...platform.pace('whisper', channel) };
        // People do not wait for one another, only each for what was said before.
        pace.lane = `${pace.lane}:${job.account}`;
        await parts.lanes.through(pace, signal, () => platform.whisper(job.account, place, card, signal), refusal);
        return;
      } catch (error) {
        if (!(error instanceof PlatformFailure)) throw error;
        if (error.kind === 'gone') return parts.departed(job);
        if (error.kind === 'never' || error.kind === 'unreachable') throw new Hopeless(error.code);
        if (error.kind !== 'wait') await sleep(AGAIN_MS, undefined, { signal });
      }
    }
  };
}
