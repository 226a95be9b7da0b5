import { jsonLead } from './leads.js';
import type { Running } from './running.js';
import { ANNECY, arrived, buttons, card, type Message, plainly, SOON } from './seen.js';

/** A lead somebody claimed, and what people do with it. */
export interface Owned {
  readonly id: string;
  readonly channel: string;
  /** Its card. */
  readonly ts: string;
  /** Somebody presses a button of the card. */
  press(user: string, action: string): Promise<{ readonly ok: boolean }>;
  /** Somebody opens a form by a button of the card, fills it in and sends it. */
  fill(user: string, action: string, values: Readonly<Record<string, string>>): Promise<FormAnswer>;
  /** What stands below its card, oldest first. */
  below(): readonly Message[];
}

/** What the client shows after a form was sent: nothing, or a sentence under a field. */
export type FormAnswer = { readonly ok: boolean; readonly fields?: Readonly<Record<string, string>> };

/** A new lead, claimed by a click on its card. */
export async function owned(house: Running, user: string, channel: string, changes: Parameters<typeof jsonLead>[0] = {}): Promise<Owned> {
  const { id, card: shown } = await arrived(house, jsonLead({ dealership: channel === ANNECY ? 'annecy' : 'lyon', ...changes }), channel);
  await house.slack.as(user).click({ channel, ts: shown.ts, action_id: 'claim.take' });
  const { ts } = await card(house, channel, id, (one) => buttons(one).includes('status.open'));
  const press = (who: string, action: string) => house.slack.as(who).click({ channel, ts, action_id: action });
  const fill = async (who: string, action: string, values: Readonly<Record<string, string>>) => {
    const person = house.slack.as(who);
    await person.close(true);
    await press(who, action);
    await house.slack.until(() => person.modal(), SOON);
    return person.submit(values);
  };
  const below = () => house.slack.messages(channel).filter((one) => one.thread_ts === ts && one.ts !== ts);
  return { id, channel, ts, press, fill, below };
}

/** The sentences under the fields of a form that was sent without a client, as they can be typed in a test. */
export function faultsOf({ answer }: { readonly answer: unknown }): Readonly<Record<string, string>> {
  const { errors } = (answer ?? {}) as { errors?: Readonly<Record<string, string>> };
  return Object.fromEntries(Object.entries(errors ?? {}).map(([field, said]) => [field, plainly(said)]));
}

/** The ids of the fields a form asks for, in order. */
export function fieldsOf(form: { readonly blocks: readonly object[] }): readonly string[] {
  return form.blocks.flatMap((block) => ('type' in block && block.type === 'input' && 'block_id' in block ? [String(block.block_id)] : []));
}
