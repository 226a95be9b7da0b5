import type { Card, Element } from '../../chat/card.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { ranked } from '../../figures/comparison.js';
import { type Digest, readDigest } from '../../figures/digest.js';
import { abandonedOf, type Figures, wonOf } from '../../figures/figures.js';
import { duration, fullDay, weekday } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import type { Notice } from '../../posting/notice.js';
import type { Desk } from '../workflow.js';
import { AT_ONCE_MS, capitalised, toDo, type Waiting } from './card.js';
import { usual } from './counts.js';
import { goesOn, openOn } from './due.js';
import { databaseTime } from './give.js';
import { digestWords } from './messages.js';
import { type Picture, pictureFor } from './picture.js';
import { viewFor } from './view.js';

/** One dealership's day, to be compared. */
export interface Compared {
  readonly dealership: Dealership;
  readonly digest: Digest;
}

/** The comparison of `2026-11-20`, for a director; null once that day is over. */
export async function showComparison(desk: Desk, notice: Notice): Promise<Card | null> {
  const { db } = desk.store;
  const day = notice.subject;
  const now = await databaseTime(db);
  const open = openOn(desk.group.dealerships, day);
  if (open.length === 0 || !goesOn(open, day, now)) return null;
  const language = desk.languageFor(desk.group.directory.byAccount(notice.place));
  const compared: Compared[] = [];
  for (const dealership of open) compared.push({ dealership, digest: await readDigest(db, dealership, day, now) });
  const view = await viewFor(desk, notice.place, language, []);
  const words = digestWords[language];
  const bars = {
    title: `${words.chart.newLeads} · ${fullDay(day, language)}`,
    legend: { value: words.chart.value(weekday(day, language)), usual: words.chart.usual(weekday(day, language)) },
    rows: compared.map(({ dealership, digest }) => ({
      label: dealership.name,
      value: digest.today.received,
      usual: usual(digest.before, 'received'),
    })),
  };
  const quiet = compared.every(({ digest }) => digest.quiet);
  return comparisonCard(day, desk.group.name, compared, language, quiet ? null : await pictureFor(desk, notice, bars, view));
}

/** Dealerships side by side. How fast they claim is ranked where there is enough to compare, and says over how many leads. */
export function comparisonCard(day: string, group: string, compared: readonly Compared[], language: Language, chart: Picture | null): Card {
  const words = digestWords[language];
  const title = capitalised(words.comparisonTitle(fullDay(day, language), group));
  if (compared.every(({ digest }) => digest.quiet)) {
    const line = words.comparisonQuiet;
    return { title, summary: `${title}. ${line}`, elements: [{ kind: 'lines', lines: [[line]] }], buttons: [] };
  }
  const sum = (count: (figures: Figures) => number) => compared.reduce((all, { digest }) => all + count(digest.figures.total), 0);
  const came = words.fresh(sum(({ received }) => received));
  const sold = words.sold(sum(wonOf));
  const all = toDo(together(compared), language);
  const picture: Element[] = chart ? [{ kind: 'photo', files: [chart.file], description: chart.description }] : [];
  return {
    title,
    summary: `${title}. ${came}. ${sold}. ${all}`,
    elements: [
      {
        kind: 'lines',
        lines: [
          [{ bold: came }, ...each(compared, ({ received }) => received)],
          [{ bold: sold }, ...each(compared, wonOf)],
          [{ bold: all }],
        ],
      },
      ...picture,
      { kind: 'facts', facts: facts(compared, language) },
    ],
    buttons: [],
  };
}

/** " · Lumière Lyon 12, Lumière Annecy 7", the most first; nothing when all are zero. */
function each(compared: readonly Compared[], count: (figures: Figures) => number): string[] {
  const counts = compared.map(({ dealership, digest }) => ({ name: dealership.name, n: count(digest.figures.total) }));
  const some = counts.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n);
  return some.length === 0 ? [] : [` · ${some.map(({ name, n }) => `${name} ${n}`).join(', ')}`];
}

function facts(compared: readonly Compared[], language: Language) {
  const words = digestWords[language];
  const measured = compared.map((of) => ({
    of,
    value: of.digest.figures.total.toClaim.all.median,
    sample: of.digest.figures.total.toClaim.all.done,
  }));
  const all = ranked(measured, 'least');
  // One alone is first among nobody.
  const several = all.filter(({ rank }) => rank !== null).length > 1;
  return all.map(({ of: { dealership, digest }, value, sample, rank }) => {
    const { total } = digest.figures;
    const often = usual(digest.before, 'received');
    const known = value !== null && value >= AT_ONCE_MS;
    const speed = known ? words.claimSpeed(duration(value, localeOf(dealership, language)), sample) : words.claimed(sample);
    const place = rank === null ? words.notEnough : several ? words.rank(rank) : null;
    const parts = [
      words.fresh(total.received),
      often === null ? null : words.usually(Math.round(often), weekday(digest.day, language)),
      place === null ? speed : `${speed}, ${place}`,
      wonOf(total) > 0 ? words.sold(wonOf(total)) : null,
      abandonedOf(total) > 0 ? words.abandoned(abandonedOf(total)) : null,
      toDo({ ...digest.standing, waiting: digest.standing.onTime }, language),
    ];
    return { label: dealership.name, value: [parts.filter((part) => part !== null).join(' · ')] };
  });
}

/** What waits in all of them. */
function together(compared: readonly Compared[]): Waiting {
  const sum = (count: (standing: Digest['standing']) => number) => ({
    total: compared.reduce((all, { digest }) => all + count(digest.standing), 0),
  });
  const all = (name: 'late' | 'decisions' | 'appraisals') => sum((standing) => standing[name].total);
  return {
    late: all('late'),
    waiting: sum((standing) => standing.onTime.total),
    decisions: all('decisions'),
    appraisals: all('appraisals'),
  };
}
