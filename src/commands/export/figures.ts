import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { atLocal } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Group } from '../../dealership/group.js';
import { abandonedOf, type Breakdown, type Clock, type Figures, wonOf } from '../../figures/figures.js';
import { readHappened } from '../../figures/measure.js';
import { dayAfter, daysPeriod } from '../../figures/period.js';
import { sourceLabel } from '../../leads/source.js';
import type { Db, Place } from '../../store/database.js';
import { safeCell } from './cell.js';
import { type Outcome, readingFrom } from './database.js';
import { USAGE } from './run.js';

/** Where the figures go as they are read, and where one sees how far they are. */
export interface Streams {
  /** Resolves once there is room for more. */
  write(text: string): Promise<void>;
  /** Told from 0 to 1, and the day reached. */
  progress(part: number, day: string): void;
}

/** Days read before their rows are written. */
const AT_ONCE = 7;

/**
 * Writes the figures of each local day and dealership as CSV: one row for the whole, one for every source and one for
 * every person of it. What happened on a past day changes no more, so a row once exported stays true; what is open now
 * belongs to no day and is left out.
 */
export async function exportFigures(words: readonly string[], place: Place, group: Group, streams: Streams): Promise<Outcome> {
  const asked = read(words, group);
  if ('text' in asked) return asked;
  return readingFrom(place, 'are no figures', async (db) => {
    await writeDays(db, asked, group, streams);
    return { code: 0, text: '' };
  });
}

interface Asked {
  readonly dealerships: readonly Dealership[];
  readonly days: readonly string[];
}

function read(words: readonly string[], group: Group): Asked | Outcome {
  const given = options(words);
  const { from, to, dealership: id } = given ?? {};
  if (from === undefined || to === undefined) return { code: 2, text: USAGE };
  const chosen = id === undefined ? group.dealerships : group.dealerships.filter((one) => one.id === id);
  const [first] = chosen;
  const ids = group.dealerships.map((one) => one.id).join(', ');
  if (!first) return { code: 2, text: `There is no dealership ${id ?? ''} in the configuration. There are: ${ids}.\n` };
  for (const day of [from, to]) {
    if (!atLocal(first, day, '00:00')) return { code: 2, text: `${day} is not a day. Write it as 2026-11-20.\n` };
  }
  if (from > to) return { code: 2, text: `${from} is after ${to}. Write the first day after --from and the last one after --to.\n` };
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day);
  return { dealerships: chosen, days };
}

function options(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: words.slice(1), options: { from: text, to: text, dealership: text } }).values;
  } catch {
    return null;
  }
}

async function writeDays(db: Db, { dealerships, days }: Asked, group: Group, { write, progress }: Streams): Promise<void> {
  await write(`\ufeff${lineOf(COLUMNS.map(([name]) => name))}`);
  for (let from = 0; from < days.length; from += AT_ONCE) {
    const some = days.slice(from, from + AT_ONCE);
    progress(from / days.length, some[0] ?? '');
    const windows = some.flatMap((day) => dealerships.map((dealership) => ({ day, dealership, period: daysPeriod(dealership, day) })));
    const figures = await readHappened(db, windows);
    const rows = windows.flatMap(({ day, dealership }, n) => rowsOf(day, dealership, figures[n], group));
    await write(rows.map((row) => lineOf(COLUMNS.map(([, value]) => value(row)))).join(''));
  }
  progress(1, days.at(-1) ?? '');
}

interface Row {
  readonly day: string;
  readonly dealership: Dealership;
  readonly of: 'dealership' | 'source' | 'person';
  readonly id: string;
  readonly name: string;
  readonly figures: Figures;
}

function rowsOf(day: string, dealership: Dealership, breakdown: Breakdown | undefined, group: Group): readonly Row[] {
  if (!breakdown) return [];
  const { total, sources, people } = breakdown;
  const about = { day, dealership };
  const called = (id: string) => sourceLabel(id, group.sourceName(id), dealership.language);
  return [
    { ...about, of: 'dealership', id: dealership.id, name: dealership.name, figures: total },
    ...sources.map(({ sourceId, figures }): Row => ({ ...about, of: 'source', id: sourceId, name: called(sourceId), figures })),
    ...people.map(({ person, figures }): Row => ({ ...about, of: 'person', ...person, figures })),
  ];
}

type Value = string | number | null;

const CLOCKS = ['toClaim', 'toContact', 'toClose'] as const;
const NAMES = { toClaim: 'to_claim', toContact: 'to_contact', toClose: 'to_close' } as const;

/** Seconds of the wall clock, and shares from 0 to 1; empty where nothing stopped. */
function clockColumns(key: (typeof CLOCKS)[number]): [string, (row: Row) => Value][] {
  const of = (part: 'all' | 'open' | 'outside', read: (clock: Clock) => number | null) => (row: Row) => read(row.figures[key][part]);
  const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1000));
  return (['all', 'open', 'outside'] as const).flatMap((part): [string, (row: Row) => Value][] => {
    const name = part === 'all' ? NAMES[key] : `${NAMES[key]}_${part}`;
    return [
      [`${name}_count`, of(part, ({ done }) => done)],
      [`${name}_never`, of(part, ({ never }) => never)],
      [`${name}_median_s`, of(part, ({ median }) => seconds(median))],
      [`${name}_p90_s`, of(part, ({ p90 }) => seconds(p90))],
      [`${name}_under_5`, of(part, ({ under }) => under[5])],
      [`${name}_under_15`, of(part, ({ under }) => under[15])],
      [`${name}_under_60`, of(part, ({ under }) => under[60])],
    ];
  });
}

const COLUMNS: readonly (readonly [name: string, value: (row: Row) => Value])[] = [
  ['day', ({ day }) => day],
  ['dealership', ({ dealership }) => dealership.id],
  ['of', ({ of }) => of],
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['received', ({ figures }) => figures.received],
  ['returned', ({ figures }) => figures.returned],
  ['claimed', ({ figures }) => figures.claimed],
  ['taken', ({ figures }) => figures.taken],
  ['given', ({ figures }) => figures.given],
  ['contacted', ({ figures }) => figures.contacted],
  ['witnessed', ({ figures }) => figures.witnessed],
  ['appointments', ({ figures }) => figures.appointments],
  ['appraisals', ({ figures }) => figures.appraisals],
  ['won', ({ figures }) => wonOf(figures)],
  ['won_stock', ({ figures }) => figures.won.stock],
  ['won_order', ({ figures }) => figures.won.order],
  ['financed', ({ figures }) => figures.financed],
  ['maintained', ({ figures }) => figures.maintained],
  ['trade_ins', ({ figures }) => figures.tradeIns],
  ['abandoned', ({ figures }) => abandonedOf(figures)],
  [
    'abandoned_for',
    ({ figures }) =>
      Object.entries(figures.abandoned)
        .map(([reason, count]) => `${reason}: ${count}`)
        .join('\n'),
  ],
  ['recycled', ({ figures }) => figures.recycled],
  ['sent_back', ({ figures }) => figures.sentBack],
  ...CLOCKS.flatMap(clockColumns),
];

function lineOf(values: readonly Value[]): string {
  return stringify([values.map((value) => (typeof value === 'string' ? safeCell(value) : value))], { record_delimiter: '\r\n' });
}
