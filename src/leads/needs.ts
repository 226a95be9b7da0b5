import type { ChannelId } from '../chat/text.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import type { Db } from '../store/database.js';
import type { Enqueue, JobKind } from '../store/jobs.js';
import { type Sql, sql, unattended } from '../store/sql.js';
import type { Unit } from '../store/store.js';
import { announceLead, show } from './announce.js';
import type { Spot } from './places.js';

/** Something that was missing and has been asked for again. */
export interface Finding {
  /** Null where it is about no single lead. */
  readonly leadId: string | null;
  /** Null where no channel lacks it. */
  readonly channel: ChannelId | null;
  /** `post`: a message is not there; `redraw`: it shows an older state; else the kind of job that was gone. */
  readonly act: string;
}

/** Something stored states need done: a timer, a download, a message. */
export interface Need {
  /** Finds where nobody is on it, at most `most` times, and asks for it again. Given up on is not missing: a person has it. */
  mend(unit: Unit, most: number): Promise<readonly Finding[]>;
}

interface Row {
  readonly leadId: string;
  readonly dealershipId: string;
}

/**
 * A job that stored states need.
 * @param find the states without it; the store's `unattended` says which have none
 * @param ask asks for it; false when this one cannot be asked for
 */
export function jobNeed<R extends Row>(
  group: Group,
  kind: Pick<JobKind<unknown>, 'name'>,
  find: (db: Db, most: number) => Promise<readonly R[]>,
  ask: (enqueue: Enqueue, row: R, dealership: Dealership) => boolean,
): Need {
  return {
    async mend({ db, enqueue }, most) {
      const rows = await find(db, most);
      return rows.flatMap((row) => {
        const dealership = group.dealership(row.dealershipId);
        return dealership && ask(enqueue, row, dealership) ? [{ leadId: row.leadId, channel: null, act: kind.name }] : [];
      });
    },
  };
}

/** Where a message about a lead should stand in a channel: below the lead's card, or by itself. */
export interface Stand {
  readonly channel: ChannelId;
  readonly below: boolean;
}

/** Below the card in every channel of a dealership. */
export function belowCards({ channels }: Dealership): readonly Stand[] {
  return channels.leads.map((channel) => ({ channel, below: true }));
}

/**
 * Messages of a topic beside the card. One that stood and was deleted by hand stays away: it says nothing that is not
 * in the lead's history.
 * @param subjects a query of `lead_id uuid, dealership_id text, subject text, aloud boolean`
 */
export function messageNeed(
  group: Group,
  speaks: (channel: ChannelId) => boolean,
  topic: string,
  places: (dealership: Dealership) => readonly Stand[],
  subjects: Sql,
): Need {
  const stands = group.dealerships.flatMap((one) =>
    places(one).flatMap(({ channel, below }) => (speaks(channel) ? [{ dealership: one.id, channel, below }] : [])),
  );
  return {
    async mend({ db, enqueue }, most) {
      const rows = await db.$queryRaw<(Omit<Spot, 'topic'> & { below: boolean; aloud: boolean })[]>`
        SELECT s.lead_id::text AS "leadId", p.channel, s.subject, p.below, s.aloud
        FROM (${subjects}) AS s
        JOIN jsonb_to_recordset(${JSON.stringify(stands)}::jsonb) AS p(dealership text, channel text, below boolean)
          ON p.dealership = s.dealership_id
        LEFT JOIN message_ref m ON m.lead_id = s.lead_id AND m.channel = p.channel AND m.topic = ${topic} AND m.subject = s.subject
        WHERE m.message IS NULL AND m.posted_at IS NULL
        AND ${unattended(announceLead, spot(sql`s.lead_id::text`, sql`p.channel`, topic, sql`s.subject`))}
        LIMIT ${most}`;
      return rows.map(({ leadId, channel, subject, below, aloud }) => {
        show(enqueue, { leadId, channel, topic, subject }, 'post', below ? { under: { card: true }, aloud } : {});
        return { leadId, channel, act: 'post' };
      });
    },
  };
}

/** What a job that shows a message is about. */
export function spot(leadId: Sql, channel: Sql, topic: Sql | string, subject: Sql) {
  return { leadId, channel, topic, subject };
}

/** Part of a WHERE clause: the lead `l` is open. */
export const OPEN = sql`l.stage IN ('new', 'claimed', 'contacted', 'appointment', 'proposal')`;
