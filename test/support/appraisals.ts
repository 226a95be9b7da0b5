import { expect } from 'vitest';
import { signature } from '../../src/sandbox/slack/index.js';
import { jsonLead } from './leads.js';
import { container, plain } from './pictures.js';
import { type Running, SEED } from './running.js';
import { arrived, buttons, card, LYON, type Message, SOON, said } from './seen.js';

export const VO_LYON = 'C0VOLYON';
export const CAR = { make: 'Peugeot', model: '208', mileage: '121 000 km' };

/** A photo somebody took, JPEG; every shade makes other bytes. */
export function jpeg(shade = 0): Promise<Buffer> {
  return plain(640, 480, { r: (shade * 37) % 256, g: (shade * 59) % 256, b: 120 })
    .jpeg()
    .toBuffer();
}

/** What an iPhone sends in its own format, as far as anybody looks. */
export const heic = (): Buffer => container('heic', 'mif1', 'heic');

/** A lead somebody claimed, and where its card stands. */
export interface Claimed {
  readonly id: string;
  readonly channel: string;
  readonly ts: string;
}

/** A request, where the used-car managers look. */
export interface Requested {
  readonly id: string;
  readonly leadId: string;
  readonly channel: string;
  readonly ts: string;
  readonly message: Message;
}

/** What people do about trade-ins, in one running house. */
export function appraisals(house: Running) {
  const { db } = house.app.store;
  const soon = { timeout: SOON, interval: 20 };

  /** A lead of somebody, without a trade-in said before. */
  async function owned(user = 'U0ALICE', channel = LYON, more: object = {}): Promise<Claimed> {
    const dealership = channel === LYON ? 'lyon' : 'annecy';
    const { id, card: shown } = await arrived(house, jsonLead({ dealership, tradeIn: null, ...more }), channel);
    await house.slack.as(user).click({ channel, ts: shown.ts, action_id: 'claim.take' });
    const claimed = await card(house, channel, id, (one) => buttons(one).includes('appraisal.open'));
    return { id, channel, ts: claimed.ts };
  }

  /** Presses a button that opens a form, and waits for it. */
  async function open(user: string, where: { readonly channel: string; readonly ts: string }, action: string) {
    const { channel, ts } = where;
    expect((await house.slack.as(user).click({ channel, ts, action_id: action })).ok).toBe(true);
    return house.slack.until(() => house.slack.as(user).modal(), SOON);
  }

  /** The request as it stands in a channel, as soon as it shows what is asked. */
  function request(channel: string, id: string, shows: (message: Message) => boolean = () => true): Promise<Message> {
    const stands = (one: Message) => JSON.stringify(one.metadata ?? {}).includes(`/appraisal.request/${id}`) && shows(one);
    return house.slack.until(() => house.slack.messages(channel).find(stands), SOON);
  }

  /** Asks for an appraisal, and waits until the program knows where it stands. */
  async function asked(lead: Claimed, entered: object = {}, user = 'U0ALICE'): Promise<Requested> {
    await open(user, lead, 'appraisal.open');
    expect(await house.slack.as(user).submit({ ...CAR, ...entered })).toMatchObject({ ok: true });
    const { id } = await db.appraisal.findFirstOrThrow({ where: { leadId: lead.id }, orderBy: { id: 'desc' } });
    const channel = lead.channel === LYON ? VO_LYON : lead.channel;
    const message = await request(channel, id);
    await expect.poll(() => db.messageRef.count({ where: { message: `slack:${channel}/${message.ts}` } }), soon).toBe(1);
    return { id, leadId: lead.id, channel, ts: message.ts, message };
  }

  const below = (where: { readonly channel: string; readonly ts: string }) =>
    house.slack.messages(where.channel).filter((one) => one.thread_ts === where.ts && one.ts !== where.ts);

  /** A message below another that says this, as soon as it is there. */
  const reply = (where: { readonly channel: string; readonly ts: string }, says: string | RegExp) =>
    house.slack.until(() => below(where).find((one) => said(one, says)), SOON);

  /** Lets a waiting job about one thing run now. */
  async function due(name: string, about: string): Promise<void> {
    await db.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = ${name} AND state < 'active' AND ${about} IN (
      data->>'appraisalId', data->>'estimateId')`;
  }

  /** How many jobs about one thing are done, and how many wait. */
  async function jobs(name: string, about: string): Promise<{ readonly done: number; readonly waiting: number }> {
    const [row] = await db.$queryRaw<{ done: number; waiting: number }[]>`
      SELECT count(*) FILTER (WHERE state = 'completed')::int AS done, count(*) FILTER (WHERE state < 'completed')::int AS waiting
      FROM pgboss.job WHERE name = ${name} AND ${about} IN (data->>'appraisalId', data->>'estimateId')`;
    return row ?? { done: 0, waiting: 0 };
  }

  return { db, soon, owned, open, request, asked, below, reply, due, jobs };
}

/** Delivers words in a thread once more, signed as Slack signs. @returns the HTTP status */
export async function hearAgain(house: Running, channel: string, message: object): Promise<number> {
  const event = { ...message, channel, channel_type: 'channel', event_ts: '9.9' };
  const { bot, workspace } = SEED;
  const body = JSON.stringify({
    ...{ type: 'event_callback', team_id: workspace.id, api_app_id: bot.appId, event_id: `Ev${Date.now()}`, event_time: 1 },
    event,
    authorizations: [{ team_id: workspace.id, user_id: bot.userId, is_bot: true }],
  });
  const headers = { 'content-type': 'application/json', ...signature(SEED.signingSecret, body) };
  const response = await fetch(`${house.app.url}/slack/events`, { method: 'POST', body, headers });
  await response.body?.cancel();
  return response.status;
}
