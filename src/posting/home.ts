import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Card } from '../chat/card.js';
import { type Pace, PlatformFailure } from '../chat/platform.js';
import type { PersonId } from '../chat/text.js';
import type { Db } from '../store/database.js';
import { groupCommit } from '../store/group-commit.js';
import { defineJob } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';
import type { Store } from '../store/store.js';
import { refusal } from './standing.js';

/** Somebody's own page with the bot, on a platform that has such pages. */
export interface HomePages {
  /**
   * Shows cards on it, one attempt. `token`: what the last showing answered; when the page was replaced since by another
   * process, it is drawn again before it is shown.
   * @returns the new token
   */
  show(person: PersonId, draw: () => Promise<readonly Card[]>, token: string | null, signal: AbortSignal): Promise<string>;
  /** `opened`: somebody is looking at it and waits. */
  pace(person: PersonId, opened: boolean): Pace;
  /** It stands where people see it without opening it, so it is kept up to date for as long as it can be reached. */
  readonly stays: boolean;
}

const page = z.object({ account: z.string() });

/** Draws the page of somebody who opened it and waits; not behind those nobody waits for. */
export const openHome = defineJob('home-opened', page);
/** Draws a page anew because something it may show has changed. */
export const redrawHome = defineJob('home', page);

/** Looks at every page somebody may still be looking at: time alone makes leads late. */
export const lookAtHomes = defineJob('homes', z.object({}));

/** A page nobody has opened for so long is left as it is until it is opened. */
const WATCHED_HOURS = 8;
/** One that stays is looked at that often, when nothing happens: time alone makes leads late. */
const LOOK_MINUTES = 5;
/** Between two drawings of one page that nobody asked for. */
const GAP_MS = 5_000;
const AGAIN_MS = 2_000;
/** A mark this old belongs to a job that was given up on. */
const MARKED_MINUTES = 15;

type Page = z.infer<typeof page>;

export interface HomeParts {
  readonly store: Store;
  readonly lanes: Lanes;
  /** Undefined where the account's platform has no such pages. */
  pagesOf(account: PersonId): HomePages | undefined;
  draw(account: PersonId): Promise<readonly Card[]>;
  /** Of these accounts, those whose page may show something of one of these leads. */
  concerned(accounts: readonly PersonId[], leadIds: readonly string[]): Promise<readonly PersonId[]>;
  /** A page out of reach, for whoever can mend it. */
  unreachable(account: PersonId, code: string): void;
}

/** Pages that follow what happens, without flooding the platform: however much changes at once, a page is drawn anew once. */
export function homes(parts: HomeParts) {
  const { store } = parts;
  const changed = groupCommit(async (leadIds: readonly string[]) => {
    const watched = await readWatched(parts);
    if (watched.length > 0) await want(store, await parts.concerned(watched, [...new Set(leadIds)]));
    return leadIds;
  });

  return {
    /** Somebody opened their page. */
    opened: (account: PersonId): Promise<void> =>
      store.transact(async ({ db, enqueue }) => {
        await db.$executeRaw`
          INSERT INTO home (account, opened_at) VALUES (${account}, clock_timestamp())
          ON CONFLICT (account) DO UPDATE SET opened_at = clock_timestamp()`;
        enqueue(openHome, { account }, { group: account });
      }),

    /**
     * A lead has changed. To be called after the commit: a page drawn between a mark and the commit would lack the change,
     * and the mark be gone.
     */
    changed: async (leadId: string): Promise<void> => void (await changed(leadId)),

    look: async (): Promise<void> => want(store, await readWatched(parts, LOOK_MINUTES)),

    draw: (opened: boolean) => (job: Page, context: { readonly signal: AbortSignal }) => draw(parts, job.account, opened, context.signal),
  };
}

async function draw(parts: HomeParts, account: PersonId, opened: boolean, signal: AbortSignal): Promise<void> {
  const pages = parts.pagesOf(account);
  if (!pages) return;
  const pace = pages.pace(account, opened);
  for (;;) {
    const before = await begin(parts.store.db, account);
    if (!before) return;
    let shows = '';
    const cards = async () => {
      const drawn = await parts.draw(account);
      shows = digestOf(drawn);
      return drawn;
    };
    try {
      // Drawn twice where it is shown at all: what waits in a lane would be old by the time it is shown.
      if (!opened && digestOf(await parts.draw(account)) === before.shows) return;
      const call = async (answered: () => void) => {
        // Read in the lane: another drawing may have waited in it before, and have shown something since.
        const token = await pages.show(account, cards, await readToken(parts.store.db, account), signal);
        answered();
        await save(parts.store.db, account, shows, token);
      };
      return await parts.lanes.through(pace, signal, call, refusal);
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw error;
      if (error.kind === 'never' || error.kind === 'gone' || error.kind === 'unreachable') {
        parts.unreachable(account, error.code);
        return forget(parts.store.db, account);
      }
      if (error.kind !== 'wait') await sleep(AGAIN_MS, undefined, { signal });
    }
  }
}

function digestOf(cards: readonly Card[]): string {
  return createHash('sha256').update(JSON.stringify(cards)).digest('base64url');
}

/** Whose pages are looked at these hours, or stay, and have no job on its way. `rested`: of those that stay, only what was not drawn for so long. */
async function readWatched({ store, pagesOf }: HomeParts, rested = 0): Promise<PersonId[]> {
  const rows = await store.db.$queryRaw<{ account: string; recent: boolean; rested: boolean }[]>`
    SELECT account, opened_at > clock_timestamp() - ${WATCHED_HOURS} * interval '1 hour' AS recent,
      COALESCE(drawn_at <= clock_timestamp() - ${rested} * interval '1 minute', true) AS rested
    FROM home WHERE wanted_at IS NULL OR wanted_at < clock_timestamp() - ${MARKED_MINUTES} * interval '1 minute'`;
  return rows.filter((row) => (pagesOf(row.account)?.stays ? row.rested : row.recent)).map(({ account }) => account);
}

/** Marks pages and asks for their drawing. Whoever finds a mark already there leaves it to the job that is on its way. */
function want(store: Store, accounts: readonly PersonId[]): Promise<void> {
  if (accounts.length === 0) return Promise.resolve();
  return store.transact(async ({ db, enqueue }) => {
    const marked = await db.$queryRaw<{ account: string; waitMs: number }[]>`
      UPDATE home SET wanted_at = clock_timestamp()
      FROM (
        SELECT account FROM home WHERE account = ANY(${[...accounts]})
          AND (wanted_at IS NULL OR wanted_at < clock_timestamp() - ${MARKED_MINUTES} * interval '1 minute')
        ORDER BY account FOR UPDATE
      ) due
      WHERE home.account = due.account
      RETURNING home.account, GREATEST(0, COALESCE(
        EXTRACT(EPOCH FROM drawn_at - clock_timestamp()) * 1000 + ${GAP_MS}, 0))::float8 AS "waitMs"`;
    for (const { account, waitMs } of marked) {
      const later = waitMs > 0 ? { notBefore: new Date(Date.now() + waitMs) } : {};
      enqueue(redrawHome, { account }, { group: account, ...later });
    }
  });
}

/** Takes the mark away before anything is read: what changes from now on marks the page again. */
async function begin(db: Db, account: PersonId): Promise<{ readonly shows: string | null } | null> {
  const [row] = await db.$queryRaw<{ shows: string | null }[]>`
    UPDATE home SET wanted_at = NULL, drawn_at = clock_timestamp() WHERE account = ${account} RETURNING shows`;
  return row ?? null;
}

async function readToken(db: Db, account: PersonId): Promise<string | null> {
  const [row] = await db.$queryRaw<{ token: string | null }[]>`SELECT token FROM home WHERE account = ${account}`;
  return row?.token ?? null;
}

async function save(db: Db, account: PersonId, shows: string, token: string): Promise<void> {
  await db.$executeRaw`UPDATE home SET shows = ${shows}, token = ${token} WHERE account = ${account}`;
}

/** Nothing more is drawn for them until they open it again. */
async function forget(db: Db, account: PersonId): Promise<void> {
  await db.$executeRaw`DELETE FROM home WHERE account = ${account}`;
}
