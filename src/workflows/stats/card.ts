import type { Card, Element, Fact } from '../../chat/card.js';
import { shorten } from '../../chat/text.js';
import { FEWEST, ranked } from '../../figures/comparison.js';
import { type Breakdown, type Figures, wonOf } from '../../figures/figures.js';
import { sourceLabel } from '../../leads/source.js';
import { statsWords } from './messages.js';
import { abandonedPhrase, clockPhrase, headline, lengthPhrase, type Style, said, salesPhrase, took } from './phrases.js';

/** More people than a dealership has salespeople, more sources than it pays for, more sites than fit on two screens. */
const MOST_PEOPLE = 15;
const MOST_SOURCES = 8;
const MOST_SITES = 20;
const NAME_LENGTH = 60;

/** One dealership's figures. */
export interface SiteFigures {
  readonly style: Style;
  readonly breakdown: Breakdown;
}

/** Somebody's own figures at one or several dealerships, or another person's for their manager. */
export function personCard(title: string, all: readonly { readonly style: Style; readonly figures: Figures | null }[]): Card {
  const named = all.length > 1;
  const elements = all.flatMap(({ style, figures }): Element[] => {
    const words = statsWords[style.language];
    const first = figures === null ? words.nothing : headline(figures, style.language, true);
    const line: Element = { kind: 'lines', lines: [[{ bold: named ? `${style.dealership.name} · ${first}` : first }]] };
    return figures === null ? [line] : [line, ...factsElement(personFacts(figures, style))];
  });
  return { title, summary: title, elements: [...elements, ...noteOf(all.map(({ style }) => style))], buttons: [] };
}

/** One or two dealerships whole; more of them in one line each, to be asked for by name. */
export function sitesCard(title: string, sites: readonly SiteFigures[], sourceName: (id: string) => string): Card {
  const note = noteOf(sites.map(({ style }) => style));
  if (sites.length > 2) return { title, summary: title, elements: [siteLines(sites), ...note], buttons: [] };
  const elements = sites.flatMap((site) => siteElements(site, sites.length > 1, sourceName));
  return { title, summary: title, elements: [...elements, ...note], buttons: [] };
}

function siteElements({ style, breakdown }: SiteFigures, named: boolean, sourceName: (id: string) => string): Element[] {
  const { total, sources } = breakdown;
  const words = statsWords[style.language];
  const first = headline(total, style.language, false);
  const shown = sources.filter(({ figures }) => figures.received > 0).slice(0, MOST_SOURCES);
  const called = (id: string) => shorten(sourceLabel(id, sourceName(id), style.language), NAME_LENGTH);
  const from = shown.map(({ sourceId, figures }) => `${called(sourceId)} ${figures.received}`);
  const facts = [
    ...fact(words.claim, clockPhrase(total.toClaim, style, 5)),
    ...workFacts(total, style),
    ...fact(words.sources, from.length > 0 ? from.join(', ') : null),
  ];
  return [
    { kind: 'lines', lines: [[{ bold: named ? `${style.dealership.name} · ${first}` : first }]] },
    ...factsElement(facts),
    ...teamElements(breakdown, style),
  ];
}

function personFacts(figures: Figures, style: Style): Fact[] {
  const words = statsWords[style.language];
  const { taken, given } = figures;
  const handed = said([taken > 0 ? words.taken(taken) : null, given > 0 ? words.given(given) : null]);
  return [...workFacts(figures, style), ...fact(words.handed, handed)];
}

/** What was done and how fast: the same for a person and for a dealership. */
function workFacts(figures: Figures, style: Style): Fact[] {
  const words = statsWords[style.language];
  const { contacted, witnessed, appointments, appraisals, open, waiting, hot } = figures;
  const contacts = contacted + witnessed > 0 ? said([words.declared(contacted), words.witnessed(witnessed)]) : null;
  const state = [words.openCount(open), waiting > 0 ? words.waiting(waiting) : null, hot > 0 ? words.hot(hot) : null];
  return [
    ...fact(words.contact, clockPhrase(figures.toContact, style, 60)),
    ...fact(words.contacts, contacts),
    ...fact(words.appointments, appointments > 0 ? String(appointments) : null),
    ...fact(words.appraisals, appraisals > 0 ? String(appraisals) : null),
    ...fact(words.sales, salesPhrase(figures, style)),
    ...fact(words.abandoned, abandonedPhrase(figures, style)),
    ...fact(words.close, lengthPhrase(figures.toClose, style)),
    ...fact(words.state, said(state)),
  ];
}

/**
 * Everybody with any figure. How fast they were is compared only between those with enough leads, and the words say
 * over how many; what they declare stands beside what was seen.
 */
function teamElements({ people }: Breakdown, style: Style): Element[] {
  if (people.length === 0) return [];
  const words = statsWords[style.language];
  const measured = people.map((of) => ({ of, value: of.figures.toContact.all.median, sample: of.figures.toContact.all.done }));
  const order = ranked(measured, 'least');
  const enough = order.filter(({ rank }) => rank !== null).length;
  // One alone is first among nobody.
  const compared = enough > 1;
  const facts = order.slice(0, MOST_PEOPLE).map(({ of: { person, figures }, value, sample, rank }): Fact => {
    const place = rank === null ? words.notEnough : compared ? words.rank(rank) : null;
    const speed = value === null ? null : words.speed(took(value, style), sample);
    return { label: shorten(person.name, NAME_LENGTH), value: [said([doneBy(figures, style), speed, enough > 0 ? place : null]) ?? ''] };
  });
  const left = people.length - facts.length;
  const nobody = enough === 0 && people.length > 1 ? words.nobodyCompared(FEWEST) : null;
  const note = compared ? words.ranked(FEWEST) : nobody;
  return [
    { kind: 'lines', lines: [[{ bold: words.team }]] },
    { kind: 'facts', facts },
    ...(left > 0 ? [{ kind: 'aside' as const, line: [words.more(left)] }] : []),
    ...(note === null ? [] : [{ kind: 'aside' as const, line: [note] }]),
  ];
}

/** What somebody did, without what they did not. */
function doneBy(figures: Figures, { language }: Style): string | null {
  const words = statsWords[language];
  const { received, contacted, witnessed, open, hot } = figures;
  const won = wonOf(figures);
  return said([
    received > 0 ? words.got(received) : null,
    contacted + witnessed > 0 ? words.seen(contacted, witnessed) : null,
    won > 0 ? words.sold(won) : null,
    open > 0 ? words.openOfPerson(open, hot) : null,
  ]);
}

/** Many dealerships compared: how fast a lead was claimed, between those with enough leads. */
function siteLines(sites: readonly SiteFigures[]): Element {
  const measured = sites.map((of) => ({ of, value: of.breakdown.total.toClaim.all.median, sample: of.breakdown.total.toClaim.all.done }));
  const facts = ranked(measured, 'least')
    .slice(0, MOST_SITES)
    .map(({ of: { style, breakdown }, value, sample, rank }): Fact => {
      const words = statsWords[style.language];
      const speed = value === null ? null : `${words.claim} ${words.brief(took(value, style), sample)}`;
      const place = rank === null ? words.notEnough : words.rank(rank);
      return { label: style.dealership.name, value: [said([headline(breakdown.total, style.language, false), speed, place]) ?? ''] };
    });
  return { kind: 'facts', facts };
}

function noteOf([style]: readonly Style[]): Element[] {
  return style === undefined ? [] : [{ kind: 'aside', line: [statsWords[style.language].declaredNote] }];
}

function fact(label: string, value: string | null): Fact[] {
  return value === null ? [] : [{ label, value: [value] }];
}

function factsElement(facts: readonly Fact[]): Element[] {
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}
