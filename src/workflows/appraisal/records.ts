import type { Db } from '../../store/database.js';
import { newId } from '../../store/id.js';
import { type Car, readCar } from './car.js';
import type { Offer } from './read-estimate.js';

/** A request for the used-car manager, and every answer to it. */
export interface Appraisal {
  readonly id: string;
  readonly leadId: string;
  readonly requesterId: string;
  readonly requestedAt: Date;
  readonly answeredAt: Date | null;
  readonly car: Car;
  readonly note: string | null;
  /** Newest first. */
  readonly estimates: readonly Estimate[];
}

/** One version of an answer. */
export interface Estimate extends Offer {
  readonly id: string;
  readonly version: number;
  readonly authorId: string;
  readonly currency: string;
}

/** An amount read from somebody's words. `outcome` is null while it waits for an answer. */
export interface Question {
  readonly id: string;
  readonly appraisalId: string;
  readonly authorId: string;
  readonly amount: number;
  /** The upper end, where a range was written. */
  readonly upTo: number | null;
  readonly outcome: 'confirmed' | 'corrected' | 'replaced' | null;
}

const WITH_ESTIMATES = { estimates: { orderBy: { version: 'desc' } } } as const;

export async function readAppraisal(db: Db, id: string): Promise<Appraisal | null> {
  const row = await db.appraisal.findUnique({ where: { id }, include: WITH_ESTIMATES });
  return row && appraisalOf(row);
}

/** The request that counts: a newer one replaces those before it. */
export async function newestAppraisal(db: Db, leadId: string): Promise<Appraisal | null> {
  const row = await db.appraisal.findFirst({
    where: { leadId },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    include: WITH_ESTIMATES,
  });
  return row && appraisalOf(row);
}

/** The appraisal an estimate answers; null when there is no such estimate. */
export async function appraisalOfEstimate(db: Db, estimateId: string): Promise<Appraisal | null> {
  const row = await db.estimate.findUnique({ where: { id: estimateId }, select: { appraisalId: true } });
  return row && readAppraisal(db, row.appraisalId);
}

export async function insertAppraisal(
  db: Db,
  appraisal: { readonly leadId: string; readonly requesterId: string; readonly at: Date; readonly car: Car; readonly note: string | null },
): Promise<string> {
  const { leadId, requesterId, at, car, note } = appraisal;
  const id = newId();
  await db.appraisal.create({ data: { id, leadId, requesterId, requestedAt: at, vehicle: { ...car }, note }, select: { id: true } });
  return id;
}

/** Keeps the next version of an answer. Call with the lead locked: the version is counted from what is stored. */
export async function insertEstimate(
  db: Db,
  appraisal: Appraisal,
  offer: Offer,
  by: { readonly authorId: string; readonly at: Date; readonly currency: string },
): Promise<{ readonly id: string; readonly version: number }> {
  const version = (appraisal.estimates[0]?.version ?? 0) + 1;
  const id = newId();
  const { amount, validUntil, conditions, note } = offer;
  await db.estimate.updateMany({ where: { appraisalId: appraisal.id, lapsedAt: null }, data: { lapsedAt: by.at } });
  const data = { id, appraisalId: appraisal.id, version, ...by, amount, validUntil: new Date(`${validUntil}T00:00Z`), conditions, note };
  await db.estimate.create({ data, select: { id: true } });
  if (appraisal.answeredAt === null) {
    await db.appraisal.update({ where: { id: appraisal.id }, data: { answeredAt: by.at }, select: { id: true } });
  }
  return { id, version };
}

/** Notes that an estimate holds no longer. False when somebody did before. */
export async function lapse(db: Db, id: string, at: Date): Promise<boolean> {
  const { count } = await db.estimate.updateMany({ where: { id, lapsedAt: null }, data: { lapsedAt: at } });
  return count === 1;
}

/** Keeps a question once for the message it was read from. Null when that message was read before. */
export async function insertQuestion(
  db: Db,
  question: Omit<Question, 'id' | 'outcome'> & { readonly message: string; readonly at: Date },
): Promise<string | null> {
  const id = newId();
  const { appraisalId, authorId, message, at, amount, upTo } = question;
  const taken = await db.$executeRaw`
    INSERT INTO estimate_question (id, appraisal_id, author_id, message, at, amount, up_to)
    VALUES (${id}::uuid, ${appraisalId}::uuid, ${authorId}, ${message}, ${at}, ${amount}::numeric, ${upTo}::numeric)
    ON CONFLICT (message) DO NOTHING`;
  return taken > 0 ? id : null;
}

export async function readQuestion(db: Db, id: string): Promise<Question | null> {
  const row = await db.estimateQuestion.findUnique({ where: { id } });
  return row && questionOf(row);
}

/** The question read from a message. */
export async function questionFrom(db: Db, message: string): Promise<Question | null> {
  const row = await db.estimateQuestion.findUnique({ where: { message } });
  return row && questionOf(row);
}

/** Gives one open question its outcome, and every other of the appraisal that of being replaced. @returns the ids of all that were open */
export async function closeQuestions(
  db: Db,
  appraisalId: string,
  answered?: { readonly id: string; readonly outcome: 'confirmed' | 'corrected' },
  except?: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE estimate_question SET outcome = CASE WHEN id::text = ${answered?.id ?? ''} THEN ${answered?.outcome ?? ''} ELSE 'replaced' END
    WHERE appraisal_id = ${appraisalId}::uuid AND outcome IS NULL AND id::text <> ${except ?? ''} RETURNING id::text AS id`;
  return rows.map(({ id }) => id);
}

/** The newest fact of a kind about an appraisal; null when there is none. */
export async function newestFact(db: Db, leadId: string, kind: 'appraisal-asked' | 'photos-asked' | 'reminded', appraisalId: string) {
  const about = { leadId, kind, data: { path: ['appraisal'], equals: appraisalId } };
  return db.timelineEvent.findFirst({
    where: about,
    orderBy: { id: 'desc' },
    select: { id: true, at: true, actorId: true, behalfOfId: true },
  });
}

/** Was a message read as a wish for photos before? */
export async function isReadBefore(db: Db, leadId: string, message: string): Promise<boolean> {
  const about = { leadId, kind: 'photos-asked', data: { path: ['message'], equals: message } };
  return (await db.timelineEvent.count({ where: about })) > 0;
}

interface Row extends Omit<Appraisal, 'car' | 'estimates'> {
  readonly vehicle: unknown;
  readonly estimates: readonly (Omit<Estimate, 'amount' | 'validUntil'> & { readonly amount: unknown; readonly validUntil: Date })[];
}

function appraisalOf({ vehicle, estimates, ...row }: Row): Appraisal {
  return {
    ...row,
    car: readCar(vehicle),
    estimates: estimates.map((one) => ({ ...one, amount: Number(one.amount), validUntil: one.validUntil.toISOString().slice(0, 10) })),
  };
}

function questionOf(
  row: Omit<Question, 'amount' | 'upTo' | 'outcome'> & { amount: unknown; upTo: unknown; outcome: string | null },
): Question {
  const { id, appraisalId, authorId, amount, upTo, outcome } = row;
  const known = (['confirmed', 'corrected', 'replaced'] as const).find((one) => one === outcome);
  return { id, appraisalId, authorId, amount: Number(amount), upTo: upTo === null ? null : Number(upTo), outcome: known ?? null };
}
