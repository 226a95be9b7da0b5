import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { FEWEST } from '../../figures/comparison.js';
import { abandonedOf, type Clock, type Clocks, type Figures, wonOf } from '../../figures/figures.js';
import { duration, percent } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { statsWords } from './messages.js';

/** Whose figures are written, and how. */
export interface Style {
  readonly dealership: Dealership;
  readonly language: Language;
}

/** "median 14 min over 9 leads · 9 in 10 within 1 h · 33% under 15 min · 2 still running"; null without any. */
export function clockPhrase({ all, open, outside }: Clocks, style: Style, minutes: 5 | 15 | 60): string | null {
  const words = statsWords[style.language];
  if (all.done + all.running + all.never === 0) return null;
  const share = all.under[minutes];
  const parts = [
    all.median === null ? null : words.median(took(all.median, style), all.done),
    all.p90 === null || all.done < FEWEST ? null : words.within(took(all.p90, style)),
    share === null || all.done < FEWEST ? null : words.under(percent(share, localeOf(style.dealership, style.language)), minutes),
    apart(open, outside, style),
    all.never > 0 ? words.never(all.never) : null,
    all.running > 0 ? words.running(all.running) : null,
  ];
  return said(parts);
}

/** "median 1 d 16 h (30 leads) · 9 in 10 in 3 d 13 h": of what nobody is in a hurry about; null without any. */
export function lengthPhrase({ all: { median, p90, done } }: Clocks, style: Style): string | null {
  const words = statsWords[style.language];
  if (median === null) return null;
  return said([words.median(took(median, style), done), p90 === null || done < FEWEST ? null : words.within(took(p90, style))]);
}

/** Leads that came while the dealership was open, and apart those that came at night: only where there are both. */
function apart(open: Clock, outside: Clock, style: Style): string | null {
  const words = statsWords[style.language];
  if (open.median === null || outside.median === null) return null;
  const brief = ({ done }: Clock, median: number) => words.brief(took(median, style), done);
  return `${words.open(brief(open, open.median))}, ${words.outside(brief(outside, outside.median))}`;
}

export function took(milliseconds: number, { dealership, language }: Style): string {
  return duration(milliseconds, localeOf(dealership, language));
}

/** "5 · 3 from stock · 2 on order · financed 60% (3 of 5) …"; null without a sale. */
export function salesPhrase(figures: Figures, style: Style): string | null {
  const words = statsWords[style.language];
  const { won, financed, maintained, tradeIns } = figures;
  const all = wonOf(figures);
  if (all === 0) return null;
  const kinds = [won.stock > 0 ? words.stock(won.stock) : null, won.order > 0 ? words.order(won.order) : null];
  return said([
    ...kinds,
    words.financed(partOf(financed, all, style)),
    words.maintained(partOf(maintained, all, style)),
    words.tradeIns(partOf(tradeIns, all, style)),
  ]);
}

/** "3 of 4", and as a share where there are enough of them. */
function partOf(part: number, whole: number, { dealership, language }: Style): string {
  const counts = statsWords[language].of(part, whole);
  return whole < FEWEST ? counts : `${percent(part / whole, localeOf(dealership, language))} (${counts})`;
}

/** "Unreachable 2, Bought elsewhere 1 · 1 sent back"; null without any. */
export function abandonedPhrase(figures: Figures, { dealership, language }: Style): string | null {
  const words = statsWords[language];
  const reasons = Object.entries(figures.abandoned)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([id, count]) => `${labelOf(id, { dealership, language })} ${count}`);
  const parts = [
    reasons.length > 0 ? reasons.join(', ') : null,
    figures.recycled > 0 ? words.recycled(figures.recycled) : null,
    figures.sentBack > 0 ? words.sentBack(figures.sentBack) : null,
  ];
  return said(parts);
}

function labelOf(id: string, { dealership, language }: Style): string {
  return dealership.abandonment.reasons.find((reason) => reason.id === id)?.label[language] ?? id;
}

/** The three or four counts one reads first. */
export function headline(figures: Figures, language: Language, person: boolean): string {
  const words = statsWords[language];
  const [sold, abandoned] = [wonOf(figures), abandonedOf(figures)];
  const parts = [
    person ? words.got(figures.received) : words.received(figures.received),
    figures.returned > 0 ? words.returned(figures.returned) : null,
    person ? null : words.claimed(figures.claimed),
    words.contacted(figures.contacted),
    words.sold(sold),
    abandoned > 0 ? words.abandonedCount(abandoned) : null,
  ];
  return said(parts) ?? '';
}

/** Parts that say something, one after the other; null when none does. */
export function said(parts: readonly (string | null)[]): string | null {
  const all = parts.filter((part) => part !== null && part !== '');
  return all.length === 0 ? null : all.join(' · ');
}
