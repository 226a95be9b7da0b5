import { shorten, tidy } from '../chat/text.js';
import type { Db } from '../store/database.js';
import { newId } from '../store/id.js';

/** Words of a colleague about a lead, kept with their author. */
export interface NewNote {
  readonly leadId: string;
  readonly authorId: string;
  readonly at: Date;
  readonly text: string;
  /** The platform's message that holds them; absent when they came with a form. */
  readonly message?: string;
}

/** Keeps a note once, however often its message is delivered. @returns its id, also when it was known */
export async function keepNote(db: Db, note: NewNote): Promise<string> {
  const id = newId();
  const message = note.message ?? `form:${id}`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO note (id, lead_id, author_id, message, at, text)
    VALUES (${id}::uuid, ${note.leadId}::uuid, ${note.authorId}, ${message}, ${note.at}, ${note.text})
    ON CONFLICT (message) DO UPDATE SET message = EXCLUDED.message RETURNING id`;
  return rows[0]?.id ?? id;
}

/** Characters of one note; what is longer is shortened. */
const LONGEST_NOTE = 12_000;

/** Words as a note keeps them. */
export function noteText(text: string): string {
  return shorten(tidy(text), LONGEST_NOTE);
}

/** Has a message said something else since these words were sent, or was it deleted? */
export async function isOutdated(db: Db, { message, text }: { readonly message: string; readonly text: string }): Promise<boolean> {
  const note = await db.note.findUnique({ where: { message }, select: { text: true, deletedAt: true } });
  return note !== null && (note.deletedAt !== null || note.text !== noteText(text));
}

/** A note that was not deleted. */
export async function readNote(db: Db, id: string): Promise<{ readonly text: string } | null> {
  return db.note.findFirst({ where: { id, deletedAt: null }, select: { text: true } });
}
