import type { SlackMessage } from '../../../src/sandbox/slack/index.js';
import { buttons } from '../../support/seen.js';
import type { Ground } from './ground.js';
import { until } from './wait.js';

/** How an act was answered: it was done, it could not be tried, or nobody said so and it may have been done or not. */
export type Answered = 'done' | 'refused' | 'unanswered';

/** A message, and the channel it stands in. */
export interface Standing {
  readonly channel: string;
  readonly message: SlackMessage;
}

/** What a message of ours shows: a lead's id for its card, `lead/topic/subject` for anything else. */
export function markOf(message: SlackMessage): string {
  return (message.metadata as { event_payload?: { mark?: string } } | undefined)?.event_payload?.mark ?? '';
}

/** The newest message of ours in a channel whose mark fits. */
export function shows(ground: Ground, channel: string, fits: (mark: string, message: SlackMessage) => boolean): Standing | null {
  const message = ground.slack.messages(channel).findLast((one) => fits(markOf(one), one));
  return message ? { channel, message } : null;
}

/** The card of a lead in its channel, once it offers a button. */
export function offering(ground: Ground, channel: string, lead: string, action: string): Standing | null {
  return shows(ground, channel, (mark, message) => mark === lead && buttons(message).includes(action));
}

/**
 * Presses a button that does something at once. Slack's acknowledgement does not say what: it is done when it shows.
 * @param shown whether it does
 */
export async function press(
  ground: Ground,
  user: string,
  { channel, message }: Standing,
  action: string,
  shown: () => unknown,
): Promise<Answered> {
  const answer = await ground.slack.as(user).click({ channel, ts: message.ts, action_id: action });
  if (!answer.ok) return answer.error === 'not_found' ? 'refused' : 'unanswered';
  return until('what was pressed to show', SHOWN_WITHIN_MS, () => (shown() ? ('done' as const) : null)).catch(() => 'unanswered');
}

/** Presses Claim on a card: done when it names them. */
export function claim(ground: Ground, { user, name }: { readonly user: string; readonly name: string }, card: Standing): Promise<Answered> {
  const lead = markOf(card.message);
  const theirs = () => shows(ground, card.channel, (mark, one) => mark === lead && one.text.includes(name));
  return press(ground, user, card, 'claim.take', theirs);
}

const screens = new WeakMap<Ground, Map<string, Promise<unknown>>>();

/** Somebody has one screen: what several scenes want of them there comes one after another. */
function atScreen<T>(ground: Ground, user: string, work: () => Promise<T>): Promise<T> {
  const turns = screens.get(ground) ?? new Map<string, Promise<unknown>>();
  screens.set(ground, turns);
  const turn = (turns.get(user) ?? Promise.resolve()).then(work);
  turns.set(
    user,
    turn.catch(() => {}),
  );
  return turn;
}

/** Presses a button that opens a form, fills it in and sends it. A form that does not open was refused, or got lost on its way. */
export function fill(
  ground: Ground,
  user: string,
  where: Standing,
  action: string,
  values: Readonly<Record<string, unknown>>,
): Promise<Answered> {
  return atScreen(ground, user, () => fillNow(ground, user, where, action, values));
}

async function fillNow(
  ground: Ground,
  user: string,
  { channel, message }: Standing,
  action: string,
  values: Readonly<Record<string, unknown>>,
): Promise<Answered> {
  const person = ground.slack.as(user);
  await person.close(true);
  const pressed = await person.click({ channel, ts: message.ts, action_id: action });
  if (!pressed.ok) return pressed.error === 'not_found' ? 'refused' : 'unanswered';
  const open = await until('a form', FORM_WITHIN_MS, () => person.modal()).catch(() => null);
  if (!open) return 'refused';
  // Too slow an answer is a fault under a field; what was asked may be carried out all the same.
  return (await person.submit(values)).ok ? 'done' : 'unanswered';
}

const FORM_WITHIN_MS = 3_000;
const SHOWN_WITHIN_MS = 10_000;

/** Does it until it is answered. What was done unanswered is refused the next time. */
export async function surely(what: string, act: () => Promise<Answered>, withinMs = 60_000): Promise<void> {
  await until(what, withinMs, async () => (await act()) === 'done');
}
