import { z } from 'zod';
import type { Group } from '../dealership/group.js';
import type { Db } from '../store/database.js';
import { defineJob } from '../store/jobs.js';
import type { Store } from '../store/store.js';
import { announceLead } from './announce.js';

/** Looks at every open lead for what should be there and is not. */
export const auditLeads = defineJob('audit', z.object({}));

/** How often it looks, and after how long its silence is an alarm. */
export const AUDIT_EVERY_S = 60;
export const AUDIT_SILENT_AFTER_S = 300;

const HEARTBEAT = 'auditor';
const AT_ONCE = 500;

/** Something that was missing and has been asked for again. */
export interface Finding {
  readonly leadId: string;
  readonly channel: string;
  /** `post`: the channel has no card; `redraw`: the card shows an older state. No job was under way for either. */
  readonly act: 'post' | 'redraw';
}

/**
 * Re-reads the open leads and asks again for every card that is missing or stale while no job is on its way. Jobs given
 * up on are left to the person they wait for.
 */
export function auditor(parts: { readonly store: Store; readonly group: Group; mended(findings: readonly Finding[]): void }) {
  return async (): Promise<void> => {
    const { store, group } = parts;
    const places = group.dealerships.flatMap((one) => one.channels.leads.map((channel) => ({ dealership: one.id, channel })));
    const findings = await store.transact(async ({ db, enqueue }) => {
      const found = await missing(db, places);
      for (const { leadId, channel, act } of found) enqueue(announceLead, { leadId, channel, act }, { group: `${act}:${channel}` });
      await db.$executeRaw`
        INSERT INTO heartbeat (name, at) VALUES (${HEARTBEAT}, clock_timestamp()) ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at`;
      return found;
    });
    if (findings.length > 0) parts.mended(findings);
  };
}

async function missing(db: Db, places: readonly { dealership: string; channel: string }[]): Promise<Finding[]> {
  return db.$queryRaw<Finding[]>`
    WITH place AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS p(dealership text, channel text)
    ), wanting AS (
      SELECT l.id::text AS "leadId", p.channel, CASE WHEN m.message IS NULL THEN 'post' ELSE 'redraw' END AS act
      FROM lead l JOIN place p ON p.dealership = l.dealership_id
      LEFT JOIN message_ref m ON m.lead_id = l.id AND m.channel = p.channel
      WHERE l.stage NOT IN ('won', 'abandoned', 'duplicate') AND (m.message IS NULL OR m.shown < l.revision)
    )
    SELECT * FROM wanting w
    WHERE NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = ${announceLead.name} AND j.state < 'completed' AND j.data->>'leadId' = w."leadId" AND j.data->>'channel' = w.channel)
    AND NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = 'buried' AND j.state < 'completed' AND j.data->'payload'->>'leadId' = w."leadId" AND j.data->'payload'->>'channel' = w.channel)
    LIMIT ${AT_ONCE}`;
}

/** Seconds since the auditor last finished, by the database's clock; null when it never did. */
export async function auditAge(db: Db): Promise<number | null> {
  const [row] = await db.$queryRaw<{ age: number }[]>`
    SELECT EXTRACT(EPOCH FROM clock_timestamp() - at)::float8 AS age FROM heartbeat WHERE name = ${HEARTBEAT}`;
  return row?.age ?? null;
}
