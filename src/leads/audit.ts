import { z } from 'zod';
import type { Card } from '../chat/card.js';
import type { ChannelId, MessageId } from '../chat/text.js';
import type { Group } from '../dealership/group.js';
import type { Db } from '../store/database.js';
import { defineJob } from '../store/jobs.js';
import { sql, unattended } from '../store/sql.js';
import type { Store } from '../store/store.js';
import { announceLead, show } from './announce.js';
import type { Lead } from './lead.js';
import { type Finding, type Need, OPEN, spot } from './needs.js';
import { CARD, fingerprint, type Spot, saveChecked } from './places.js';
import { readLead } from './records.js';

/** Looks at every lead that is open, rests or has just ended for what should be there and is not. */
export const auditLeads = defineJob('audit', z.object({}));

/** It looks every minute; after so long its silence is an alarm. */
export const AUDIT_SILENT_AFTER_S = 300;

const HEARTBEAT = 'auditor';
const AT_ONCE = 500;
/** Messages drawn in one pass to see whether they still look like that. */
const DRAWN_AT_ONCE = 100;

export interface AuditParts {
  readonly store: Store;
  readonly group: Group;
  /** What the workflows' stored states need. */
  readonly needs: readonly Need[];
  /** Does this process speak the platform of a channel? */
  speaks(channel: ChannelId): boolean;
  /** A message as it should look now; null when there is nothing to show. */
  draw(lead: Lead, topic: string, subject: string): Promise<Card | null> | Card | null;
  mended(findings: readonly Finding[]): void;
}

/**
 * Re-reads the leads and asks again for everything that is missing or stale while no job is on its way: cards, messages
 * beside them, and the jobs stored states need. Jobs given up on are left to the person they wait for. One part that
 * fails does not keep the others from being looked at, but keeps the auditor's heartbeat from being written.
 */
export function auditor(parts: AuditParts) {
  const { store } = parts;
  const needs = [cardNeed(parts.group, parts.speaks), ...parts.needs];
  return async (): Promise<void> => {
    const failures: unknown[] = [];
    const looks = [...needs.map((need) => () => store.transact((unit) => need.mend(unit, AT_ONCE))), () => staleMessages(parts)];
    for (const look of looks) {
      try {
        const findings = await look();
        if (findings.length > 0) parts.mended(findings);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    await store.db.$executeRaw`
      INSERT INTO heartbeat (name, at) VALUES (${HEARTBEAT}, clock_timestamp()) ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at`;
  };
}

/** Leads that ended longer ago are looked at no more. In the words of the index made for it. */
const JUST_ENDED = sql`(l.stage IN ('won', 'abandoned', 'duplicate') AND l.closed_at > now() - interval '1 day')`;

/** The card of every open lead in every channel of its dealership; of one that just ended, as far as it stands. */
function cardNeed(group: Group, speaks: AuditParts['speaks']): Need {
  const places = group.dealerships.flatMap((one) =>
    one.channels.leads.flatMap((channel) => (speaks(channel) ? [{ dealership: one.id, channel }] : [])),
  );
  return {
    async mend({ db, enqueue }, most) {
      const rows = await db.$queryRaw<{ leadId: string; channel: string; act: 'post' | 'redraw' }[]>`
        WITH place AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS p(dealership text, channel text)
        ), wanting AS (
          SELECT l.id::text AS "leadId", p.channel, CASE WHEN m.message IS NULL THEN 'post' ELSE 'redraw' END AS act
          FROM lead l JOIN place p ON p.dealership = l.dealership_id
          LEFT JOIN message_ref m ON m.lead_id = l.id AND m.channel = p.channel AND m.topic = ${CARD}
          WHERE (${OPEN} OR ${JUST_ENDED}) AND ((m.message IS NULL AND ${OPEN}) OR (m.message IS NOT NULL AND m.shown < l.revision))
        )
        SELECT * FROM wanting w
        WHERE NOT EXISTS (
          SELECT 1 FROM pgboss.job j
          WHERE j.name = ${announceLead.name} AND j.state < 'completed' AND j.data->>'leadId' = w."leadId" AND j.data->>'channel' = w.channel
            AND COALESCE(j.data->>'topic', ${CARD}) = ${CARD})
        AND NOT EXISTS (
          SELECT 1 FROM pgboss.job j
          WHERE j.name = 'buried' AND j.state < 'completed' AND j.data->'payload'->>'leadId' = w."leadId"
            AND j.data->'payload'->>'channel' = w.channel AND COALESCE(j.data->'payload'->>'topic', ${CARD}) = ${CARD})
        LIMIT ${most}`;
      for (const { leadId, channel, act } of rows) show(enqueue, { leadId, channel, topic: CARD, subject: '' }, act);
      return rows;
    },
  };
}

interface Behind extends Spot {
  readonly message: MessageId;
  readonly drawn: string | null;
}

/**
 * Messages beside the card whose lead has changed since they were drawn. Most changes do not concern them: only one that
 * would look different now is drawn again.
 */
async function staleMessages({ store, speaks, draw }: AuditParts): Promise<readonly Finding[]> {
  const stale: Behind[] = [];
  for (const one of await behind(store.db)) {
    if (!speaks(one.channel)) continue;
    const lead = await readLead(store.db, one.leadId);
    const card = lead && (await draw(lead, one.topic, one.subject));
    if (!lead || !card) continue;
    if (fingerprint(card) === one.drawn) await saveChecked(store.db, one.message, one.drawn, lead.revision);
    else stale.push(one);
  }
  if (stale.length === 0) return [];
  return store.transact(async ({ db, enqueue }) => {
    // What changed since the first look was drawn from here already, and may have a job of its own by now.
    const still = await behind(db, stale);
    for (const { leadId, channel, topic, subject } of still) show(enqueue, { leadId, channel, topic, subject }, 'redraw');
    return still.map(({ leadId, channel }) => ({ leadId, channel, act: 'redraw' as const }));
  });
}

/** Of these messages, or of all, those that nobody is on. */
async function behind(db: Db, among?: readonly Behind[]): Promise<readonly Behind[]> {
  const here = spot(sql`m.lead_id::text`, sql`m.channel`, sql`m.topic`, sql`m.subject`);
  const these = among ? sql`AND m.message = ANY(${among.map(({ message }) => message)})` : sql``;
  const rows = await db.$queryRaw<Behind[]>`
    SELECT m.lead_id::text AS "leadId", m.channel, m.topic, m.subject, m.message, m.drawn
    FROM lead l JOIN message_ref m ON m.lead_id = l.id
    WHERE (${OPEN} OR ${JUST_ENDED}) AND m.topic <> ${CARD} AND m.message IS NOT NULL AND m.shown < l.revision
    AND ${unattended(announceLead, here)} ${these}
    LIMIT ${DRAWN_AT_ONCE}`;
  return among ? rows.filter((row) => among.some(({ message, drawn }) => message === row.message && drawn === row.drawn)) : rows;
}

/** Seconds since the auditor last finished, by the database's clock; null when it never did. */
export async function auditAge(db: Db): Promise<number | null> {
  const [row] = await db.$queryRaw<{ age: number }[]>`
    SELECT EXTRACT(EPOCH FROM clock_timestamp() - at)::float8 AS age FROM heartbeat WHERE name = ${HEARTBEAT}`;
  return row?.age ?? null;
}
