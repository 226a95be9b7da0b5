import type { FaultEffect } from '../../src/sandbox/slack/index.js';
import type { Chance } from '../support/random.js';
import { SEED as WORKSPACE } from '../support/running.js';
import { plainly, words } from '../support/seen.js';
import type { World } from './world.js';

/** Three sites, four salespeople everywhere, one source. */
const SITES = [0, 1, 2].map((n) => ({ id: `site${n}`, channel: `C0SIM${n}` }));
const PEOPLE = [0, 1, 2, 3].map((n) => ({ id: `seller${n}`, user: `U0SIM${n}`, name: `Vendeur ${n}` }));

export const slackSeed = {
  ...WORKSPACE,
  users: PEOPLE.map(({ user, name }) => ({ id: user, name: user.toLowerCase(), realName: name, locale: 'fr-FR', tz: 'Europe/Paris' })),
  channels: SITES.map(({ id, channel }) => ({
    id: channel,
    name: id,
    private: false,
    topic: '',
    members: PEOPLE.map(({ user }) => user),
    botIsMember: true,
  })),
};

export const yaml = `
group: Simulation
language: fr
currency: EUR
country: FR
dealerships:
${SITES.map(({ id, channel }) => `  - { id: ${id}, name: ${id}, timezone: Europe/Paris, hours: { mon: ["09:00-19:00"] }, channels: { leads: ["slack:${channel}"] } }`).join('\n')}
people:
${PEOPLE.map(({ id, name, user }) => `  - { id: ${id}, name: ${name}, slack: ${user}, roles: { "*": [salesperson] } }`).join('\n')}
sources:
  - { id: website, name: Site web, token: "env:INTAKE_WEBSITE_TOKEN", rate: none }
`;

/** What Slack may do to one call. */
const TROUBLES: readonly FaultEffect[] = [
  { kind: 'lost', stored: true },
  { kind: 'lost', stored: false },
  { kind: 'status', status: 503, stored: true },
  { kind: 'status', status: 500, stored: false },
  { kind: 'ratelimited', retryAfter: 3 },
  { kind: 'hang', stored: true },
  { kind: 'hang', stored: false },
  { kind: 'slow', ms: 1_500 },
];
const METHODS = ['chat.postMessage', 'chat.update', 'chat.postEphemeral', 'conversations.history', 'chat.'];

/** Everything the outside saw: what was accepted, what was answered, what people were told. */
export interface Seen {
  /** By the sender's key: the ids it was answered. */
  readonly accepted: Map<string, Set<string>>;
  /** Clicks on Claim that Slack saw acknowledged, by the sender's key. */
  readonly claimed: Map<string, Set<string>>;
  readonly channelOf: Map<string, string>;
}

/** Something that goes on by itself until it is over; looked at whenever time has passed. */
type Actor = () => Promise<void>;

/**
 * A few minutes of a dealership: enquiries, impatient senders, hasty people, a bad Slack and a mortal program.
 * @param blind Slack loses answers and refuses to be searched: doubles cannot be helped
 */
export async function live(world: World, random: Chance, blind = false): Promise<Seen> {
  const seen: Seen = { accepted: new Map(), claimed: new Map(), channelOf: new Map() };
  const keys = Array.from({ length: 3 + random.int(5) }, (_, n) => `lead-${n}`);
  for (const key of keys) seen.channelOf.set(key, random.pick(SITES).channel);
  for (let n = random.int(8); n > 0; n--) {
    const rule = {
      method: random.pick(METHODS),
      effect: random.pick(TROUBLES),
      probability: 0.2 + random.next() * 0.6,
      times: 1 + random.int(4),
    };
    world.slack.faults.add(rule);
    world.trace.push(`fault ${JSON.stringify(rule)}`);
  }
  const unsearchable = () =>
    void world.slack.faults.add({ method: 'conversations.history', effect: { kind: 'error', error: 'missing_scope' } });
  if (blind) {
    unsearchable();
    world.slack.faults.add({ method: 'chat.postMessage', effect: { kind: 'lost', stored: true }, times: 4 });
  }
  const going: Promise<void>[] = [];
  const begin = (actor: Actor) => void going.push(actor());
  for (let step = 0, deaths = random.int(5); step < 30 || deaths > 0; step++) {
    if (!world.alive()) await reborn(world, random, deaths > 0 && random.next() < 0.3);
    else if (deaths > 0 && random.next() < 0.3) {
      deaths -= 1;
      world.dieAfter(1 + random.int(150));
    }
    const dice = random.next();
    if (dice < 0.45) begin(() => send(world, seen, random.pick(keys)));
    else if (dice < 0.8) begin(() => claim(world, seen, random.pick(keys), random.pick(PEOPLE)));
    else if (dice < 0.84) remove(world, random);
    await world.pass(random.pick([1, 10, 100, 700, 2_000]));
  }
  world.dieAfter(Number.POSITIVE_INFINITY);
  while (!world.alive()) await reborn(world, random, false);
  // The storm is over. What was accepted has to come right by itself; a sender without an answer sends again.
  world.slack.faults.clear();
  if (blind) unsearchable();
  for (const key of keys) begin(() => send(world, seen, key));
  for (let s = 0; s < 240 && !(s > 5 && right(world, seen).length === 0 && (await idle(world))); s++)
    await world.pass(s < 60 ? 500 : 1_000);
  await Promise.all(going);
  return seen;
}

/** Starts the program again, which may die while it starts. */
async function reborn(world: World, random: Chance, soon: boolean): Promise<void> {
  await world.pass(random.pick([0, 200, 3_000]));
  if (soon) world.dieAfter(1 + random.int(60));
  await world.boot();
  await world.rest();
}

const nameOf = (key: string) => `Client ${key}`;

async function send(world: World, seen: Seen, key: string): Promise<void> {
  const dealership = SITES.find(({ channel }) => channel === seen.channelOf.get(key))?.id;
  const body = JSON.stringify({
    externalId: key,
    dealership,
    customer: { name: nameOf(key), phone: '06 39 98 00 17' },
    interest: { make: 'Peugeot', model: key },
  });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer website-token' };
  const answer = await fetch('http://forecourt.test/intake/website', { method: 'POST', body, headers }).catch(() => null);
  world.trace.push(`${world.clock.seconds()} sent ${key} ${answer?.status ?? 'nobody'}`);
  if (answer?.status !== 202) return;
  const { leads } = (await answer.json()) as { leads: { id: string }[] };
  seen.accepted.set(key, (seen.accepted.get(key) ?? new Set()).add(leads[0]?.id ?? ''));
}

async function claim(world: World, seen: Seen, key: string, { user, name }: (typeof PEOPLE)[number]): Promise<void> {
  const channel = seen.channelOf.get(key) ?? '';
  const card = cardsOf(world, channel, key)[0];
  if (!card) return;
  const shown = await world.slack.as(user).click({ channel, ts: card.ts, action_id: 'claim.take' });
  world.trace.push(`${world.clock.seconds()} ${name} pressed ${key} ${shown.ok ? 'ok' : shown.error}`);
  if (shown.ok) seen.claimed.set(key, (seen.claimed.get(key) ?? new Set()).add(name));
}

/** Somebody deletes a card by hand. */
function remove(world: World, random: Chance): void {
  const { channel } = random.pick(SITES);
  const cards = world.slack.messages(channel);
  if (cards.length === 0) return;
  const { ts } = random.pick(cards);
  world.trace.push(`${world.clock.seconds()} deleted in ${channel}`);
  world.slack.as(PEOPLE[0]?.user ?? '').remove(channel, ts);
}

/** The cards of a lead: its model is its key, which stands in the title. */
function cardsOf(world: World, channel: string, key: string) {
  return world.slack
    .messages(channel)
    .filter((message) => plainly(words(message)).includes(`Peugeot ${key} `) || plainly(words(message)).includes(`Peugeot ${key}\n`));
}

async function idle(world: World): Promise<boolean> {
  const waiting = await world.app()?.store.jobs.waiting();
  return Object.entries(waiting ?? {}).every(([kind, count]) => count === 0 || kind === 'audit');
}

/** What is not as promised, told at Slack and by the answers alone. */
export function right(world: World, seen: Seen): string[] {
  const wrong: string[] = [];
  for (const [key, ids] of seen.accepted) {
    const channel = seen.channelOf.get(key) ?? '';
    if (ids.size !== 1) wrong.push(`${key} was answered with ${ids.size} ids`);
    const cards = cardsOf(world, channel, key);
    if (cards.length !== 1) wrong.push(`${key} has ${cards.length} cards`);
    const winners = PEOPLE.filter(({ user }) => toldWon(world, user, key)).map(({ name }) => name);
    if (winners.length > 1) wrong.push(`${key} was given to ${winners.join(' and ')}`);
    const shown = plainly(words(cards[0] ?? {}));
    const owner = /Pris par (Vendeur \d)/.exec(shown)?.[1];
    const clicked = seen.claimed.get(key) ?? new Set();
    if (clicked.size > 0 && owner === undefined) wrong.push(`${key} was claimed by ${[...clicked].join(', ')} and shows no owner`);
    if (owner !== undefined && winners.length === 1 && winners[0] !== owner)
      wrong.push(`${key} shows ${owner} and was given to ${winners[0]}`);
    if (owner !== undefined && clicked.has(owner) && winners.length === 0) wrong.push(`${key}: ${owner} was never told`);
  }
  for (const { channel } of SITES) {
    const known = [...seen.accepted.keys()].filter((key) => seen.channelOf.get(key) === channel);
    const strangers = world.slack.messages(channel).length - known.length;
    if (strangers > 0) wrong.push(`${channel} shows ${strangers} messages too many`);
  }
  return wrong;
}

function toldWon(world: World, user: string, key: string): boolean {
  return world.slack.ephemerals(user).some(({ message }) => {
    const text = plainly(words(message));
    return text.startsWith("C'est à vous") && text.includes(nameOf(key));
  });
}
