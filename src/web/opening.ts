import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import type { Language } from '../language/locale.js';
import { isClosed, type Lead } from '../leads/lead.js';
import { type PhotoLink, readLink } from '../leads/photo-links.js';
import { readLead } from '../leads/records.js';
import { capacityOf } from '../leads/rights.js';
import type { Db } from '../store/database.js';

/** A link that works, and what it is about. */
export interface OpenLink {
  readonly link: PhotoLink;
  readonly lead: Lead;
  readonly dealership: Dealership;
}

/** A link that worked once. */
export interface OverLink {
  readonly over: true;
  readonly language: Language;
  /** Whom to ask for another. */
  readonly dealership: string;
}

/**
 * What a link leads to at `now`. It ends with its time, with the lead, when it is withdrawn, and a colleague's own also
 * when they may no longer act on the lead. Null when there is no such link.
 */
export async function openLink(db: Db, group: Group, id: string, now: Date): Promise<OpenLink | OverLink | null> {
  const link = await readLink(db, id);
  const lead = link && (await readLead(db, link.leadId));
  const dealership = lead && group.dealership(lead.dealershipId);
  if (!link || !lead || !dealership) return null;
  const works = link.revokedAt === null && link.expiresAt > now && !isClosed(lead.stage) && mayStillAdd(link, lead, dealership, group);
  return works ? { link, lead, dealership } : { over: true, language: link.language, dealership: dealership.name };
}

function mayStillAdd(link: PhotoLink, lead: Lead, dealership: Dealership, { directory }: Group): boolean {
  if (link.audience === 'customer') return true;
  const person = directory.byId(link.personId) ?? directory.byAccount(link.personId);
  return capacityOf(lead, person, dealership, directory) !== null;
}
