import { isId } from '../../leads/records.js';
import type { Db } from '../../store/database.js';

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

/**
 * One lead with everything that hangs on it, oldest first, and the names of the people in it; null when there is none.
 * Amounts are decimal text, moments ISO 8601 in UTC.
 */
export async function wholeLead(db: Db, id: string) {
  if (!isId(id)) return null;
  const found = await db.lead.findUnique({
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
  if (!found) return null;
  const { dealership, rawIntake, events, notes, photos, photoLinks, appraisals, decisions, sale, messages, ...lead } = found;
  const raw = rawIntake && { ...rawIntake, body: readable(rawIntake.body) };
  const whole = { lead, dealership, raw, timeline: events, notes, photos, photoLinks, appraisals, decisions, sale, messages };
  return { ...whole, people: await namesIn(db, whole) };
}

/** As text where it is text, byte for byte; else base64. */
function readable(body: Uint8Array): { readonly text: string } | { readonly base64: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { base64: Buffer.from(body).toString('base64') };
  }
}

const PERSON = /^(?:person|owner|actor|behalfOf|author|uploader|requester|decider|colleague|seller)Id$/;

/** The name behind every id of a person, wherever in the lead it stands. */
async function namesIn(db: Db, whole: object): Promise<Readonly<Record<string, string>>> {
  const ids = new Set<string>();
  JSON.stringify(whole, (key, value: unknown) => {
    if (PERSON.test(key) && typeof value === 'string') ids.add(value);
    return typeof value === 'bigint' ? null : value;
  });
  const people = await db.person.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' }, select: { id: true, name: true } });
  return Object.fromEntries(people.map(({ id, name }) => [id, name]));
}
