import type { House } from './house.js';
import { auditLeads } from './leads/audit.js';
import { lookAtHomes } from './posting/home.js';
import { forgetNotices } from './posting/upkeep.js';
import type { JobKind, JobPlan } from './store/jobs.js';
import { forgetKept } from './store/kept.js';
import { whenThereIsRoom } from './store/room.js';
import { schedule } from './store/schedule.js';
import { sweepPictures } from './web/index.js';

/** Asked for by every process each minute, done once: no two minutes share a slot of this length. */
const MINUTELY_S = 55;
const HOURLY_S = 3_000;

/**
 * What happens again and again: a tick only asks for work, by a key that makes it one however many processes tick.
 * @returns stops the ticking
 */
export async function startTicking({ store, logger, workflows }: House): Promise<() => void> {
  const everyMinute: readonly JobKind<object>[] = [auditLeads, lookAtHomes, ...workflows.flatMap((workflow) => workflow.everyMinute ?? [])];
  const ask = (plan: (kind: string) => JobPlan) =>
    store.transact(async ({ enqueue }) => {
      for (const { name, payload } of everyMinute) enqueue({ name, payload }, {}, plan(name));
    });
  const once = (inSeconds: number) => (key: string) => ({ once: { key, inSeconds } });
  const sweep = () => store.transact(async ({ enqueue }) => enqueue(sweepPictures, {}, once(HOURLY_S)('sweep')));
  const failed = (what: string) => (error: unknown) => logger.error({ err: error }, what);
  const ticks = [
    schedule('* * * * *', () => ask(once(MINUTELY_S)), failed('the work of the minute could not be asked for')),
    schedule('7 * * * *', () => forgetKept(store.db), failed('what was good for a day could not be forgotten')),
    schedule('27 * * * *', () => forgetNotices(store.db), failed('notices of long ago could not be forgotten')),
    schedule('17 * * * *', store.tidy, failed('the database could not be tidied')),
    schedule('37 * * * *', sweep, failed('old pictures could not be asked away')),
  ];
  // Whatever was asked for a moment ago: what this process finds due must not wait for the next minute.
  await whenThereIsRoom(() => ask(() => ({})));
  return () => {
    for (const stop of ticks) stop();
  };
}
