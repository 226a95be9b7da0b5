import { type Card, sentence } from '../../chat/card.js';
import type { Click, FormReply, Reply, Submission } from '../../chat/interaction.js';
import type { Dealership } from '../../dealership/dealership.js';
import { rememberedName } from '../../dealership/mirror.js';
import type { Language } from '../../language/locale.js';
import { announce, sayBelow } from '../../leads/announce.js';
import { titleOf } from '../../leads/card.js';
import { colleaguesFor } from '../../leads/colleagues.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { keepNote, readNote } from '../../leads/notes.js';
import { changeLead } from '../../leads/records.js';
import { append, type Fact, readFact } from '../../leads/timeline.js';
import { type Whisper, whisper } from '../../leads/whisper.js';
import type { Unit } from '../../store/store.js';
import { type Acting, carryOut, noteForbidden, refusalTo, signed } from '../acting.js';
import { type Desk, findLead, outOfDate, told, type Workflow } from '../workflow.js';
import { handoverForm } from './form.js';
import { handoverWords } from './messages.js';
import { readHandover } from './read.js';
import { readAppraised, readContacts, readLastNotes } from './records.js';
import { storyCard } from './story.js';

const LINE = 'handover.line';
const GIVEN = 'handover.given';
const RECEIVED = 'handover.received';
const LAST_NOTES = 3;

/** A lead goes to a colleague who can go on at once, whether or not its owner is there. */
export function handoverWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'handover.open', label: handoverWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: { 'handover.open': (click) => open(desk, click) },
    forms: {
      handover: (submission) =>
        carryOut(desk, submission, { leadId: submission.subject, act: 'hand-over', field: 'colleague' }, (unit, acting) =>
          handOver(desk, unit, acting, submission),
        ),
    },
    draws: { [LINE]: (lead, dealership, subject) => lineCard(desk, lead, dealership, subject) },
    whispers: {
      [GIVEN]: (about) => told(desk, about, (lead, dealership) => givenCard(desk, about, lead, dealership)),
      [RECEIVED]: (about) => told(desk, about, (lead, dealership) => receivedCard(desk, about, lead, dealership)),
    },
    tells: {
      'handed-over': (fact, _, language) => {
        const { from, to } = ends(fact);
        const known = (id: string | null) => (id === null ? undefined : desk.group.directory.byId(id)?.name);
        const { somebody } = handoverWords[language];
        return lineOf(fact, known(from) ?? somebody, known(to) ?? somebody, language);
      },
    },
  };
}

async function open(desk: Desk, click: Click): Promise<Reply> {
  const person = await desk.personOf(click.actor.person, click.actor.name);
  const found = await findLead(desk, click.subject);
  if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
  const { lead, dealership } = found;
  const language = desk.languageFor(person, dealership);
  const acting = { lead, dealership, person, language };
  const refused = refusalTo(desk, 'hand-over', acting);
  if (refused !== null) {
    await desk.store.transact(({ db }) => noteForbidden(desk, db, 'hand-over', acting, click));
    return { kind: 'private', card: sentence(refused) };
  }
  const colleagues = colleaguesFor(lead, dealership, desk.group.directory);
  if (colleagues.length === 0) return { kind: 'private', card: sentence(handoverWords[language].nobody(dealership.name)) };
  return { kind: 'form', form: handoverForm(lead, colleagues, language) };
}

async function handOver(desk: Desk, { db, enqueue }: Unit, acting: Acting, submission: Submission): Promise<FormReply> {
  const { lead, dealership, person, language } = acting;
  const { at } = submission;
  const reading = readHandover(submission.values, lead, colleaguesFor(lead, dealership, desk.group.directory), language);
  if (reading.kind === 'faults') return reading;
  const { to } = reading;
  const from = lead.owner?.id ?? null;
  // Since the claim the customer has waited for the same house: claimedAt and the next action stay.
  await changeLead(db, lead.id, { ownerId: to.id });
  const note = reading.note === null ? null : await keepNote(db, { leadId: lead.id, authorId: person.id, at, text: reading.note });
  const [factId] = await append(db, [
    { leadId: lead.id, at, kind: 'handed-over', ...signed(acting, submission.actor), data: { from, to: to.id, note } },
  ]);
  announce(enqueue, lead.id, dealership, 'redraw');
  sayBelow(enqueue, dealership, { leadId: lead.id, topic: LINE, subject: String(factId) }, 'post');
  const tell = (topic: string, accounts: readonly string[]) => {
    for (const account of accounts) whisper(enqueue, { topic, leadId: lead.id, account, at, ...(factId !== undefined && { factId }) });
  };
  tell(RECEIVED, to.accounts);
  // Somebody configuration does not list has their only account for an id.
  if (from !== null) tell(GIVEN, desk.group.directory.byId(from)?.accounts ?? [from]);
  return { kind: 'close' };
}

async function lineCard(desk: Desk, lead: Lead, dealership: Dealership, subject: string): Promise<Card | null> {
  const fact = await handoverFact(desk, lead, subject);
  if (!fact) return null;
  const { from, to } = ends(fact);
  const [before, after] = await Promise.all([nameOf(desk, from, dealership.language), nameOf(desk, to, dealership.language)]);
  return sentence(lineOf(fact, before, after, dealership.language));
}

/** One sentence for who had it. */
async function givenCard(desk: Desk, about: Whisper, lead: Lead, dealership: Dealership): Promise<Card | null> {
  const person = await desk.personOf(about.account);
  const fact = await handoverFact(desk, lead, about.factId);
  if (!fact) return null;
  const language = desk.languageFor(person, dealership);
  const words = handoverWords[language];
  const title = titleOf(lead, { ...dealership, language });
  const to = await nameOf(desk, ends(fact).to, language);
  if (fact.actor?.id === person.id) return sentence(words.youGave(title, to));
  const by = fact.actor?.name ?? words.somebody;
  return sentence(fact.actor?.id === ends(fact).to ? words.takenFromYou(title, by) : words.yoursIsWith(title, to, by));
}

/** The whole story for who has it now, and nothing once somebody else does. */
async function receivedCard(desk: Desk, about: Whisper, lead: Lead, dealership: Dealership): Promise<Card | null> {
  const person = await desk.personOf(about.account);
  const fact = await handoverFact(desk, lead, about.factId);
  if (!fact || lead.owner?.id !== person.id || isClosed(lead.stage)) return null;
  const language = desk.languageFor(person, dealership);
  const { db } = desk.store;
  const noteId = typeof fact.data.note === 'string' ? fact.data.note : null;
  const { from } = ends(fact);
  const [before, note, contacts, notes, appraised] = await Promise.all([
    fact.actor?.id === from ? null : nameOf(desk, from, language),
    noteId === null ? null : readNote(db, noteId),
    readContacts(db, lead.id),
    readLastNotes(db, lead.id, LAST_NOTES, noteId),
    readAppraised(db, lead.id),
  ]);
  const words = handoverWords[language];
  const by = fact.actor?.name ?? words.somebody;
  const intro = before === null ? words.yours(by) : fact.actor?.id === person.id ? words.youTook(before) : words.yoursFrom(by, before);
  return storyCard(lead, dealership, language, { intro, by, note: note?.text ?? null, contacts, notes, appraised }, desk.now());
}

async function handoverFact(desk: Desk, lead: Lead, id: string | null): Promise<Fact | null> {
  const fact = id !== null && /^\d+$/.test(id) ? await readFact(desk.store.db, BigInt(id)) : null;
  return fact?.leadId === lead.id && fact.kind === 'handed-over' ? fact : null;
}

function ends({ data }: Fact): { readonly from: string | null; readonly to: string | null } {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { from: text(data.from), to: text(data.to) };
}

/** The name of somebody, also when configuration no longer lists them. */
async function nameOf(desk: Desk, id: string | null, language: Language): Promise<string> {
  const { directory } = desk.group;
  const name = id === null ? null : (directory.byId(id)?.name ?? (await rememberedName(desk.store.db, id)));
  return name ?? handoverWords[language].somebody;
}

function lineOf(fact: Fact, from: string, to: string, language: Language): string {
  const words = handoverWords[language];
  const by = fact.actor?.name ?? words.somebody;
  if (fact.actor?.id === ends(fact).from) return words.byOwner(by, to);
  return fact.actor?.id === ends(fact).to ? words.takenOver(by, from) : words.byManager(by, to, from);
}
