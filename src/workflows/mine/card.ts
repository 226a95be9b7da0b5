import type { Card, Element } from '../../chat/card.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Line, Listed } from '../../figures/lines.js';
import type { Mine } from '../../figures/mine.js';
import { leadRow, momentPhrase, nextPhrase, section, statePhrases, type Writing } from '../list.js';
import { mineWords } from './messages.js';

/** A phone shows three or four without scrolling; nobody reads beyond these. */
const MOST_ROWS = 12;

/** One person's leads of one site. */
export interface MineAt {
  readonly dealership: Dealership;
  readonly mine: Mine;
}

type Part = 'overdue' | 'today' | 'quiet' | 'later';
const PARTS: readonly Part[] = ['overdue', 'today', 'quiet', 'later'];

/** What its owner may do about a lead at once. */
const ACTIONS = ['status.open', 'lead.contact'];

/** How many leads stand in these lists, shown or not. */
export function countOf(all: readonly MineAt[], parts: readonly Part[] = PARTS): number {
  return all.reduce((sum, { mine }) => sum + parts.reduce((part, name) => part + mine[name].total, 0), 0);
}

/** "My leads", due first; leads of several sites in one list. Pure but for the buttons it asks for. */
export function mineCard(writing: Writing, all: readonly MineAt[]): Card {
  const words = mineWords[writing.language];
  const total = countOf(all);
  if (total === 0) return { title: words.title, summary: words.none, elements: [{ kind: 'lines', lines: [[words.none]] }], buttons: [] };
  const [overdue, today] = [countOf(all, ['overdue']), countOf(all, ['today'])];
  const counts = [
    words.open(total),
    ...(overdue > 0 ? [words.overdueCount(overdue)] : []),
    ...(today > 0 ? [words.todayCount(today)] : []),
  ];
  const elements: Element[] = [{ kind: 'lines', lines: [[{ bold: counts.join(' · ') }]] }];
  let room = MOST_ROWS;
  for (const part of PARTS) {
    const shown = merged(all, part).slice(0, room);
    room -= shown.length;
    const rows = shown.map(({ line, dealership }) =>
      leadRow(writing, line.lead, dealership, saysOf(writing, part, line, dealership), ACTIONS),
    );
    elements.push(...section(writing.language, words[part], countOf(all, [part]), rows));
  }
  return { title: words.title, summary: `${words.title} · ${counts.join(' · ')}`, elements, buttons: [] };
}

/** One list of several sites' lists, in the same order: those with something planned first, then by time. */
function merged(all: readonly MineAt[], part: Part): readonly { line: Line; dealership: Dealership }[] {
  const lines = all.flatMap(({ dealership, mine }) => (mine[part] as Listed<Line>).lines.map((line) => ({ line, dealership })));
  const unplanned = ({ line }: { line: Line }) => (part === 'later' && line.lead.nextAction?.at == null ? 1 : 0);
  return lines.sort((a, b) => unplanned(a) - unplanned(b) || a.line.at.getTime() - b.line.at.getTime());
}

function saysOf(writing: Writing, part: Part, { lead, at }: Line, dealership: Dealership): (string | null)[] {
  const state = statePhrases(lead, writing.language);
  if (part !== 'quiet') return [nextPhrase(writing, lead, dealership), ...state];
  return [mineWords[writing.language].quietSince(momentPhrase(writing, at, dealership)), ...state];
}
