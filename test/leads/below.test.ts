import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sentence } from '../../src/chat/card.js';
import type { Dealership } from '../../src/dealership/dealership.js';
import { groupOf } from '../../src/dealership/group.js';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { directory } from '../../src/dealership/people.js';
import { announce, announceLead, announcer, sayBelow, show } from '../../src/leads/announce.js';
import { auditor } from '../../src/leads/audit.js';
import { CARD, forgetMessage } from '../../src/leads/places.js';
import { changeLead, insertLeads } from '../../src/leads/records.js';
import { slackPlatform } from '../../src/platforms/slack/index.js';
import { type FaultEffect, type RunningSimulator, startSlackSimulator } from '../../src/sandbox/slack/index.js';
import { openLanes } from '../../src/store/lanes.js';
import { openStore, type Store } from '../../src/store/store.js';
import { freshPlace } from '../support/database.js';
import { leadWith } from '../support/lead.js';
import { configFor, SEED } from '../support/running.js';
import { SOON } from '../support/seen.js';

/** What is said about a lead in these tests, beside its card. */
const TOPIC = 'estimate';
/** One for each test: a channel takes a message a second, and tests need not wait for each other. */
const CHANNELS = Array.from({ length: 12 }, (_, n) => `C0BELOW${n}`);
const unused = [...CHANNELS];

let store: Store;
let slack: RunningSimulator;
let drop: () => Promise<void>;
/** Reasons, by lead. */
const buried = new Map<unknown, string>();
const config = configFor('http://127.0.0.1:9/api/');
const [lyon, annecy] = config.dealerships;

beforeAll(async () => {
  const fresh = await freshPlace();
  drop = fresh.drop;
  const given = (payload: object, reason: string) => void buried.set('leadId' in payload && payload.leadId, reason);
  store = await openStore(fresh.place, [announceLead], {
    failed() {},
    trouble() {},
    buried: (_, __, reason, payload) => given(payload, reason),
  });
  await mirrorGroup(store.db, config.dealerships, config.people);
  const channels = CHANNELS.map((id) => ({ id, name: id, private: false, topic: '', members: ['U0ALICE'], botIsMember: true }));
  slack = await startSlackSimulator({ ...SEED, channels }, { rate: 'off' });
  // Nobody tells this platform of deletions: it is never started.
  const platform = slackPlatform({
    ...{ botToken: SEED.botToken, signingSecret: SEED.signingSecret, apiUrl: slack.apiUrl, timeoutMs: 5_000 },
    ...{ log: () => {}, trouble: () => sentence('Sorry'), troubleText: () => 'Sorry' },
  });
  const parts = {
    store,
    lanes: openLanes(store.db),
    platformOf: () => platform,
    draw: (lead: { id: string; revision: number }, topic: string) => sentence(`${topic} ${lead.id} ${lead.revision}`),
    unreachable: (_: string, code: string) => expect.unreachable(code),
  };
  await store.jobs.work(announceLead, { concurrency: 64 }, announcer(parts));
});
afterAll(async () => {
  await store.close(2_000);
  await slack.stop();
  await drop();
});

/** A site with a channel of its own. */
function siteOf(dealership: Dealership | undefined): { site: Dealership; channel: string } {
  const channel = unused.pop() ?? expect.unreachable('no channel left');
  if (!dealership) return expect.unreachable('no such site');
  return { site: { ...dealership, channels: { ...dealership.channels, leads: [`slack:${channel}`] } }, channel };
}

/** A new lead, and what its channel shows of it. */
async function newLead({ site, channel } = siteOf(lyon)) {
  const id = randomUUID();
  await insertLeads(store.db, [], [{ ...leadWith({ id, dealershipId: site.id }), externalKey: id, rawIntakeId: null, requestedAt: null }]);
  const about = { leadId: id, topic: TOPIC, subject: 'one' };
  const shown = (topic = CARD) => slack.simulator.messages(channel).filter((one) => one.text.startsWith(`${topic} ${id}`));
  return {
    ...{ id, channel, shown },
    showCard: () => store.transact(async ({ enqueue }) => announce(enqueue, id, site, 'post')),
    say: (act: 'post' | 'redraw' = 'post', aloud = false) =>
      store.transact(async ({ enqueue }) => sayBelow(enqueue, site, about, act, aloud)),
    sayBelowMessage: (ts: string) => {
      const [spot, message] = [{ ...about, channel: `slack:${channel}` }, `slack:${channel}/${ts}`];
      return store.transact(async ({ enqueue }) => show(enqueue, spot, 'post', { under: { message } }));
    },
    standing: (topic = CARD) => slack.simulator.until(() => shown(topic).at(-1), SOON),
    /** Once the program knows that it stands. */
    known: async (topic = CARD) => {
      const read = () => store.db.messageRef.findFirst({ where: { leadId: id, topic }, select: { message: true } });
      await vi.waitFor(async () => expect((await read())?.message).toEqual(expect.any(String)), { timeout: SOON });
    },
    /** Strikes the next post in the channel; answers when it has. */
    strike: async (effect: FaultEffect, post: () => Promise<void>) => {
      const fault = slack.simulator.faults.add({ effect, method: 'chat.postMessage', channel, times: 1 });
      await post();
      // Before the effect is over: nothing is recorded yet that the simulator would wake up for.
      await vi.waitFor(() => expect(fault.hits()).toBe(1), { interval: 5, timeout: SOON });
    },
    remove: (ts: string) => slack.simulator.as('U0ALICE').remove(channel, ts),
  };
}

/** A new lead whose card stands, and is known to stand. */
async function carded() {
  const lead = await newLead();
  await lead.showCard();
  await lead.known();
  return { ...lead, card: await lead.standing() };
}

const tsOf = (messages: readonly { readonly ts: string }[]) => messages.map(({ ts }) => ts);

describe.concurrent('what is said below a card', () => {
  it('waits for its card, and meanwhile holds up nothing that is said below others', async () => {
    const place = siteOf(lyon);
    const [lead, other] = [await newLead(place), await newLead(place)];
    await lead.say();
    await other.showCard();
    await other.say();
    await other.standing(TOPIC);
    expect(lead.shown(TOPIC)).toEqual([]);
    await lead.showCard();
    const reply = await lead.standing(TOPIC);
    expect(tsOf(lead.shown())).toEqual([reply.thread_ts]);
    expect(reply.subtype).toBeUndefined();
  });

  it('stands in the channel too when it is said aloud', async () => {
    const { card, say, standing } = await carded();
    await say('post', true);
    expect(await standing(TOPIC)).toMatchObject({ thread_ts: card.ts, subtype: 'thread_broadcast' });
  });

  it('is said once, and drawn again in its place when the lead changed', async () => {
    const { id, card, say, standing, known, shown } = await carded();
    await Promise.all([say(), say()]);
    const { ts } = await standing(TOPIC);
    await known(TOPIC);
    await changeLead(store.db, id, { temperature: 'hot' });
    await say('redraw');
    await slack.simulator.until(() => shown(TOPIC).some((one) => one.text.endsWith(' 2')), SOON);
    expect([tsOf(shown(TOPIC)), tsOf(shown())]).toEqual([[ts], [card.ts]]);
  });

  it('brings back a card nobody knew was deleted, and stands below the new one', async () => {
    const { card, remove, say, standing, shown } = await carded();
    remove(card.ts);
    await say();
    const reply = await standing(TOPIC);
    expect(tsOf(shown())).toEqual([reply.thread_ts]);
    expect(reply.thread_ts).not.toBe(card.ts);
  });

  it('stands below the new card when the old one is deleted, and that is heard, while it is being said', async () => {
    const { id, channel, card, strike, remove, say, standing, shown } = await carded();
    await strike({ kind: 'slow', ms: 500 }, say);
    remove(card.ts);
    await store.transact(async ({ db, enqueue }) => {
      const lost = await forgetMessage(db, `slack:${channel}/${card.ts}`);
      if (lost) show(enqueue, lost, 'post');
    });
    const reply = await standing(TOPIC);
    expect(tsOf(shown())).toEqual([reply.thread_ts]);
    expect(buried.get(id)).toBeUndefined();
  });

  it('stands below the new card when its answer was lost and the old card is gone', async () => {
    const { card, strike, remove, say, standing, shown } = await carded();
    await strike({ kind: 'lost', stored: false }, say);
    remove(card.ts);
    const reply = await standing(TOPIC);
    expect(tsOf(shown())).toEqual([reply.thread_ts]);
  });

  it('is found, and not said twice, when its answer was lost', async () => {
    const { strike, say, known, shown } = await carded();
    await strike({ kind: 'lost', stored: true }, say);
    await known(TOPIC);
    expect(shown(TOPIC)).toHaveLength(1);
  });

  it('is no reason for the auditor to think that the card is on its way', async () => {
    const place = siteOf(annecy);
    const { id, say, standing, shown } = await newLead(place);
    await say();
    const mended: unknown[] = [];
    const group = groupOf('Annecy', [place.site], directory([], [place.site]), []);
    const parts = { needs: [], speaks: () => true, draw: () => null };
    await auditor({ store, group, ...parts, mended: (found) => mended.push(...found) })();
    expect(mended).toEqual([{ leadId: id, channel: `slack:${place.channel}`, act: 'post' }]);
    const reply = await standing(TOPIC);
    expect(tsOf(shown())).toEqual([reply.thread_ts]);
  });
});

describe.concurrent('what is said below another message', () => {
  it('stands below it, and needs no card', async () => {
    const { channel, sayBelowMessage, standing, shown } = await newLead();
    const other = slack.simulator.as('U0ALICE').say(channel, 'another message');
    await sayBelowMessage(other.ts);
    expect(await standing(TOPIC)).toMatchObject({ thread_ts: other.ts });
    expect(shown()).toEqual([]);
  });

  it('is given up when that is gone, also when its answer was lost before', async () => {
    const { id, channel, strike, remove, sayBelowMessage, shown } = await newLead();
    const other = slack.simulator.as('U0ALICE').say(channel, 'another message');
    await strike({ kind: 'lost', stored: false }, () => sayBelowMessage(other.ts));
    remove(other.ts);
    await vi.waitFor(() => expect(buried.get(id)).toBe('thread_not_found'), { timeout: SOON });
    expect(shown(TOPIC)).toEqual([]);
  });
});
