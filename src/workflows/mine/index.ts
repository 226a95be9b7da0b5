import { type Card, sentence } from '../../chat/card.js';
import type { Actor, Command, Reply } from '../../chat/interaction.js';
import { readStanding } from '../../figures/desk.js';
import type { Line } from '../../figures/lines.js';
import { readMine } from '../../figures/mine.js';
import { cardOf, type Shown } from '../../leads/links.js';
import type { Writing } from '../list.js';
import { listWords } from '../messages.js';
import { linksFor, managerToAsk, type Reader, readerOf } from '../reader.js';
import type { Desk, Workflow } from '../workflow.js';
import { countOf, type MineAt, mineCard } from './card.js';
import { appraisalOf, appraisalsCard, type DeskAt, deskCard, requestOf } from './desk-card.js';
import { deskWords } from './messages.js';

/** "My leads" for everybody, and the desk for managers: asked for in words, and on somebody's own page with the bot. */
export function mineWorkflow(desk: Desk): Workflow {
  const mine = (command: Command) => privately(desk, command.actor, mineOf);
  const theDesk = (command: Command) => privately(desk, command.actor, managersDeskOf);
  return { commands: { mine, my: mine, mes: mine, desk: theDesk, bureau: theDesk } };
}

/**
 * Somebody's own page: what is theirs, due first, and to managers the desk. Nothing of it is for anybody else's eyes.
 * The same wherever it is shown.
 */
export async function homeOf(desk: Desk, actor: Actor): Promise<readonly Card[]> {
  const reader = await readerOf(desk, actor);
  if (reader.sites.length === 0) return [nowhere(desk, reader)];
  const [mine, standing] = await Promise.all([readAllMine(desk, reader), readAllStanding(desk, reader)]);
  const writing = await writingFor(desk, reader, [...shownOfMine(mine), ...shownOfDesk(standing)]);
  const cards = deskCards(reader, writing, standing);
  // A manager who sells nothing need not read so every day.
  return cards.length > 0 && countOf(mine) === 0 ? cards : [...cards, mineCard(writing, mine)];
}

async function privately(desk: Desk, actor: Actor, make: (desk: Desk, reader: Reader) => Promise<Card>): Promise<Reply> {
  const reader = await readerOf(desk, actor);
  return { kind: 'private', card: reader.sites.length === 0 ? nowhere(desk, reader) : await make(desk, reader) };
}

async function mineOf(desk: Desk, reader: Reader): Promise<Card> {
  const mine = await readAllMine(desk, reader);
  return mineCard(await writingFor(desk, reader, shownOfMine(mine)), mine);
}

async function managersDeskOf(desk: Desk, reader: Reader): Promise<Card> {
  const standing = await readAllStanding(desk, reader);
  const writing = await writingFor(desk, reader, shownOfDesk(standing));
  const [card] = deskCards(reader, writing, standing);
  return card ?? sentence(deskWords[reader.language].notYours(managerToAsk(desk, reader), reader.command));
}

function deskCards(reader: Reader, writing: Writing, standing: readonly DeskAt[]): readonly Card[] {
  if (standing.length === 0) return [];
  return [reader.managed.length > 0 ? deskCard(writing, standing) : appraisalsCard(writing, standing)];
}

async function readAllMine(desk: Desk, { person, sites }: Reader): Promise<readonly MineAt[]> {
  const now = desk.now();
  return Promise.all(sites.map(async (dealership) => ({ dealership, mine: await readMine(desk.store.db, person.id, dealership, now) })));
}

/** Of the sites somebody manages; else of those whose trade-ins they appraise. */
async function readAllStanding(desk: Desk, { person, sites, managed }: Reader): Promise<readonly DeskAt[]> {
  const now = desk.now();
  const appraised = sites.filter((site) => desk.group.directory.rolesAt(person, site).has('used-car-manager'));
  const shown = managed.length > 0 ? managed : appraised;
  return Promise.all(shown.map(async (dealership) => ({ dealership, standing: await readStanding(desk.store.db, dealership, now) })));
}

async function writingFor(desk: Desk, reader: Reader, shown: readonly Shown[]): Promise<Writing> {
  const links = await linksFor(desk, reader, shown);
  return { desk, language: reader.language, now: desk.now(), links, namesSites: reader.sites.length > 1 };
}

function shownOfMine(all: readonly MineAt[]): readonly Shown[] {
  return all.flatMap(({ mine }) => [mine.overdue, mine.today, mine.quiet, mine.later].flatMap(({ lines }) => lines.map(cardOfLine)));
}

function shownOfDesk(all: readonly DeskAt[]): readonly Shown[] {
  return all.flatMap(({ standing: { late, waiting, hot, decisions, appraisals } }) => [
    ...[late, waiting, hot, decisions, appraisals].flatMap(({ lines }) => lines.map(cardOfLine)),
    ...decisions.lines.map(requestOf),
    ...appraisals.lines.map(appraisalOf),
  ]);
}

function cardOfLine({ lead }: Line): Shown {
  return cardOf(lead.id);
}

function nowhere(desk: Desk, reader: Reader): Card {
  return sentence(listWords[reader.language].nowhere(managerToAsk(desk, reader)));
}
