import { afterEach, describe, expect, it } from 'vitest';
import { type Ground, openGround } from './support/ground.js';
import { openLedger } from './support/ledger.js';
import { report } from './support/report.js';
import { chance, size } from './support/size.js';
import { verdict } from './support/verdict.js';
import { lasting } from './support/wait.js';

let ground: Ground;
afterEach(() => ground?.close());

describe('F14: every lead delivered five times, concurrently, out of order, across restarts', () => {
  it('as many leads as were meant, and every repeat gets the first answer', async () => {
    const count = size(150, 2_000);
    const luck = chance('F14');
    ground = await openGround({ sites: size(12, 40) });
    await ground.start();
    const ledger = openLedger(ground);
    const leads = Array.from({ length: count }, () => ledger.write(luck.one(ground.sites)));
    const deliveries = luck.shuffled([1, 2, 3, 4, 5].flatMap(() => leads));
    const results = { created: 0, resend: 0 };
    let stormy = true;
    const storm = (async () => {
      for (let n = 0; stormy && n < size(3, 20); n++) {
        await lasting(luck.between(300, 1_500));
        await ground.kill();
        await ground.start();
      }
    })();
    const deliver = async () => {
      for (let lead = deliveries.pop(); lead; lead = deliveries.pop()) {
        let answer = await ledger.send(lead);
        while (answer.status !== 202) {
          await lasting(100);
          answer = await ledger.send(lead);
        }
        if (answer.result === 'created' || answer.result === 'resend') results[answer.result]++;
      }
    };
    await Promise.all(Array.from({ length: 20 }, deliver));
    stormy = false;
    await storm;
    expect(results.created + results.resend).toBe(5 * count);
    expect(results.created).toBeLessThanOrEqual(count);
    await verdict(ground, ledger, size(120_000, 600_000));
    const [row] = await ground.ask<{ count: number }>('SELECT count(*)::int AS count FROM lead');
    report(
      'F14',
      `${5 * count} deliveries: ${row?.count} leads, ${results.created} answered created, ${results.resend} with the first answer again`,
      `${count} leads; repeats get the first answer`,
    );
    expect(row?.count).toBe(count);
  });
});
