import { sentence } from '../../chat/card.js';
import type { Click, Reply } from '../../chat/interaction.js';
import { rememberedName } from '../../dealership/mirror.js';
import { revokeLinks } from '../../leads/photo-links.js';
import { photosTogether } from '../../leads/photos.js';
import { PHOTOS_ADDED } from '../../leads/places.js';
import { isId } from '../../leads/records.js';
import { append } from '../../leads/timeline.js';
import { carToShow } from '../../leads/trade-in.js';
import type { Unit } from '../../store/store.js';
import { type Acting, answerTo, refusalTo, signed } from '../acting.js';
import { addPhotosButton, photoLink } from '../photo-page.js';
import { type Desk, outOfDate, type Workflow, withLead } from '../workflow.js';
import { addedCard, linksCard } from './card.js';
import { photosWords } from './messages.js';
import { received } from './received.js';

/** Photos sent from a browser, by a colleague or by the customer: the links to the page, and what comes by them. */
export function photosWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) => addPhotosButton(desk, lead, dealership.language),
    clicks: {
      'photos.add': (click) => answerTo(desk, click, 'appraise', (acting) => addPhotos(desk, click, acting)),
      'photos.revoke': (click) => answerTo(desk, click, 'appraise', (acting) => revoke(desk, click, acting)),
    },
    received: (command, files) => received(desk, command, files),
    draws: {
      [PHOTOS_ADDED]: async (lead, dealership, batch) => {
        const photos = isId(batch) ? await photosTogether(desk.store.db, batch) : [];
        const [first] = photos;
        if (first?.leadId !== lead.id) return null;
        return addedCard(photos, first.uploaderId === null ? null : await nameOf(desk, first.uploaderId), dealership.language);
      },
    },
    tells: {
      'photo-link': (fact, _, language) => photosWords[language].tells.made(fact.actor?.name ?? ''),
      'photo-link-revoked': (fact, _, language) => photosWords[language].tells.revoked(fact.actor?.name ?? ''),
    },
  };
}

/** Carries out a click alone with the lead, unless it changed meanwhile so that it may not be done. */
async function carriedOut(desk: Desk, before: Acting, work: (unit: Unit, acting: Acting) => Promise<Reply | null>): Promise<Reply> {
  const reply = await withLead(desk, before.lead.id, async (unit, lead, dealership): Promise<Reply | null> => {
    const acting = { ...before, lead, dealership };
    const refused = refusalTo(desk, 'appraise', acting);
    return refused === null ? work(unit, acting) : { kind: 'private', card: sentence(refused) };
  });
  return reply ?? { kind: 'private', card: outOfDate(before.language) };
}

function addPhotos(desk: Desk, { actor, at }: Click, before: Acting): Promise<Reply> {
  return carriedOut(desk, before, async (unit, acting) => {
    const own = await photoLink(desk, unit, acting, 'colleague');
    const customers = await photoLink(desk, unit, acting, 'customer');
    if (!own || !customers) return null;
    if (customers.made) {
      await append(unit.db, [{ leadId: acting.lead.id, at, kind: 'photo-link', ...signed(acting, actor), data: { link: customers.id } }]);
    }
    const car = await carToShow(unit.db, acting.lead, customers.language);
    return { kind: 'private', card: linksCard(acting, own, customers, car) };
  });
}

function revoke(desk: Desk, { actor, at }: Click, before: Acting): Promise<Reply> {
  return carriedOut(desk, before, async ({ db }, acting) => {
    const words = photosWords[acting.language];
    const links = await revokeLinks(db, acting.lead.id, desk.now());
    if (links === 0) return { kind: 'private', card: sentence(words.noneToRevoke) };
    await append(db, [{ leadId: acting.lead.id, at, kind: 'photo-link-revoked', ...signed(acting, actor), data: { links } }]);
    return { kind: 'private', card: sentence(words.revoked(links)) };
  });
}

/** How somebody is called who may no longer be in configuration. */
async function nameOf({ group, store }: Desk, id: string): Promise<string> {
  return group.directory.byId(id)?.name ?? (await rememberedName(store.db, id)) ?? id.slice(id.indexOf(':') + 1);
}
