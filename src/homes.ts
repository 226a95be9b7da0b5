import type { PersonId } from './chat/text.js';
import { sitesOf } from './leads/records.js';
import type { Logger } from './observe.js';
import { type HomePages, homes, lookAtHomes, openHome, redrawHome } from './posting/home.js';
import type { Work } from './store/jobs.js';
import type { Lanes } from './store/lanes.js';
import type { Store } from './store/store.js';
import { homeOf } from './workflows/mine/index.js';
import type { Desk } from './workflows/workflow.js';

/** Everybody's own page, on the platforms that have such pages: opened by them, or standing in their conversation with the bot. */
export interface Homes {
  /** Somebody opened theirs, or begins a conversation in which it stands. */
  opened(account: PersonId): Promise<void>;
  /** Somebody does not know what to say: where their page stands in the conversation, it stands there from now on. */
  lost(account: PersonId): Promise<void>;
  /** Whatever changes of a lead is announced after the commit; before that is done, since pages must not wait for a channel. */
  noting<Job extends { readonly leadId: string }>(announce: Work<Job>): Work<Job>;
  /** Begins to draw them. */
  work(): Promise<void>;
}

/** The kinds of jobs that draw pages. */
export const HOME_JOBS = [openHome, redrawHome, lookAtHomes] as const;

export interface HomesParts {
  readonly store: Store;
  readonly lanes: Lanes;
  readonly desk: Desk;
  readonly logger: Logger;
  pagesOf(account: PersonId): HomePages | undefined;
}

export function createHomes({ store, lanes, desk, logger, pagesOf }: HomesParts): Homes {
  const { directory, dealerships } = desk.group;
  const pages = homes({
    store,
    lanes,
    pagesOf,
    draw: (account) => homeOf(desk, { person: account }),
    // Whose it was before may be somebody else, and so everybody who works there.
    async concerned(accounts, leadIds) {
      const changed = await sitesOf(store.db, leadIds);
      const sites = dealerships.filter(({ id }) => changed.has(id));
      return accounts.filter((account) => sites.some((site) => directory.belongs(directory.byAccount(account), site)));
    },
    unreachable: (account, code) => logger.error({ account, code }, "somebody's home page could not be shown; it waits until they open it"),
  });
  return {
    opened: pages.opened,
    lost: async (account) => {
      if (pagesOf(account)?.stays) await pages.opened(account);
    },
    noting: (announce) => async (job, context) => {
      await pages.changed(job.leadId);
      await announce(job, context);
    },
    async work() {
      await store.jobs.work(openHome, { concurrency: 8 }, pages.draw(true));
      await store.jobs.work(redrawHome, { concurrency: 4 }, pages.draw(false));
      await store.jobs.work(lookAtHomes, { concurrency: 1 }, pages.look);
    },
  };
}
