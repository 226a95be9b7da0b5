import type { Correction, Remark, Removal } from '../../chat/interaction.js';
import { shorten, tidy } from '../../chat/text.js';
import type { Language } from '../../language/locale.js';
import { keepNote } from '../../leads/notes.js';
import { append, type Fact, type FactKind } from '../../leads/timeline.js';
import type { Db } from '../../store/database.js';
import { type Desk, platformOf, type RemarkAbout, type Workflow, withLead } from '../workflow.js';
import { noteWords } from './messages.js';
import { type KeptNote, noteIn, rewriteNote, strikeNote } from './records.js';

/** What people write below a message about a lead is part of its file. */
export function notesWorkflow(desk: Desk): Workflow {
  return {
    remarked: (remark, about) => keep(desk, remark, about),
    corrected: (correction) => rewrite(desk, correction),
    removed: (removal) => strike(desk, removal),
    tells: {
      noted: (fact, _, language) => noteWords[language].noted(authorIn(fact, language)),
      'note-changed': (fact, _, language) => noteWords[language].changed(authorIn(fact, language)),
      'note-deleted': (fact, _, language) => noteWords[language].deleted(authorIn(fact, language)),
    },
  };
}

/** Characters of one note; what is longer is shortened. */
const LONGEST_NOTE = 12_000;

function bounded(text: string): string {
  return shorten(tidy(text), LONGEST_NOTE);
}

async function keep(desk: Desk, remark: Remark, { lead, person }: RemarkAbout): Promise<void> {
  const text = bounded(remark.text);
  // Files alone are no words of anybody.
  if (text === '') return;
  await withLead(desk, lead.id, async ({ db }) => {
    // Deliveries of one remark may arrive at once, but only one of them holds the lead.
    if (await noteIn(db, remark.message)) return;
    const { message, at } = remark;
    const note = await keepNote(db, { leadId: lead.id, authorId: person.id, at, text, message });
    await append(db, [{ leadId: lead.id, at, kind: 'noted', actorId: person.id, platform: platformOf(message), data: { note } }]);
  });
}

async function rewrite(desk: Desk, { message, text, at }: Correction): Promise<void> {
  const words = bounded(text);
  await withNote(desk, message, async (db, note) => {
    if (note.text === words) return;
    await rewriteNote(db, note.id, words, at);
    await append(db, [factOf(note, 'note-changed', message, at)]);
  });
}

async function strike(desk: Desk, { message, at }: Removal): Promise<void> {
  await withNote(desk, message, async (db, note) => {
    await strikeNote(db, note.id, at);
    await append(db, [factOf(note, 'note-deleted', message, at)]);
  });
}

/** Works on the note a message holds, alone with its lead. Nothing happens where there is none, or it was deleted. */
async function withNote(desk: Desk, message: string, work: (db: Db, note: KeptNote) => Promise<void>): Promise<void> {
  const known = await noteIn(desk.store.db, message);
  if (!known || known.deletedAt) return;
  await withLead(desk, known.leadId, async ({ db }) => {
    const note = await noteIn(db, message);
    if (note && !note.deletedAt) await work(db, note);
  });
}

/** The platform does not say who deleted a message: the fact names whose note it was. */
function factOf(note: KeptNote, kind: FactKind, message: string, at: Date) {
  return { leadId: note.leadId, at, kind, actorId: note.authorId, platform: platformOf(message), data: { note: note.id } };
}

function authorIn(fact: Fact, language: Language): string {
  return fact.actor?.name ?? noteWords[language].somebody;
}
