import type { Card, Element } from '../../chat/card.js';
import { type Line, type Span, shorten, tidy } from '../../chat/text.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import type { Found } from '../../figures/find.js';
import { phone } from '../../language/format.js';
import { endOf } from '../../leads/card.js';
import { isClosed, type Lead } from '../../leads/lead.js';
import { leadRow, momentPhrase, statePhrases, type Writing } from '../list.js';
import { findWords } from './messages.js';

/** What a phone shows in two or three movements of the thumb. */
export const SHOWN = 10;
/** So many are counted; beyond that nobody narrows a search by reading on. */
export const COUNTED = 60;

/** One lead that was found, and whose it is. */
export interface Hit {
  readonly found: Found;
  readonly dealership: Dealership;
}

/** What was found, the newest first. A single lead shows how to reach the customer at once, to whoever may see it. */
export function foundCard(writing: Writing, typed: string, hits: readonly Hit[]): Card {
  const words = findWords[writing.language];
  const shown = hits.slice(0, SHOWN);
  const alone = shownAlone(hits);
  const left = hits.length - shown.length;
  const beyond = hits.length > COUNTED;
  const count = beyond ? words.foundMany(COUNTED) : words.found(hits.length);
  const more = beyond ? words.manyMore(COUNTED - shown.length) : words.more(left);
  const elements: Element[] = [
    { kind: 'lines', lines: [[{ bold: count }]] },
    ...shown.map((hit) => rowOf(writing, hit, hit === alone)),
    ...(left > 0 ? [{ kind: 'aside' as const, line: [more] }] : []),
  ];
  const title = words.title(typed);
  return { title, summary: `${title} · ${count}`, elements, buttons: [] };
}

/** The one lead that was found, where its reader may see how to reach the customer; the look has to be written down. */
export function shownAlone(hits: readonly Hit[]): Hit | null {
  const [only] = hits;
  return only && hits.length === 1 && only.found.contact && (only.found.lead.phone || only.found.lead.email) ? only : null;
}

function rowOf(writing: Writing, { found, dealership }: Hit, alone: boolean): Element {
  const { lead, by, contact } = found;
  const words = findWords[writing.language];
  const stock = by === 'stock' && lead.interest?.stockNumber ? words.stock(shorten(oneLine(lead.interest.stockNumber), 40)) : null;
  const says = [stock, ...standing(writing, lead, dealership), words.came(momentPhrase(writing, lead.receivedAt, dealership))];
  const row = leadRow(writing, lead, dealership, says, [
    'claim.take',
    ...(contact ? ['status.open', ...(alone ? [] : ['lead.contact'])] : []),
  ]);
  return alone ? { ...row, lines: [...row.lines, reachOf(lead, dealership, writing)] } : row;
}

/** "Appointment · Hot · Alice Martin", or how it ended. */
function standing({ language }: Writing, lead: Lead, dealership: Dealership): (string | null)[] {
  if (isClosed(lead.stage)) return [endOf(lead, { ...dealership, language })];
  return [...statePhrases(lead, language), lead.owner?.name ?? findWords[language].unclaimed];
}

function reachOf(lead: Lead, dealership: Dealership, { language }: Writing): Line {
  const full = lead.name ? [{ bold: shorten(oneLine(lead.name), 100) }] : [];
  const tel = lead.phone ? [{ tel: lead.phone, label: phone(lead.phone, localeOf(dealership, language)) }] : [];
  const mail = lead.email ? [{ mail: lead.email }] : [];
  return ([...full, ...tel, ...mail] as Span[]).flatMap((span, n) => (n === 0 ? [span] : [' · ', span]));
}

function oneLine(text: string): string {
  return tidy(text).replaceAll('\n', ' ');
}
