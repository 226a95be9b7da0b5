import type { Card } from '../../chat/card.js';
import { type Pace, PlatformFailure } from '../../chat/platform.js';
import type { PersonId } from '../../chat/text.js';
import { readPerson } from './refs.js';
import { renderCards, type Surroundings } from './render.js';
import type { Speaker } from './speak.js';

/** Somebody's own page: one message in their conversation with the bot, which is changed and not said again. */
export interface TeamsHome {
  /** `token`: the message, once there is one. @returns the message that stands now */
  show(person: PersonId, draw: () => Promise<readonly Card[]>, token: string | null, signal?: AbortSignal): Promise<string>;
  pace(person: PersonId): Pace;
  /** It stands in the conversation, and is seen there without being opened. */
  readonly stays: true;
}

const GAP_MS = 500;

export function teamsHome({ postTo, change }: Pick<Speaker, 'postTo' | 'change'>, surroundings: Surroundings): TeamsHome {
  return {
    stays: true,
    async show(person, draw, token, signal) {
      const [first, ...others] = await draw();
      if (first === undefined) return token ?? '';
      const message = renderCards(first, others, surroundings);
      if (!token) return postTo(person, message, signal);
      try {
        await change(token, message, signal);
        return token;
      } catch (error) {
        if (!(error instanceof PlatformFailure) || error.kind !== 'gone') throw error;
        return postTo(person, message, signal);
      }
    },
    // One lane for each: of two that would post, the second must know what the first has posted.
    pace: (person) => ({
      lane: `teams:home:${readPerson(person) ?? 'nobody'}`,
      gapMs: GAP_MS,
      budget: 'teams:home',
      refusalStops: 'lane',
    }),
  };
}
