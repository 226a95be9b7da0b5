import type { Db } from '../../store/database.js';

/** A note as it stands. */
export interface KeptNote {
  readonly id: string;
  readonly leadId: string;
  readonly authorId: string;
  readonly text: string;
  readonly deletedAt: Date | null;
}

/** The note that a message of the platform holds; null when it holds none. */
export async function noteIn(db: Db, message: string): Promise<KeptNote | null> {
  return db.note.findUnique({
    where: { message },
    select: { id: true, leadId: true, authorId: true, text: true, deletedAt: true },
  });
}

/** Its author wrote it anew. */
export async function rewriteNote(db: Db, id: string, text: string, at: Date): Promise<void> {
  await db.note.update({ where: { id }, data: { text, editedAt: at }, select: { id: true } });
}

/** Somebody took it out of the thread. The row stays, marked, so that the history can still say so. */
export async function strikeNote(db: Db, id: string, at: Date): Promise<void> {
  await db.note.update({ where: { id }, data: { deletedAt: at }, select: { id: true } });
}
