import { z } from 'zod';
import type { Group } from '../dealership/group.js';
import type { Db } from '../store/database.js';
import { defineJob } from '../store/jobs.js';
import type { Store } from '../store/store.js';
import { announceLead, show } from './announce.js';
import { CARD } from './places.js';
import { bringBack, returnLead } from './resting.js';

/** Looks at every open or resting lead for what should be there and is not. */
export const auditLeads = defineJob('audit', z.object({}));

/** It looks every minute; after so long its silence is an alarm. */
export const AUDIT_SILENT_AFTER_S = 300;

const HEARTBEAT = 'auditor';
const AT_ONCE = 500;

/** Something that was missing and has been asked for again. */
export interface Finding {
  readonly leadId: string;
  /** Null where no single channel lacks something. */
  readonly channel: string | null;
  /**
   * `post`: the channel has no card; `redraw`: the card shows an older state; `return`: a resting lead had nothing to
   * bring it back. No job was under way for any of them.
   */
  readonly act: 'post' | 'redraw' | 'return';
}

interface MissingCard {
  readonly leadId: string;
  readonly channel: string;
  readonly act: 'post' | 'redraw';
}

interface Resting {
  readonly leadId: string;
  readonly dealershipId: string;
  readonly restingUntil: Date;
}

/**
 * Re-reads the open leads and asks again for every card that is missing or stale while no job is on its way, and for the
 * return of every resting lead whose day has come without one. Jobs given up on are left to the person they wait for.
 */
export function auditor(parts: { readonly store: Store; readonly group: Group; mended(findings: readonly Finding[]): void }) {
  return async (): Promise<void> => {
    const { store, group } = parts;
    const places = group.dealerships.flatMap((one) => one.channels.leads.map((channel) => ({ dealership: one.id, channel })));
    const findings = await store.transact(async ({ db, enqueue }) => {
      const cards = await missing(db, places);
      for (const { leadId, channel, act } of cards) show(enqueue, { leadId, channel, topic: CARD, subject: '' }, act);
      const returns = (await forgotten(db)).flatMap(({ leadId, dealershipId, restingUntil }): Finding[] => {
        const dealership = group.dealership(dealershipId);
        if (!dealership) return [];
        bringBack(enqueue, leadId, dealership, restingUntil);
        return [{ leadId, channel: null, act: 'return' }];
      });
      await db.$executeRaw`
        INSERT INTO heartbeat (name, at) VALUES (${HEARTBEAT}, clock_timestamp()) ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at`;
      return [...cards, ...returns];
    });
    if (findings.length > 0) parts.mended(findings);
  };
}

async function missing(db: Db, places: readonly { dealership: string; channel: string }[]): Promise<MissingCard[]> {
  return db.$queryRaw<MissingCard[]>`
    WITH place AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS p(dealership text, channel text)
    ), wanting AS (
      SELECT l.id::text AS "leadId", p.channel, CASE WHEN m.message IS NULL THEN 'post' ELSE 'redraw' END AS act
      FROM lead l JOIN place p ON p.dealership = l.dealership_id
      LEFT JOIN message_ref m ON m.lead_id = l.id AND m.channel = p.channel AND m.topic = ${CARD}
      WHERE l.stage NOT IN ('won', 'abandoned', 'duplicate') AND (m.message IS NULL OR m.shown < l.revision)
    )
    SELECT * FROM wanting w
    WHERE NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = ${announceLead.name} AND j.state < 'completed' AND j.data->>'leadId' = w."leadId" AND j.data->>'channel' = w.channel
        AND COALESCE(j.data->>'topic', ${CARD}) = ${CARD})
    AND NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = 'buried' AND j.state < 'completed' AND j.data->'payload'->>'leadId' = w."leadId" AND j.data->'payload'->>'channel' = w.channel
        AND COALESCE(j.data->'payload'->>'topic', ${CARD}) = ${CARD})
    LIMIT ${AT_ONCE}`;
}

/** Resting leads whose day has come, in any time zone, without a job to bring them back. */
async function forgotten(db: Db): Promise<Resting[]> {
  return db.$queryRaw<Resting[]>`
    SELECT l.id::text AS "leadId", l.dealership_id AS "dealershipId", l.resting_until AS "restingUntil" FROM lead l
    WHERE l.stage = 'abandoned' AND l.resting_until <= CURRENT_DATE + 1
    AND NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = ${returnLead.name} AND j.state < 'completed' AND j.data->>'leadId' = l.id::text)
    AND NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = 'buried' AND j.state < 'completed' AND j.data->>'kind' = ${returnLead.name} AND j.data->'payload'->>'leadId' = l.id::text)
    LIMIT ${AT_ONCE}`;
}

/** Seconds since the auditor last finished, by the database's clock; null when it never did. */
export async function auditAge(db: Db): Promise<number | null> {
  const [row] = await db.$queryRaw<{ age: number }[]>`
    SELECT EXTRACT(EPOCH FROM clock_timestamp() - at)::float8 AS age FROM heartbeat WHERE name = ${HEARTBEAT}`;
  return row?.age ?? null;
}
