import { readVehicle, type Vehicle } from '../../leads/details.js';
import { isId } from '../../leads/records.js';
import type { Db } from '../../store/database.js';
import { newId } from '../../store/id.js';

/** What may be decided; the ends of the buttons' names. */
export const OUTCOMES = ['approve', 'sendback', 'handover', 'recycle'] as const;
export type Outcome = (typeof OUTCOMES)[number];

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What was decided, by whom. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly by: Named;
  readonly at: Date;
  readonly comment: string | null;
  /** Who was given the lead. */
  readonly colleague: Named | null;
  /** The local day of the return, at midnight UTC. */
  readonly recycleOn: Date | null;
}

/** A request to abandon a lead. */
export interface Request {
  readonly id: string;
  readonly leadId: string;
  readonly requester: Named;
  readonly requestedAt: Date;
  /** The house's id of it. */
  readonly reason: string;
  readonly justification: string;
  /** Null until somebody decides. */
  readonly verdict: Verdict | null;
}

/** A request by an id that came from outside; null when there is none. */
export async function readRequest(db: Db, id: string): Promise<Request | null> {
  const row = isId(id) ? await db.decision.findUnique({ where: { id } }) : null;
  if (!row) return null;
  const ids = [row.requesterId, row.deciderId, row.colleagueId].filter((one) => one !== null);
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const named = (one: string): Named => people.find((person) => person.id === one) ?? { id: one, name: one };
  const { deciderId, decidedAt, comment, colleagueId, recycleOn } = row;
  const outcome = OUTCOMES.find((one) => one === row.outcome);
  const verdict = outcome &&
    deciderId !== null &&
    decidedAt && {
      outcome,
      by: named(deciderId),
      at: decidedAt,
      comment,
      colleague: colleagueId === null ? null : named(colleagueId),
      recycleOn,
    };
  const { leadId, requestedAt, reason, justification } = row;
  return { id, leadId, requester: named(row.requesterId), requestedAt, reason, justification, verdict: verdict || null };
}

/** Does somebody wait for a decision about this lead? */
export async function isPending(db: Db, leadId: string): Promise<boolean> {
  return (await db.decision.findFirst({ where: { leadId, decidedAt: null }, select: { id: true } })) !== null;
}

/** Keeps a request. @returns its id */
export async function insertRequest(
  db: Db,
  request: Pick<Request, 'leadId' | 'requestedAt' | 'reason' | 'justification'> & { readonly requesterId: string },
): Promise<string> {
  const id = newId();
  await db.decision.create({ data: { id, ...request }, select: { id: true } });
  return id;
}

/** Writes what was decided, unless somebody decided before. */
export async function insertVerdict(
  db: Db,
  id: string,
  verdict: Pick<Verdict, 'outcome' | 'comment' | 'recycleOn'> & {
    readonly deciderId: string;
    readonly decidedAt: Date;
    readonly colleagueId: string | null;
  },
): Promise<void> {
  await db.decision.updateMany({ where: { id, decidedAt: null }, data: verdict });
}

/** A trade-in that was to be appraised, and the newest answer. */
export interface Appraised {
  readonly car: Vehicle | null;
  readonly answer: { readonly amount: number; readonly currency: string; readonly validUntil: Date } | null;
}

/** The appraisals of a lead and their newest answers, as they stood at a moment. */
export async function readAppraisals(db: Db, leadId: string, until: Date): Promise<Appraised[]> {
  const rows = await db.appraisal.findMany({
    where: { leadId, requestedAt: { lte: until } },
    orderBy: { requestedAt: 'asc' },
    include: { estimates: { where: { at: { lte: until } }, orderBy: { version: 'desc' }, take: 1 } },
  });
  return rows.map(({ vehicle, estimates: [newest] }) => ({
    car: readVehicle(vehicle),
    answer: newest ? { amount: newest.amount.toNumber(), currency: newest.currency, validUntil: newest.validUntil } : null,
  }));
}
