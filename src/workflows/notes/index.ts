import type { Correction, Remark, Removal } from '../../chat/interaction.js';
import type { Language } from '../../language/locale.js';
import { keepNote, noteText } from '../../leads/notes.js';
import { append, type Fact, type FactKind } from '../../leads/timeline.js';
import type { Db } from '../../store/database.js';
import { type Desk, platformOf, type RemarkAbout, type Workflow, withLead } from '../workflow.js';
import { noteWords } from './messages.js';
import { type KeptNote, noteIn, rewriteNote, strikeNote } from './records.js';

/** What people write below a message about a lead is part of its file. */
export function notesWorkflow(desk: Desk): Workflow {
  return {
    remarked: (remark, about) => keep(desk, remark, about),
    corrected: (correction, about) => rewrite(desk, correction, about),
    removed: (removal) => strike(desk, removal),
    tells: {
      noted: (fact, _, language) => noteWords[language].noted(authorIn(fact, language)),
      'note-changed': (fact, _, language) => noteWords[language].changed(authorIn(fact, language)),
      'note-deleted': (fact, _, language) => noteWords[language].deleted(authorIn(fact, language)),
    },
  };
}

async function keep(desk: Desk, remark: Remark, { lead, person }: RemarkAbout): Promise<void> {
  const text = noteText(remark.text);
  // Files alone are no words of anybody.
  if (text === '') return;
  await withLead(desk, lead.id, async ({ db }) => {
    // Deliveries of one remark may arrive at once, and after its correction, but only one of them holds the lead.
    if (await noteIn(db, remark.message)) return;
    const { message, at } = remark;
    const note = await keepNote(db, { leadId: lead.id, authorId: person.id, at, text, message });
    await append(db, [{ leadId: lead.id, at, kind: 'noted', actorId: person.id, platform: platformOf(message), data: { note } }]);
  });
}

/** Of a remark nobody has heard yet, and of files that had no words, the correction is the note. */
async function rewrite(desk: Desk, correction: Correction, about: RemarkAbout | null): Promise<void> {
  if (about) await keep(desk, correction, about);
  const { message, text, at } = correction;
  const words = noteText(text);
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
