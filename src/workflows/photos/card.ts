import type { Card, Element } from '../../chat/card.js';
import { localeOf } from '../../dealership/dealership.js';
import { day } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { type Photo, VIEWS } from '../../leads/photos.js';
import type { Acting } from '../acting.js';
import type { TellableLink } from '../photo-page.js';
import { customerWords, photosWords } from './messages.js';

/** The two links, for the eyes of who asked for them. Pure. */
export function linksCard({ lead, dealership, language }: Acting, own: TellableLink, customers: TellableLink, car: string | null): Card {
  const words = photosWords[language];
  const until = (link: TellableLink) => day(link.expiresAt, localeOf(dealership, language));
  const confirm = { title: words.revokeTitle, text: words.revokeText, yes: words.revokeYes, no: words.revokeNo };
  return {
    summary: words.title,
    elements: [
      {
        kind: 'lines',
        lines: [[{ bold: words.title }], [words.forYou, { link: own.address, label: words.open }], [words.forCustomer]],
      },
      { kind: 'quote', text: customerWords[customers.language].invitation(car, dealership.name, customers.address) },
      { kind: 'aside', line: [words.aboutLinks(until(own), until(customers))] },
    ],
    buttons: [{ action: 'photos.revoke', label: words.revoke, subject: lead.id, confirm }],
  };
}

/** Photos that came together by a link. `sender`: null for the customer. Pure. */
export function addedCard(photos: readonly Photo[], sender: string | null, language: Language): Card {
  const words = photosWords[language];
  const line = words.added(sender, photos.length);
  const seen = VIEWS.filter((view) => photos.some((photo) => photo.view === view)).map((view) => words.viewNames[view]);
  const pictures = photos.map(
    (photo): Element => ({
      kind: 'photo',
      files: Object.values(photo.published),
      description: words.alt(photo.view && words.viewNames[photo.view]),
    }),
  );
  const lines = seen.length === 0 ? [[{ bold: line }]] : [[{ bold: line }], [words.views(seen.join(', '))]];
  return { summary: line, elements: [{ kind: 'lines', lines }, ...pictures], buttons: [] };
}
