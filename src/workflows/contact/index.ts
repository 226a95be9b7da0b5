import { sentence } from '../../chat/card.js';
import { contactCard } from '../../leads/contact.js';
import { isClosed } from '../../leads/lead.js';
import { maySeeContact } from '../../leads/rights.js';
import { append } from '../../leads/timeline.js';
import { whisper } from '../../leads/whisper.js';
import { noteRefused } from '../acting.js';
import { type Desk, DONE, findLead, outOfDate, platformOf, told, type Workflow } from '../workflow.js';
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
        await desk.store.transact(async ({ db, enqueue }) => {
          await append(db, [{ leadId: lead.id, at: click.at, kind: 'contact-shown', actorId: person.id, platform }]);
          whisper(enqueue, {
            topic: 'lead.contact',
            leadId: lead.id,
            account: click.actor.person,
            where: click,
            at: click.at,
          });
        });
        return DONE;
      },
    },
    whispers: {
      'lead.contact': (about) =>
        told(desk, about, async (lead, dealership) => {
          const person = await desk.personOf(about.account);
          if (!maySeeContact(lead, person, dealership, desk.group.directory)) return null;
          const language = desk.languageFor(person, dealership);
          return contactCard(lead, dealership, language, lead.phone || lead.email ? [] : [contactWords[language].none]);
        }),
    },
  };
}
