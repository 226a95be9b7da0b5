import { sentence } from '../../chat/card.js';
import type { Click, FormReply, Reply, Submission } from '../../chat/interaction.js';
import type { Dealership } from '../../dealership/dealership.js';
import { sayBelow, show } from '../../leads/announce.js';
import { changeLead } from '../../leads/records.js';
import { append } from '../../leads/timeline.js';
import type { Enqueue } from '../../store/jobs.js';
import type { Unit } from '../../store/store.js';
import { type Acting, carryOut, openForm, signed } from '../acting.js';
import type { Desk } from '../workflow.js';
import { remindersOf } from './due.js';
import { abandonForm } from './form.js';
import { abandonWords } from './messages.js';
import { readAbandon } from './read.js';
import { insertRequest, isPending } from './records.js';
import { remindToDecide } from './remind.js';

/** The card of a request, for whoever decides. */
export const REQUEST = 'abandon.request';
/** The line in the lead's thread. */
export const ASKED = 'abandon.asked';

/** Opens the form `abandon`, unless a request waits for its decision already. */
export async function openAbandon(desk: Desk, click: Click): Promise<Reply> {
  const reply = await openForm(desk, click, 'ask-abandonment', abandonForm);
  if (reply.kind !== 'form' || !(await isPending(desk.store.db, click.subject))) return reply;
  const person = await desk.personOf(click.actor.person, click.actor.name);
  return { kind: 'private', card: sentence(abandonWords[desk.languageFor(person)].pending) };
}

/** Takes the form `abandon`: the request goes to the managers, the lead stays its owner's. */
export function askAbandonment(desk: Desk, submission: Submission): Promise<FormReply> {
  return carryOut(desk, submission, { leadId: submission.subject, act: 'ask-abandonment', field: 'reason' }, (unit, acting) =>
    ask(unit, acting, submission),
  );
}

async function ask({ db, enqueue }: Unit, acting: Acting, submission: Submission): Promise<FormReply> {
  const { lead, dealership, person, language } = acting;
  if (await isPending(db, lead.id)) return { kind: 'faults', faults: { reason: abandonWords[language].pending } };
  const reading = readAbandon(submission.values, dealership, language);
  if (reading.kind === 'faults') return reading;
  const { at } = submission;
  const { reason } = reading.asked;
  const id = await insertRequest(db, { leadId: lead.id, requesterId: person.id, requestedAt: at, ...reading.asked });
  const by = signed(acting, submission.actor);
  const owner = by.behalfOfId === undefined ? null : (lead.owner?.name ?? null);
  await append(db, [{ leadId: lead.id, at, kind: 'abandon-asked', ...by, data: { decision: id, reason, owner } }]);
  await changeLead(db, lead.id, {});
  showRequest(enqueue, dealership, lead.id, id, 'post');
  // Without a channel of the managers the request itself stands in the thread, and says it all.
  if (dealership.channels.managers !== null) sayBelow(enqueue, dealership, { leadId: lead.id, topic: ASKED, subject: id }, 'post');
  for (const due of remindersOf(dealership, at)) enqueue(remindToDecide, { requestId: id, to: due.to }, { notBefore: due.at });
  return { kind: 'close' };
}

/** Asks for the card of a request: in the managers' channel, else in the lead's thread. */
export function showRequest(enqueue: Enqueue, dealership: Dealership, leadId: string, id: string, act: 'post' | 'redraw'): void {
  const about = { leadId, topic: REQUEST, subject: id };
  const channel = dealership.channels.managers;
  if (channel === null) sayBelow(enqueue, dealership, about, act);
  else show(enqueue, { ...about, channel }, act);
}
