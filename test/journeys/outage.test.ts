import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forgeClick } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import { type Running, run, SEED } from '../support/running.js';
import { ANNECY, arrived, card, cardsOf, facts, LYON, MANAGERS_LYON, plainly, SOON, sendLead, words } from '../support/seen.js';

/** Nobody has invited the bot to Annecy's channel yet. */
const seed = { ...SEED, channels: SEED.channels.map((channel) => ({ ...channel, botIsMember: channel.id !== ANNECY })) };

let house: Running;
let deaf = false;
beforeAll(async () => {
  // Slack cannot always reach the program either.
  house = await run({ seed, simulator: { eventsUrl: () => (deaf ? 'http://127.0.0.1:1/' : `${house.app.url}/slack/events`) } });
});
afterAll(() => house?.stop());

const posts = (channel = LYON) =>
  house.slack.requests().filter((request) => request.method === 'chat.postMessage' && request.args.channel === channel);
const metric = async (line: RegExp) => line.test(await (await fetch(`${house.app.url}/metrics`)).text());
const settled = (id: string) => expect.poll(() => facts(house, id, 'posted'), { timeout: SOON, interval: 20 }).toHaveLength(1);

afterEach(() => house.slack.faults.clear());

let forAnnecy = '';

describe('a channel the bot is not in', () => {
  it('keeps its cards waiting, and /metrics says so', async () => {
    forAnnecy = await sendLead(house, jsonLead({ dealership: 'annecy' }));
    await expect
      .poll(() => metric(/channel_unreachable_total\{channel="slack:C0LEADSANNECY",code="not_in_channel"\} [1-9]/), {
        timeout: SOON,
        interval: 50,
      })
      .toBe(true);
    expect(cardsOf(house, ANNECY, forAnnecy)).toEqual([]);
    expect(await house.app.store.jobs.buried()).toEqual([]);
    expect(house.log.some((line) => line.includes('C0LEADSANNECY') && line.includes('not_in_channel'))).toBe(true);
    // Somebody reads it and invites the bot. The card itself is awaited last.
    house.slack.as(SEED.bot.userId).join(ANNECY);
  });
});

describe('while Slack is down', () => {
  it('leads are accepted, and all cards come in order afterwards', async () => {
    house.slack.faults.down();
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await sendLead(house, jsonLead()));
    const tried = () => house.slack.requests().filter((request) => request.fault === 'status').length;
    await house.slack.until(() => tried() >= 3, SOON);
    expect(ids.flatMap((id) => cardsOf(house, LYON, id))).toEqual([]);
    house.slack.faults.up();
    const cards = await house.slack.until(() => {
      const all = ids.flatMap((id) => cardsOf(house, LYON, id));
      return all.length === ids.length && all;
    }, 60_000);
    expect(cards.map((one) => one.ts)).toEqual(cards.map((one) => one.ts).sort());
    for (const id of ids) await settled(id);
    expect(ids.map((id) => cardsOf(house, LYON, id).length)).toEqual([1, 1, 1, 1]);
  }, 90_000);

  it.each([
    ['the connection breaks', { kind: 'lost', stored: true }],
    ['a 503 is answered', { kind: 'status', status: 503, stored: true }],
  ] as const)('a card that was stored although %s is found again, not posted twice', async (_, effect) => {
    const fault = house.slack.faults.add({ method: 'chat.postMessage', channel: LYON, times: 1, effect });
    const id = await sendLead(house, jsonLead());
    await settled(id);
    fault.remove();
    expect(fault.hits()).toBe(1);
    expect(cardsOf(house, LYON, id)).toHaveLength(1);
    expect(posts().filter((request) => JSON.stringify(request.args.metadata).includes(id))).toHaveLength(1);
  });

  it('a claim is decided at once, and shown when Slack is back', async () => {
    const { id, card: waiting } = await arrived(house, jsonLead());
    const fault = house.slack.faults.add({ method: 'chat.update', effect: { kind: 'status', status: 503, stored: false } });
    expect(await house.slack.as('U0ALICE').click({ channel: LYON, ts: waiting.ts, action_id: 'claim.take' })).toEqual({ ok: true });
    await house.slack.until(() => fault.hits() >= 2, SOON);
    expect(cardsOf(house, LYON, id)[0]?.text).toBe(waiting.text);
    fault.remove();
    await card(house, LYON, id, (one) => plainly(words(one)).includes('Pris par Alice Martin'));
  });
});

describe('when Slack says too many', () => {
  it('its pause is obeyed, and not a call is wasted on it', async () => {
    const fault = house.slack.faults.add({
      method: 'chat.postMessage',
      channel: LYON,
      times: 1,
      effect: { kind: 'ratelimited', retryAfter: 3 },
    });
    const id = await sendLead(house, jsonLead());
    await house.slack.until(() => fault.hits() === 1, SOON);
    await settled(id);
    const [refused, accepted] = posts().slice(-2);
    expect([refused?.fault, accepted?.fault]).toEqual(['ratelimited', null]);
    expect((accepted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(3_000);
    expect((accepted?.at ?? 0) - (refused?.at ?? 0)).toBeLessThan(6_000);
  });
});

describe('a card deleted by hand', () => {
  it('is posted again as soon as Slack tells', async () => {
    const { id, card: first } = await arrived(house, jsonLead());
    house.slack.as('U0MARTINE').remove(LYON, first.ts);
    const second = await card(house, LYON, id, (one) => one.ts !== first.ts);
    expect(words(second)).toBe(words(first));
    expect(cardsOf(house, LYON, id)).toHaveLength(1);
  });

  it('is posted again at the next change when Slack could not tell', async () => {
    const { id, card: first } = await arrived(house, jsonLead());
    deaf = true;
    house.slack.as('U0MARTINE').remove(LYON, first.ts);
    await house.slack.until(() => house.slack.deliveries.at(-1)?.outcome.failure === 'dispatch_failed', SOON);
    expect(cardsOf(house, LYON, id)).toEqual([]);
    deaf = false;
    expect(await forgeClick(house, { user: 'U0ALICE', action: 'claim.take', value: id, channel: LYON, ts: first.ts })).toBe(200);
    const second = await card(house, LYON, id, (one) => plainly(words(one)).includes('Pris par Alice Martin'));
    expect(second.ts > first.ts).toBe(true);
    expect(cardsOf(house, LYON, id)).toHaveLength(1);
  });
});

describe('a card Slack will never accept', () => {
  it('is set aside, the managers get a line, and the command that runs it again shows it', async () => {
    house.slack.faults.add({ method: 'chat.postMessage', channel: LYON, times: 1, effect: { kind: 'error', error: 'invalid_blocks' } });
    const id = await sendLead(house, jsonLead());
    const line = await house.slack.until(() => house.slack.messages(MANAGERS_LYON)[0], SOON);
    expect(plainly(words(line))).toMatch(
      /Un message sur « VO · Citroën C3 Aircross 2022 · 15 990 € » n'a pas pu être affiché\. .*référence [A-Z2-9]{4}/,
    );
    expect(await metric(/jobs_buried_total\{job="announce"\} 1/)).toBe(true);
    expect(house.log.some((entry) => entry.includes('given up on'))).toBe(true);
    const buried = await house.app.store.jobs.buried();
    expect(buried).toMatchObject([{ kind: 'announce', payload: { leadId: id }, reason: 'invalid_blocks' }]);
    // The next one is not held up by it.
    await arrived(house, jsonLead());
    expect(cardsOf(house, LYON, id)).toEqual([]);
    expect(await house.app.store.jobs.revive(buried[0]?.id ?? '')).toBe(true);
    await card(house, LYON, id);
    expect(await house.app.store.jobs.buried()).toEqual([]);
  });
});

describe('the channel the bot was invited to', () => {
  it('has its card by now', async () => {
    await card(house, ANNECY, forAnnecy).catch(() => card(house, ANNECY, forAnnecy));
    expect(cardsOf(house, ANNECY, forAnnecy)).toHaveLength(1);
  }, 60_000);
});
