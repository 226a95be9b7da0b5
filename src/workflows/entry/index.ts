import { createHash } from 'node:crypto';
import { sentence } from '../../chat/card.js';
import type { Click, Command, FormReply, Reply, Submission } from '../../chat/interaction.js';
import type { Dealership } from '../../dealership/dealership.js';
import { BY_HAND } from '../../dealership/group.js';
import type { Person } from '../../dealership/people.js';
import { announce } from '../../leads/announce.js';
import { readCustomer, readOrigin } from '../../leads/details.js';
import { gapsOf, isClosed, type Lead, type NewLead, tierOf } from '../../leads/lead.js';
import { completeLead, insertLeads, isId } from '../../leads/records.js';
import { maySeeContact } from '../../leads/rights.js';
import { append } from '../../leads/timeline.js';
import { newId } from '../../store/id.js';
import { noteRefused } from '../acting.js';
import { type Desk, findLead, outOfDate, platformOf, type Workflow } from '../workflow.js';
import { entryForm } from './form.js';
import { entryWords } from './messages.js';
import { type Entry, readEntry } from './read.js';

const CLOSE: FormReply = { kind: 'close' };
const NEW = 'new:';

/** A lead by hand, for the switchboard; and completing one that came with something missing. */
export function entryWorkflow(desk: Desk): Workflow {
  const openForm = (command: Command) => openToAdd(desk, command);
  return {
    offers: (lead, dealership) =>
      gapsOf(lead).length > 0 && !isClosed(lead.stage)
        ? [{ action: 'lead.complete', label: entryWords[dealership.language].complete, subject: lead.id, opens: true }]
        : [],
    clicks: { 'lead.complete': (click) => openToComplete(desk, click) },
    commands: { add: openForm, new: openForm, nouveau: openForm },
    forms: {
      lead: (submission) => (submission.subject.startsWith(NEW) ? add(desk, submission) : complete(desk, submission)),
    },
  };
}

async function openToAdd(desk: Desk, command: Command): Promise<Reply> {
  const person = await desk.personOf(command.actor.person, command.actor.name);
  const dealerships = dealershipsOf(desk, person);
  const here = dealerships.find((dealership) => command.channel !== undefined && dealership.channels.leads.includes(command.channel));
  const language = desk.languageFor(person, here ?? dealerships[0]);
  if (dealerships.length === 0) {
    const [ask] = desk.group.dealerships.flatMap((dealership) => desk.group.directory.managersOf(dealership));
    return { kind: 'private', card: sentence(entryWords[language].nowhere(ask?.name ?? null)) };
  }
  const mayClaim = dealerships.some((dealership) => desk.group.directory.maySell(person, dealership));
  const chosen = here ? { chosen: here.id } : {};
  return { kind: 'form', form: entryForm({ language, subject: `${NEW}${newId()}`, dealerships, mayClaim, ...chosen }) };
}

function dealershipsOf(desk: Desk, person: Person): Dealership[] {
  return desk.group.dealerships.filter((dealership) => desk.group.directory.belongs(person, dealership));
}

async function add(desk: Desk, submission: Submission): Promise<FormReply> {
  const person = await desk.personOf(submission.actor.person, submission.actor.name);
  const mine = dealershipsOf(desk, person);
  const dealership = mine.find((one) => one.id === submission.values.dealership) ?? mine[0];
  const language = desk.languageFor(person, dealership);
  const id = submission.subject.slice(NEW.length);
  if (!dealership || !isId(id)) return { kind: 'faults', faults: { 'customer.name': entryWords[language].nowhere(null) } };
  const reading = readEntry(submission.values, dealership.country, language);
  if (reading.kind === 'faults') return reading;
  const { entry } = reading;
  if (!entry.name && !entry.phone && !entry.email)
    return { kind: 'faults', faults: { 'customer.name': entryWords[language].faults.empty } };
  const keeps = entry.claim && desk.group.directory.maySell(person, dealership);
  const lead = newLead(id, dealership, entry, submission.at, { personId: person.id, platform: platformOf(submission.actor.person) }, keeps);
  await desk.store.transact(async ({ db, enqueue }) => {
    const stored = await insertLeads(db, [], [lead]);
    if (stored.has(lead.id)) announce(enqueue, lead.id, dealership, 'post');
  });
  return CLOSE;
}

/** The form's own id is the lead's id and its external key, so that a form sent twice makes one lead. */
function newLead(
  id: string,
  dealership: Dealership,
  entry: Entry,
  at: Date,
  enteredBy: { personId: string; platform: string },
  keeps: boolean,
): NewLead {
  return {
    id,
    dealershipId: dealership.id,
    sourceId: BY_HAND,
    externalKey: id,
    rawIntakeId: null,
    tier: tierOf(entry),
    receivedAt: at,
    requestedAt: null,
    name: entry.name,
    email: entry.email,
    phone: entry.phone,
    customer: { ...readCustomer({}), city: entry.city, sent: entry.sent },
    interest: entry.interest,
    tradeIn: entry.tradeIn,
    message: entry.message,
    origin: readOrigin({}),
    problems: [],
    enteredBy,
    ...(keeps && { ownerId: enteredBy.personId }),
  };
}

async function openToComplete(desk: Desk, click: Click): Promise<Reply> {
  const person = await desk.personOf(click.actor.person, click.actor.name);
  const found = await findLead(desk, click.subject);
  if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
  const { lead, dealership } = found;
  const language = desk.languageFor(person, dealership);
  if (!desk.group.directory.belongs(person, dealership)) {
    await desk.store.transact(({ db }) => noteRefused(db, lead.id, person, 'complete', click));
    return { kind: 'private', card: sentence(entryWords[language].notYours(dealership.name)) };
  }
  const showContact = maySeeContact(lead, person, dealership, desk.group.directory);
  return {
    kind: 'form',
    form: entryForm({
      language,
      subject: `${lead.id}:${stateOf(lead)}`,
      dealerships: [dealership],
      mayClaim: false,
      known: lead,
      showContact,
    }),
  };
}

async function complete(desk: Desk, submission: Submission, attempt = 1): Promise<FormReply> {
  const person = await desk.personOf(submission.actor.person, submission.actor.name);
  const [id = '', opened] = submission.subject.split(':');
  const found = await findLead(desk, id);
  const language = desk.languageFor(person, found?.dealership);
  if (!found) return { kind: 'faults', faults: { 'customer.name': entryWords[language].gone } };
  const { lead, dealership } = found;
  if (!desk.group.directory.belongs(person, dealership)) {
    await desk.store.transact(({ db }) => noteRefused(db, lead.id, person, 'complete', submission));
    return { kind: 'faults', faults: { 'customer.name': entryWords[language].notYours(dealership.name) } };
  }
  const reading = readEntry(submission.values, dealership.country, language);
  if (reading.kind === 'faults') return reading;
  const changed: FormReply = { kind: 'faults', faults: { 'customer.name': entryWords[language].faults.changed } };
  if (opened !== undefined && opened !== stateOf(lead)) return changed;
  const saved = await desk.store.transact(async ({ db, enqueue }) => {
    if (!(await completeLead(db, lead, completed(lead, reading.entry)))) return false;
    await append(db, [
      { leadId: lead.id, at: submission.at, kind: 'completed', actorId: person.id, platform: platformOf(submission.actor.person) },
    ]);
    announce(enqueue, lead.id, dealership, 'redraw');
    return true;
  });
  if (saved) return CLOSE;
  // A claim in this very moment is no reason to refuse: look again at what it is now.
  return attempt < 3 ? complete(desk, submission, attempt + 1) : changed;
}

/** What a completion may change, in short. Travels with the form, so that nobody overwrites what they have not seen. */
function stateOf({ name, email, phone, message, customer, interest }: Lead): string {
  return createHash('sha256')
    .update(JSON.stringify([name, email, phone, message, customer, interest]))
    .digest('hex')
    .slice(0, 12);
}

/** What is left empty stays as it is. */
function completed(lead: Lead, entry: Entry) {
  const known = { name: entry.name ?? lead.name, email: entry.email ?? lead.email, phone: entry.phone ?? lead.phone };
  const sent = { phone: entry.sent.phone ?? lead.customer.sent.phone, email: entry.sent.email ?? lead.customer.sent.email };
  return {
    ...known,
    tier: tierOf(known),
    message: entry.message ?? lead.message,
    customer: { ...lead.customer, city: entry.city ?? lead.customer.city, sent },
    interest: entry.interest && lead.interest ? { ...lead.interest, ...present(entry.interest) } : (entry.interest ?? lead.interest),
  };
}

function present<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) as Partial<T>;
}
