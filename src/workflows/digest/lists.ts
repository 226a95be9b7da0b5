import type { Element } from '../../chat/card.js';
import type { Line } from '../../chat/text.js';
import { localDay } from '../../dealership/clock.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import type { Directory, Person } from '../../dealership/people.js';
import type { Digest } from '../../figures/digest.js';
import type { LateLine, Listed, Line as OnList } from '../../figures/lines.js';
import { dayAfter } from '../../figures/period.js';
import { clock, day, dayAndTime, enumeration, weekday } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { inSentence } from '../../language/sentence.js';
import { endOf } from '../../leads/card.js';
import type { Lead } from '../../leads/lead.js';
import { cardWords } from '../../leads/messages.js';
import { digestWords } from './messages.js';
import type { View } from './view.js';

/** So many lines of a list; the rest is counted. A phone shows about two lists of five. */
const SHOWN = 5;

/** A list under its heading; nothing when it is empty. */
export function list<T>(heading: string, { total, lines }: Listed<T>, view: View, lineOf: (one: T) => Line): Element[] {
  if (total === 0 || lines.length === 0) return [];
  const shown = lines.slice(0, SHOWN);
  const rest = total - shown.length;
  const more: Line[] = rest > 0 ? [[digestWords[view.language].more(rest)]] : [];
  return [{ kind: 'lines', lines: [[{ bold: `${heading} (${total})` }], ...shown.map((one) => ['• ', ...lineOf(one)]), ...more] }];
}

/** What waits for somebody in a dealership: each line leads to its thread and calls the one who can end the waiting. */
export function needs({ standing }: Digest, dealership: Dealership, view: View, directory: Directory): Element[] {
  const words = digestWords[view.language];
  const { since, on } = whens(standing.at, dealership, view);
  const call = (person: Person | undefined): Line => (person && !view.called(person.id) ? [' · ', view.call(person)] : []);
  const [manager] = directory.managersOf(dealership);
  const owner = ({ owner }: Lead): Line => (owner ? [' · ', view.call(owner)] : call(manager));
  const why = ({ lead, why, at }: LateLine) => {
    if (why === 'unclaimed') return words.why.unclaimed(since(at));
    if (why === 'untouched') return words.why.untouched(on(at));
    return words.why.overdue(cardWords[view.language].nextKinds[lead.nextAction?.kind ?? 'other'], since(at));
  };
  return [
    ...list(words.lists.late, standing.late, view, (line) => [view.lead(line.lead, dealership), ` · ${why(line)}`, ...owner(line.lead)]),
    ...list(words.lists.waiting, standing.onTime, view, ({ lead, at }) => [
      ...[view.lead(lead, dealership), ` · ${words.why.waiting(since(at))}`],
      ...call(manager),
    ]),
    ...list(words.lists.decisions, standing.decisions, view, ({ lead, requesterId, requester, reason }) => [
      ...[view.lead(lead, dealership), ` · ${words.asked(requester, reasonLabel(reason, dealership, view))}`],
      ...call(deciderOf(requesterId, dealership, directory)),
    ]),
    ...list(words.lists.appraisals, standing.appraisals, view, ({ lead, at, late }) => [
      ...[view.lead(lead, dealership), ` · ${words.priceAsked(on(at), late)}`],
      ...call(estimatorOf(dealership, directory)),
    ]),
  ];
}

/** How a moment reads: "since …" and "… at …", with its day when that is another one. */
function whens(now: Date, dealership: Dealership, { language }: View) {
  const locale = localeOf(dealership, language);
  const words = digestWords[language].when;
  const today = (at: Date) => localDay(dealership, at) === localDay(dealership, now);
  return {
    since: (at: Date) => (today(at) ? clock(at, locale) : words.sinceDay(day(at, locale), clock(at, locale))),
    on: (at: Date) => (today(at) ? words.at(clock(at, locale)) : words.onDay(day(at, locale), clock(at, locale))),
  };
}

/** The weekdays of the appointments that are told: of the next opening day, and of closed days before it that have one. */
export function appointmentDays(digest: Digest, dealership: Dealership, language: Language): string {
  const days = daysOf(digest, dealership);
  const weekdays = (days.length > 0 ? days : [dayAfter(digest.day)]).map((one) => weekday(one, language));
  return enumeration([...new Set(weekdays)], language);
}

function daysOf({ standing }: Digest, dealership: Dealership): string[] {
  return [...new Set(standing.appointments.lines.map(({ at }) => localDay(dealership, at)))];
}

/** What is worth knowing and waits for nobody. */
export function news(digest: Digest, dealership: Dealership, view: View): Element[] {
  const { standing, ends } = digest;
  const words = digestWords[view.language];
  const locale = localeOf(dealership, view.language);
  const when = daysOf(digest, dealership).length > 1 ? dayAndTime : clock;
  return [
    ...list(words.lists.hot, standing.hot, view, ({ lead }) => [view.lead(lead, dealership), ownerLine(lead)]),
    ...list(words.lists.ends, ends, view, ({ lead }) => [
      view.lead(lead, dealership),
      ` · ${endOf(lead, { ...dealership, language: view.language })}`,
    ]),
    ...list(words.lists.appointments(appointmentDays(digest, dealership, view.language)), standing.appointments, view, ({ lead, at }) => [
      ...[`${when(at, locale)} · `, view.lead(lead, dealership), ownerLine(lead)],
    ]),
  ];
}

/** A list of somebody's own leads: what is next, and when. */
export function ownLead({ lead, at }: OnList, dealership: Dealership, view: View, now: Date): Line {
  const { since, on } = whens(now, dealership, view);
  const next = lead.nextAction && cardWords[view.language].nextKinds[lead.nextAction.kind];
  return [view.lead(lead, dealership), ` · ${next ? `${next} ${on(at)}` : digestWords[view.language].lastAct(since(at))}`];
}

function ownerLine({ owner }: Lead): string {
  return owner ? ` · ${owner.name}` : '';
}

function reasonLabel(reason: string, { abandonment }: Dealership, { language }: View): string {
  return inSentence(abandonment.reasons.find(({ id }) => id === reason)?.label[language] ?? reason);
}

/** The first of those who may decide: nobody decides their own request where there is somebody else. */
function deciderOf(requesterId: string, dealership: Dealership, directory: Directory): Person | undefined {
  const managers = directory.managersOf(dealership);
  return managers.find(({ id }) => id !== requesterId) ?? managers[0];
}

function estimatorOf(dealership: Dealership, { people, rolesAt }: Directory): Person | undefined {
  const holding = (role: 'used-car-manager' | 'director') => people.find((person) => rolesAt(person, dealership).has(role));
  return holding('used-car-manager') ?? holding('director');
}
