import { afterEach, describe, expect, it } from 'vitest';
import { type Ground, openGround, PEOPLE } from './support/ground.js';
import { type Ledger, openLedger, type Sent } from './support/ledger.js';
import { percentile, report, seconds } from './support/report.js';
import { chance, limit, size } from './support/size.js';
import { sendOne, traffic } from './support/traffic.js';
import { allShown, cards, drained, shownAt, storedPosts, verdict } from './support/verdict.js';
import { lasting, until } from './support/wait.js';

let ground: Ground;
afterEach(() => ground?.close());

async function begin(sites: number): Promise<Ledger> {
  ground = await openGround({ sites });
  await ground.start();
  return openLedger(ground);
}

/** Sends leads to all sites in turn, at once. */
async function burst(ledger: Ledger, count: number): Promise<Sent[]> {
  const leads = Array.from({ length: count }, (_, n) => ledger.write(ground.sites[n % ground.sites.length] ?? { id: '', channel: '' }));
  const answers = await Promise.all(leads.map((lead) => ledger.send(lead)));
  expect(answers.map((answer) => answer.status)).toEqual(leads.map(() => 202));
  return leads;
}

function firstCards(leads: readonly Sent[]): Map<string, number> {
  const wanted = new Set(leads.map((lead) => lead.key));
  return new Map(
    cards(ground)
      .filter((card) => wanted.has(card.key))
      .map((card) => [card.key, shownAt(card)]),
  );
}

/** How many cards of one channel came before a card of a lead that had been accepted at least a second earlier. */
function overtaken(ledger: Ledger): number {
  let count = 0;
  for (const { channel } of ground.sites) {
    const order = cards(ground, [{ id: '', channel }]).map((card) => ledger.sent.get(card.key)?.acceptedAt ?? 0);
    count += order.filter((at, n) => order.slice(n + 1).some((later) => later < at - 1_000)).length;
  }
  return count;
}

describe('F2: kill between Slack storing a post and our commit', () => {
  it('no card is missing, and none stands twice, within 60 s', async () => {
    const kills = size(8, 200);
    const ledger = await begin(size(8, 40));
    const struck = new Map<string, number>();
    for (let kill = 0; kill < kills; kill++) {
      const site = ground.sites[kill % ground.sites.length];
      const before = cards(ground).length;
      // The simulator tells of the message before it answers, and of the call after: both moments are struck in turn.
      const moment = kill % 2 === 0 ? 'stored' : 'answered';
      const posted = () => ground.slack.requests().filter((one) => one.method === 'chat.postMessage' && one.answer?.ok).length;
      const answered = posted();
      const seen = new Promise<void>((resolve, reject) => {
        ground.slack
          .until(() => (moment === 'stored' ? cards(ground).length > before : posted() > answered), 60_000)
          .then(() => resolve(), reject);
      });
      const lead = await sendOne(ledger, site);
      await seen;
      struck.set(lead.key, Date.now());
      await ground.kill();
      await ground.start();
    }
    await verdict(ground, ledger, size(90_000, 300_000));
    const twice = [...storedPosts(ground).values()].filter((count) => count > 1).length;
    const remembered = await ground.ask<{ id: string; ms: number }>(
      'SELECT lead_id AS id, (extract(epoch FROM posted_at) * 1000)::float8 AS ms FROM message_ref',
    );
    const took = remembered.flatMap(({ id, ms }) => {
      const lead = ledger.accepted().find((one) => one.id === id);
      return lead ? [ms - (struck.get(lead.key) ?? ms)] : [];
    });
    const settled = Math.max(...took);
    const searched = ground.slack.requests().filter((one) => one.method === 'conversations.history').length;
    report(
      'F2',
      `${kills} kills, 0 missing, ${twice} posted twice, found again ${seconds(percentile(took, 0.5))} (median) to ${seconds(settled)} after the kill by ${searched} searches`,
      '0 missing, each double prevented ≤ 60 s',
    );
    expect(twice).toBe(0);
    expect(settled).toBeLessThanOrEqual(limit(60_000));
  });
});

describe('F3: 20 % of the answers lost, 10 % 503 after storing, 5 % hang', () => {
  it('cards = leads, at least 95 % shown within 30 s', async () => {
    const posts = size(40, 1_000);
    const ledger = await begin(20);
    const method = 'chat.postMessage';
    ground.slack.faults.add({ method, probability: 0.2, effect: { kind: 'lost', stored: true } });
    ground.slack.faults.add({ method, probability: 0.1 / 0.8, effect: { kind: 'status', status: 503, stored: true } });
    ground.slack.faults.add({ method, probability: 0.025 / 0.7, effect: { kind: 'hang', stored: true } });
    ground.slack.faults.add({ method, probability: 0.025 / 0.675, effect: { kind: 'hang', stored: false } });
    const luck = chance('F3');
    // Two leads a second: with a third of the answers missing, more would ask Slack's history oftener than it allows.
    for (let n = 0; n < posts; n++) {
      await sendOne(ledger, luck.one(ground.sites));
      await lasting(luck.between(300, 700));
    }
    await allShown(ground, ledger, 180_000);
    ground.slack.faults.clear();
    await verdict(ground, ledger, 180_000);
    const took = cards(ground).map((card) => shownAt(card) - (ledger.sent.get(card.key)?.acceptedAt ?? 0));
    const within = took.filter((ms) => ms <= 30_000).length / took.length;
    const twice = [...storedPosts(ground).values()].filter((count) => count > 1).length;
    const tried = ground.slack.requests().filter((one) => one.method === method);
    report(
      'F3',
      `${posts} posts, ${tried.filter((one) => one.fault).length} of ${tried.length} attempts struck, ${(within * 100).toFixed(1)} % within 30 s (slowest ${seconds(Math.max(...took))}), ${twice} posted twice`,
      'cards = leads, ≥ 95 % within 30 s',
    );
    expect(twice).toBe(0);
    expect(within).toBeGreaterThanOrEqual(0.95);
  });
});

describe('F4: Slack never answers', () => {
  it('clicks are acknowledged within 1 s, and a job is free again within 15 s', async () => {
    const ledger = await begin(8);
    await burst(ledger, 8);
    await allShown(ground, ledger, 20_000);
    const hanging = ground.slack.faults.add({ effect: { kind: 'hang', stored: false } });
    await burst(ledger, 8);
    await until('posts that hang', 10_000, () => hanging.hits() >= 8);
    const struck = Date.now();
    const clicks: number[] = [];
    for (const [n, card] of cards(ground).entries()) {
      const began = performance.now();
      const { ok } = await ground.slack
        .as(PEOPLE[n % PEOPLE.length]?.user ?? '')
        .click({ channel: card.channel, ts: card.message.ts, action_id: 'claim.take' });
      expect(ok).toBe(true);
      clicks.push(performance.now() - began);
    }
    const calls = ground.slack.requests().length;
    const freed = await until(
      'a second attempt',
      30_000,
      () => ground.slack.requests().length > calls && hanging.hits() > 16 && Date.now() - struck,
    );
    ground.slack.faults.clear();
    await verdict(ground, ledger);
    report(
      'F4',
      `slowest click ${seconds(Math.max(...clicks))}, a job tried again ${seconds(freed)} after`,
      'clicks < 1 s, job free ≤ 15 s',
    );
    expect(Math.max(...clicks)).toBeLessThan(limit(1_000));
    expect(freed).toBeLessThanOrEqual(limit(15_000));
  });
});

describe('F5: twenty channels, ten cards each, at one a second and channel', () => {
  it('takes at most 1.05 of what Slack allows, and hardly ever asks too early', async () => {
    const ledger = await begin(20);
    // The pace is judged, not the first second of a cold process: one card each, and the channels' second over.
    await burst(ledger, 20);
    await allShown(ground, ledger, 20_000);
    await lasting(1_500);
    const began = Date.now();
    const leads = await burst(ledger, 200);
    await allShown(ground, ledger, 60_000);
    const took = Math.max(...firstCards(leads).values()) - began;
    const refused = ground.slack.requests().filter((one) => one.status === 429).length;
    await verdict(ground, ledger);
    const gaps = ground.sites.flatMap((site) => {
      const times = cards(ground, [site]).map(shownAt);
      return times.slice(1).map((at, n) => at - (times[n] ?? at));
    });
    report(
      'F5',
      `200 cards in ${seconds(took)}, first ${seconds(Math.min(...firstCards(leads).values()) - began)}, gaps in a channel ${seconds(percentile(gaps, 0.5))} (median) to ${seconds(Math.max(...gaps))}, ${refused} needless 429`,
      '≤ 10.5 s, ≤ 1 needless 429 per channel and minute',
    );
    expect(took).toBeLessThanOrEqual(limit(10_500));
    expect(refused).toBeLessThanOrEqual(20);
  });

  it("one channel's 429 does not delay the others", async () => {
    const ledger = await begin(20);
    const measure = async () => {
      const leads = await burst(ledger, 60);
      const shown = await until('their cards', 60_000, () =>
        firstCards(leads).size >= 57 && firstCards(leads).size === leads.length - late(leads) ? firstCards(leads) : null,
      );
      return leads
        .filter((lead) => lead.site !== ground.sites[0])
        .map((lead) => (shown.get(lead.key) ?? Number.NaN) - (lead.acceptedAt ?? 0));
    };
    const late = (leads: readonly Sent[]) =>
      ground.slack.requests().some((one) => one.fault === 'ratelimited')
        ? leads.filter((lead) => lead.site === ground.sites[0] && !firstCards([lead]).size).length
        : 0;
    const calm = percentile(await measure(), 0.5);
    await allShown(ground, ledger, 30_000);
    // The channels' second after the last card is over, as it was the first time.
    await lasting(1_500);
    ground.slack.faults.add({
      method: 'chat.postMessage',
      channel: ground.sites[0]?.channel ?? '',
      effect: { kind: 'ratelimited', retryAfter: 10 },
      times: 1,
    });
    const refused = percentile(await measure(), 0.5);
    await verdict(ground, ledger);
    report(
      'F5 one refused',
      `others' median ${seconds(calm)} in calm, ${seconds(refused)} beside a channel refused for 10 s: ${Math.round(refused - calm)} ms later`,
      '≤ 100 ms',
    );
    expect(refused - calm).toBeLessThanOrEqual(limit(100));
  });
});

describe('F18: Slack is down while cards wait', () => {
  it("goes out afterwards at the channels' pace, oldest first", async () => {
    const waiting = size(80, 500);
    const outage = size(10_000, 120_000);
    const ledger = await begin(10);
    ground.slack.faults.down();
    const flow = traffic(ground, ledger, chance('F18'), { sources: 2, gapMs: (2 * outage) / waiting });
    await lasting(outage);
    await flow.end();
    await burst(ledger, Math.max(0, waiting - ledger.sent.size));
    expect(cards(ground)).toEqual([]);
    ground.slack.faults.up();
    const back = Date.now();
    await allShown(ground, ledger, size(120_000, 300_000));
    await drained(ground, 30_000);
    const perChannel = Math.max(...ground.sites.map((site) => cards(ground, [site]).length));
    const shown = cards(ground).map(shownAt);
    const first = Math.min(...shown) - back;
    const took = Math.max(...shown) - back;
    const late = overtaken(ledger);
    await verdict(ground, ledger);
    report(
      'F18',
      `down ${seconds(outage)}, ${ledger.sent.size} waiting, first card ${seconds(first)} after it was back, the last ${seconds(took)} (fullest channel: ${perChannel} cards), ${late} overtaken by a later one`,
      'at the channel limit, oldest first',
    );
    // The pause in which Slack was last asked in vain, and then one a second.
    expect(took).toBeLessThanOrEqual(limit(30_000 + perChannel * 1_050 + 1_000));
    expect(late).toBe(0);
  });
});
