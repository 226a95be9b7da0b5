import { afterWorking, afterWorkingDays, nextOpening, workingMinutes } from '../../src/dealership/clock.js';
import type { Dealership } from '../../src/dealership/dealership.js';
import { dayAfter, startOf } from '../../src/figures/period.js';
import type { Recorded } from './recount.js';

/*
 * How a dealership stands, again and obvious: what the facts of each lead lead to, and what that means now. Lists hold
 * `<lead> <moment>`, and what else their lines say.
 */

const MINUTE = 60_000;

interface Standing {
  readonly id: string;
  readonly began: Date;
  readonly owner: string | null;
  readonly claimedAt: Date | null;
  readonly contacted: boolean;
  readonly hot: boolean;
  readonly due: { readonly kind: string; readonly at: Date } | null;
  readonly pending: { readonly id: string; readonly at: Date } | null;
  readonly asked: { readonly id: string; readonly at: Date } | null;
  readonly acted: Date;
}

/** Where a lead stands; null when it is over. */
function standingOf({ id, receivedAt, facts }: Recorded): Standing | null {
  let now: Standing | null = {
    ...{ id, began: receivedAt, owner: null, claimedAt: null, contacted: false, hot: false, due: null, pending: null, asked: null },
    acted: receivedAt,
  };
  let hot = false;
  let asked: Standing['asked'] = null;
  const acts = ['claimed', 'status', 'handed-over', 'decided', 'noted', 'appraisal-asked', 'estimated'];
  for (const { at, kind, who, data } of facts) {
    if (kind === 'status' && data.temperature !== null) hot = data.temperature === 'hot';
    if (kind === 'appraisal-asked') asked = { id: String(data.appraisal), at };
    if (kind === 'estimated') asked = null;
    if (kind === 'returned')
      now = {
        ...{ id, began: at, owner: null, claimedAt: null, contacted: false, hot, due: null, pending: null, asked },
        acted: receivedAt,
      };
    if (now === null) continue;
    if (kind === 'claimed') now = { ...now, owner: who, claimedAt: at };
    if (kind === 'handed-over') now = { ...now, owner: String(data.to) };
    if (kind === 'abandon-asked') now = { ...now, pending: { id: String(data.decision), at } };
    if (kind === 'status') {
      const due = { kind: String(data.nextKind), at: new Date(String(data.nextAt)) };
      now = { ...now, due, contacted: now.contacted || data.contact !== null };
    }
    if (kind === 'decided') {
      now = { ...now, pending: null, ...(data.outcome === 'handover' && { owner: String(data.to) }) };
      if (data.outcome === 'approve' || data.outcome === 'recycle') now = null;
    }
    if (kind === 'sold') now = null;
    if (now !== null && acts.includes(kind)) now = { ...now, acted: at };
    if (now !== null) now = { ...now, hot, asked };
  }
  // An act before the return counts as the last one too, where nothing came after it.
  const last = facts.filter(({ kind }) => acts.includes(kind)).at(-1);
  return now && { ...now, acted: last?.at ?? receivedAt };
}

const by = (at: Date, id: string, ...more: unknown[]) => ({ at, id, more });
type Entry = ReturnType<typeof by>;

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

export function restand(leads: readonly Recorded[], dealership: Dealership, now: Date, day: string) {
  const open = leads.flatMap((lead) => standingOf(lead) ?? []);
  const waited = (since: Date, minutes: number) => workingMinutes(dealership, since, now) >= minutes;
  const evening = startOf(dealership, dayAfter(day));
  const opening = nextOpening(dealership, evening) ?? evening;
  let tomorrow = dayAfter(day);
  while (startOf(dealership, dayAfter(tomorrow)) <= opening) tomorrow = dayAfter(tomorrow);
  const late = open.flatMap(({ id, owner, began, claimedAt, contacted, due }) => {
    if (owner === null) return waited(began, 15) ? [by(began, id, 'unclaimed')] : [];
    if (due) return waited(due.at, 60) && due.at <= now ? [by(due.at, id, 'overdue')] : [];
    return !contacted && claimedAt && waited(claimedAt, 60) ? [by(claimedAt, id, 'untouched')] : [];
  });
  return {
    waiting: inOrder(open.flatMap(({ id, owner, began }) => (owner === null ? [by(began, id)] : []))),
    onTime: inOrder(open.flatMap(({ id, owner, began }) => (owner === null && !waited(began, 15) ? [by(began, id)] : []))),
    late: inOrder(late),
    hot: inOrder(open.flatMap(({ id, hot, due, began }) => (hot ? [by(due?.at ?? began, id)] : []))),
    decisions: inOrder(open.flatMap(({ id, pending }) => (pending ? [by(pending.at, id, pending.id)] : []))),
    appraisals: inOrder(
      open.flatMap(({ id, asked }) => {
        const limit = asked && afterWorking(dealership, asked.at, 120);
        return asked ? [by(asked.at, id, asked.id, limit !== null && limit <= now)] : [];
      }),
    ),
    appointments: inOrder(
      open.flatMap(({ id, due }) => {
        if (!due || !['appointment', 'test-drive'].includes(due.kind)) return [];
        return due.at >= evening && due.at < startOf(dealership, dayAfter(tomorrow)) ? [by(due.at, id)] : [];
      }),
    ),
  };
}

/** One person's own leads, each on its list. */
export function remine(leads: readonly Recorded[], dealership: Dealership, person: string, now: Date, tonight: Date) {
  const lists: Record<'overdue' | 'today' | 'quiet' | 'later', Entry[]> = { overdue: [], today: [], quiet: [], later: [] };
  for (const one of leads.flatMap((lead) => standingOf(lead) ?? [])) {
    if (one.owner !== person) continue;
    const quietFrom = afterWorkingDays(dealership, one.acted, 2);
    if (one.due && one.due.at < now) lists.overdue.push(by(one.due.at, one.id));
    else if (one.due && one.due.at < tonight) lists.today.push(by(one.due.at, one.id));
    else if (one.due) lists.later.push(by(one.due.at, one.id));
    else if (quietFrom && quietFrom <= now) lists.quiet.push(by(one.acted, one.id));
    else lists.later.push(by(new Date(one.acted.getTime() + 1e6 * MINUTE), one.id));
  }
  return lists;
}
