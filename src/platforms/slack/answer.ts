import type { Card } from '../../chat/card.js';
import type { Form } from '../../chat/form.js';
import type { Reply } from '../../chat/interaction.js';
import type { PersonId } from '../../chat/text.js';
import type { Log } from '../log.js';
import type { Call } from './client.js';
import { toFailure } from './errors.js';
import { personId } from './refs.js';
import { renderCard } from './render.js';
import { renderForm } from './render-form.js';
import type { Tell } from './whisper.js';

/** What answering somebody takes. */
export interface Answering {
  readonly call: Call;
  readonly tell: Tell;
  readonly log: Log;
  readonly timeoutMs: number;
  /** Shown when the program failed or was too slow; words of its caller. */
  readonly trouble: (person: PersonId) => Card;
}

/** Where an interaction came from and how it may be answered. */
export interface Place {
  readonly user: string;
  readonly channel: string | undefined;
  readonly thread: string | undefined;
  readonly responseUrl: string | undefined;
  readonly trigger: string | undefined;
}

/** Carries out a reply after the acknowledgement. One attempt; failures are logged, the person has been answered. */
export async function deliver(answering: Answering, reply: Reply, place: Place): Promise<void> {
  if (reply.kind === 'form') return openForm(answering, reply.form, place);
  if (reply.kind === 'private') return tellPrivately(answering, reply.card, place);
}

async function openForm(answering: Answering, form: Form, place: Place): Promise<void> {
  try {
    await answering.call('views.open', { trigger_id: place.trigger, view: renderForm(form) }, 'change');
  } catch (error) {
    const { kind, code } = toFailure(error, 'change');
    answering.log('error', 'form not opened', { form: form.id, user: place.user, kind, code });
    await tellPrivately(answering, answering.trouble(personId(place.user)), place);
  }
}

async function tellPrivately(answering: Answering, card: Card, place: Place): Promise<void> {
  try {
    if (place.responseUrl === undefined) await answering.tell(place, card);
    else await respond(place.responseUrl, place.thread, card, answering.timeoutMs);
  } catch (error) {
    const { kind, code } = toFailure(error, 'post');
    answering.log('error', 'private answer lost', { user: place.user, kind, code });
  }
}

/** Slack's own address for answering one interaction; no token, no rate of ours. */
async function respond(url: string, thread: string | undefined, card: Card, timeoutMs: number): Promise<void> {
  const message = { response_type: 'ephemeral', replace_original: false, ...(thread ? { thread_ts: thread } : {}), ...renderCard(card) };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(message),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`response_url answered ${response.status}`);
}
