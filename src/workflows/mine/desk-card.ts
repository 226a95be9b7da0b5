import type { Card, Element } from '../../chat/card.js';
import type { Line as TextLine } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Standing } from '../../figures/desk.js';
import type { AppraisalLine, DecisionLine, LateLine, Line, Listed } from '../../figures/lines.js';
import { inSentence } from '../../language/sentence.js';
import { titleOf } from '../../leads/card.js';
import type { Shown } from '../../leads/links.js';
import { leadLines, leadRow, linkTo, momentPhrase, nextPhrase, section, statePhrases, type Writing } from '../list.js';
import { deskWords } from './messages.js';

/** How a dealership stands, and how much of it somebody is shown. */
export interface DeskAt {
  readonly dealership: Dealership;
  readonly standing: Standing;
}

/** Rows of leads on one card, shared by its sites; with more sites than this each is one line of figures. */
const MOST_ROWS = 14;
const MOST_SITES_WITH_ROWS = 2;
const MOST_SITES = 20;
const MOST_IN_A_SECTION = 5;

/** What a manager may do at once: take what nobody took, or give to somebody else what stands still. */
const ACTIONS = ['claim.take', 'handover.open', 'status.open'];

/** Where the request stands that a manager decides, or a used-car manager answers. */
export const requestOf = ({ lead, decisionId }: DecisionLine): Shown => ({
  leadId: lead.id,
  topic: 'abandon.request',
  subject: decisionId,
});
export const appraisalOf = ({ lead, appraisalId }: AppraisalLine): Shown => ({
  leadId: lead.id,
  topic: 'appraisal.request',
  subject: appraisalId,
});

/** The managers' desk: what is late, waits, is to be decided, is hot. A lead stands once, where it is most urgent. */
export function deskCard(whole: Writing, sites: readonly DeskAt[]): Card {
  // Rows stand below the name of their site.
  const writing = { ...whole, namesSites: false };
  const words = deskWords[writing.language];
  const counts = countsPhrase(
    writing,
    sites.map(({ standing }) => standing),
  );
  const elements: Element[] = [{ kind: 'lines', lines: [[{ bold: counts ?? words.calm }]] }];
  if (counts === null) return { title: words.title, summary: `${words.title} · ${words.calm}`, elements, buttons: [] };
  if (sites.length > MOST_SITES_WITH_ROWS) elements.push(...siteLines(writing, sites));
  else {
    const room = Math.floor(MOST_ROWS / Math.max(1, sites.length));
    for (const site of sites) elements.push(...siteElements(writing, site, room, sites.length > 1));
  }
  return { title: words.title, summary: `${words.title} · ${counts}`, elements, buttons: [] };
}

/** What waits for a used-car manager, who is not shown the rest. */
export function appraisalsCard(writing: Writing, sites: readonly DeskAt[]): Card {
  const words = deskWords[writing.language];
  const total = sites.reduce((sum, { standing }) => sum + standing.appraisals.total, 0);
  const lines = sites.flatMap(({ dealership, standing }) => standing.appraisals.lines.map((line) => ({ line, dealership })));
  const oldest = lines.sort((a, b) => a.line.at.getTime() - b.line.at.getTime()).slice(0, MOST_ROWS);
  const rows = oldest.map(({ line, dealership }) => appraisalRow(writing, line, dealership));
  const elements: Element[] =
    total === 0 ? [{ kind: 'lines', lines: [[words.noAppraisals]] }] : section(writing.language, words.appraisals, total, rows);
  const summary = total === 0 ? words.noAppraisals : words.appraisalsCount(total);
  return { title: words.appraisalsTitle, summary, elements, buttons: [] };
}

/** "3 late · 2 waiting · 1 to decide"; null when there is nothing of it. */
function countsPhrase({ language }: Writing, standings: readonly Standing[]): string | null {
  const words = deskWords[language];
  const sum = (part: 'late' | 'waiting' | 'decisions' | 'appraisals' | 'hot') =>
    standings.reduce((all, standing) => all + (standing[part] as Listed<unknown>).total, 0);
  const all: readonly [number, (n: number) => string][] = [
    [sum('late'), words.lateCount],
    [sum('waiting'), words.waitingCount],
    [sum('decisions'), words.decisionsCount],
    [sum('appraisals'), words.appraisalsCount],
    [sum('hot'), words.hotCount],
  ];
  const said = all.flatMap(([count, say]) => (count > 0 ? [say(count)] : []));
  return said.length === 0 ? null : said.join(' · ');
}

/** Many sites: a line each, the one with most to do first. */
function siteLines(writing: Writing, sites: readonly DeskAt[]): Element[] {
  const weight = ({ standing: { late, decisions, waiting } }: DeskAt) => 3 * late.total + 2 * decisions.total + waiting.total;
  const ordered = [...sites].sort((a, b) => weight(b) - weight(a));
  const shown = ordered.slice(0, MOST_SITES);
  const lines = shown.map(
    ({ dealership, standing }): TextLine => [
      { bold: dealership.name },
      ` · ${countsPhrase(writing, [standing]) ?? deskWords[writing.language].calmHere}`,
    ],
  );
  const left = ordered.length - shown.length;
  return [
    { kind: 'lines', lines },
    ...(left > 0 ? [{ kind: 'aside' as const, line: [`+ ${deskWords[writing.language].sites(left)}`] }] : []),
  ];
}

function siteElements(writing: Writing, { dealership, standing }: DeskAt, most: number, named: boolean): Element[] {
  const words = deskWords[writing.language];
  const seen = new Set<string>();
  let room = most;
  const list = <T extends Line>({ total, lines }: Listed<T>, title: string, rowOf: (line: T) => Element): Element[] => {
    const fresh = lines.filter(({ lead }) => !seen.has(lead.id));
    const shown = fresh.slice(0, Math.min(room, MOST_IN_A_SECTION));
    for (const { lead } of shown) seen.add(lead.id);
    room -= shown.length;
    return section(writing.language, title, total - (lines.length - fresh.length), shown.map(rowOf));
  };
  const parts = [
    ...list(standing.late, words.late, (line) => lateRow(writing, line, dealership)),
    ...list(standing.decisions, words.decisions, (line) => decisionRow(writing, line, dealership)),
    ...list(standing.waiting, words.waiting, (line) =>
      leadRow(writing, line.lead, dealership, [words.came(momentPhrase(writing, line.at, dealership))], ACTIONS),
    ),
    ...list(standing.appraisals, words.appraisals, (line) => appraisalRow(writing, line, dealership)),
    ...list(standing.hot, words.hot, (line) =>
      leadRow(writing, line.lead, dealership, [nextPhrase(writing, line.lead, dealership), ownerOf(line)], ACTIONS),
    ),
  ];
  if (!named) return parts;
  const said = countsPhrase(writing, [standing]) ?? words.calmHere;
  return [{ kind: 'lines', lines: [[{ bold: dealership.name }, ` · ${said}`]] }, ...parts];
}

function ownerOf({ lead }: Line): string | null {
  return lead.owner?.name ?? null;
}

function lateRow(writing: Writing, line: LateLine, dealership: Dealership): Element {
  const { why } = deskWords[writing.language];
  const when = momentPhrase(writing, line.at, dealership);
  const said = line.why === 'overdue' ? why.overdue(nextPhrase(writing, line.lead, dealership)) : why[line.why](when);
  return leadRow(writing, line.lead, dealership, [ownerOf(line), said, ...statePhrases(line.lead, writing.language)], ACTIONS);
}

/** Decided where the evidence is read, not on a list. */
function decisionRow(writing: Writing, line: DecisionLine, dealership: Dealership): Element {
  const { language } = writing;
  const reason = dealership.abandonment.reasons.find(({ id }) => id === line.reason)?.label[language] ?? line.reason;
  const said = deskWords[language].abandonAsked(line.requester, inSentence(reason), momentPhrase(writing, line.at, dealership));
  return requestRow(writing, line, dealership, requestOf(line), said);
}

function appraisalRow(writing: Writing, line: AppraisalLine, dealership: Dealership): Element {
  const words = deskWords[writing.language];
  const said = words.appraisalAsked(line.requester, momentPhrase(writing, line.at, dealership));
  return requestRow(writing, line, dealership, appraisalOf(line), line.late ? `${said} · ${words.appraisalLate}` : said);
}

/** A row that leads to the request rather than to the card. */
function requestRow(writing: Writing, { lead }: Line, dealership: Dealership, request: Shown, said: string): Element {
  const [title, who] = leadLines(writing, lead, dealership, [said]);
  const address = writing.links(request);
  const first: TextLine =
    address === undefined ? (title ?? []) : [linkTo(address, titleOf(lead, { ...dealership, language: writing.language }))];
  return { kind: 'row', lines: [first, who ?? []], buttons: [] };
}
