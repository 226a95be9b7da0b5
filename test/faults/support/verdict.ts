import { expect } from 'vitest';
import type { SlackMessage } from '../../../src/sandbox/slack/index.js';
import type { Ground, Site } from './ground.js';
import type { Ledger, Sent } from './ledger.js';
import { markOf } from './people.js';
import { until } from './wait.js';

/** A card as it stands in a channel. */
export interface Card {
  readonly channel: string;
  readonly key: string;
  readonly leadId: string;
  readonly message: SlackMessage;
}

/** What stands below a card, or for managers alone, has more than a lead's id for its mark. */
const LEAD = /^[0-9a-f-]{36}$/;

/** Every card that stands, in the order it came within its channel. */
export function cards(ground: Ground, sites: readonly Site[] = ground.sites): Card[] {
  return sites.flatMap(({ channel }) =>
    ground.slack.messages(channel).flatMap((message) => {
      const leadId = markOf(message);
      return LEAD.test(leadId) ? [{ channel, key: keyOf(message), leadId, message }] : [];
    }),
  );
}

const keys = new WeakMap<SlackMessage, string>();

/** The source's id, from the card itself. Read once: the simulator shares this process, and must not be slowed by looking. */
function keyOf(message: SlackMessage): string {
  const known = keys.get(message) ?? /\bF\d{6}\b/.exec(JSON.stringify(message.blocks))?.[0] ?? '';
  keys.set(message, known);
  return known;
}

/** Milliseconds since 1970 at which Slack stored the message. */
export function shownAt({ message }: Card): number {
  return Number(message.ts) * 1000;
}

/** Waits until every lead that was promised has a card, and answers how long that took. */
export async function allShown(ground: Ground, ledger: Ledger, withinMs: number): Promise<number> {
  const began = performance.now();
  const missing = () => {
    const standing = new Set(cards(ground).map((card) => card.key));
    return ledger.accepted().filter((lead) => !standing.has(lead.key));
  };
  await until(`a card for each of ${ledger.accepted().length} accepted leads`, withinMs, () => missing().length === 0).catch((error) => {
    throw new Error(`${error.message}; missing: ${missing().map(named).join(', ')}`);
  });
  return performance.now() - began;
}

/** Waits until no job is left, of any kind. */
export async function drained(ground: Ground, withinMs: number): Promise<void> {
  await until('an empty job table', withinMs, async () => (await jobsLeft(ground)).length === 0).catch(async (error) => {
    throw new Error(`${error.message}; left: ${JSON.stringify(await jobsLeft(ground))}`);
  });
}

/** The invariants, counted at the simulator: accepted = exactly one card in its channel; no card for nothing. */
export async function verdict(ground: Ground, ledger: Ledger, withinMs = 90_000): Promise<void> {
  await allShown(ground, ledger, withinMs);
  if (ground.database === 'postgres') await drained(ground, withinMs);
  else await stopped(ground);
  const standing = cards(ground);
  const twice = standing.filter((card) => standing.some((other) => other !== card && other.key === card.key));
  expect(twice.map((card) => `${card.key} in ${card.channel}`)).toEqual([]);
  for (const card of standing) {
    const lead = ledger.sent.get(card.key);
    expect(lead, `a card for nothing: ${card.key} ${card.leadId}`).toBeDefined();
    expect(card.channel).toBe(lead?.site.channel);
    // A source that got no answer does not know the id; one that did, knows this one.
    if (lead?.id) expect(card.leadId, card.key).toBe(lead.id);
  }
  const cardless = await ground.ask<{ id: string }>(
    'SELECT l.id FROM lead l WHERE NOT EXISTS (SELECT 1 FROM message_ref m WHERE m.lead_id = l.id AND m.message IS NOT NULL)',
  );
  expect(cardless).toEqual([]);
  const [{ count } = { count: -1 }] = await ground.ask<{ count: number }>('SELECT count(*)::int AS count FROM lead');
  expect(count).toBe(standing.length);
}

/** How often Slack stored a post for each card, also those that no longer stand. */
export function storedPosts(ground: Ground): Map<string, number> {
  const channels = new Set(ground.sites.map((site) => site.channel));
  const counts = new Map<string, number>();
  for (const { method, answer, args } of ground.slack.requests()) {
    if (method !== 'chat.postMessage' || answer?.ok !== true || args.thread_ts !== undefined || !channels.has(String(args.channel)))
      continue;
    const key = /\bF\d{6}\b/.exec(JSON.stringify(args.blocks))?.[0] ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Jobs that wait or are under way, by the program's own account; one that died with its process is, until it is missed. */
export async function jobsCounted(ground: Ground): Promise<number> {
  const metrics = await (await fetch(`${ground.url()}/metrics`)).text();
  return [...metrics.matchAll(/^forecourt_jobs_(?:waiting|active)\{[^}]*\} (\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

/**
 * The embedded database is asked after its process has ended. What was under way in that moment was given back: the next
 * start goes on with it.
 */
async function stopped(ground: Ground, starts = 3): Promise<void> {
  await until('no job', 60_000, async () => (await jobsCounted(ground)) === 0);
  expect(await ground.stop()).toBe(0);
  const left = await jobsLeft(ground);
  if (left.length === 0 || starts === 0) return expect(left).toEqual([]);
  await ground.start();
  return stopped(ground, starts - 1);
}

async function jobsLeft(ground: Ground): Promise<{ name: string; state: string; count: number }[]> {
  return ground.ask(
    `SELECT name, state::text AS state, count(*)::int AS count FROM pgboss.job WHERE state < 'completed' AND name NOT LIKE '\\_\\_%' GROUP BY 1, 2`,
  );
}

function named(lead: Sent): string {
  return `${lead.key} (${lead.id}) in ${lead.site.channel}`;
}
