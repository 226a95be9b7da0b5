import { afterEach, describe, expect, it } from 'vitest';
import { localDay } from '../../src/dealership/clock.js';
import type { Process } from '../support/processes.js';
import { configFor } from '../support/running.js';
import { type Ground, openGround } from './support/ground.js';
import { report } from './support/report.js';
import { chance, size } from './support/size.js';
import { lasting, until } from './support/wait.js';

let ground: Ground | undefined;
afterEach(() => ground?.close());

const SITES = size(12, 60);
const KILLS = size(6, 60);

describe(`three processes, killed ${KILLS} times while ${SITES} digests are due`, () => {
  it('each site has its digest, once', async () => {
    const random = chance('digests');
    ground = await openGround({ sites: SITES, digests: true });
    const { slack } = ground;
    // Slack takes its time, and now and then an answer is lost: deaths fall between a post and its answer.
    slack.faults.add({ effect: { kind: 'slow', ms: 400 }, method: 'chat.postMessage', probability: 0.8 });
    slack.faults.add({ effect: { kind: 'lost', stored: true }, method: 'chat.postMessage', probability: 0.1, times: 5 });
    const began = Date.now();
    const running: Process[] = [ground.launch(), ground.launch(), ground.launch()];
    for (let n = 0; n < KILLS; n++) {
      const place = random.between(0, 2);
      const victim = running[place];
      if (!victim) throw new Error('three run');
      // Most die at their work, some while they start.
      if (random.next() < 0.7) await victim.ready;
      await lasting(random.between(50, 1_200));
      victim.signal('SIGKILL');
      await victim.ended;
      running[place] = ground.launch();
    }
    await until('every digest known to stand', 300_000, async () => {
      const [row] = (await ground?.ask<{ missing: number }>(
        `SELECT (${SITES} - count(message))::int AS missing FROM notice WHERE topic = 'digest'`,
      )) ?? [{ missing: SITES }];
      return row?.missing === 0;
    });
    const [example] = configFor('http://127.0.0.1:9/api/').dealerships;
    if (!example) throw new Error('no example');
    const days = [...new Set([new Date(began), new Date()].map((at) => localDay(example, at)))];
    const marks = ground.sites.map(({ channel }) => slack.messages(channel).map((message) => JSON.stringify(message.metadata)));
    expect(marks.map((all) => all.length).filter((count) => count < 1 || count > days.length)).toEqual([]);
    expect(new Set(marks.flat()).size).toBe(marks.flat().length);
    report('digests', `${marks.flat().length} for ${SITES} sites after ${KILLS} kills`, `${SITES}, none twice`);
  });
});
