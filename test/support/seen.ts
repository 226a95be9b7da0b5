import { expect } from 'vitest';
import type { Running } from './running.js';

/** Enough for a machine that is busy with other things; what is waited for usually takes milliseconds. */
export const SOON = 20_000;

export const LYON = 'C0LEADSLYON';
export const ANNECY = 'C0LEADSANNECY';
export const MANAGERS_LYON = 'C0CHEFSLYON';

export type Message = ReturnType<Running['slack']['messages']>[number];

/** One lead's answer from the intake. */
export interface Receipt {
  readonly id: string;
  readonly tier: string;
  readonly result: string;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Reads a 202. */
export async function receipts(answer: Response): Promise<readonly Receipt[]> {
  const body = (await answer.json()) as { leads?: readonly Receipt[] };
  if (answer.status !== 202 || !body.leads) throw new Error(`not accepted: ${answer.status} ${JSON.stringify(body)}`);
  return body.leads;
}

/** Sends one lead and answers its id. */
export async function sendLead(house: Running, body: string, source = 'website'): Promise<string> {
  const [receipt] = await receipts(await house.send(source, body));
  if (!receipt) throw new Error('no lead in the answer');
  return receipt.id;
}

/** Every card of a lead that stands in a channel. */
export function cardsOf(house: Running, channel: string, leadId: string): readonly Message[] {
  return house.slack.messages(channel).filter((message) => markOf(message) === leadId);
}

/** The card of a lead, as soon as it shows what is asked. */
export function card(house: Running, channel: string, leadId: string, shows: (card: Message) => boolean = () => true): Promise<Message> {
  return house.slack.until(() => cardsOf(house, channel, leadId).find(shows), SOON);
}

/** Sends a lead and waits until its card stands and the program knows that it does. */
export async function arrived(house: Running, body: string, channel = LYON, source = 'website'): Promise<{ id: string; card: Message }> {
  const id = await sendLead(house, body, source);
  const shown = await card(house, channel, id);
  // A lead may stand in a channel of another platform too, sooner or later than here.
  const known = async () =>
    (await facts(house, id, 'posted')).filter(({ data }) => (data as { channel: string }).channel === `slack:${channel}`);
  await expect.poll(known, { timeout: SOON, interval: 20 }).toHaveLength(1);
  return { id, card: shown };
}

function markOf(message: Message): unknown {
  return (message.metadata as { event_payload?: { mark?: unknown } } | undefined)?.event_payload?.mark;
}

/** Everything a person can read in a message, in order: no ids, no addresses, no names of types. */
export function words(message: { readonly blocks?: readonly unknown[] }): string {
  return (message.blocks ?? []).map(readable).join('\n');
}

function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { text, fallback, label, hint, ...rest } = value as Record<string, unknown>;
  const own = [text, fallback].map((one) => (typeof one === 'string' ? one : readable(one))).join('');
  return own + [label, hint, ...Object.values(rest)].map(readable).join('');
}

/** What the card of a lead that somebody owns offers. */
export const OWNED = ['status.open', 'appraisal.open', 'sale.open', 'abandon.open', 'lead.contact', 'lead.history', 'handover.open'];

/** The ids of the buttons a message offers. */
export function buttons(message: { readonly blocks?: readonly unknown[] }): string[] {
  return (message.blocks ?? []).flatMap((block) => {
    const { elements } = block as { elements?: readonly { type?: string; action_id?: string }[] };
    return (elements ?? []).flatMap((element) => (element.type === 'button' && element.action_id ? [element.action_id] : []));
  });
}

/** A private message to somebody that says this, as soon as it is there. */
export function whispered(house: Running, user: string, says: string | RegExp, after = 0): Promise<Message> {
  return house.slack.until(
    () =>
      privately(house, user)
        .slice(after)
        .find((message) => said(message, says)),
    SOON,
  );
}

/** Everything somebody was told in private, ephemeral or in the conversation with the bot, oldest first. */
export function privately(house: Running, user: string): readonly Message[] {
  const ephemeral = house.slack.ephemerals(user).map((one) => one.message);
  return [...ephemeral, ...house.slack.messages(`D${user.slice(1)}`)].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** Non-breaking spaces read as spaces, so that expectations can be typed. */
export function said(message: Message, says: string | RegExp): boolean {
  const text = plainly(words(message));
  return typeof says === 'string' ? text.includes(says) : says.test(text);
}

export function plainly(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('’', "'");
}

/** A lead's timeline, oldest first. */
export async function facts(
  house: Running,
  leadId: string,
  kind?: string,
): Promise<{ kind: string; actorId: string | null; data: unknown }[]> {
  return house.app.store.db.timelineEvent.findMany({
    where: { leadId, ...(kind !== undefined && { kind }) },
    orderBy: { id: 'asc' },
    select: { kind: true, actorId: true, data: true },
  });
}

/** A lead as it is stored. */
export async function stored(house: Running, id: string) {
  return house.app.store.db.lead.findUniqueOrThrow({ where: { id } });
}
