import { afterEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../src/sandbox/slack/index.js';
import { plainly, words } from '../support/seen.js';
import { type Ground, openGround, type Somebody, salespeople } from './support/ground.js';
import { openLedger } from './support/ledger.js';
import { percentile, report, seconds } from './support/report.js';
import { limit, size } from './support/size.js';
import { cards } from './support/verdict.js';
import { until } from './support/wait.js';

let ground: Ground | undefined;
afterEach(() => ground?.close());

const CROWD = salespeople(50);

describe('F13: fifty people press on each lead at once, three processes answer', () => {
  it('each lead has one owner, everybody else reads who, nobody goes without an answer', async () => {
    const count = size(12, 1_000);
    ground = await openGround({ sites: size(12, 100), people: CROWD, simulator: { rate: 'off', times: { ackMs: limit(3_000) } } });
    const { slack } = ground;
    await ground.startAll([{}, {}, {}]);
    const ledger = openLedger(ground);
    const { sites } = ground;
    const leads = Array.from({ length: count }, (_, n) => ledger.write(sites[n % sites.length] ?? { id: '', channel: '' }));
    for (const lead of leads) expect((await ledger.send(lead)).status).toBe(202);
    await until('a card for every lead', size(120_000, 600_000), () => cards(ground as Ground).length === count);

    const began = performance.now();
    const [spans, waits]: [number[], number[]] = [[], []];
    for (const [n, { channel, message }] of cards(ground).entries()) {
      const pressed: number[] = [];
      const press = async ({ user }: Somebody) => {
        const at = performance.now();
        pressed.push(at);
        const answer = await slack.as(user).click({ channel, ts: message.ts, action_id: 'claim.take' });
        waits.push(performance.now() - at);
        return answer.ok;
      };
      const answers = await Promise.all(CROWD.map(press));
      // Processes that have just started still compile what the first clicks need.
      if (n > 0) expect(answers).toEqual(CROWD.map(() => true));
      spans.push(Math.max(...pressed) - Math.min(...pressed));
    }
    const clicked = performance.now() - began;
    const told = () => CROWD.reduce((sum, { user }) => sum + slack.ephemerals(user).filter(({ message }) => !isBusy(message)).length, 0);
    await until('a private word for every click', size(180_000, 1_800_000), () => told() >= CROWD.length * count).catch((error) => {
      throw new Error(`${error.message}; told: ${told()}`);
    });
    const busy = () => CROWD.reduce((sum, { user }) => sum + slack.ephemerals(user).filter(({ message }) => isBusy(message)).length, 0);
    const won = await winners(ground);
    expect(won.size).toBe(count);
    const whispers = heard(ground);
    report(
      'F13',
      `${won.size} owners of ${count}, ${whispers.refusals} refusals naming the owner, ${CROWD.length * count - told()} unanswered, ${busy()} told to try again first; presses of a lead within p50 ${Math.round(percentile(spans, 0.5))} ms, p99 ${Math.round(percentile(spans, 0.99))} ms; answered p50 ${Math.round(percentile(waits, 0.5))} ms, p99 ${Math.round(percentile(waits, 0.99))} ms, worst ${Math.round(percentile(waits, 1))} ms; ${seconds(clicked)} of clicks, all told after ${seconds(performance.now() - began)}`,
      `${count} owners, ${49 * count} refusals, 0 unanswered`,
    );
    expect(whispers).toEqual(expected(won));
    for (const card of cards(ground)) expect(JSON.stringify(card.message.blocks)).toContain(won.get(card.leadId));
  });
});

/** Who owns each lead, by name; each was claimed once and refused to all the others. */
async function winners(there: Ground): Promise<Map<string, string>> {
  const rows = await there.ask<{ id: string; name: string; claims: number; refusals: number }>(
    `SELECT l.id, p.name, count(*) FILTER (WHERE e.kind = 'claimed')::int AS claims, count(*) FILTER (WHERE e.kind = 'refused')::int AS refusals
     FROM lead l JOIN person p ON p.id = l.owner_id JOIN timeline_event e ON e.lead_id = l.id GROUP BY 1, 2`,
  );
  expect(rows.filter((row) => row.claims !== 1 || row.refusals !== CROWD.length - 1)).toEqual([]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A machine too slow for three seconds says so, and carries the click out all the same. */
function isBusy(message: SlackMessage): boolean {
  return /^Forecourt ne répond pas/.test(plainly(words(message)));
}

interface Heard {
  readonly refusals: number;
  /** `winner > loser`: how often the loser was told that the winner was faster; `winner`: how often they won. */
  readonly times: Readonly<Record<string, number>>;
}

function heard({ slack }: Ground): Heard {
  const times: Record<string, number> = {};
  let refusals = 0;
  for (const { user, name } of CROWD) {
    for (const { message } of slack.ephemerals(user)) {
      const text = plainly(words(message));
      const faster = /^(.+) a été plus rapide de /.exec(text)?.[1];
      if (isBusy(message)) continue;
      if (faster !== undefined) refusals++;
      const key = faster !== undefined ? `${faster} > ${name}` : text.startsWith("C'est à vous.") ? name : text;
      times[key] = (times[key] ?? 0) + 1;
    }
  }
  return { refusals, times };
}

function expected(won: ReadonlyMap<string, string>): Heard {
  const times: Record<string, number> = {};
  const add = (key: string) => {
    times[key] = (times[key] ?? 0) + 1;
  };
  for (const winner of won.values()) {
    add(winner);
    for (const { name } of CROWD) if (name !== winner) add(`${winner} > ${name}`);
  }
  return { refusals: (CROWD.length - 1) * won.size, times };
}
