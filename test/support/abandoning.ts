import { expect } from 'vitest';
import { jsonLead } from './leads.js';
import type { Running } from './running.js';
import { arrived, buttons, card, LYON, MANAGERS_LYON, type Message, SOON } from './seen.js';

export const DECIDE = ['abandon.approve', 'abandon.sendback', 'abandon.handover', 'abandon.recycle'];
export const WHY = 'Huit appels sans réponse, la boîte vocale est pleine.';

/** A claimed lead, and where its card stands. */
export interface Owned {
  readonly id: string;
  readonly ts: string;
  readonly channel: string;
}

/** What a message of ours shows. */
export function markOf(message: Message): string {
  return String((message.metadata as { event_payload?: { mark?: unknown } } | undefined)?.event_payload?.mark ?? '');
}

/** What people do about abandonments, in a running house. */
export function abandoning(house: () => Running) {
  const below = ({ channel, ts }: { channel: string; ts: string }, find: (one: Message) => boolean) => {
    const there = () => house().slack.messages(channel);
    return house().slack.until(() => there().find((one) => one.thread_ts === ts && one.ts !== ts && find(one)), SOON);
  };

  /** The card of a request, as soon as it shows what is asked. */
  const requestCard = (channel: string, id: string, find: (one: Message) => boolean = () => true) =>
    house().slack.until(
      () =>
        house()
          .slack.messages(channel)
          .find((one) => markOf(one).endsWith(`/abandon.request/${id}`) && find(one)),
      SOON,
    );

  /** A lead of somebody. */
  const owned = async (user: string, channel = LYON): Promise<Owned> => {
    const { id, card: shown } = await arrived(house(), jsonLead({ dealership: channel === LYON ? 'lyon' : 'annecy' }), channel);
    await house().slack.as(user).click({ channel, ts: shown.ts, action_id: 'claim.take' });
    const { ts } = await card(house(), channel, id, (one) => buttons(one).includes('abandon.open'));
    return { id, ts, channel };
  };

  /** Presses a button until its form stands on the screen. */
  const formOf = async (user: string, { channel, ts }: { channel: string; ts: string }, action_id: string) => {
    const person = house().slack.as(user);
    await person.close(true);
    expect(await person.click({ channel, ts, action_id })).toMatchObject({ ok: true });
    return { person, form: await house().slack.until(() => person.modal(), SOON) };
  };

  /** Asks to abandon. @returns the request, and where its card stands */
  const asked = async (lead: Owned, user: string, reason = 'unreachable') => {
    const { person } = await formOf(user, lead, 'abandon.open');
    expect(await person.submit({ reason, justification: WHY })).toEqual({ ok: true });
    const { id } = await house().app.store.db.decision.findFirstOrThrow({ where: { leadId: lead.id, decidedAt: null } });
    const channel = lead.channel === LYON ? MANAGERS_LYON : lead.channel;
    return { id, channel, ts: (await requestCard(channel, id)).ts };
  };

  /** Makes what waits for its time due now: the jobs of one kind that are about these ids. */
  const hurry = async (name: string, about: Readonly<Record<string, string>>) => {
    await house().app.store.db.$executeRaw`
      UPDATE pgboss.job SET start_after = now() WHERE name = ${name} AND data @> ${JSON.stringify(about)}::jsonb AND state < 'active'`;
    house().app.store.jobs.wake([name]);
  };

  /** The jobs of one kind that are about these ids and not over; `waits`: for a time to come. */
  const open = (name: string, about: Readonly<Record<string, string>>) =>
    house().app.store.db.$queryRaw<{ waits: boolean }[]>`
      SELECT start_after > now() AS waits FROM pgboss.job
      WHERE name = ${name} AND data @> ${JSON.stringify(about)}::jsonb AND state < 'completed'`;

  return { below, requestCard, owned, formOf, asked, hurry, open };
}
