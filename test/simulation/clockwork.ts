import { sentence } from '../../src/chat/card.js';
import type { Config } from '../../src/config.js';
import { groupOf } from '../../src/dealership/group.js';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { directory } from '../../src/dealership/people.js';
import { createDesk } from '../../src/desk.js';
import { slackPlatform } from '../../src/platforms/slack/index.js';
import { noticer, showNotice } from '../../src/posting/notice.js';
import { openLanes } from '../../src/store/lanes.js';
import { schedule } from '../../src/store/schedule.js';
import { openStore, type Store } from '../../src/store/store.js';
import { lookAtClock } from '../../src/workflows/digest/give.js';
import { digestWorkflow } from '../../src/workflows/digest/index.js';

/**
 * Of the program, all that the clock moves: store, jobs, lanes, Slack, and the workflow of digests, put together as
 * `app.ts` does. The rest would poll its own tables all day long.
 */
export async function startClockwork(config: Config, apiUrl: string, log: (line: string) => void): Promise<Store> {
  const { dealerships, people, sources, group } = config;
  const house = groupOf(group.name, dealerships, directory(people, dealerships), sources);
  const failed = (_: string, __: string, ___: number, error: unknown) => log(String(error));
  const store = await openStore({ kind: 'embedded', folder: config.dataDir }, [showNotice, lookAtClock], {
    ...{ failed, trouble: (error) => log(String(error)) },
    buried: (kind, _, reason) => log(`${kind} was given up on: ${reason}`),
  });
  await mirrorGroup(store.db, dealerships, people);
  const slack = slackPlatform({
    ...{ botToken: config.slack?.botToken ?? '', signingSecret: 'none', apiUrl },
    ...{ log: () => {}, trouble: () => sentence('Sorry'), troubleText: () => 'Sorry' },
  });
  const platformOf = () => slack;
  const workflow = digestWorkflow(
    createDesk(
      store,
      house,
      group.language,
      platformOf,
      () => new Date(),
      () => null,
    ),
  );
  const drawings = new Map(Object.entries(workflow.notices ?? {}));
  const unreachable = (channel: string, code: string) => log(`${channel}: ${code}`);
  await store.jobs.work(showNotice, { concurrency: 8 }, noticer({ store, lanes: openLanes(store.db), platformOf, drawings, unreachable }));
  for (const job of workflow.jobs ?? []) await job.register(store.jobs);
  const ask = (key?: string) =>
    store.transact(async ({ enqueue }) => enqueue(lookAtClock, {}, key === undefined ? {} : { once: { key, inSeconds: 55 } }));
  schedule(
    '* * * * *',
    () => ask('clock'),
    (error) => log(String(error)),
  );
  await ask();
  return store;
}
