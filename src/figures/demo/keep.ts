import type { Db } from '../../store/database.js';
import type { Story } from './story.js';

/** Stories stored by one statement. */
const AT_ONCE = 400;

/**
 * Stores told leads: their rows and everything that hangs on them, facts in the order they happened. Posts nothing: no
 * job is written. The dealerships and people must be there.
 */
export async function keepStories(db: Db, stories: readonly Story[]): Promise<void> {
  for (let from = 0; from < stories.length; from += AT_ONCE) {
    const some = stories.slice(from, from + AT_ONCE);
    await keepLeads(db, some);
    await keepSales(db, some);
    await keepDecisions(db, some);
    await keepAppraisals(db, some);
    await keepNotes(db, some);
  }
  await keepFacts(db, stories);
}

async function keepLeads(db: Db, stories: readonly Story[]): Promise<void> {
  const rows = JSON.stringify(stories.map(({ lead, row }) => ({ ...lead, ...row })));
  await db.$executeRaw`
    INSERT INTO lead (id, dealership_id, source_id, external_key, tier, received_at, requested_at, name, email, phone, customer, interest,
      trade_in, message, origin, problems, stage, temperature, owner_id, claimed_at, contacted_at, closed_at, returned_at,
      next_action_kind, next_action_at, resting_until, revision)
    SELECT id, "dealershipId", "sourceId", "externalKey", tier, "receivedAt", "requestedAt", name, email, phone, customer, interest,
      "tradeIn", message, origin, problems, stage, temperature, "ownerId", "claimedAt", "contactedAt", "closedAt", "returnedAt",
      "nextActionKind", "nextActionAt", "restingUntil", revision
    FROM jsonb_to_recordset(${rows}::jsonb) AS l(id uuid, "dealershipId" text, "sourceId" text, "externalKey" text, tier text,
      "receivedAt" timestamptz, "requestedAt" timestamptz, name text, email text, phone text, customer jsonb, interest jsonb, "tradeIn" jsonb,
      message text, origin jsonb, problems jsonb, stage text, temperature text, "ownerId" text, "claimedAt" timestamptz,
      "contactedAt" timestamptz, "closedAt" timestamptz, "returnedAt" timestamptz, "nextActionKind" text, "nextActionAt" timestamptz,
      "restingUntil" date, revision int)`;
}

async function keepSales(db: Db, stories: readonly Story[]): Promise<void> {
  const rows = stories.flatMap(({ lead, sale }) => (sale ? [{ leadId: lead.id, ...sale }] : []));
  await db.$executeRaw`
    INSERT INTO sale (lead_id, seller_id, at, vehicle, reference, financing, maintenance, trade_in, price, currency)
    SELECT "leadId", "sellerId", at, vehicle, reference, financing, maintenance, "tradeIn", price, currency
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS s("leadId" uuid, "sellerId" text, at timestamptz, vehicle text, reference text,
      financing boolean, maintenance boolean, "tradeIn" boolean, price numeric, currency text)`;
}

async function keepDecisions(db: Db, stories: readonly Story[]): Promise<void> {
  const rows = stories.flatMap(({ lead, decisions }) => decisions.map((one) => ({ leadId: lead.id, ...one })));
  await db.$executeRaw`
    INSERT INTO decision (id, lead_id, requester_id, requested_at, reason, justification, decider_id, decided_at, outcome, comment, colleague_id, recycle_on)
    SELECT id, "leadId", "requesterId", "requestedAt", reason, justification, "deciderId", "decidedAt", outcome, comment, "colleagueId", "recycleOn"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d(id uuid, "leadId" uuid, "requesterId" text, "requestedAt" timestamptz, reason text,
      justification text, "deciderId" text, "decidedAt" timestamptz, outcome text, comment text, "colleagueId" text, "recycleOn" date)`;
}

async function keepAppraisals(db: Db, stories: readonly Story[]): Promise<void> {
  const asked = stories.flatMap(({ lead, appraisals }) => appraisals.map((one) => ({ leadId: lead.id, ...one })));
  const given = asked.flatMap(({ id, estimates }) => estimates.map((one, n) => ({ appraisalId: id, version: n + 1, ...one })));
  await db.$executeRaw`
    INSERT INTO appraisal (id, lead_id, requester_id, requested_at, answered_at, vehicle)
    SELECT id, "leadId", "requesterId", "requestedAt", "answeredAt", vehicle
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      AS a(id uuid, "leadId" uuid, "requesterId" text, "requestedAt" timestamptz, "answeredAt" timestamptz, vehicle jsonb)`;
  await db.$executeRaw`
    INSERT INTO estimate (id, appraisal_id, version, author_id, at, amount, currency, valid_until)
    SELECT id, "appraisalId", version, "authorId", at, amount, currency, "validUntil"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS e(id uuid, "appraisalId" uuid, version int, "authorId" text, at timestamptz, amount numeric, currency text, "validUntil" date)`;
}

async function keepNotes(db: Db, stories: readonly Story[]): Promise<void> {
  const rows = stories.flatMap(({ lead, notes }) => notes.map((one) => ({ leadId: lead.id, ...one })));
  await db.$executeRaw`
    INSERT INTO note (id, lead_id, author_id, message, at, text)
    SELECT id, "leadId", "authorId", 'form:' || id, at, text
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(id uuid, "leadId" uuid, "authorId" text, at timestamptz, text text)`;
}

/** Those of all leads together, by time: ids of facts grow as they happen. */
async function keepFacts(db: Db, stories: readonly Story[]): Promise<void> {
  const facts = stories.flatMap((story) => story.facts.map((fact, n) => ({ ...fact, n })));
  facts.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.leadId === b.leadId ? a.n - b.n : a.leadId < b.leadId ? -1 : 1));
  for (let from = 0; from < facts.length; from += 4 * AT_ONCE) {
    const rows = JSON.stringify(facts.slice(from, from + 4 * AT_ONCE).map((fact, n) => ({ ...fact, n })));
    await db.$executeRaw`
      INSERT INTO timeline_event (lead_id, at, kind, actor_id, behalf_of_id, platform, data)
      SELECT "leadId", at, kind, "actorId", "behalfOfId", platform, COALESCE(data, '{}')
      FROM jsonb_to_recordset(${rows}::jsonb) AS f(n int, "leadId" uuid, at timestamptz, kind text, "actorId" text, "behalfOfId" text,
        platform text, data jsonb)
      ORDER BY n`;
  }
}
