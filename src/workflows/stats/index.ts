import { type Card, sentence } from '../../chat/card.js';
import type { Command, Reply } from '../../chat/interaction.js';
import { shorten } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Breakdown, Figures } from '../../figures/figures.js';
import { readFigures } from '../../figures/measure.js';
import { type Span, spanPeriod } from '../../figures/period.js';
import { enumeration } from '../../language/format.js';
import { inTime } from '../in-time.js';
import { listWords } from '../messages.js';
import { managerToAsk, type Reader, readerOf } from '../reader.js';
import type { Desk, Workflow } from '../workflow.js';
import { type Ask, isCalled, isMyself, probably, readAsk } from './ask.js';
import { personCard, sitesCard } from './card.js';
import { statsWords } from './messages.js';

/** Figures on demand: people read their own, managers those of their dealerships, directors all. */
export function statsWorkflow(desk: Desk): Workflow {
  const stats = async (command: Command, rest: string): Promise<Reply> => {
    const reader = await readerOf(desk, command.actor);
    return inTime(desk, command, reader.language, answer(desk, reader, readAsk(rest)));
  };
  return { commands: { stats, chiffres: stats } };
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
  if (isCalled(reader.person.name, ask.who)) return own(desk, reader, ask.span);
  if (managed.length === 0) return unclear(desk, reader, ask) ?? sentence(words.notYours(manager));
  const sitesMeant = ask.who.length === 0 ? managed : managed.filter(({ name }) => isCalled(name, ask.who));
  if (sitesMeant.length > 0) return whole(desk, reader, sitesMeant, ask.span);
  return another(desk, reader, ask);
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

/** One of those who work where this manager manages. */
async function another(desk: Desk, reader: Reader, ask: Ask): Promise<Card> {
  const { language, managed } = reader;
  const words = statsWords[language];
  const { directory } = desk.group;
  const atMine = directory.people.filter((person) => managed.some((site) => directory.belongs(person, site)));
  const meant = atMine.filter(({ name }) => isCalled(name, ask.who));
  const [one] = meant;
  if (one && meant.length === 1) {
    const sites = managed.filter((site) => directory.belongs(one, site));
    return ofPerson(desk, one, { language, sites, span: ask.span, title: words.title(one.name, spanName(language, ask.span)) });
  }
  if (meant.length > 1)
    return sentence(
      words.several(
        enumeration(
          meant.map(({ name }) => name),
          language,
        ),
      ),
    );
  const elsewhere = directory.people.find(({ name }) => isCalled(name, ask.who));
  if (elsewhere) return sentence(words.elsewhere(elsewhere.name));
  return notUnderstood(
    reader,
    ask,
    [...atMine, ...managed].map(({ name }) => name),
  );
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
