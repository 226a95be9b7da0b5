import { randomUUID } from 'node:crypto';
import type { Db } from '../store/database.js';
import { readCustomer, readOrigin, readProblems, readVehicle } from './details.js';
import type { Lead, NewLead, NextActionKind, Stage, Temperature, Tier } from './lead.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Is this text an id of ours at all? Button values come back from clients and may be anything. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** A body as it was sent, to be kept. */
export interface RawBody {
  readonly id: string;
  readonly sourceId: string;
  readonly receivedAt: Date;
  readonly contentType: string;
  readonly body: Buffer;
  readonly parser: string;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

const WITH_ENDS = {
  owner: { select: { id: true, name: true } },
  sale: true,
  decisions: { where: { outcome: 'approve' }, take: 1, orderBy: { decidedAt: 'desc' } },
} as const;

/** Reads one lead; null when the id is unknown or no id at all. */
export async function readLead(db: Db, id: string): Promise<Lead | null> {
  if (!isId(id)) return null;
  const row = await findRow(db, id);
  return row && leadOf(row);
}

const findRow = (db: Db, id: string) => db.lead.findUnique({ where: { id }, include: WITH_ENDS });
type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>;

/** Reads several leads, by id; those that are gone are left out. */
export async function readLeads(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Lead>> {
  if (ids.length === 0) return new Map();
  const rows = await db.lead.findMany({ where: { id: { in: [...ids] } }, include: WITH_ENDS });
  return new Map(rows.map((row) => [row.id, leadOf(row)]));
}

function leadOf(row: Row): Lead {
  const { sale, decisions, nextActionKind, nextActionAt, ...known } = row;
  return {
    ...known,
    tier: row.tier as Tier,
    stage: row.stage as Stage,
    temperature: row.temperature as Temperature | null,
    nextAction: nextActionKind === null ? null : { kind: nextActionKind as NextActionKind, at: nextActionAt },
    sale: sale && { vehicle: sale.vehicle === 'order' ? 'order' : 'stock', reference: sale.reference, financing: sale.financing },
    abandonReason: decisions[0]?.reason ?? null,
    customer: readCustomer(row.customer),
    interest: readVehicle(row.interest),
    tradeIn: readVehicle(row.tradeIn),
    origin: readOrigin(row.origin),
    problems: readProblems(row.problems),
  };
}

/** Bodies larger than this travel by themselves instead of inside one statement's JSON. */
const LARGE_BODY = 128 * 1024;

/**
 * Stores bodies and the leads read from them, and the fact of their arrival. A lead whose source and external key are
 * already known is left out: the unique index decides, also between processes.
 * @returns the ids that were stored
 */
export async function insertLeads(db: Db, raws: readonly RawBody[], leads: readonly NewLead[]): Promise<Set<string>> {
  for (const raw of raws.filter((one) => one.body.length > LARGE_BODY)) await insertLarge(db, raw);
  const small = raws
    .filter((one) => one.body.length <= LARGE_BODY)
    .map((one) => ({ ...one, receivedAt: one.receivedAt.toISOString(), body: one.body.toString('base64') }));
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH raw AS (
      INSERT INTO raw_intake (id, source_id, received_at, content_type, body, parser, problems)
      SELECT id, "sourceId", "receivedAt", "contentType", decode(body, 'base64'), parser, problems
      FROM jsonb_to_recordset(${JSON.stringify(small)}::jsonb)
        AS r(id uuid, "sourceId" text, "receivedAt" timestamptz, "contentType" text, body text, parser text, problems jsonb)
    ), stored AS (
      INSERT INTO lead (id, dealership_id, source_id, external_key, raw_intake_id, tier, received_at, requested_at,
        name, email, phone, customer, interest, trade_in, message, origin, problems, owner_id, stage, claimed_at)
      SELECT id, "dealershipId", "sourceId", "externalKey", "rawIntakeId", tier, "receivedAt", "requestedAt",
        name, email, phone, customer, interest, "tradeIn", message, origin, problems,
        "ownerId", CASE WHEN "ownerId" IS NULL THEN 'new' ELSE 'claimed' END, CASE WHEN "ownerId" IS NULL THEN NULL ELSE "receivedAt" END
      FROM jsonb_to_recordset(${JSON.stringify(leads)}::jsonb)
        AS l(id uuid, "dealershipId" text, "sourceId" text, "externalKey" text, "rawIntakeId" uuid, tier text,
          "receivedAt" timestamptz, "requestedAt" timestamptz, name text, email text, phone text, customer jsonb,
          interest jsonb, "tradeIn" jsonb, message text, origin jsonb, problems jsonb, "ownerId" text)
      ON CONFLICT (source_id, external_key) DO NOTHING
      RETURNING id, received_at, source_id, owner_id
    ), fact AS (
      INSERT INTO timeline_event (lead_id, at, kind, actor_id, platform, data)
      SELECT s.id, s.received_at, kind, actor, e.platform, CASE WHEN kind = 'arrived' THEN jsonb_build_object('source', s.source_id) ELSE '{}' END
      FROM stored s
      JOIN jsonb_to_recordset(${JSON.stringify(leads.map(entryOf))}::jsonb) AS e(id uuid, person text, platform text) ON e.id = s.id
      CROSS JOIN LATERAL (VALUES ('arrived', e.person), ('claimed', s.owner_id)) AS f(kind, actor)
      WHERE kind = 'arrived' OR actor IS NOT NULL
    )
    SELECT id FROM stored`;
  return new Set(rows.map((row) => row.id));
}

function entryOf(lead: NewLead) {
  return { id: lead.id, person: lead.enteredBy?.personId ?? null, platform: lead.enteredBy?.platform ?? null };
}

async function insertLarge(db: Db, raw: RawBody): Promise<void> {
  await db.rawIntake.create({
    data: { ...raw, body: new Uint8Array(raw.body), problems: raw.problems.map((problem) => ({ ...problem })) },
    select: { id: true },
  });
}

/** The ids already stored under these keys. */
export async function findByKeys(db: Db, keys: readonly { sourceId: string; externalKey: string }[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; source: string; key: string }[]>`
    SELECT l.id, l.source_id AS source, l.external_key AS key
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("sourceId" text, "externalKey" text)
    CROSS JOIN LATERAL (SELECT * FROM lead WHERE source_id = k."sourceId" AND external_key = k."externalKey" LIMIT 1) l`;
  return new Map(rows.map((row) => [keyOf(row.source, row.key), row.id]));
}

/** One text for a source and an external key. */
export function keyOf(sourceId: string, externalKey: string): string {
  return `${sourceId}\n${externalKey}`;
}

/** Keeps photos that came with an enquiry, as sent; they are checked and re-encoded before anybody sees them. */
export async function insertPhotos(
  db: Db,
  leadId: string,
  at: Date,
  photos: readonly { filename: string; contentType: string; bytes: Buffer }[],
): Promise<void> {
  for (const photo of photos) {
    const { filename, contentType } = photo;
    const data = { id: randomUUID(), leadId, at, filename, contentType, state: 'received', original: new Uint8Array(photo.bytes) };
    await db.photo.create({ data, select: { id: true } });
  }
}

/** What somebody added to a lead that lacked it. */
export type Completion = Pick<Lead, 'tier' | 'name' | 'email' | 'phone' | 'interest' | 'message' | 'customer'>;

/** Writes a completion, unless the lead changed since it was read. */
export async function completeLead(db: Db, lead: Lead, known: Completion): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE lead SET tier = ${known.tier}, name = ${known.name}, email = ${known.email}, phone = ${known.phone},
      message = ${known.message}, customer = ${JSON.stringify(known.customer)}::jsonb,
      interest = ${known.interest === null ? null : JSON.stringify(known.interest)}::jsonb, revision = revision + 1
    WHERE id = ${lead.id}::uuid AND revision = ${lead.revision}`;
  return changed === 1;
}

/** The open leads somebody owns, those whose trade-in waits for an answer first, then the newest. */
export async function openLeadsOf(
  db: Db,
  personId: string,
  most: number,
): Promise<{ readonly id: string; readonly appraisalId: string | null }[]> {
  return db.$queryRaw`
    SELECT l.id::text AS id, a.id::text AS "appraisalId" FROM lead l
    LEFT JOIN LATERAL (SELECT id, answered_at FROM appraisal WHERE lead_id = l.id ORDER BY requested_at DESC, id DESC LIMIT 1) a ON true
    WHERE l.owner_id = ${personId} AND l.stage IN ('claimed', 'contacted', 'appointment', 'proposal')
    ORDER BY (a.id IS NOT NULL AND a.answered_at IS NULL) DESC, l.received_at DESC, l.id LIMIT ${most}`;
}

/** What an act changes of a lead. Dates without a time are local days at midnight UTC. */
export interface LeadChange {
  readonly stage?: Stage;
  readonly temperature?: Temperature;
  readonly ownerId?: string | null;
  readonly claimedAt?: Date | null;
  readonly contactedAt?: Date | null;
  readonly closedAt?: Date | null;
  readonly nextActionKind?: NextActionKind | null;
  readonly nextActionAt?: Date | null;
  readonly restingUntil?: Date | null;
  readonly returnedAt?: Date | null;
}

/** The dealerships of these leads. */
export async function sitesOf(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.lead.findMany({ where: { id: { in: [...ids] } }, select: { dealershipId: true } });
  return new Set(rows.map(({ dealershipId }) => dealershipId));
}

/** Keeps everybody else from changing a lead until the transaction ends. */
export async function lockLead(db: Db, id: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM lead WHERE id = ${id}::uuid FOR UPDATE`;
}

/** Writes a change, and that there was one: whatever shows the lead has to be drawn again. */
export async function changeLead(db: Db, id: string, change: LeadChange): Promise<void> {
  await db.lead.update({ where: { id }, data: { ...change, revision: { increment: 1 } }, select: { id: true } });
}
