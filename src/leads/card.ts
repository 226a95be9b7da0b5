import type { Button, Card, Element, Fact } from '../chat/card.js';
import { type Line, plainText, type Span, shorten, tidy } from '../chat/text.js';
import { type Dealership, localeOf } from '../dealership/dealership.js';
import { clock, day, dayAndTime, duration, moment, phone } from '../language/format.js';
import { gapsOf, isClosed, type Lead, type NextAction, shortName } from './lead.js';
import { maskContact } from './mask.js';
import { cardWords } from './messages.js';
import { sourceLabel } from './source.js';
import { carLine, wishTitle } from './vehicle.js';

/** What a phone shows of a customer's message without scrolling; the whole of it is with the contact details. */
const QUOTE_LENGTH = 600;
const LINE_LENGTH = 300;

/**
 * The card of a lead in a channel: a pure function of the stored lead, in the dealership's language. Never holds a
 * phone number or an e-mail address unless the dealership asked for it.
 */
export function leadCard(stored: Lead, dealership: Dealership, sourceName: string, buttons: readonly Button[]): Card {
  const lead = forChannel(stored, dealership);
  const locale = localeOf(dealership);
  const words = cardWords[locale.language];
  const title = titleOf(lead, dealership);
  const who = whoLine(lead, dealership, sourceName);
  const elements: Element[] = [{ kind: 'lines', lines: [who] }];
  const facts = factsOf(lead, dealership);
  if (facts.length > 0) elements.push({ kind: 'facts', facts });
  const said = wordsOnCard(lead, dealership);
  if (said) elements.push({ kind: 'quote', text: said });
  const gaps = isClosed(lead.stage) ? [] : gapsOf(lead);
  const missing = gaps.map((gap): Line => [words.gap[gap]]);
  if (lead.problems.some((problem) => problem.path === 'dealership')) missing.push([words.wrongDealership]);
  if (missing.length > 0) elements.push({ kind: 'lines', lines: missing });
  if (lead.origin.photos > 0) elements.push({ kind: 'aside', line: [words.photos(lead.origin.photos)] });
  const state = stateLines(lead, dealership);
  elements.push({ kind: 'lines', lines: state });
  return { title, summary: `${title} · ${plainText(who)} · ${plainText(state[0] ?? [])}`, elements, buttons };
}

/** All the customer wrote, wherever the sender's form put it. */
export function wordsOf(lead: Pick<Lead, 'message' | 'interest'>): string {
  const parts = [lead.message, lead.interest?.comments].filter((part) => part !== null && part !== undefined);
  return tidy([...new Set(parts)].join('\n\n'));
}

/** What of it the card shows: shortened, and without the ways to reach the customer unless the dealership shows them. */
export function wordsOnCard(lead: Lead, dealership: Dealership): string {
  return shorten(wordsOf(forChannel(lead, dealership)), QUOTE_LENGTH);
}

function forChannel(lead: Lead, dealership: Dealership): Lead {
  return dealership.contactDetails === 'channel' ? lead : maskContact(lead, dealership.language);
}

/** The first line of the card, and how the lead is called elsewhere. */
export function titleOf(lead: Lead, dealership: Dealership): string {
  const words = cardWords[dealership.language];
  const { interest } = forChannel(lead, dealership);
  const wish = interest && wishTitle(interest, localeOf(dealership));
  if (wish) return shorten(oneLine(wish), 140);
  return lead.tier === 'raw' ? words.unreadable : words.contactRequest;
}

function whoLine(lead: Lead, dealership: Dealership, sourceName: string): Line {
  const words = cardWords[dealership.language];
  const { city } = lead.customer;
  const name = shortName(lead) ?? words.noName;
  const who = shorten(oneLine(city ? `${name} (${city})` : name), LINE_LENGTH);
  const provider = lead.origin.provider;
  const source = sourceLabel(lead.sourceId, sourceName, dealership.language);
  const whence = provider && provider !== source ? `${source}, ${provider}` : source;
  return [
    { bold: who },
    ` · ${shorten(oneLine(whence), 120)} · `,
    { when: lead.receivedAt, as: 'ago', text: moment(lead.receivedAt, lead.receivedAt, localeOf(dealership)) },
  ];
}

function factsOf(lead: Lead, dealership: Dealership): Fact[] {
  const locale = localeOf(dealership);
  const words = cardWords[locale.language];
  const facts: Fact[] = [];
  const add = (label: string, value: string | null | undefined) => {
    if (value) facts.push({ label, value: [shorten(oneLine(value), LINE_LENGTH)] });
  };
  add(words.version, lead.interest?.version);
  add(words.stock, lead.interest?.stockNumber);
  add(words.tradeIn, lead.tradeIn && carLine(lead.tradeIn, locale));
  if (dealership.contactDetails === 'channel') {
    if (lead.phone) facts.push({ label: words.phone, value: [{ tel: lead.phone, label: phone(lead.phone, locale) }] });
    if (lead.email) facts.push({ label: words.mail, value: [{ mail: lead.email }] });
  }
  return facts;
}

function stateLines(lead: Lead, dealership: Dealership): Line[] {
  const locale = localeOf(dealership);
  const words = cardWords[locale.language];
  if (isClosed(lead.stage)) return [[{ bold: endOf(lead, dealership) }]];
  const [began, since] = lead.returnedAt ? [lead.returnedAt, words.afterReturn] : [lead.receivedAt, words.afterArrival];
  const waiting = lead.returnedAt ? words.waitingAgain : words.waiting;
  if (!lead.owner || !lead.claimedAt) return [[{ bold: waiting(dayAndTime(began, locale)) }]];
  const delay: Span = since(duration(lead.claimedAt.getTime() - began.getTime(), locale));
  const lines: Line[] = [[words.claimedBy, { bold: lead.owner.name }, delay]];
  const standing = [lead.stage === 'claimed' ? null : words.stages[lead.stage], lead.temperature && words.temperatures[lead.temperature]];
  const known = standing.filter((word) => word !== null);
  if (known.length > 0) lines.push([{ bold: known.join(' · ') }]);
  if (lead.nextAction)
    lines.push([`${words.next}${locale.language === 'fr' ? '\u00a0:' : ':'} `, { bold: nextLine(lead.nextAction, dealership) }]);
  return lines;
}

function nextLine({ kind, at }: NextAction, dealership: Dealership): string {
  const locale = localeOf(dealership);
  const what = cardWords[locale.language].nextKinds[kind];
  return at ? `${what} · ${day(at, locale)} · ${clock(at, locale)}` : what;
}

/** How a lead ended, in one line: the card's, and the channel's. */
export function endOf(lead: Lead, dealership: Dealership): string {
  const locale = localeOf(dealership);
  const words = cardWords[locale.language];
  if (lead.restingUntil) return words.resting(day(lead.restingUntil, { ...locale, timeZone: 'UTC' }));
  if (lead.stage === 'abandoned' && lead.abandonReason !== null) {
    const reason = dealership.abandonment.reasons.find((one) => one.id === lead.abandonReason);
    return words.abandonedFor(reason?.label[locale.language] ?? lead.abandonReason);
  }
  if (lead.stage !== 'won' || !lead.owner || !lead.sale) return words.stages[lead.stage];
  const parts = [words.soldBy(lead.owner.name), words.saleKinds[lead.sale.vehicle], lead.sale.financing ? words.financed : null];
  return parts.filter((part) => part !== null).join(' · ');
}

function oneLine(text: string): string {
  return tidy(text).replaceAll('\n', ' ');
}
