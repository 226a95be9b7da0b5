import { insist } from './insist.js';

/** Other processes that start at the same time have by then found what they need, and let go of the rest. */
const ROOM_WITHIN_MS = 60_000;
/** PostgreSQL's `too_many_connections`, also said when a role or a database has all that were granted to it. */
const CROWDED = '53300';
const SAID = /^(sorry, )?too many (clients|connections)|^remaining connection slots are reserved/;

/** The server had no connection left for this process, for as long as one is waited for. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  constructor(cause: unknown, withinMs: number) {
    super(
      `The database that DATABASE_URL names had no connection left for ${withinMs / 1000} s. Raise max_connections there (a process takes up to 14), or run fewer processes.`,
      { cause },
    );
  }
}

/**
 * Repeats what a start cannot do without, while the server has no connection left: where many processes start at once,
 * each takes more for a moment than it keeps. Anything else that fails, fails.
 * @param work may be done again after it failed half way
 * @param waiting told once, when the first attempt found no room
 * @throws NoRoom after `withinMs`, by default a minute
 */
export async function whenThereIsRoom<T>(
  work: () => Promise<T>,
  waiting: (error: unknown) => void = () => {},
  withinMs = ROOM_WITHIN_MS,
): Promise<T> {
  let told = false;
  const crowded = (error: unknown) => {
    if (!isCrowded(error)) return false;
    if (!told) waiting(error);
    told = true;
    return true;
  };
  return insist(withinMs, work, crowded).catch((error: unknown) => {
    throw isCrowded(error) ? new NoRoom(error, withinMs) : error;
  });
}

/**
 * Prisma keeps what the driver said beside its own error. Its migration engine passes on the words alone, which are found
 * in English only: a start that meets them in another language, in that one moment, fails.
 */
function isCrowded(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } };
  return code === CROWDED || meta?.driverAdapterError?.cause?.originalCode === CROWDED || SAID.test(error.message);
}
