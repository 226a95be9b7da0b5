import { type Card, sentence } from '../../chat/card.js';
import type { Command, Reply } from '../../chat/interaction.js';
import { shorten } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Person } from '../../dealership/people.js';
import type { Breakdown, Figures } from '../../figures/figures.js';
import { readFigures } from '../../figures/measure.js';
import { type Span, spanPeriod } from '../../figures/period.js';
import { enumeration } from '../../language/format.js';
import { inTime } from '../in-time.js';
import { listWords } from '../messages.js';
import { managerToAsk, type Reader, readerOf } from '../reader.js';
import type { Desk, Workflow } from '../workflow.js';
import { type Ask, isCalled, isMyself, meantBy, probably, readAsk, readOwnAsk } from './ask.js';
import { personCard, sitesCard } from './card.js';
import { statsWords } from './messages.js';

/** Figures on demand: people read their own, managers those of their dealerships, directors all. */
export function statsWorkflow(desk: Desk): Workflow {
  const telling =
    (read: (words: string) => Ask) =>
    async (command: Command, rest: string): Promise<Reply> => {
      const reader = await readerOf(desk, command.actor);
      return inTime(desk, command, reader.language, answer(desk, reader, read(rest)));
    };
  const [stats, yours] = [telling(readAsk), telling(readOwnAsk)];
  return {
    commands: { stats, chiffres: stats, 'my stats': yours, 'my figures': yours, 'mes stats': yours, 'mes chiffres': yours },
  };
}

/** Somebody figures are read of. */
interface Subject {
  readonly id: string;
  readonly name: string;
}

async function answer(desk: Desk, reader: Reader, ask: Ask): Promise<Card> {
  const { language, sites, managed } = reader;
  const words = statsWords[language];
  const manager = managerToAsk(desk, reader);
  if (sites.length === 0) return sentence(listWords[language].nowhere(manager));
  if (isMyself(ask) || (ask.who.length === 0 && managed.length === 0)) return own(desk, reader, ask.span);
  if (managed.length > 0) return ask.who.length === 0 ? whole(desk, reader, managed, ask.span) : named(desk, reader, ask);
  if (isCalled(reader.person.name, ask.who)) return own(desk, reader, ask.span);
  return unclear(desk, reader, ask) ?? sentence(words.notYours(manager));
}

async function own(desk: Desk, { person, language, sites }: Reader, span: Span): Promise<Card> {
  return ofPerson(desk, person, { language, sites, span, title: statsWords[language].yours(spanName(language, span)) });
}

async function whole(desk: Desk, { language }: Reader, sites: readonly Dealership[], span: Span): Promise<Card> {
  const words = statsWords[language];
  const [first] = sites;
  const title =
    sites.length === 1 && first ? words.title(first.name, spanName(language, span)) : words.sites(sites.length, spanName(language, span));
  const breakdowns = await read(desk, sites, span);
  const shown = sites.flatMap((dealership, n) => {
    const breakdown = breakdowns[n];
    return breakdown ? [{ style: { dealership, language }, breakdown }] : [];
  });
  return sitesCard(title, shown, desk.group.sourceName);
}

/** A dealership this manager manages, or one of those who work there; the manager among them. */
async function named(desk: Desk, reader: Reader, ask: Ask): Promise<Card> {
  const { language, managed, person: self } = reader;
  const words = statsWords[language];
  const { directory } = desk.group;
  const atMine = directory.people.filter((person) => person.id === self.id || managed.some((site) => directory.belongs(person, site)));
  const meant = meantBy(ask.who, [...managed, ...atMine]);
  const sitesMeant = managed.filter((site) => meant.includes(site));
  if (sitesMeant.length > 0) return whole(desk, reader, sitesMeant, ask.span);
  const [one, ...others] = atMine.filter((person) => meant.includes(person));
  if (one && others.length > 0) {
    const names = [one, ...others].map(({ name }) => name);
    return sentence(words.several(enumeration(names, language)));
  }
  if (one) return one.id === self.id ? own(desk, reader, ask.span) : theirs(desk, reader, one, ask.span);
  const elsewhere = directory.people.find(({ name }) => isCalled(name, ask.who));
  if (elsewhere) return sentence(words.elsewhere(elsewhere.name));
  const names = [...atMine, ...managed].map(({ name }) => name);
  return notUnderstood(reader, ask, names);
}

async function theirs(desk: Desk, { language, managed }: Reader, one: Person, span: Span): Promise<Card> {
  const sites = managed.filter((site) => desk.group.directory.belongs(one, site));
  return ofPerson(desk, one, { language, sites, span, title: statsWords[language].title(one.name, spanName(language, span)) });
}

async function ofPerson(
  desk: Desk,
  person: Subject,
  about: { readonly language: Reader['language']; readonly sites: readonly Dealership[]; readonly span: Span; readonly title: string },
): Promise<Card> {
  const breakdowns = await read(desk, about.sites, about.span);
  const all = about.sites.map((dealership, n) => ({
    style: { dealership, language: about.language },
    figures: figuresOf(breakdowns[n], person.id),
  }));
  return personCard(about.title, all);
}

function figuresOf(breakdown: Breakdown | undefined, id: string): Figures | null {
  return breakdown?.people.find(({ person }) => person.id === id)?.figures ?? null;
}

function read(desk: Desk, sites: readonly Dealership[], span: Span): Promise<readonly Breakdown[]> {
  const now = desk.now();
  return readFigures(
    desk.store.db,
    sites.map((dealership) => ({ dealership, period: spanPeriod(dealership, span, now) })),
  );
}

/** A slip of the finger in a time deserves to be told so rather than refused; null when it looks like a name. */
function unclear(desk: Desk, reader: Reader, ask: Ask): Card | null {
  const anybody = desk.group.directory.people.some(({ name }) => isCalled(name, ask.who));
  return anybody || probably(ask, []) === null ? null : notUnderstood(reader, ask, []);
}

function notUnderstood({ language, command }: Reader, ask: Ask, names: readonly string[]): Card {
  const words = statsWords[language];
  const said = words.unknown(shorten(ask.typed, 40), probably(ask, names));
  return { summary: said, elements: [{ kind: 'lines', lines: [[said, { bold: words.how(command) }]] }], buttons: [] };
}

function spanName(language: Reader['language'], span: Span): string {
  return statsWords[language].spans[span];
}
