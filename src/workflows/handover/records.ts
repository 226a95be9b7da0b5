import type { Db } from '../../store/database.js';

/** A contact with the customer, as its owner noted it. */
export interface Contact {
  readonly at: Date;
  /** `call`, `email` … */
  readonly way: string;
}

/** All the contacts with the customer, oldest first. */
export async function readContacts(db: Db, leadId: string): Promise<readonly Contact[]> {
  return db.$queryRaw<Contact[]>`
    SELECT at, data->>'contact' AS way FROM timeline_event
    WHERE lead_id = ${leadId}::uuid AND kind = 'status' AND data->>'contact' IS NOT NULL ORDER BY id`;
}

/** Words of a colleague. */
export interface Remembered {
  readonly at: Date;
  readonly author: string | null;
  readonly text: string;
}

/** The newest notes of a lead that were not deleted, oldest first; `except` is the id of one told elsewhere. */
export async function readLastNotes(db: Db, leadId: string, most: number, except: string | null): Promise<readonly Remembered[]> {
  const rows = await db.$queryRaw<Remembered[]>`
    SELECT n.at, p.name AS author, n.text FROM note n LEFT JOIN person p ON p.id = n.author_id
    WHERE n.lead_id = ${leadId}::uuid AND n.deleted_at IS NULL AND n.id IS DISTINCT FROM ${except}::uuid
    ORDER BY n.at DESC, n.id DESC LIMIT ${most}`;
  return rows.reverse();
}

/** The newest appraisal of a lead's trade-in, and its newest estimate. */
export interface Appraised {
  readonly requestedAt: Date;
  /** As the appraisal stores it. */
  readonly vehicle: unknown;
  /** `validUntil` is a local day at midnight UTC. */
  readonly estimate: { readonly amount: number; readonly currency: string; readonly validUntil: Date } | null;
}

export async function readAppraised(db: Db, leadId: string): Promise<Appraised | null> {
  const row = await db.appraisal.findFirst({
    where: { leadId },
    orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    select: {
      requestedAt: true,
      vehicle: true,
      estimates: { orderBy: { version: 'desc' }, take: 1, select: { amount: true, currency: true, validUntil: true } },
    },
  });
  if (!row) return null;
  const { requestedAt, vehicle, estimates } = row;
  const [estimate] = estimates;
  return { requestedAt, vehicle, estimate: estimate ? { ...estimate, amount: Number(estimate.amount) } : null };
}
