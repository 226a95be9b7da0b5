import type { Db } from '../store/database.js';

/** Every kind of fact a lead's timeline can hold so far. Stored as text; names are never reused. */
export type FactKind =
  | 'arrived'
  | 'resent'
  | 'posted'
  | 'claimed'
  | 'refused'
  | 'contact-shown'
  | 'completed'
  | 'status'
  | 'sold'
  | 'handed-over'
  | 'noted'
  | 'note-changed'
  | 'note-deleted'
  | 'photo'
  | 'photo-refused'
  | 'photo-link'
  | 'photo-link-revoked'
  | 'appraisal-asked'
  | 'photos-asked'
  | 'estimated'
  | 'abandon-asked'
  | 'decided'
  | 'returned'
  | 'reminded';

/** A fact to append: who, when, on which platform, what. */
export interface NewFact {
  readonly leadId: string;
  readonly at: Date;
  readonly kind: FactKind;
  readonly actorId?: string;
  /** On whose behalf, when a manager acts for the owner. */
  readonly behalfOfId?: string;
  readonly platform?: string;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A fact as stored, with the actor's name. */
export interface Fact {
  readonly id: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly behalfOfId: string | null;
  readonly platform: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Appends facts in one statement. @returns their ids in the order given */
export async function append(db: Db, facts: readonly NewFact[]): Promise<bigint[]> {
  if (facts.length === 0) return [];
  const rows = facts.map((fact, n) => ({
    n,
    lead: fact.leadId,
    at: fact.at.toISOString(),
    kind: fact.kind,
    actor: fact.actorId ?? null,
    behalf: fact.behalfOfId ?? null,
    platform: fact.platform ?? null,
    data: fact.data ?? {},
  }));
  const ids = await db.$queryRaw<{ id: bigint }[]>`
    INSERT INTO timeline_event (lead_id, at, kind, actor_id, behalf_of_id, platform, data)
    SELECT lead, at, kind, actor, behalf, platform, data
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS f(n int, lead uuid, at timestamptz, kind text, actor text, behalf text, platform text, data jsonb)
    ORDER BY n
    RETURNING id`;
  return ids.map((row) => row.id);
}

/** The newest facts of a lead, oldest first. */
export async function readTimeline(db: Db, leadId: string, limit: number): Promise<Fact[]> {
  const rows = await db.timelineEvent.findMany({
    where: { leadId },
    orderBy: { id: 'desc' },
    take: limit,
    include: { actor: { select: { id: true, name: true } } },
  });
  return rows.reverse().map((row) => ({ ...row, data: (row.data ?? {}) as Record<string, unknown> }));
}

/** One fact by its id; null when it is gone with its lead. */
export async function readFact(db: Db, id: bigint): Promise<(Fact & { readonly leadId: string }) | null> {
  const row = await db.timelineEvent.findUnique({ where: { id }, include: { actor: { select: { id: true, name: true } } } });
  return row && { ...row, data: (row.data ?? {}) as Record<string, unknown> };
}
