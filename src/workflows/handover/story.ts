import type { Card, Element } from '../../chat/card.js';
import { type Line, type Span, shorten, tidy } from '../../chat/text.js';
import { localDay } from '../../dealership/clock.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { clock, day, money } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { titleOf, wordsOf } from '../../leads/card.js';
import { contactCard } from '../../leads/contact.js';
import { readVehicle } from '../../leads/details.js';
import type { Lead } from '../../leads/lead.js';
import { cardWords } from '../../leads/messages.js';
import { carLine } from '../../leads/vehicle.js';
import { handoverWords } from './messages.js';
import type { Appraised, Contact, Remembered } from './records.js';

/** What is known of a lead beside its own row. */
export interface Story {
  /** The first line: whose lead it is now, and how come. */
  readonly intro: string;
  /** Who handed it over, and what they add. */
  readonly by: string;
  readonly note: string | null;
  readonly contacts: readonly Contact[];
  readonly notes: readonly Remembered[];
  readonly appraised: Appraised | null;
}

const LATEST_CONTACTS = 5;
const LONGEST = { wish: 240, note: 160, added: 600, tradeIn: 240 } as const;

/**
 * The whole story of a lead for its new owner, in at most ten lines: the old owner may not be there to ask. The caller
 * has checked that the reader owns it.
 */
export function storyCard(lead: Lead, dealership: Dealership, language: Language, story: Story, now: Date): Card {
  const words = handoverWords[language];
  const { elements, ...card } = contactCard(lead, dealership, language, [{ bold: story.intro }]);
  const lines: Line[] = [
    ...reachLines(elements, language),
    [wishLine(lead, dealership, language)],
    [standing(lead, dealership, language)],
    [contactsLine(story.contacts, dealership, language)],
    ...optional(tradeInLine(lead, story.appraised, dealership, language, now)),
    ...story.notes.map((note): Line => [noteLine(note, dealership, language)]),
    ...optional(story.note && words.says(story.by, oneLine(story.note, LONGEST.added))),
  ];
  return { ...card, elements: [{ kind: 'lines', lines }] };
}

/** The first lines of the contact card, with its facts behind one another: a phone shows two columns as many lines. */
function reachLines(elements: readonly Element[], language: Language): Line[] {
  const [intro = [], ...reach] = elements.flatMap((element) => (element.kind === 'lines' ? element.lines : []));
  const facts = elements.flatMap((element) => (element.kind === 'facts' ? element.facts : []));
  const known = facts.flatMap(({ label, value }): Span[] => [` · ${handoverWords[language].labelled(label, '')}`, ...value]);
  return [intro, [...reach.flat(), ...known]];
}

function wishLine(lead: Lead, dealership: Dealership, language: Language): string {
  const title = titleOf(lead, { ...dealership, language });
  const said = wordsOf(lead);
  return oneLine(said ? `${title} · ${said}` : title, LONGEST.wish);
}

function standing({ stage, temperature, nextAction }: Lead, dealership: Dealership, language: Language): string {
  const words = handoverWords[language];
  const locale = localeOf(dealership, language);
  const { stages, temperatures, nextKinds } = cardWords[language];
  const at = nextAction?.at;
  const when = at ? [day(at, locale), clock(at, locale)] : [];
  const next = nextAction ? words.next([nextKinds[nextAction.kind], ...when].join(' · ')) : words.noNext;
  return [stages[stage], ...(temperature ? [temperatures[temperature]] : []), next].join(' · ');
}

function contactsLine(contacts: readonly Contact[], dealership: Dealership, language: Language): string {
  const words = handoverWords[language];
  if (contacts.length === 0) return words.noContact;
  const ways: Readonly<Record<string, string>> = words.contacts;
  const shown = contacts.slice(-LATEST_CONTACTS).map(({ at, way }) => `${ways[way] ?? way} ${day(at, localeOf(dealership, language))}`);
  return contacts.length > shown.length ? words.latest(contacts.length, shown.join(', ')) : words.contacted(shown.join(', '));
}

function tradeInLine(lead: Lead, appraised: Appraised | null, dealership: Dealership, language: Language, now: Date): string | null {
  const words = handoverWords[language];
  const locale = localeOf(dealership, language);
  const stored = appraised && typeof appraised.vehicle === 'object' ? readVehicle(appraised.vehicle) : null;
  const offered = [stored, lead.tradeIn].map((one) => one && carLine(one, locale)).find((line) => line);
  if (!appraised) return offered ? words.tradeIn(oneLine(offered, LONGEST.tradeIn)) : null;
  return words.tradeIn(`${oneLine(offered ?? words.car, LONGEST.tradeIn)} · ${answer(appraised)}`);

  function answer({ estimate, requestedAt }: Appraised): string {
    if (!estimate) return words.asked(day(requestedAt, locale));
    const until = day(estimate.validUntil, { ...locale, timeZone: 'UTC' });
    const over = estimate.validUntil.toISOString().slice(0, 10) < localDay(dealership, now);
    return (over ? words.expired : words.estimated)(money(estimate.amount, locale, estimate.currency), until);
  }
}

function noteLine({ at, author, text }: Remembered, dealership: Dealership, language: Language): string {
  const words = handoverWords[language];
  return words.note(author ?? words.somebody, day(at, localeOf(dealership, language)), oneLine(text, LONGEST.note));
}

function optional(text: string | null): Line[] {
  return text ? [[text]] : [];
}

function oneLine(text: string, most: number): string {
  return shorten(tidy(text).replaceAll('\n', ' '), most);
}
