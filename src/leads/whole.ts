import type { Db } from '../store/database.js';
import { isId } from './records.js';

/** Everything but the pictures themselves: those are files, not facts. */
const PHOTO = {
  id: true,
  appraisalId: true,
  uploaderId: true,
  at: true,
  filename: true,
  state: true,
  contentType: true,
  width: true,
  height: true,
  file: true,
  published: true,
  refusal: true,
  view: true,
  linkId: true,
  clientId: true,
  batchId: true,
} as const;

const INSERTION = { orderBy: { at: 'asc' } } as const;

/** One lead with everything that hangs on it, oldest first; null when there is none. */
export async function readWhole(db: Db, id: string) {
  if (!isId(id)) return null;
  return db.lead.findUnique({
    where: { id },
    include: {
      dealership: true,
      rawIntake: true,
      events: { orderBy: { id: 'asc' } },
      notes: INSERTION,
      photos: { ...INSERTION, select: PHOTO },
      photoLinks: { orderBy: { createdAt: 'asc' } },
      appraisals: { orderBy: { requestedAt: 'asc' }, include: { estimates: { orderBy: { version: 'asc' } }, questions: INSERTION } },
      decisions: { orderBy: { requestedAt: 'asc' } },
      sale: true,
      messages: { orderBy: [{ channel: 'asc' }, { topic: 'asc' }, { subject: 'asc' }] },
    },
  });
}
