import type { Dealership } from '../../dealership/dealership.js';
import { belowCards, jobNeed, messageNeed, type Need, OPEN, type Stand } from '../../leads/needs.js';
import { bringBack, returnLead } from '../../leads/resting.js';
import type { Db } from '../../store/database.js';
import { sql, unattended } from '../../store/sql.js';
import type { Desk } from '../workflow.js';
import { ASKED, REQUEST } from './ask.js';
import { DECIDED } from './decide.js';
import { remindersOf } from './due.js';
import { remindToDecide } from './remind.js';
import { REMINDED, type Reminded, remindedOf } from './who.js';

/** What requests, decisions and resting leads need done. */
export function needs(desk: Desk): readonly Need[] {
  const { group, platformOf } = desk;
  const speaks = (channel: string) => platformOf(channel) !== undefined;
  const pending = sql`
    SELECT l.id AS lead_id, l.dealership_id, d.id::text AS subject, false AS aloud
    FROM decision d JOIN lead l ON l.id = d.lead_id WHERE d.decided_at IS NULL AND ${OPEN}`;
  const decided = sql`
    SELECT l.id AS lead_id, l.dealership_id, d.id::text AS subject, d.outcome = 'approve' AS aloud
    FROM decision d JOIN lead l ON l.id = d.lead_id WHERE d.decided_at > now() - interval '1 day'`;
  return [
    reminders(desk),
    jobNeed(group, returnLead, resting, (enqueue, { leadId, restingUntil }, dealership) => {
      bringBack(enqueue, leadId, dealership, restingUntil);
      return true;
    }),
    messageNeed(group, speaks, REQUEST, requestStands, pending),
    messageNeed(group, speaks, ASKED, (one) => (one.channels.managers === null ? [] : belowCards(one)), pending),
    messageNeed(group, speaks, DECIDED, belowCards, decided),
  ];
}

function requestStands(dealership: Dealership): readonly Stand[] {
  const { managers } = dealership.channels;
  return managers === null ? belowCards(dealership) : [{ channel: managers, below: false }];
}

interface Undecided {
  readonly leadId: string;
  readonly dealershipId: string;
  readonly requestId: string;
  readonly requesterId: string;
  readonly requestedAt: Date;
  readonly to: Reminded;
}

/** A reminder that was sent is a fact; one that nobody could be sent never becomes one, and is not missed. */
function reminders({ group, now }: Desk): Need {
  const sites = () =>
    group.dealerships.flatMap((one) => {
      const due = remindersOf(one, now()).map(({ to }) => to);
      return REMINDED.filter((to) => due.includes(to) && remindedOf(to, '', one, group.directory).length > 0).map((to) => ({
        dealership: one.id,
        to,
      }));
    });
  const find = (db: Db, most: number) => db.$queryRaw<Undecided[]>`
    SELECT d.lead_id::text AS "leadId", l.dealership_id AS "dealershipId", d.id::text AS "requestId",
      d.requester_id AS "requesterId", d.requested_at AS "requestedAt", s.to
    FROM decision d JOIN lead l ON l.id = d.lead_id
    JOIN jsonb_to_recordset(${JSON.stringify(sites())}::jsonb) AS s(dealership text, "to" text) ON s.dealership = l.dealership_id
    WHERE d.decided_at IS NULL AND ${OPEN}
    AND NOT EXISTS (
      SELECT 1 FROM timeline_event e
      WHERE e.lead_id = d.lead_id AND e.kind = 'reminded' AND e.data->>'decision' = d.id::text AND e.data->>'to' = s.to)
    AND ${unattended(remindToDecide, { requestId: sql`d.id::text`, to: sql`s.to` })}
    LIMIT ${most}`;
  return jobNeed(group, remindToDecide, find, (enqueue, { requestId, requesterId, requestedAt, to }, dealership) => {
    const due = remindersOf(dealership, requestedAt).find((one) => one.to === to);
    if (!due || remindedOf(to, requesterId, dealership, group.directory).length === 0) return false;
    enqueue(remindToDecide, { requestId, to }, { notBefore: due.at });
    return true;
  });
}

function resting(db: Db, most: number) {
  return db.$queryRaw<{ leadId: string; dealershipId: string; restingUntil: Date }[]>`
    SELECT l.id::text AS "leadId", l.dealership_id AS "dealershipId", l.resting_until AS "restingUntil"
    FROM lead l WHERE l.resting_until IS NOT NULL AND l.stage = 'abandoned'
    AND ${unattended(returnLead, { leadId: sql`l.id::text` })}
    LIMIT ${most}`;
}
