import { localDay, nextOpening } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';
import { readLeads } from '../leads/records.js';
import type { Db } from '../store/database.js';
import { listed, readStanding, type Standing } from './desk.js';
import { abandonedOf, type Breakdown, type Figures, wonOf } from './figures.js';
import type { EndLine, Listed } from './lines.js';
import { readFigures } from './measure.js';
import { MOST_LINES } from './open-lists.js';
import { dayAfter, daysPeriod, type Period, startOf } from './period.js';

/** Counts of one day, for a chart and for the day against others like it. */
export interface DayCounts {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly received: number;
  readonly claimed: number;
  readonly contacted: number;
  readonly appointments: number;
  readonly won: number;
  readonly abandoned: number;
}

/** Everything the message of one dealership about one local day says. */
export interface Digest {
  readonly dealershipId: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly period: Period;
  /** The day's figures: `sources` has the new leads by source, `people` the people table. */
  readonly figures: Breakdown;
  /** How things stand at `standing.at`; appointments from the end of the day to the end of the next opening day. */
  readonly standing: Standing;
  /** Today's, in the order they happened. */
  readonly ends: Listed<EndLine>;
  readonly today: DayCounts;
  /** The last four days of the same weekday on which the dealership opened, newest first; only days since its first lead. */
  readonly before: readonly DayCounts[];
  /** Nothing came, nothing happened, nothing is late or asked: one line says so. */
  readonly quiet: boolean;
}

const WEEK = 7;
const WEEKS = 4;
/** A dealership may be closed on some of the last Mondays: so far back one looks for four that were not. */
const MOST_WEEKS = 12;

/** Reads one dealership-day, as things stand at `now`. */
export async function readDigest(db: Db, dealership: Dealership, day: string, now: Date): Promise<Digest> {
  const period = daysPeriod(dealership, day);
  const days = [day, ...sameDays(dealership, day)];
  const windows = days.map((one) => ({ dealership, period: daysPeriod(dealership, one) }));
  // None waits for another: a server answers them side by side.
  const [[figures, ...before], standing, first, ends] = await Promise.all([
    readFigures(db, windows),
    readStanding(db, dealership, now, { from: period.to, to: endOfNextOpening(dealership, period.to) }),
    firstDay(db, dealership),
    readEnds(db, dealership, period),
  ]);
  if (!figures) throw new Error('a day without figures');
  const counts = before.map(({ total }, n) => countsOf(days[n + 1] ?? '', total));
  return {
    dealershipId: dealership.id,
    day,
    period,
    figures,
    standing,
    ends,
    today: countsOf(day, figures.total),
    before: counts.filter((one) => first !== null && one.day >= first),
    quiet: isQuiet(figures.total, standing),
  };
}

/** Counts of local days from the first to the last, both counted, oldest first: what a chart draws. */
export async function readDays(db: Db, dealership: Dealership, first: string, last: string): Promise<readonly DayCounts[]> {
  const days: string[] = [];
  for (let day = first; day <= last; day = dayAfter(day)) days.push(day);
  const figures = await readFigures(
    db,
    days.map((day) => ({ dealership, period: daysPeriod(dealership, day) })),
  );
  return figures.map(({ total }, n) => countsOf(days[n] ?? '', total));
}

/** The last days of the same weekday on which the dealership opened, newest first. */
function sameDays(dealership: Dealership, day: string): string[] {
  const days = Array.from({ length: MOST_WEEKS }, (_, n) => dayAfter(day, -WEEK * (n + 1)));
  return days.filter((one) => opensOn(dealership, one)).slice(0, WEEKS);
}

function opensOn(dealership: Dealership, day: string): boolean {
  const { from, to } = daysPeriod(dealership, day);
  const opening = nextOpening(dealership, from);
  return opening !== null && opening < to;
}

/** The end of the first day from then on that the dealership opens; of that day itself, when it opens no more. */
function endOfNextOpening(dealership: Dealership, from: Date): Date {
  const opening = nextOpening(dealership, from) ?? from;
  return startOf(dealership, dayAfter(localDay(dealership, opening)));
}

async function firstDay(db: Db, dealership: Dealership): Promise<string | null> {
  const lead = await db.lead.findFirst({
    where: { dealershipId: dealership.id },
    orderBy: { receivedAt: 'asc' },
    select: { receivedAt: true },
  });
  return lead && localDay(dealership, lead.receivedAt);
}

async function readEnds(db: Db, dealership: Dealership, { from, to }: Period): Promise<Listed<EndLine>> {
  const rows = await db.$queryRaw<{ leadId: string; at: Date; how: EndLine['how']; total: number }[]>`
    SELECT id::text AS "leadId", closed_at AS at, count(*) OVER ()::int AS total,
      CASE WHEN stage = 'won' THEN 'won' WHEN resting_until IS NULL THEN 'abandoned' ELSE 'recycled' END AS how
    FROM lead WHERE dealership_id = ${dealership.id} AND closed_at >= ${from} AND closed_at < ${to}
    ORDER BY closed_at, id LIMIT ${MOST_LINES}`;
  const leads = await readLeads(
    db,
    rows.map(({ leadId }) => leadId),
  );
  return listed(rows, leads, (line, { how }) => ({ ...line, how }));
}

function countsOf(day: string, figures: Figures): DayCounts {
  const { received, claimed, contacted, appointments } = figures;
  return { day, received, claimed, contacted, appointments, won: wonOf(figures), abandoned: abandonedOf(figures) };
}

function isQuiet(figures: Figures, { waiting, late, decisions, appraisals, appointments }: Standing): boolean {
  const { received, returned, claimed, taken, contacted, appointments: reached, appraisals: sent, recycled, sentBack } = figures;
  const acts = received + returned + claimed + taken + contacted + reached + sent + recycled + sentBack;
  const waits = [waiting, late, decisions, appraisals, appointments].reduce((sum, { total }) => sum + total, 0);
  return acts + wonOf(figures) + abandonedOf(figures) + waits === 0;
}
