import { sentence } from '../../chat/card.js';
import type { Click, FormReply, Reply, Submission } from '../../chat/interaction.js';
import { announce, announceEnd, sayBelow } from '../../leads/announce.js';
import { endOf } from '../../leads/card.js';
import { colleaguesFor } from '../../leads/colleagues.js';
import { isClosed } from '../../leads/lead.js';
import { obstacle } from '../../leads/life.js';
import { changeLead, type LeadChange } from '../../leads/records.js';
import { bringBack } from '../../leads/resting.js';
import { append } from '../../leads/timeline.js';
import { whisper } from '../../leads/whisper.js';
import type { Db } from '../../store/database.js';
import type { Unit } from '../../store/store.js';
import { type Acting, noteRefused } from '../acting.js';
import { actingWords } from '../messages.js';
import { type Desk, findLead, outOfDate, platformOf, withLead } from '../workflow.js';
import { showRequest } from './ask.js';
import { decisionForm } from './form.js';
import { abandonWords } from './messages.js';
import { type Decided, readDecision } from './read.js';
import { insertVerdict, OUTCOMES, type Outcome, type Request, readRequest } from './records.js';
import { verdictSentence } from './sentences.js';
import { decidersOf } from './who.js';

/** The line in the lead's thread of what was decided. */
export const DECIDED = 'abandon.decided';
/** Told in private to whoever the decision concerns. */
export const SENT_BACK = 'abandon.sent-back';
export const GIVEN = 'abandon.given';

/** Opens the form of one outcome for whoever may decide; anybody else reads who may. */
export async function openDecision(desk: Desk, click: Click, outcome: Outcome): Promise<Reply> {
  const person = await desk.personOf(click.actor.person, click.actor.name);
  const request = await readRequest(desk.store.db, click.subject);
  const found = request && (await findLead(desk, request.leadId));
  if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
  const { lead, dealership } = found;
  const acting = { lead, dealership, person, language: desk.languageFor(person, dealership) };
  const refused = refusalToDecide(desk, acting, request);
  if (refused !== null) {
    await desk.store.transact(({ db }) => noteForbidden(desk, db, acting, request, click));
    // Whoever pressed saw a card that is behind: sold meanwhile, or already decided.
    if (request.verdict || isClosed(lead.stage))
      await desk.store.transact(async ({ enqueue }) => showRequest(enqueue, dealership, lead.id, request.id, 'redraw'));
    return { kind: 'private', card: sentence(refused) };
  }
  const colleagues = colleaguesFor(lead, dealership, desk.group.directory);
  if (outcome === 'handover' && colleagues.length === 0)
    return { kind: 'private', card: sentence(abandonWords[acting.language].alone(dealership.name)) };
  return { kind: 'form', form: decisionForm(acting, request, outcome, colleagues) };
}

/** Takes the form `abandon_decision`. One decision stands, however many managers decide at once. */
export async function decideAbandonment(desk: Desk, submission: Submission): Promise<FormReply> {
  const person = await desk.personOf(submission.actor.person, submission.actor.name);
  const fault = (comment: string): FormReply => ({ kind: 'faults', faults: { comment } });
  const [id = '', choice, ...rest] = submission.subject.split(':');
  const outcome = rest.length === 0 ? OUTCOMES.find((one) => one === choice) : undefined;
  const known = outcome && (await readRequest(desk.store.db, id));
  const reply =
    known &&
    (await withLead(desk, known.leadId, async (unit, lead, dealership): Promise<FormReply | null> => {
      const request = await readRequest(unit.db, id);
      if (!request) return null;
      const acting = { lead, dealership, person, language: desk.languageFor(person, dealership) };
      const refused = refusalToDecide(desk, acting, request);
      if (refused !== null) {
        await noteForbidden(desk, unit.db, acting, request, submission);
        return fault(refused);
      }
      const colleagues = colleaguesFor(lead, dealership, desk.group.directory).map((one) => one.id);
      const reading = readDecision(submission.values, outcome, { dealership, colleagues, now: submission.at }, acting.language);
      if (reading.kind === 'faults') return reading;
      await settle(desk, unit, acting, { request, outcome, decided: reading.decided, submission });
      return { kind: 'close' };
    }));
  return reply ?? fault(abandonWords[desk.languageFor(person)].gone);
}

/** Why somebody may not decide a request, as a sentence for them; null when they may. */
function refusalToDecide(desk: Desk, { lead, dealership, person, language }: Acting, request: Request): string | null {
  const words = abandonWords[language];
  if (request.verdict) return words.already(verdictSentence(request.verdict, request, dealership, language));
  const deciders = decidersOf(request.requester.id, dealership, desk.group.directory);
  if (deciders.length === 0) return words.noManager(dealership.name);
  if (!deciders.some((one) => one.id === person.id)) {
    const names = words.or(deciders.slice(0, 2).map((one) => one.name));
    const own = person.id === request.requester.id && desk.group.directory.isManager(person, dealership);
    return own ? words.notYourOwn(names) : words.onlyManagers(names);
  }
  return obstacle('abandon', lead.stage) === null ? null : actingWords[language].over(endOf(lead, dealership));
}

/** An attempt without the right is a fact; one that only comes too late is none. */
async function noteForbidden(
  desk: Desk,
  db: Db,
  { lead, dealership, person }: Acting,
  request: Request,
  acted: Pick<Click, 'actor' | 'at'>,
) {
  const deciders = decidersOf(request.requester.id, dealership, desk.group.directory);
  if (request.verdict || deciders.some((one) => one.id === person.id)) return;
  await noteRefused(db, lead.id, person, 'decide', acted);
}

interface Settling {
  readonly request: Request;
  readonly outcome: Outcome;
  readonly decided: Decided;
  readonly submission: Submission;
}

/** Writes a decision and everything that follows from it. */
async function settle(desk: Desk, { db, enqueue }: Unit, { lead, dealership, person }: Acting, settling: Settling): Promise<void> {
  const { request, outcome, decided, submission } = settling;
  const { comment, colleagueId, recycleOn } = decided;
  const { at, actor } = submission;
  await insertVerdict(db, request.id, { outcome, comment, colleagueId, recycleOn, deciderId: person.id, decidedAt: at });
  await changeLead(db, lead.id, changeOf(outcome, decided, at));
  const data = {
    ...{ decision: request.id, outcome, reason: request.reason, from: lead.owner?.id ?? null, to: colleagueId },
    until: recycleOn?.toISOString().slice(0, 10) ?? null,
  };
  const fact = { leadId: lead.id, at, kind: 'decided' as const, actorId: person.id, platform: platformOf(actor.person), data };
  const [factId] = await append(db, [fact]);
  if (outcome === 'approve' || outcome === 'recycle') await announceEnd({ db, enqueue }, lead.id, dealership, desk.ending());
  else announce(enqueue, lead.id, dealership, 'redraw');
  showRequest(enqueue, dealership, lead.id, request.id, 'redraw');
  sayBelow(enqueue, dealership, { leadId: lead.id, topic: DECIDED, subject: request.id }, 'post', outcome === 'approve');
  if (recycleOn) bringBack(enqueue, lead.id, dealership, recycleOn);
  const tell = (topic: string, personId: string | null | undefined) => {
    for (const account of personId ? accountsOf(desk, personId) : [])
      whisper(enqueue, { topic, leadId: lead.id, account, at, ...(factId !== undefined && { factId }) });
  };
  if (outcome === 'sendback') tell(SENT_BACK, lead.owner?.id);
  if (outcome === 'handover') for (const one of [lead.owner?.id, colleagueId]) tell(GIVEN, one);
}

function changeOf(outcome: Outcome, { colleagueId, recycleOn }: Decided, at: Date): LeadChange {
  switch (outcome) {
    case 'approve':
      return { stage: 'abandoned', closedAt: at, nextActionKind: null, nextActionAt: null };
    case 'sendback':
      return {};
    case 'handover':
      return { ownerId: colleagueId };
    case 'recycle':
      // The rest of its first life stays readable until it comes back.
      return { stage: 'abandoned', ownerId: null, closedAt: at, restingUntil: recycleOn };
  }
}

/** Where somebody is reached; whoever configuration does not list is their account. */
function accountsOf(desk: Desk, personId: string): readonly string[] {
  const listed = desk.group.directory.byId(personId);
  return listed ? listed.accounts : personId.includes(':') ? [personId] : [];
}
