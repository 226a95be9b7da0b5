import type { Button } from '../chat/card.js';
import type { Language } from '../language/locale.js';
import { isClosed, type Lead } from '../leads/lead.js';
import { type Audience, linkFor, type PhotoLink } from '../leads/photo-links.js';
import type { Unit } from '../store/store.js';
import type { Acting } from './acting.js';
import { actingWords } from './messages.js';
import { type Desk, withLead } from './workflow.js';

/** The button `photos.add` of a lead somebody works on; none where no browser could open the page. */
export function addPhotosButton(desk: Pick<Desk, 'photoPage'>, lead: Lead, language: Language): readonly Button[] {
  if (!desk.photoPage || !lead.owner || isClosed(lead.stage)) return [];
  return [{ action: 'photos.add', label: actingWords[language].addPhotos, subject: lead.id, opens: true }];
}

/** A link as somebody is told of it. */
export interface TellableLink extends PhotoLink {
  readonly address: string;
  /** It did not exist before. */
  readonly made: boolean;
}

/** The link by which a colleague, or the customer, sends photos of this lead. Call with the lead locked. */
export async function photoLink(
  desk: Desk,
  { db }: Pick<Unit, 'db'>,
  { lead, dealership, person, language }: Acting,
  audience: Audience,
): Promise<TellableLink | null> {
  if (!desk.photoPage) return null;
  const [spoken] = /^(?:fr|en)/i.exec(lead.customer.language ?? '') ?? [dealership.language];
  const theirs: Language = spoken.toLowerCase() === 'en' ? 'en' : 'fr';
  const wanted = { leadId: lead.id, personId: person.id, audience, language: audience === 'customer' ? theirs : language };
  const { link, made } = await linkFor(db, wanted, desk.now());
  return { ...link, made, address: desk.photoPage(link.id) };
}

/** The page of one's own, for a form that cannot take files itself; undefined where there is none. */
export async function ownPhotoPage(desk: Desk, acting: Acting): Promise<string | undefined> {
  if (!desk.photoPage) return undefined;
  const link = await withLead(desk, acting.lead.id, (unit) => photoLink(desk, unit, acting, 'colleague'));
  return link?.address;
}
