import { nextOpening } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import { belowCards, jobNeed, messageNeed, type Need, OPEN, type Stand } from '../../leads/needs.js';
import { takePhoto } from '../../leads/photos.js';
import type { Db } from '../../store/database.js';
import { sql, unattended, untouched } from '../../store/sql.js';
import type { Desk } from '../workflow.js';
import { ESTIMATE, REQUEST } from './show.js';
import { chaseAppraisal, chaseLater, expireEstimate, expireLater } from './timers.js';

/** The request that counts: none of the lead is newer. */
const NEWEST = sql`NOT EXISTS (
  SELECT 1 FROM appraisal n WHERE n.lead_id = a.lead_id AND (n.requested_at, n.id) > (a.requested_at, a.id))`;
/** The answer that counts: none to the request is newer. */
const LAST = sql`NOT EXISTS (SELECT 1 FROM estimate n WHERE n.appraisal_id = e.appraisal_id AND n.version > e.version)`;

/** What requests, their answers and photos need done. */
export function needs(desk: Desk): readonly Need[] {
  const { group, platformOf } = desk;
  const speaks = (id: string) => platformOf(id) !== undefined;
  const requests = sql`
    SELECT l.id AS lead_id, l.dealership_id, a.id::text AS subject, false AS aloud
    FROM lead l JOIN appraisal a ON a.lead_id = l.id WHERE ${OPEN} AND ${NEWEST}`;
  const answers = sql`
    SELECT l.id AS lead_id, l.dealership_id, e.id::text AS subject, false AS aloud
    FROM lead l JOIN appraisal a ON a.lead_id = l.id JOIN estimate e ON e.appraisal_id = a.id
    WHERE ${OPEN} AND ${NEWEST} AND ${LAST}`;
  return [
    chases(desk),
    jobNeed(group, expireEstimate, holding, (enqueue, { estimateId, validUntil }, dealership) => {
      expireLater(enqueue, dealership, estimateId, validUntil);
      return true;
    }),
    jobNeed(group, takePhoto, untaken, (enqueue, { photoId, file }) => {
      if (file !== null && !speaks(file)) return false;
      enqueue(takePhoto, { photoId });
      return true;
    }),
    messageNeed(group, speaks, REQUEST, requestStands, requests),
    messageNeed(group, speaks, ESTIMATE, belowCards, answers),
  ];
}

function requestStands(dealership: Dealership): readonly Stand[] {
  const { appraisals, leads } = dealership.channels;
  const alone = appraisals === null || leads.includes(appraisals) ? [] : [{ channel: appraisals, below: false }];
  return [...belowCards(dealership), ...alone];
}

/** A chase that was sent is a fact. Where nobody opens any more there is no time to chase at. */
function chases({ group, now }: Desk): Need {
  const find = (db: Db, most: number) => {
    const open = group.dealerships.filter((one) => nextOpening(one, now()) !== null).map((one) => one.id);
    return db.$queryRaw<{ leadId: string; dealershipId: string; appraisalId: string; requestedAt: Date }[]>`
      SELECT a.lead_id::text AS "leadId", l.dealership_id AS "dealershipId", a.id::text AS "appraisalId", a.requested_at AS "requestedAt"
      FROM appraisal a JOIN lead l ON l.id = a.lead_id
      WHERE a.answered_at IS NULL AND ${OPEN} AND ${NEWEST} AND l.dealership_id = ANY(${open})
      AND NOT EXISTS (
        SELECT 1 FROM timeline_event t WHERE t.lead_id = a.lead_id AND t.kind = 'reminded' AND t.data->>'appraisal' = a.id::text)
      AND ${unattended(chaseAppraisal, { appraisalId: sql`a.id::text` })}
      LIMIT ${most}`;
  };
  return jobNeed(group, chaseAppraisal, find, (enqueue, { appraisalId, requestedAt }, dealership) => {
    chaseLater(enqueue, dealership, appraisalId, requestedAt);
    return true;
  });
}

/** Estimates that hold, or whose end nobody has drawn yet. */
function holding(db: Db, most: number) {
  return db.$queryRaw<{ leadId: string; dealershipId: string; estimateId: string; validUntil: string }[]>`
    SELECT a.lead_id::text AS "leadId", l.dealership_id AS "dealershipId", e.id::text AS "estimateId", e.valid_until::text AS "validUntil"
    FROM estimate e JOIN appraisal a ON a.id = e.appraisal_id JOIN lead l ON l.id = a.lead_id
    WHERE e.lapsed_at IS NULL AND ${LAST}
    AND ${unattended(expireEstimate, { estimateId: sql`e.id::text` })}
    LIMIT ${most}`;
}

/**
 * Photos nobody looks at, and recent ones that were checked and never handed to a platform, with no trace of an attempt.
 * What came with an enquiry waits for an appraisal, and is not missing.
 */
function untaken(db: Db, most: number) {
  const about = { photoId: sql`p.id::text` };
  return db.$queryRaw<{ leadId: string; dealershipId: string; photoId: string; file: string | null }[]>`
    SELECT p.lead_id::text AS "leadId", l.dealership_id AS "dealershipId", p.id::text AS "photoId", p.file
    FROM photo p JOIN lead l ON l.id = p.lead_id
    WHERE (p.state = 'received' AND (p.file IS NOT NULL OR p.appraisal_id IS NOT NULL OR p.link_id IS NOT NULL) AND ${unattended(takePhoto, about)})
    OR (p.state = 'ready' AND p.published = '{}' AND p.at > now() - interval '12 hours' AND ${untouched(takePhoto, about)})
    LIMIT ${most}`;
}
