import { afterWorkingDays, localDay } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';
import { readLeads } from '../leads/records.js';
import type { Db } from '../store/database.js';
import { listed } from './desk.js';
import type { Line, Listed } from './lines.js';
import { MOST_LINES } from './open-lists.js';
import { daysPeriod } from './period.js';

/** One person's own leads at a moment, in one dealership. Each lead stands in one list. */
export interface Mine {
  readonly personId: string;
  readonly dealershipId: string;
  readonly at: Date;
  /** Next action past; oldest first. */
  readonly overdue: Listed<Line>;
  /** Next action later today; soonest first. */
  readonly today: Listed<Line>;
  /** Nothing planned, and nobody did anything for two opening days; longest quiet first, `at`: the last act. */
  readonly quiet: Listed<Line>;
  /** The rest: by next action, then those without one; `at`: when it is due, else the last act. */
  readonly later: Listed<Line>;
}

/** A lead nobody did anything about for so many opening days has gone quiet. */
const QUIET_AFTER_DAYS = 2;

interface Row {
  readonly leadId: string;
  readonly due: Date | null;
  readonly acted: Date;
}

/** "My leads", due first: the morning list and the home page. */
export async function readMine(db: Db, personId: string, dealership: Dealership, now: Date): Promise<Mine> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT l.id::text AS "leadId", l.next_action_at AS due, COALESCE(e.at, l.claimed_at, l.received_at) AS acted
    FROM lead l
    LEFT JOIN LATERAL (
      SELECT at FROM timeline_event WHERE lead_id = l.id
        AND kind IN ('claimed', 'completed', 'status', 'handed-over', 'decided', 'noted', 'photo', 'appraisal-asked', 'photos-asked', 'estimated')
      ORDER BY id DESC LIMIT 1
    ) e ON true
    WHERE l.owner_id = ${personId} AND l.stage IN ('claimed', 'contacted', 'appointment', 'proposal') AND l.dealership_id = ${dealership.id}`;
  const tonight = daysPeriod(dealership, localDay(dealership, now)).to;
  const lists: Record<'overdue' | 'today' | 'quiet' | 'later', { leadId: string; at: Date; due: boolean }[]> = {
    overdue: [],
    today: [],
    quiet: [],
    later: [],
  };
  for (const { leadId, due, acted } of rows) {
    const list = listFor({ due, acted }, dealership, now, tonight);
    lists[list].push({ leadId, at: due !== null && list !== 'quiet' ? due : acted, due: due !== null });
  }
  const cut = Object.entries(lists).map(([name, all]) => {
    const sorted = all.sort((a, b) => Number(b.due) - Number(a.due) || a.at.getTime() - b.at.getTime() || (a.leadId < b.leadId ? -1 : 1));
    return [name, sorted.slice(0, MOST_LINES).map((one) => ({ ...one, total: all.length }))] as const;
  });
  const leads = await readLeads(
    db,
    cut.flatMap(([, lines]) => lines.map(({ leadId }) => leadId)),
  );
  const shown = Object.fromEntries(cut.map(([name, lines]) => [name, listed(lines, leads, (line) => line)]));
  return { personId, dealershipId: dealership.id, at: now, ...(shown as Pick<Mine, keyof typeof lists>) };
}

function listFor(
  { due, acted }: Omit<Row, 'leadId'>,
  dealership: Dealership,
  now: Date,
  tonight: Date,
): 'overdue' | 'today' | 'quiet' | 'later' {
  if (due !== null) return due < now ? 'overdue' : due < tonight ? 'today' : 'later';
  const quietFrom = afterWorkingDays(dealership, acted, QUIET_AFTER_DAYS);
  return quietFrom !== null && quietFrom <= now ? 'quiet' : 'later';
}

/** Everybody who owns a lead of the dealership that is not over: who gets a morning list. */
export async function ownersOf(db: Db, dealership: Dealership): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ owner: string }[]>`
    SELECT DISTINCT owner_id AS owner FROM lead
    WHERE dealership_id = ${dealership.id} AND closed_at IS NULL AND owner_id IS NOT NULL ORDER BY 1`;
  return rows.map(({ owner }) => owner);
}
