import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGround } from './support/ground.js';
import { openLedger } from './support/ledger.js';
import { report, seconds } from './support/report.js';
import { chance } from './support/size.js';
import { traffic } from './support/traffic.js';
import { cards, shownAt, verdict } from './support/verdict.js';
import { lasting, until } from './support/wait.js';

/**
 * A folder on the small file system that holds the data of the server TEST_DATABASE_URL names, to be filled to the last
 * byte. Only a server of one's own can be treated so: without it there is nothing to test here.
 */
const SMALL_DISK = process.env.FAULTS_SMALL_DISK ?? '';

describe('F17: the disk of the database is full', () => {
  it('answers 503, never a false 2xx, and heals alone', async () => {
    const ground = await openGround({ sites: 12 });
    const filler = join(SMALL_DISK, 'filler');
    try {
      await ground.start();
      const ledger = openLedger(ground);
      const flow = traffic(ground, ledger, chance('F17 disk'), { sources: 3, gapMs: 60 });
      await until('the first cards', 10_000, () => cards(ground).length > 5);
      const { bavail, bsize } = await statfs(SMALL_DISK);
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(() => {});
      const full = Date.now();
      const first = await until('a refusal', 120_000, () => flow.attempts.find((one) => one.at > full && one.status === 503));
      await lasting(5_000);
      await rm(filler);
      const healed = Date.now();
      const gap = await until('a card after there was room', 60_000, () => {
        const after = cards(ground).filter((card) => (ledger.sent.get(card.key)?.acceptedAt ?? 0) > healed);
        return after.length > 0 && Math.min(...after.map(shownAt)) - healed;
      });
      await flow.end();
      await verdict(ground, ledger);
      const refused = flow.attempts.filter((one) => one.status === 503).length;
      report(
        'F17 disk full',
        `first refusal ${seconds(first.at - full)} after, ${refused} answered 503, working ${seconds(gap)} after, 0 lost`,
        '503, 0 false 2xx, heals alone',
      );
      for (const { status, retryAfter } of flow.attempts.filter((one) => one.status !== 202)) {
        expect(status).toBe(503);
        expect(Number(retryAfter)).toBeGreaterThan(0);
      }
    } finally {
      await rm(filler, { force: true });
      await ground.close();
    }
  });
});
