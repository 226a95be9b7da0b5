import type { Card } from '../../chat/card.js';
import type { Line } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Listed, Line as OnList } from '../../figures/lines.js';
import { type Mine, readMine } from '../../figures/mine.js';
import { fullDay } from '../../language/format.js';
import type { Notice } from '../../posting/notice.js';
import type { Desk } from '../workflow.js';
import { morningDay } from './due.js';
import { databaseTime } from './give.js';
import { list, ownLead } from './lists.js';
import { digestWords } from './messages.js';
import { type View, viewFor } from './view.js';

const LISTS = ['overdue', 'today', 'quiet'] as const;

/** The morning list of `alice/2026-11-20`; null when there is nothing to say, or that day has closed. */
export async function showMorning(desk: Desk, notice: Notice): Promise<Card | null> {
  const { db } = desk.store;
  const cut = notice.subject.lastIndexOf('/');
  const [personId, day] = [notice.subject.slice(0, cut), notice.subject.slice(cut + 1)];
  const now = await databaseTime(db);
  const { dealerships, directory } = desk.group;
  if (!dealerships.some((dealership) => morningDay(dealership, now) === day)) return null;
  const mine: Own[] = [];
  for (const dealership of dealerships) mine.push({ dealership, mine: await readMine(db, personId, dealership, now) });
  const leads = mine.flatMap(({ mine: one }) => LISTS.flatMap((name) => one[name].lines.map(({ lead }) => lead)));
  if (leads.length === 0) return null;
  const person = directory.byAccount(notice.place);
  const view = await viewFor(desk, notice.place, desk.languageFor(person), leads);
  return morningCard(person.name, day, mine, view, now);
}

/** Somebody's leads at one dealership. */
export interface Own {
  readonly dealership: Dealership;
  readonly mine: Pick<Mine, (typeof LISTS)[number]>;
}

/** What somebody has to do today: what is late, what is due, whom nobody has spoken to. */
export function morningCard(name: string, day: string, own: readonly Own[], view: View, now: Date): Card {
  const words = digestWords[view.language];
  const [first = name] = name.split(' ');
  const all = (which: (typeof LISTS)[number]): Listed<OnList & { readonly at: Date; readonly dealership: Dealership }> => ({
    total: own.reduce((sum, { mine }) => sum + mine[which].total, 0),
    lines: own.flatMap(({ mine, dealership }) => mine[which].lines.map((line) => ({ ...line, dealership }))),
  });
  const [overdue, today, quiet] = [all('overdue'), all('today'), all('quiet')];
  const parts = [
    overdue.total > 0 ? words.late(overdue.total) : null,
    today.total > 0 ? words.due(today.total) : null,
    quiet.total > 0 ? words.goneQuiet(quiet.total) : null,
  ];
  const what = parts.filter((part) => part !== null).join(', ');
  const line = (one: OnList & { readonly dealership: Dealership }): Line => ownLead(one, one.dealership, view, now);
  return {
    title: words.morningTitle(first, fullDay(day, view.language)),
    summary: words.morningSummary(what),
    elements: [
      { kind: 'lines', lines: [[{ bold: words.morningSummary(what) }]] },
      ...list(words.lists.overdue, overdue, view, line),
      ...list(words.lists.today, today, view, line),
      ...list(words.lists.quiet, quiet, view, line),
    ],
    buttons: [],
  };
}
