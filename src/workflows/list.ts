import type { Button, Element } from '../chat/card.js';
import { type Line, type Span, shorten, tidy } from '../chat/text.js';
import { type Dealership, localeOf } from '../dealership/dealership.js';
import { clock, moment } from '../language/format.js';
import type { Language } from '../language/locale.js';
import { titleOf } from '../leads/card.js';
import { type Lead, shortName } from '../leads/lead.js';
import { cardOf } from '../leads/links.js';
import { maskContact } from '../leads/mask.js';
import { cardWords } from '../leads/messages.js';
import type { Links } from './links.js';
import { listWords } from './messages.js';
import type { Desk } from './workflow.js';

/** What every list of leads needs to be written. */
export interface Writing {
  readonly desk: Desk;
  readonly language: Language;
  readonly now: Date;
  readonly links: Links;
  /** Leads of several sites stand together: each says whose it is. */
  readonly namesSites: boolean;
}

const NAME_LENGTH = 80;

type Row = Extract<Element, { kind: 'row' }>;

/**
 * One lead of a list: its title, which leads to its card, then who it is and what is to be said of it. Holds no way to
 * reach the customer.
 */
export function leadRow(
  writing: Writing,
  lead: Lead,
  dealership: Dealership,
  says: readonly (string | null)[],
  actions: readonly string[],
): Row {
  return { kind: 'row', lines: leadLines(writing, lead, dealership, says), buttons: buttonsOf(writing, lead, dealership, actions) };
}

export function leadLines(writing: Writing, lead: Lead, dealership: Dealership, says: readonly (string | null)[]): Line[] {
  const { language, links, namesSites } = writing;
  const site = namesSites ? dealership.name : null;
  const said = [...says, site].filter((one) => one !== null && one !== '');
  const who = { bold: nameOnList(lead, language) };
  return [
    [linkTo(links(cardOf(lead.id)), titleOf(lead, { ...dealership, language }))],
    [who, said.length > 0 ? ` · ${said.join(' · ')}` : ''],
  ];
}

/** What it says, leading somewhere when there is somewhere to go. */
export function linkTo(address: string | undefined, label: string): Span {
  return address === undefined ? { bold: label } : { link: address, label };
}

/** "Brigitte M.": no more of the name than a channel shows. */
function nameOnList(lead: Lead, language: Language): string {
  const name = shortName(maskContact(lead, language));
  return name === null ? cardWords[language].noName : shorten(tidy(name).replaceAll('\n', ' '), NAME_LENGTH);
}

/** Of the buttons the lead's own card offers, these, in this order and in the reader's language; none of them shouts. */
function buttonsOf({ desk, language }: Writing, lead: Lead, dealership: Dealership, actions: readonly string[]): readonly Button[] {
  const offered = desk.offers(lead, { ...dealership, language });
  return actions.flatMap((action) => {
    const { style: _, ...button } = offered.find((one) => one.action === action) ?? { action: '' };
    return 'subject' in button ? [button] : [];
  });
}

/** "Call · Fri 20 Nov at 10:42", or what stands in its place when nothing is planned. */
export function nextPhrase({ language, now }: Writing, lead: Lead, dealership: Dealership): string {
  const { nextAction } = lead;
  if (!nextAction) return listWords[language].nothingPlanned;
  const kind = cardWords[language].nextKinds[nextAction.kind];
  return nextAction.at === null ? kind : `${kind} ${momentPhrase({ language, now }, nextAction.at, dealership)}`;
}

/** "at 10:42" today, else "Fri 20 Nov at 10:42": a time alone reads like a duration. */
export function momentPhrase({ language, now }: Pick<Writing, 'language' | 'now'>, at: Date, dealership: Dealership): string {
  const locale = localeOf(dealership, language);
  const [said, time] = [moment(at, now, locale), clock(at, locale)];
  return said === time ? listWords[language].at(time) : said;
}

/** "Proposal · Hot", as far as there is something to say that the next action does not say already. */
export function statePhrases(lead: Lead, language: Language): (string | null)[] {
  const { stages, temperatures } = cardWords[language];
  const said = lead.stage === 'new' || lead.stage === 'claimed' || lead.stage === lead.nextAction?.kind;
  return [said ? null : stages[lead.stage], lead.temperature && temperatures[lead.temperature]];
}

/** What a section shows of itself, and how much of it is left out. */
export function section(language: Language, title: string, total: number, rows: readonly Element[]): Element[] {
  if (total === 0) return [];
  const named = `${title} (${total})`;
  // A heading above nothing but "and 3 more" says less than the number alone.
  if (rows.length === 0) return [{ kind: 'aside', line: [named] }];
  const left = total - rows.length;
  const heading: Element = { kind: 'lines', lines: [[{ bold: named }]] };
  return [heading, ...rows, ...(left > 0 ? [{ kind: 'aside' as const, line: [listWords[language].more(left)] }] : [])];
}
