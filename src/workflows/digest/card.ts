import type { Card, Element, Fact } from '../../chat/card.js';
import type { FileId } from '../../chat/text.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import type { Directory } from '../../dealership/people.js';
import type { Digest } from '../../figures/digest.js';
import { abandonedOf, wonOf } from '../../figures/figures.js';
import { clock, duration, fullDay, percent, weekday } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { sourceLabel } from '../../leads/source.js';
import { type Measure, usual } from './counts.js';
import { appointmentDays, needs, news } from './lists.js';
import { digestWords } from './messages.js';
import { team } from './team.js';
import type { View } from './view.js';

/** What a digest is drawn from, beside its figures. */
export interface DigestParts {
  readonly dealership: Dealership;
  readonly view: View;
  readonly directory: Directory;
  sourceName(id: string): string;
  /** The chart, when it could be drawn and handed over. */
  readonly chart: { readonly file: FileId; readonly description: string } | null;
}

/**
 * The message of one dealership's day. Its first three lines are what a manager must know: what came, what it became,
 * what waits. Then the picture, what needs somebody, what is good to know, and the people.
 */
export function digestCard(digest: Digest, parts: DigestParts): Card {
  const { dealership, view, chart } = parts;
  const words = digestWords[view.language];
  const title = capitalised(words.title(fullDay(digest.day, view.language), dealership.name));
  if (digest.quiet)
    return { title, summary: `${title}. ${words.quiet}`, elements: [{ kind: 'lines', lines: [[words.quiet]] }], buttons: [] };
  const [came, became, waits] = headlines(digest, dealership, view.language);
  const picture: Element[] = chart ? [{ kind: 'photo', files: [chart.file], description: chart.description }] : [];
  const elements: Element[] = [
    { kind: 'lines', lines: [came, became, waits] },
    ...picture,
    ...needs(digest, dealership, view, parts.directory),
    ...news(digest, dealership, view),
    ...facts(digest, parts),
    ...team(digest.figures, dealership, view),
    { kind: 'aside', line: [`${words.state(clock(digest.standing.at, localeOf(dealership, view.language)))} ${words.declared}`] },
  ];
  return { title, summary: `${title}. ${plain(came)}. ${plain(became)}. ${plain(waits)}`, elements, buttons: [] };
}

/** Below this a claim has no speed: whoever took the call kept the lead. */
export const AT_ONCE_MS = 1_000;

type Headline = readonly [{ readonly bold: string }, string];

function headlines(digest: Digest, dealership: Dealership, language: Language): readonly [Headline, Headline, Headline] {
  const words = digestWords[language];
  const { total } = digest.figures;
  const often = usual(digest.before, 'received');
  const { median, done } = total.toClaim.all;
  const speed = median === null || median < AT_ONCE_MS ? null : words.halfWithin(done, duration(median, localeOf(dealership, language)));
  const came = [
    often === null ? null : words.usually(Math.round(often), weekday(digest.day, language)),
    total.claimed > 0 ? [words.claimed(total.claimed), speed].filter((part) => part !== null).join(', ') : null,
  ];
  const { appointments } = digest.standing;
  const became = [
    abandonedOf(total) > 0 ? words.abandoned(abandonedOf(total)) : null,
    total.recycled > 0 ? words.recycled(total.recycled) : null,
    appointments.total > 0 ? words.appointments(appointments.total, appointmentDays(digest, dealership, language)) : null,
  ];
  return [
    headline(words.fresh(total.received), came),
    headline(words.sold(wonOf(total)), became),
    [{ bold: toDo({ ...digest.standing, waiting: digest.standing.onTime }, language) }, ''],
  ];
}

/** How much waits for somebody. */
export type Waiting = Readonly<Record<'late' | 'waiting' | 'decisions' | 'appraisals', { readonly total: number }>>;

/** What waits for somebody, in one line. */
export function toDo({ late, waiting, decisions, appraisals }: Waiting, language: Language): string {
  const words = digestWords[language];
  const parts = [
    late.total > 0 ? words.late(late.total) : null,
    waiting.total > 0 ? words.waiting(waiting.total) : null,
    decisions.total > 0 ? words.decisions(decisions.total) : null,
    appraisals.total > 0 ? words.appraisals(appraisals.total) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? words.nothingToDo : words.toDo(parts.join(', '));
}

function headline(bold: string, parts: readonly (string | null)[]): Headline {
  const known = parts.filter((part) => part !== null);
  return [{ bold }, known.length === 0 ? '' : ` · ${known.join(' · ')}`];
}

function plain([{ bold }, rest]: Headline): string {
  return `${bold}${rest}`;
}

function facts(digest: Digest, { dealership, view, sourceName }: DigestParts): Element[] {
  const words = digestWords[view.language];
  const { total, sources } = digest.figures;
  const locale = localeOf(dealership, view.language);
  const shown: Fact[] = [];
  const came = sources.filter(({ figures }) => figures.received > 0);
  if (came.length > 0)
    shown.push({
      label: words.bySource,
      value: [
        came
          .map(({ sourceId, figures }) => `${sourceLabel(sourceId, sourceName(sourceId), view.language)} ${figures.received}`)
          .join(' · '),
      ],
    });
  const { median, done, under } = total.toContact.all;
  const speed = median === null ? null : words.contactSpeed(duration(median, locale), done);
  const hour = under[60] === null ? null : words.underHour(percent(under[60], locale));
  const contacts = total.contacted + total.witnessed > 0 ? words.contactKinds(total.contacted, total.witnessed) : null;
  const contact = [speed, hour, contacts].filter((part) => part !== null);
  if (contact.length > 0) shown.push({ label: words.firstContact, value: [contact.join(' · ')] });
  const often = (measure: Measure) => Math.round(usual(digest.before, measure) ?? 0);
  if (usual(digest.before, 'received') !== null) {
    const counts = { received: often('received'), claimed: often('claimed'), contacted: often('contacted'), won: often('won') };
    shown.push({ label: words.usualDay(weekday(digest.day, view.language)), value: [words.usualCounts(counts)] });
  }
  return shown.length === 0 ? [] : [{ kind: 'facts', facts: shown }];
}

export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
}
