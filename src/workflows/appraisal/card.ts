import type { Button, Card, Element, Fact } from '../../chat/card.js';
import { type Line, shorten } from '../../chat/text.js';
import { localDay } from '../../dealership/clock.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { day, km, money } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { titleOf } from '../../leads/card.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import type { Photo, View } from '../../leads/photos.js';
import { type Car, carName } from './car.js';
import { estimateWords } from './estimate-messages.js';
import { appraisalWords } from './messages.js';
import type { Appraisal, Estimate, Question } from './records.js';
import { missingViews } from './views.js';

/** What is shown of a request, beside what is stored of it. */
export interface RequestView {
  readonly lead: Lead;
  readonly dealership: Dealership;
  readonly appraisal: Appraisal;
  readonly photos: readonly Photo[];
  /** Who asked, and for whom. */
  readonly asker: string;
  /** The author of the newest estimate. */
  readonly estimator: string | null;
  /** A newer request took its place. */
  readonly replaced: boolean;
  readonly now: Date;
}

/** What one message shows of photos without becoming a scroll. */
const MOST_SHOWN = 10;
const LINE_LENGTH = 200;

/** The request as the used-car managers see it, in the dealership's language. Pure. */
export function requestCard(view: RequestView): Card {
  const { lead, dealership, appraisal, photos, replaced } = view;
  const words = appraisalWords[dealership.language];
  const title = words.cardTitle(shorten(carName(appraisal.car), LINE_LENGTH));
  const state = stateLines(view);
  const elements: Element[] = [{ kind: 'lines', lines: [[{ bold: words.asks(view.asker) }]] }];
  elements.push({ kind: 'facts', facts: carFacts(appraisal.car, dealership) });
  if (appraisal.note) elements.push({ kind: 'quote', text: appraisal.note });
  elements.push({ kind: 'lines', lines: [photosLine(photos, dealership), ...state] });
  elements.push(...pictures(photos, appraisal.car, dealership));
  elements.push({ kind: 'aside', line: [words.forLead(titleOf(lead, dealership))] });
  const open = !replaced && !isClosed(lead.stage);
  if (open && appraisal.estimates.length === 0) elements.push({ kind: 'aside', line: [words.howToAnswer] });
  const buttons: Button[] = [
    { action: 'estimate.open', label: estimateWords[dealership.language].button, subject: appraisal.id, style: 'primary', opens: true },
    { action: 'appraisal.photos', label: words.askPhotos, subject: appraisal.id },
  ];
  return { title, summary: `${title} · ${words.asks(view.asker)}`, elements, buttons: open ? buttons : [] };
}

function stateLines({ dealership, appraisal, estimator, replaced, now }: RequestView): Line[] {
  const [newest] = appraisal.estimates;
  const lines: Line[] = newest ? [[{ bold: estimateLine(newest, estimator ?? '', dealership, now) }]] : [];
  if (newest?.conditions) lines.push([estimateWords[dealership.language].underConditions(shorten(newest.conditions, LINE_LENGTH))]);
  if (replaced) lines.push([appraisalWords[dealership.language].replaced]);
  return lines;
}

function carFacts(car: Car, dealership: Dealership): Fact[] {
  const locale = localeOf(dealership);
  const words = appraisalWords[locale.language];
  const facts: Fact[] = [];
  const add = (label: string, value: string | null) => {
    if (value) facts.push({ label, value: [shorten(value, LINE_LENGTH)] });
  };
  add(words.version, car.version);
  add(words.firstRegistered, car.firstRegistered?.split('-').reverse().join('/') ?? null);
  add(words.distance, km(car.mileage, locale));
  add(words.plate, car.plate);
  add(words.vin, car.vin);
  add(words.fuel, car.fuel);
  add(words.gearbox, car.gearbox);
  add(words.condition, car.condition && words.conditions[car.condition]);
  add(words.accident, car.accident && words.accidents[car.accident]);
  add(words.serviceBook, car.serviceBook && words.serviceBooks[car.serviceBook]);
  add(words.keys, car.keys === null ? null : String(car.keys));
  add(words.expectedPrice, car.expectedPrice === null ? null : money(car.expectedPrice, locale));
  return facts;
}

/** "Photos : 3 · à vérifier : avant, arrière": who can see unnamed photos checks them, who sees all named ones knows. */
function photosLine(photos: readonly Photo[], dealership: Dealership): Line {
  const words = appraisalWords[dealership.language];
  const ready = photos.filter((photo) => photo.state === 'ready');
  const missing = missingViews(ready);
  const names = viewNames(missing, dealership);
  const unnamed = ready.some((photo) => photo.view === null);
  const parts = [ready.length === 0 ? words.noPhotos : words.photoCount(ready.length)];
  if (photos.length > ready.length) parts.push(words.coming(photos.length - ready.length));
  parts.push(missing.length === 0 ? words.complete : unnamed ? words.toCheck(names) : words.missing(names));
  return [parts.join(' · ')];
}

/** The newest that fit, in the order they came. */
function pictures(photos: readonly Photo[], car: Car, dealership: Dealership): Element[] {
  const words = appraisalWords[dealership.language];
  const all = photos.flatMap((photo): Element[] => {
    const files = Object.values(photo.published);
    if (photo.state !== 'ready' || files.length === 0) return [];
    return [{ kind: 'photo', files, description: words.photoOf(carName(car), photo.view && words.views[photo.view]) }];
  });
  const hidden = all.length - MOST_SHOWN;
  const more: Element[] = hidden > 0 ? [{ kind: 'aside', line: [words.alsoInThread(hidden)] }] : [];
  return [...all.slice(-MOST_SHOWN), ...more];
}

function viewNames(views: readonly View[], dealership: Dealership): string {
  const words = appraisalWords[dealership.language];
  return views.map((view) => words.views[view]).join(', ');
}

/** "Estimate no. 1 by Omar Benali: €8,500, valid until Fri 4 Dec.", as it holds at `now`. */
export function estimateLine(
  estimate: Estimate,
  author: string,
  dealership: Dealership,
  now: Date,
  language = dealership.language,
): string {
  const locale = localeOf(dealership, language);
  const words = estimateWords[language];
  const until = day(new Date(`${estimate.validUntil}T00:00Z`), { ...locale, timeZone: 'UTC' });
  const say = estimate.validUntil < localDay(dealership, now) ? words.expired : words.given;
  return say(estimate.version, author, money(estimate.amount, locale, estimate.currency), until);
}

/** One version of the answer. Pure. */
export function estimateCard(estimate: Estimate, newest: Estimate, author: string, dealership: Dealership, now: Date): Card {
  const words = estimateWords[dealership.language];
  const line = estimateLine(estimate, author, dealership, now);
  const lines: Line[] = [[{ bold: line }]];
  if (estimate.conditions) lines.push([words.underConditions(estimate.conditions)]);
  if (newest.version > estimate.version) lines.push([words.replacedBy(newest.version)]);
  const note: Element[] = estimate.note ? [{ kind: 'quote', text: estimate.note }] : [];
  return { summary: line, elements: [{ kind: 'lines', lines }, ...note], buttons: [] };
}

/** What was understood of somebody's words, and, while it waits, the buttons to say so. Pure. */
export function questionCard(question: Question, appraisal: Appraisal, dealership: Dealership): Card {
  const words = estimateWords[dealership.language];
  const locale = localeOf(dealership);
  const car = carName(appraisal.car);
  const amount = money(question.amount, locale);
  const line = {
    asked: question.upTo === null ? words.asks(amount, car) : words.asksRange(amount, money(question.upTo, locale), car),
    confirmed: words.confirmed(amount, car),
    corrected: words.corrected(amount, car),
    replaced: words.dropped(amount, car),
  }[question.outcome ?? 'asked'];
  const buttons: Button[] = [
    { action: 'estimate.confirm', label: words.confirm, subject: question.id, style: 'primary' },
    { action: 'estimate.correct', label: words.correct, subject: question.id, opens: true },
  ];
  return { summary: line, elements: [{ kind: 'lines', lines: [[line]] }], buttons: question.outcome === null ? buttons : [] };
}

/** Who wants more photos, of what. `missing` is as it was when they were asked for; `buttons`: those that open the page to send them by. Pure. */
export function photosCard(name: string, car: Car, missing: readonly View[], language: Language, buttons: readonly Button[]): Card {
  const words = appraisalWords[language];
  const line = words.photosAsked(name, carName(car));
  const names = missing.map((view) => words.views[view]).join(', ');
  // In a thread not every platform lets us see them.
  const [some, any] =
    buttons.length > 0 ? [words.photosWantedByPage, words.photosWantedAnyByPage] : [words.photosWanted, words.photosWantedAny];
  const wanted = names === '' ? any : some(names);
  return { summary: line, elements: [{ kind: 'lines', lines: [[{ bold: line }], [wanted]] }], buttons };
}
