import type { Db } from './database.js';

/** How often the database's clock is looked at again: it may be set, and ours may drift. */
const LOOK_EVERY_MS = 5_000;

/** The database's time, without asking it each time. */
export interface DatabaseClock {
  now(): Date;
  stop(): void;
}

/**
 * Several processes decide by one clock, the one their timers are kept by: the database's. What this process's own clock
 * says, or is set to, does not matter.
 */
export async function databaseClock(db: Db): Promise<DatabaseClock> {
  const look = async () => {
    const asked = performance.now();
    const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    const answered = performance.now();
    return { at: row?.at.getTime() ?? Date.now(), when: (asked + answered) / 2, within: answered - asked };
  };
  let known = await look();
  const again = async () => {
    const seen = await look();
    // A late answer says less about now than what was known, unless the clock was set meanwhile.
    const told = known.at + (seen.when - known.when);
    if (seen.within <= known.within || Math.abs(seen.at - told) > seen.within) known = seen;
  };
  const looking = setInterval(() => void again().catch(() => {}), LOOK_EVERY_MS).unref();
  return {
    now: () => new Date(known.at + performance.now() - known.when),
    stop: () => clearInterval(looking),
  };
}

/** The embedded database is in this process, and tells its time. */
export const ownClock: DatabaseClock = { now: () => new Date(), stop() {} };
