import { afterWorking, afterWorkingDays } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Lead } from '../leads/lead.js';
import { readLeads } from '../leads/records.js';
import type { Db } from '../store/database.js';
import { lateSince } from './late.js';
import type { AppraisalLine, DecisionLine, LateLine, Line, Listed } from './lines.js';
import { type OnList, readOpenLists, readPendingAppraisals, readPendingDecisions } from './open-lists.js';
import type { Period } from './period.js';

/** What a manager must see now, in one dealership. */
export interface Standing {
  readonly dealershipId: string;
  readonly at: Date;
  /** Without an owner, longest first; `at`: since when. */
  readonly waiting: Listed<Line>;
  /** Of these, the ones that are not late: beside `late`, nothing is counted twice. */
  readonly onTime: Listed<Line>;
  /** Longest first; `at`: since when it waits, or when the next action was due. */
  readonly late: Listed<LateLine>;
  /** Hot and not over; `at`: when the next action is due, else when the lead came; that first. */
  readonly hot: Listed<Line>;
  /** Longest waiting first; `at`: when it was asked. */
  readonly decisions: Listed<DecisionLine>;
  readonly appraisals: Listed<AppraisalLine>;
  /** Appointments and test drives within the time asked for, soonest first; none when no time was. */
  readonly appointments: Listed<Line>;
}

/** How one dealership stands now. @param within the time whose appointments are wanted */
export async function readStanding(db: Db, dealership: Dealership, now: Date, within: Period | null = null): Promise<Standing> {
  const [open, decisions, appraisals] = await Promise.all([
    readOpenLists(db, dealership.id, lateSince(dealership, now), within),
    readPendingDecisions(db, dealership.id),
    readPendingAppraisals(db, dealership.id),
  ]);
  const leads = await readLeads(db, [...new Set([...open, ...decisions, ...appraisals].map(({ leadId }) => leadId))]);
  const list = (name: OnList['list']) => open.filter((one) => one.list === name);
  return {
    dealershipId: dealership.id,
    at: now,
    waiting: listed(list('waiting'), leads, (line) => line),
    onTime: listed(list('onTime'), leads, (line) => line),
    late: listed(list('late'), leads, (line, { why }) => ({ ...line, why: why ?? 'overdue' })),
    hot: listed(list('hot'), leads, (line) => line),
    decisions: listed(decisions, leads, (line, { id, requesterId, requester, reason }) => ({
      ...line,
      decisionId: id,
      requesterId,
      requester,
      reason,
    })),
    appraisals: listed(appraisals, leads, (line, { id, requesterId, requester, at }) => ({
      ...line,
      appraisalId: id,
      requesterId,
      requester,
      late: isLate(dealership, at, now),
    })),
    appointments: listed(list('appointments'), leads, (line) => line),
  };
}

/** Has an appraisal asked then gone unanswered for longer than the house delay? */
function isLate(dealership: Dealership, asked: Date, now: Date): boolean {
  const { unit, amount } = dealership.appraisal.answerWithin;
  const due = unit === 'days' ? afterWorkingDays(dealership, asked, amount) : afterWorking(dealership, asked, amount);
  return due !== null && due <= now;
}

/** Puts the leads themselves on a list; one that is gone by now leaves it. */
export function listed<Row extends { readonly leadId: string; readonly at: Date; readonly total: number }, T extends Line>(
  rows: readonly Row[],
  leads: ReadonlyMap<string, Lead>,
  lineOf: (line: Line, row: Row) => T,
): Listed<T> {
  const lines = rows.flatMap((row) => {
    const lead = leads.get(row.leadId);
    return lead ? [lineOf({ lead, at: row.at }, row)] : [];
  });
  return { total: rows[0]?.total ?? 0, lines };
}
