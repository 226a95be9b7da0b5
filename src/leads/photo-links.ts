import { LANGUAGES, type Language } from '../language/locale.js';
import type { Db } from '../store/database.js';
import { newId } from '../store/id.js';

/** Who a link is for: the colleague who made it, or the customer it is sent to. */
export type Audience = 'colleague' | 'customer';

/** An address at which photos of one lead's car can be sent. */
export interface PhotoLink {
  readonly id: string;
  readonly leadId: string;
  /** Who made it. */
  readonly personId: string;
  readonly audience: Audience;
  /** What its page speaks until the reader chooses otherwise. */
  readonly language: Language;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

const A_DAY_MS = 86_400_000;
const LASTS_DAYS: Readonly<Record<Audience, number>> = { colleague: 7, customer: 14 };

/**
 * The link of this person for this lead and audience: one that holds for at least half its time to come, else a new one.
 * Call with the lead locked.
 */
export async function linkFor(
  db: Db,
  wanted: Pick<PhotoLink, 'leadId' | 'personId' | 'audience' | 'language'>,
  now: Date,
): Promise<{ readonly link: PhotoLink; readonly made: boolean }> {
  const lasts = LASTS_DAYS[wanted.audience] * A_DAY_MS;
  const known = await db.photoLink.findFirst({
    where: { ...wanted, revokedAt: null, expiresAt: { gt: new Date(now.getTime() + lasts / 2) } },
    orderBy: { expiresAt: 'desc' },
  });
  if (known) return { link: linkOf(known), made: false };
  const data = { id: newId(), ...wanted, createdAt: now, expiresAt: new Date(now.getTime() + lasts) };
  return { link: linkOf(await db.photoLink.create({ data })), made: true };
}

export async function readLink(db: Db, id: string): Promise<PhotoLink | null> {
  const row = await db.photoLink.findUnique({ where: { id } });
  return row && linkOf(row);
}

/** Ends every link of a lead that still works. @returns how many */
export async function revokeLinks(db: Db, leadId: string, now: Date): Promise<number> {
  const { count } = await db.photoLink.updateMany({ where: { leadId, revokedAt: null, expiresAt: { gt: now } }, data: { revokedAt: now } });
  return count;
}

function linkOf(row: Omit<PhotoLink, 'audience' | 'language'> & { readonly audience: string; readonly language: string }): PhotoLink {
  const { id, leadId, personId, expiresAt, revokedAt } = row;
  const audience = row.audience === 'customer' ? 'customer' : 'colleague';
  return { id, leadId, personId, audience, language: LANGUAGES.find((one) => one === row.language) ?? 'fr', expiresAt, revokedAt };
}
