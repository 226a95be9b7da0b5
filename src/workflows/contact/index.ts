import { type Card, sentence } from '../../chat/card.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { contactCard } from '../../leads/contact.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { maySeeContact } from '../../leads/rights.js';
import { append } from '../../leads/timeline.js';
import { noteRefused } from '../acting.js';
import { type Desk, findLead, outOfDate, platformOf, told, type Workflow } from '../workflow.js';
import { contactWords } from './messages.js';

/** Shows phone and e-mail to one person, and writes down that it did. */
export function contactWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'lead.contact', label: contactWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: {
      'lead.contact': async (click) => {
        const person = await desk.personOf(click.actor.person, click.actor.name);
        const found = await findLead(desk, click.subject);
        if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
        const { lead, dealership } = found;
        if (!maySeeContact(lead, person, dealership, desk.group.directory)) {
          await desk.store.transact(({ db }) => noteRefused(db, lead.id, person, 'contact', click));
          return { kind: 'private', card: sentence(contactWords[desk.languageFor(person, dealership)].refused(lead.owner?.name ?? null)) };
        }
        const platform = platformOf(click.actor.person);
        const fact = { leadId: lead.id, at: click.at, kind: 'contact-shown', actorId: person.id, platform } as const;
        await desk.store.transact(({ db }) => append(db, [fact]));
        return { kind: 'private', card: cardFor(lead, dealership, desk.languageFor(person, dealership)) };
      },
    },
    // Asked for by an earlier version.
    whispers: {
      'lead.contact': (about) =>
        told(desk, about, async (lead, dealership) => {
          const person = await desk.personOf(about.account);
          if (!maySeeContact(lead, person, dealership, desk.group.directory)) return null;
          return cardFor(lead, dealership, desk.languageFor(person, dealership));
        }),
    },
  };
}

function cardFor(lead: Lead, dealership: Dealership, language: Language): Card {
  return contactCard(lead, dealership, language, lead.phone || lead.email ? [] : [contactWords[language].none]);
}
