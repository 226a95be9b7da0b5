import type { Card } from '../../chat/card.js';
import type { FormReply, Submission } from '../../chat/interaction.js';
import type { Line } from '../../chat/text.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { clock, day } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { announce, sayBelow } from '../../leads/announce.js';
import { CONTACTS } from '../../leads/contacts.js';
import { isClosed, type Lead, NEXT_ACTIONS, TEMPERATURES } from '../../leads/lead.js';
import { WORKED } from '../../leads/life.js';
import { cardWords } from '../../leads/messages.js';
import { keepNote, readNote } from '../../leads/notes.js';
import { changeLead } from '../../leads/records.js';
import { append, type Fact, readFact, readTimeline } from '../../leads/timeline.js';
import type { Db } from '../../store/database.js';
import type { Unit } from '../../store/store.js';
import { type Acting, carryOut, openForm, signed } from '../acting.js';
import type { Desk, Workflow } from '../workflow.js';
import { statusForm } from './form.js';
import { statusWords } from './messages.js';
import { readStatus, type Status } from './read.js';

const UPDATE = 'status.update';

/** Where a lead stands and what its owner does next. */
export function statusWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'status.open', label: statusWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: { 'status.open': (click) => openForm(desk, click, 'status', statusForm) },
    forms: {
      status: (submission) =>
        carryOut(desk, submission, { leadId: submission.subject, act: 'status', field: 'stage' }, (unit, acting) =>
          update(unit, acting, submission),
        ),
    },
    draws: { [UPDATE]: (lead, dealership, subject) => updateCard(desk, lead, dealership, subject) },
    tells: { status: (fact, _, language) => updateLine(desk, fact, language) },
  };
}

async function update({ db, enqueue }: Unit, acting: Acting, submission: Submission): Promise<FormReply> {
  const { lead, dealership, person, language } = acting;
  const reading = readStatus(submission.values, lead, dealership, language, submission.at);
  if (reading.kind === 'faults') return reading;
  if (await isRepeated(db, acting, submission.at, reading.status)) return { kind: 'close' };
  const { stage, temperature, contact, next, note } = reading.status;
  await changeLead(db, lead.id, {
    stage,
    ...(temperature && { temperature }),
    ...(contact && lead.contactedAt === null && { contactedAt: submission.at }),
    nextActionKind: next.kind,
    nextActionAt: next.at,
  });
  const noteId = note === null ? null : await keepNote(db, { leadId: lead.id, authorId: person.id, at: submission.at, text: note });
  const [fact] = await append(db, [
    {
      leadId: lead.id,
      at: submission.at,
      kind: 'status',
      ...signed(acting, submission.actor),
      data: { stage, temperature, contact, nextKind: next.kind, nextAt: next.at.toISOString(), note: noteId },
    },
  ]);
  announce(enqueue, lead.id, dealership, 'redraw');
  sayBelow(enqueue, dealership, { leadId: lead.id, topic: UPDATE, subject: String(fact) }, 'post');
  return { kind: 'close' };
}

/** Two calls within this time, in the same words, are one form sent twice. */
const REPEATED_MS = 60_000;
/** Facts to look back through for it. */
const RECENT = 20;

/** The same form sent twice is one update: a contact must not count twice. */
async function isRepeated(db: Db, { lead, person }: Acting, at: Date, status: Status): Promise<boolean> {
  const last = (await readTimeline(db, lead.id, RECENT)).findLast(({ kind }) => kind === 'status');
  if (last?.actor?.id !== person.id || at.getTime() - last.at.getTime() > REPEATED_MS) return false;
  const { stage, temperature, contact, nextKind, nextAt, note } = last.data;
  if (stage !== status.stage || temperature !== status.temperature || contact !== status.contact) return false;
  if (nextKind !== status.next.kind || nextAt !== status.next.at.toISOString()) return false;
  const words = typeof note === 'string' ? await readNote(db, note) : null;
  return (words?.text ?? null) === status.note;
}

async function updateCard(desk: Desk, lead: Lead, dealership: Dealership, subject: string): Promise<Card | null> {
  const fact = /^\d+$/.test(subject) ? await readFact(desk.store.db, BigInt(subject)) : null;
  if (fact?.leadId !== lead.id) return null;
  const line = updateLine(desk, fact, dealership.language);
  const next = nextLine(fact, dealership);
  const lines: Line[] = [[{ bold: line }], ...(next ? [[statusWords[dealership.language].nextLine(next)]] : [])];
  const note = typeof fact.data.note === 'string' ? await readNote(desk.store.db, fact.data.note) : null;
  return {
    summary: line,
    elements: [{ kind: 'lines', lines }, ...(note ? [{ kind: 'quote' as const, text: note.text }] : [])],
    buttons: [],
  };
}

/** "Alice Martin: Appointment, Hot, by call". */
function updateLine(desk: Desk, fact: Fact, language: Language): string {
  const words = statusWords[language];
  const { stages, temperatures } = cardWords[language];
  const stage = WORKED.find((one) => one === fact.data.stage);
  const temperature = TEMPERATURES.find((one) => one === fact.data.temperature);
  const contact = CONTACTS.find((one) => one === fact.data.contact);
  const what = [stage && stages[stage], temperature && temperatures[temperature], contact && words.contacts[contact]];
  const owner = fact.behalfOfId === null ? undefined : desk.group.directory.byId(fact.behalfOfId)?.name;
  const name = fact.actor?.name ?? '';
  return words.update(owner === undefined ? name : words.onBehalf(name, owner), what.filter((one) => one !== undefined).join(' · '));
}

function nextLine({ data }: Fact, dealership: Dealership): string | null {
  const kind = NEXT_ACTIONS.find((one) => one === data.nextKind);
  const at = typeof data.nextAt === 'string' ? new Date(data.nextAt) : null;
  const locale = localeOf(dealership);
  return kind && at ? `${cardWords[locale.language].nextKinds[kind]} · ${day(at, locale)} · ${clock(at, locale)}` : null;
}
