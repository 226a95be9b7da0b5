import type { Button, Card, Element, Fact } from '../../chat/card.js';
import type { Line } from '../../chat/text.js';
import { shorten, tidy } from '../../chat/text.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { clock, day, duration, money } from '../../language/format.js';
import { endOf, titleOf } from '../../leads/card.js';
import { isClosed, type Lead, shortName } from '../../leads/lead.js';
import { maskContact, withoutContact } from '../../leads/mask.js';
import { cardWords } from '../../leads/messages.js';
import type { Fact as LeadFact } from '../../leads/timeline.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { abandonWords } from './messages.js';
import { type Appraised, OUTCOMES, type Request } from './records.js';
import { askedSentence, contactsPhrase, dayOf, reasonLabel, verdictSentence } from './sentences.js';

/** So many of the newest; older ones say nothing of today. */
const APPRAISALS = 3;

/** What stands behind the card of a request. */
export interface RequestFile {
  readonly request: Request;
  readonly facts: readonly LeadFact[];
  readonly appraisals: readonly Appraised[];
  /** The sentence of a fact; null for a kind nobody tells. */
  readonly tell: (fact: LeadFact) => string | null;
}

/**
 * The request to abandon a lead, for whoever decides: the evidence as it stood when it was asked, in the dealership's
 * language, without any way to reach the customer; then what was decided. The buttons go with the decision.
 */
export function requestCard(stored: Lead, dealership: Dealership, file: RequestFile): Card {
  const { request } = file;
  const lead = maskContact(stored, dealership.language);
  const evidence = evidenceOf(file.facts, lead, dealership, request.requestedAt);
  const headline = headlineOf(file, dealership);
  const elements: Element[] = [
    { kind: 'lines', lines: [[{ bold: headline }]] },
    { kind: 'quote', text: mask(request.justification, stored, dealership) },
    { kind: 'facts', facts: evidenceFacts(lead, dealership, evidence, file) },
    ...verdictElements(stored, dealership, request),
  ];
  const open = request.verdict === null && !isClosed(stored.stage);
  const phrase = contactsPhrase(evidence, dealership.language) ?? abandonWords[dealership.language].noContact;
  return {
    title: titleOf(lead, dealership),
    summary: request.verdict ? verdictSentence(request.verdict, request, dealership, dealership.language) : `${headline} ${phrase}.`,
    elements,
    buttons: open ? decisionButtons(dealership.language, request.id) : [],
  };
}

/** The buttons that decide a request. */
export function decisionButtons(language: Dealership['language'], id: string): Button[] {
  const labels = abandonWords[language].outcomes;
  return OUTCOMES.map((outcome) => ({
    action: `abandon.${outcome}`,
    label: labels[outcome],
    subject: id,
    opens: true as const,
    ...(outcome === 'approve' && { style: 'primary' as const }),
  }));
}

/** The line in the lead's thread that a request was made. */
export function askedCard(lead: Lead, dealership: Dealership, file: RequestFile): Card {
  const { language } = dealership;
  const headline = headlineOf(file, dealership);
  const evidence = evidenceOf(file.facts, lead, dealership, file.request.requestedAt);
  const phrase = `${contactsPhrase(evidence, language) ?? abandonWords[language].noContact}.`;
  return {
    summary: headline,
    elements: [
      { kind: 'lines', lines: [[{ bold: headline }], [phrase]] },
      { kind: 'quote', text: mask(file.request.justification, lead, dealership) },
    ],
    buttons: [],
  };
}

/** The line in the lead's thread of what was decided; shown in the channel when it ends the lead. */
export function decidedCard(lead: Lead, dealership: Dealership, request: Request): Card | null {
  const { verdict } = request;
  if (!verdict) return null;
  const { language } = dealership;
  const sentence = verdictSentence(verdict, request, dealership, language);
  const end = cardWords[language].abandonedFor(reasonLabel(request.reason, dealership, language));
  const lines: Line[] =
    verdict.outcome === 'approve' ? [[{ bold: end }], [abandonWords[language].decidedBy(verdict.by.name)]] : [[{ bold: sentence }]];
  return {
    summary: verdict.outcome === 'approve' ? end : sentence,
    elements: [{ kind: 'lines', lines }, ...commentOf(lead, dealership, request)],
    buttons: [],
  };
}

function headlineOf({ request, facts }: RequestFile, dealership: Dealership): string {
  const asked = facts.find((fact) => fact.kind === 'abandon-asked' && fact.data.decision === request.id);
  const owner = typeof asked?.data.owner === 'string' ? asked.data.owner : null;
  return askedSentence({ requester: request.requester.name, reason: request.reason }, owner, dealership, dealership.language);
}

function verdictElements(lead: Lead, dealership: Dealership, request: Request): Element[] {
  const { language } = dealership;
  if (request.verdict) {
    const line: Line = [{ bold: verdictSentence(request.verdict, request, dealership, language) }];
    return [{ kind: 'lines', lines: [line] }, ...commentOf(lead, dealership, request)];
  }
  if (!isClosed(lead.stage)) return [];
  return [{ kind: 'lines', lines: [[{ bold: abandonWords[language].overMeanwhile(endOf(lead, dealership)) }]] }];
}

function commentOf(lead: Lead, dealership: Dealership, { verdict }: Request): Element[] {
  return verdict?.comment ? [{ kind: 'quote', text: mask(verdict.comment, lead, dealership) }] : [];
}

function evidenceFacts(lead: Lead, dealership: Dealership, evidence: Evidence, file: RequestFile): Fact[] {
  const locale = localeOf(dealership);
  const words = abandonWords[locale.language];
  const { labels } = words;
  const when = (at: Date) => `${day(at, locale)} · ${clock(at, locale)}`;
  const facts: Fact[] = [];
  const add = (label: string, value: string | null) => {
    if (value) facts.push({ label, value: [shorten(tidy(value).replaceAll('\n', ' '), 300)] });
  };
  const { toFirstContact, returnedAt, lastContactAt, lastAct } = evidence;
  const since = returnedAt ? words.afterReturn : words.afterArrival;
  add(labels.customer, shortName(lead) ?? cardWords[locale.language].noName);
  add(labels.age, duration(evidence.age, locale));
  add(labels.returned, returnedAt && day(returnedAt, locale));
  add(labels.firstContact, toFirstContact === null ? words.noneYet : since(duration(toFirstContact, locale)));
  add(labels.contacts, contactsPhrase(evidence, locale.language));
  add(labels.lastContact, lastContactAt && when(lastContactAt));
  for (const appraised of file.appraisals.slice(-APPRAISALS)) add(labels.appraisal, appraisalLine(appraised, lead, dealership));
  add(labels.lastAct, lastAct && `${mask(actSentence(lastAct, file, locale.language), lead, dealership)} · ${when(lastAct.at)}`);
  return facts;
}

function appraisalLine({ car, answer }: Appraised, lead: Lead, dealership: Dealership): string {
  const locale = localeOf(dealership);
  const words = abandonWords[locale.language];
  const name = [car?.make, car?.model].filter((part) => part).join(' ');
  const said = answer
    ? words.validUntil(money(answer.amount, locale, answer.currency), dayOf(answer.validUntil, dealership, locale.language))
    : words.noAnswer;
  return name === '' ? said : `${mask(name, lead, dealership)} · ${said}`;
}

function actSentence(fact: LeadFact, { tell }: RequestFile, language: Dealership['language']): string {
  const words = abandonWords[language];
  const name = fact.actor?.name ?? words.somebody;
  return tell(fact) ?? (fact.kind === 'claimed' ? words.claimed(name) : name);
}

function mask(text: string, lead: Lead, { language }: Dealership): string {
  return withoutContact(text, language, [lead.phone, lead.customer.sent.phone]);
}
