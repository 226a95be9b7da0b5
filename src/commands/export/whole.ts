import { readWhole } from '../../leads/whole.js';
import type { Db } from '../../store/database.js';

/**
 * One lead with everything that hangs on it, oldest first, and the names of the people in it; null when there is none.
 * Amounts are decimal text, moments ISO 8601 in UTC.
 */
export async function wholeLead(db: Db, id: string) {
  const found = await readWhole(db, id);
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
