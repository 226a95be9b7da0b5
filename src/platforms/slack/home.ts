import type { types } from '@slack/bolt';
import type { Card } from '../../chat/card.js';
import { type Pace, PlatformFailure } from '../../chat/platform.js';
import type { PersonId } from '../../chat/text.js';
import { type Call, part } from './client.js';
import { LIMITS } from './limits.js';
import { readPerson } from './refs.js';
import { cardBlocks } from './render.js';

/** The app's Home tab: one page per person, shown by the program. */
export interface SlackHome {
  /**
   * Shows cards, one below the other. `token`: what the last showing answered; when the page is another by now, the cards
   * are drawn again and replace it.
   * @returns the token of what is shown now
   */
  show(person: PersonId, draw: () => Promise<readonly Card[]>, token: string | null, signal?: AbortSignal): Promise<string>;
  /** `opened`: somebody is looking at it and waits. */
  pace(person: PersonId, opened: boolean): Pace;
  /** Who does not open it does not see it. */
  readonly stays: false;
}

/** Slack takes a hundred pages and more a minute; those nobody waits for leave room for those somebody does. */
const GAP_MS = 1_000;
const CONFLICT = 'hash_conflict';

export function slackHome(call: Call): SlackHome {
  const publish = async (user: string, cards: readonly Card[], hash: string | null, signal?: AbortSignal) => {
    const args = { user_id: user, view: homeView(cards), ...(hash === null ? {} : { hash }) };
    const { hash: shown } = part(await call('views.publish', args, 'change', signal), 'view');
    return typeof shown === 'string' ? shown : '';
  };
  return {
    stays: false,
    async show(person, draw, token, signal) {
      const user = readPerson(person);
      if (user === undefined) throw new PlatformFailure('never', 'foreign_person');
      const cards = await draw();
      try {
        return await publish(user, cards, token || null, signal);
      } catch (error) {
        if (!(error instanceof PlatformFailure) || error.code !== CONFLICT) throw error;
        // Somebody else showed something since: perhaps more than we knew when we drew.
        return publish(user, await draw(), null, signal);
      }
    },
    pace: (_, opened) => ({
      lane: opened ? 'slack:home:opened' : 'slack:home',
      gapMs: opened ? 0 : GAP_MS,
      budget: 'slack:views.publish',
      refusalStops: 'budget',
    }),
  };
}

/** What Slack draws on the Home tab. Each card is whole or cut at its end; a rule stands between two. */
export function homeView(cards: readonly Card[]): types.HomeView {
  const blocks: types.KnownBlock[] = [];
  for (const card of cards) {
    const rule: types.KnownBlock[] = blocks.length > 0 ? [{ type: 'divider' }] : [];
    const room = LIMITS.viewBlocks - blocks.length - rule.length;
    if (room > 0) blocks.push(...rule, ...cardBlocks(card, room, LIMITS.homeCardText).slice(0, room));
  }
  return { type: 'home', blocks };
}
