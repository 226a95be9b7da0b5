import { type Card, sentence } from '../../chat/card.js';
import type { Line } from '../../chat/text.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { BY_HAND } from '../../dealership/group.js';
import type { Person } from '../../dealership/people.js';
import { moment } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { titleOf } from '../../leads/card.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { type Fact, readTimeline } from '../../leads/timeline.js';
import { noteRefused } from '../acting.js';
import { type Desk, findLead, outOfDate, told, type Workflow } from '../workflow.js';
import { historyWords } from './messages.js';

/** What fits on a phone in one go. */
const EVENTS = 40;

/** Shows one person everything that happened to a lead. */
export function historyWorkflow(desk: Desk): Workflow {
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'lead.history', label: historyWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: {
      'lead.history': async (click) => {
        const person = await desk.personOf(click.actor.person, click.actor.name);
        const found = await findLead(desk, click.subject);
        if (!found) return { kind: 'private', card: outOfDate(desk.languageFor(person)) };
        const { dealership } = found;
        if (!desk.group.directory.belongs(person, dealership)) {
          await desk.store.transact(({ db }) => noteRefused(db, found.lead.id, person, 'history', click));
          return { kind: 'private', card: sentence(historyWords[desk.languageFor(person, dealership)].notYours(dealership.name)) };
        }
        return { kind: 'private', card: await historyCard(desk, found.lead, dealership, person) };
      },
    },
    // Asked for by an earlier version.
    whispers: {
      'lead.history': (about) =>
        told(desk, about, async (lead, dealership) => historyCard(desk, lead, dealership, await desk.personOf(about.account))),
    },
  };
}

async function historyCard(desk: Desk, lead: Lead, dealership: Dealership, person: Person): Promise<Card> {
  const language = desk.languageFor(person, dealership);
  const facts = await readTimeline(desk.store.db, lead.id, EVENTS);
  const words = historyWords[language];
  const lines = facts.map((fact) => factLine(desk, fact, dealership, language));
  const title: Line = [{ bold: `${words.title} · ${titleOf(lead, dealership)}` }];
  return {
    summary: words.title,
    elements: [{ kind: 'lines', lines: [title, ...(facts.length === EVENTS ? [[words.latest(EVENTS)]] : []), ...lines] }],
    buttons: [],
  };
}

function factLine(desk: Desk, fact: Fact, dealership: Dealership, language: Language): Line {
  const when = moment(fact.at, desk.now(), localeOf(dealership, language));
  return [`${when} · ${desk.tell(fact, dealership, language) ?? sentenceOf(desk, fact, language)}`];
}

function sentenceOf(desk: Desk, fact: Fact, language: Language): string {
  const words = historyWords[language];
  const name = fact.actor?.name ?? words.somebody;
  switch (fact.kind) {
    case 'arrived':
      return fact.data.source === BY_HAND ? words.entered(name) : words.arrived(desk.group.sourceName(String(fact.data.source ?? '')));
    case 'resent':
      return words.resent;
    case 'posted':
      return words.posted;
    case 'claimed':
      return words.claimed(name);
    case 'refused':
      if (typeof fact.data.act === 'string') return words.refusedAct(name);
      return fact.data.why === 'not-allowed' ? words.refusedRight(name) : words.refused(name);
    case 'contact-shown':
      return words.contactShown(name);
    case 'completed':
      return words.completed(name);
    default:
      // A kind written by a newer version, during a roll-out.
      return fact.kind;
  }
}
