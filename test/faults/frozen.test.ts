import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { signature } from '../../src/sandbox/slack/index.js';
import { clickBody } from '../support/forge.js';
import { SEED } from '../support/running.js';
import { type Ground, openGround, type Replica, salespeople } from './support/ground.js';
import { openLedger } from './support/ledger.js';
import { claim, fill, markOf, offering, type Standing, shows, surely } from './support/people.js';
import { report, seconds } from './support/report.js';
import { chance, limit, size } from './support/size.js';
import { sendOne, traffic } from './support/traffic.js';
import { cards, storedPosts, verdict } from './support/verdict.js';
import { lasting, until } from './support/wait.js';

let ground: Ground | undefined;
afterEach(() => ground?.close());

const SELLERS = [
  { user: 'U0SELLER0', name: 'Vendeuse 0' },
  { user: 'U0SELLER1', name: 'Vendeuse 1' },
] as const;
const PEOPLE = [
  ...salespeople(3),
  { user: 'U0CHEF', id: 'chef', name: 'Cheffe', role: 'sales-manager' },
  { user: 'U0PATRON', id: 'patron', name: 'Patron', role: 'director' },
  { user: 'U0VO', id: 'vo', name: 'Responsable', role: 'used-car-manager' },
];
const TIMERS = `name IN ('abandon-reminder', 'appraisal.chase')`;

describe('F11: one of three processes stands still while it holds jobs, and goes on', () => {
  it('no second owner, no second card, late writes refused, every timer once', async () => {
    const frozenFor = size(20_000, 30_000);
    ground = await openGround({ sites: 12, people: PEOPLE });
    const there = ground;
    const { slack, sites } = ground;
    const [frozen] = await ground.startAll([{}]);
    if (!frozen) throw new Error('nothing started');
    const ledger = openLedger(ground);
    const shown = async (n: number, action = 'claim.take') => {
      const lead = await sendOne(ledger, sites[n]);
      return until('its card', limit(20_000), () => offering(there, sites[n]?.channel ?? '', lead.id ?? '', action));
    };

    // Two timers of one lead, which become due and are taken, and cannot go on: somebody else holds the lead.
    const timed = await shown(0);
    await surely('a claim', () => claim(there, SELLERS[0], timed));
    const id = markOf(timed.message);
    const owned = await until('their card', limit(20_000), () => offering(there, timed.channel, id, 'abandon.open'));
    const car = { make: 'Peugeot', model: '208', mileage: '121 000' };
    await surely('an appraisal', () => fill(there, 'U0SELLER0', owned, 'appraisal.open', car));
    const reason = { reason: 'unreachable', justification: 'Huit appels, aucune réponse.' };
    await surely('a request', () => fill(there, 'U0SELLER0', owned, 'abandon.open', reason));
    const contested = await shown(1);

    // Two posts on their way: one Slack has stored, one it has not.
    const hung = [true, false].map((stored, n) =>
      slack.faults.add({ effect: { kind: 'hang', stored }, method: 'chat.postMessage', channel: sites[2 + n]?.channel ?? '', times: 1 }),
    );
    const underway = [await sendOne(ledger, sites[2]), await sendOne(ledger, sites[3])];
    await until('two posts that hang', limit(20_000), () => hung.every((one) => one.hits() === 1));
    const letGo = await ground.hold(id);
    await ground.ask(`UPDATE pgboss.job SET start_after = now() WHERE ${TIMERS}`);
    await until('timers that wait for the lead', limit(20_000), async () => (await waitingForTheLead(there)) > 0);

    frozen.signal('SIGSTOP');
    const stoodStill = performance.now();
    await letGo();
    // A click that reaches the one that stands still lies there until it goes on.
    const late = claimAt(frozen.url, 'U0SELLER0', contested);
    const others = await startOthers(ground, frozen);
    await surely('a claim elsewhere', () => claim(there, SELLERS[1], contested));
    const flow = traffic(ground, ledger, chance('F11'), { sources: 2, gapMs: 200 });
    await until('cards of what was under way', limit(60_000), () =>
      underway.every((lead) => cards(there).some((card) => card.key === lead.key)),
    );
    const tookOver = performance.now() - stoodStill;
    await until('the timers', limit(60_000), async () => (await timersDone(there)).length === 3);
    const timersTook = performance.now() - stoodStill;
    await lasting(Math.max(0, frozenFor - (performance.now() - stoodStill)));

    frozen.signal('SIGCONT');
    const stood = performance.now() - stoodStill;
    ground.route([frozen.url, ...others.map((one) => one.url)]);
    await until('the one that stood still', limit(30_000), async () => (await fetch(`${frozen.url}/healthz`)).ok);
    expect(await late).toBe(200);
    await flow.end();
    await verdict(ground, ledger, 120_000);

    const owners = await ground.ask<{ owner: string; claims: number; refused: number }>(
      `SELECT l.owner_id AS owner, count(*) FILTER (WHERE e.kind = 'claimed')::int AS claims, count(*) FILTER (WHERE e.kind = 'refused')::int AS refused
       FROM lead l JOIN timeline_event e ON e.lead_id = l.id WHERE l.id = '${markOf(contested.message)}' GROUP BY 1`,
    );
    const twice = [...storedPosts(ground)].filter(([, count]) => count > 1);
    report(
      'F11',
      `stood still ${seconds(stood)} with 2 posts, 3 timers and a click in hand; others posted after ${seconds(tookOver)}, reminded after ${seconds(timersTook)}; ${ledger.accepted().length} leads, 1 card each, ${owners[0]?.claims} claim and ${owners[0]?.refused} refusal of the late click, ${(await timersDone(ground)).length} of 3 timers once`,
      '1 owner, 1 card each, every timer once',
    );
    expect(twice).toEqual([]);
    expect(owners).toEqual([{ owner: 'seller1', claims: 1, refused: 1 }]);
    expect(await timersDone(ground)).toEqual(['appraisal', 'directors', 'managers']);
    for (const topic of ['abandon.request', 'appraisal.request']) expect(below(ground, timed.channel, topic)).toBe(1);
    expect(frozen.output()).not.toMatch(/"level":"fatal"/);
  });
});

/** How many messages of a topic stand in a channel. */
function below(there: Ground, channel: string, topic: string): number {
  expect(shows(there, channel, (mark) => mark.includes(`/${topic}/`))).not.toBeNull();
  return there.slack.messages(channel).filter((one) => markOf(one).includes(`/${topic}/`)).length;
}

/** Presses Claim at one process by a connection of its own, with more patience than Slack has. @returns the HTTP status; null without one */
function claimAt(url: string, user: string, { channel, message }: Standing): Promise<number | null> {
  const body = clickBody({ user, action: 'claim.take', value: markOf(message), channel, ts: message.ts });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signature(SEED.signingSecret, body) };
  return new Promise((resolve) => {
    const sent = request(`${url}/slack/events`, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    sent.on('error', () => resolve(null));
    sent.end(body);
  });
}

async function startOthers(there: Ground, frozen: Replica): Promise<readonly Replica[]> {
  const others = await there.startAll([{}, {}]);
  expect(others.map((one) => one.url)).not.toContain(frozen.url);
  return others;
}

/** Whom the reminders that were sent went to, one entry for each. */
async function timersDone(there: Ground): Promise<string[]> {
  const rows = await there.ask<{ what: string }>(
    `SELECT COALESCE(data->>'to', data->>'what') AS what FROM timeline_event WHERE kind = 'reminded' ORDER BY 1`,
  );
  return rows.map(({ what }) => what);
}

async function waitingForTheLead(there: Ground): Promise<number> {
  const [row] = await there.ask<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'forecourt'`,
  );
  return row?.count ?? 0;
}
