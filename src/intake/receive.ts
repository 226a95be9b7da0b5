import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Group } from '../dealership/group.js';
import { announce } from '../leads/announce.js';
import type { NewLead } from '../leads/lead.js';
import { findByKeys, insertLeads, insertPhotos, keyOf, type RawBody } from '../leads/records.js';
import { append } from '../leads/timeline.js';
import { groupCommit } from '../store/group-commit.js';
import { newId } from '../store/id.js';
import type { Store, Unit } from '../store/store.js';
import type { IntakeSource } from './source.js';
import type { ParsedBody, ParsedPhoto, Problem } from './sources/parsed.js';
import { understand } from './understand.js';

/** One body from an authenticated source, parsed as far as it could be. */
export interface Delivery {
  readonly source: IntakeSource;
  readonly contentType: string;
  readonly body: Buffer;
  readonly parsed: ParsedBody;
  readonly receivedAt: Date;
  /** Of a signed webhook: the same id always gets the first answer. */
  readonly webhookId: string | null;
}

/** What became of one enquiry. `repeat`: this very delivery was seen before; `resend`: this enquiry was. */
export interface Receipt {
  readonly id: string;
  readonly tier: string;
  readonly result: 'created' | 'repeat' | 'resend';
  readonly problems: readonly Problem[];
}

/** A receipt as it was kept with its delivery. */
const keptReceipt = z.object({
  id: z.string(),
  tier: z.string(),
  result: z.enum(['created', 'repeat', 'resend']),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});

/** Accepts deliveries. Resolves after the commit, not before; rejects when nothing was stored. */
export function receiver(store: Store, group: Group): (delivery: Delivery) => Promise<readonly Receipt[]> {
  const keepAll = (prepared: readonly Prepared[]) => store.transact((unit) => keep(unit, group, prepared, store.now()));
  const commit = groupCommit(keepAll, { max: 100, parallel: store.parallel });
  return (delivery) => commit(prepare(delivery, group));
}

interface Prepared {
  readonly delivery: Delivery;
  readonly raw: RawBody;
  readonly leads: readonly NewLead[];
  readonly photos: readonly ParsedPhoto[];
}

function prepare(delivery: Delivery, group: Group): Prepared {
  const { source, parsed, body, receivedAt } = delivery;
  const { contentType } = delivery;
  const raw = { id: newId(), sourceId: source.id, receivedAt, contentType, body, parser: parsed.parser, problems: parsed.problems };
  const hash = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const leads = understand(parsed, source, group, receivedAt).map((lead, index) => ({
    ...lead,
    rawIntakeId: raw.id,
    externalKey: lead.externalKey ?? (index === 0 ? hash : `${hash}#${index}`),
  }));
  return { delivery, raw, leads, photos: parsed.photos };
}

async function keep(unit: Unit, group: Group, prepared: readonly Prepared[], at: Date): Promise<(readonly Receipt[])[]> {
  const { db } = unit;
  const replayed = await replays(unit, prepared);
  const fresh = prepared.filter((one) => !replayed.has(one));
  const leads = fresh.flatMap((one) => one.leads);
  const stored = await insertLeads(
    db,
    fresh.map((one) => one.raw),
    leads,
  );
  const known = await findByKeys(
    db,
    leads.filter((lead) => !stored.has(lead.id)),
  );
  for (const one of fresh) {
    for (const [index, lead] of one.leads.entries()) {
      if (!stored.has(lead.id)) continue;
      const dealership = group.dealership(lead.dealershipId);
      if (dealership) announce(unit.enqueue, lead.id, dealership, 'post');
      if (index === 0) await insertPhotos(db, lead.id, at, one.photos);
    }
  }
  const resent = leads.filter((lead) => !stored.has(lead.id)).flatMap((lead) => known.get(keyOf(lead.sourceId, lead.externalKey)) ?? []);
  await append(
    db,
    resent.map((leadId) => ({ leadId, at, kind: 'resent' as const })),
  );
  const answers = prepared.map((one) => replayed.get(one) ?? one.leads.map((lead) => receiptOf(lead, stored, known)));
  await rememberWebhooks(
    unit,
    prepared.filter((one) => !replayed.has(one)),
    (one) => answers[prepared.indexOf(one)] ?? [],
  );
  return answers;
}

function receiptOf(lead: NewLead, stored: ReadonlySet<string>, known: ReadonlyMap<string, string>): Receipt {
  if (stored.has(lead.id)) return { id: lead.id, tier: lead.tier, result: 'created', problems: lead.problems };
  const id = known.get(keyOf(lead.sourceId, lead.externalKey)) ?? lead.id;
  return { id, tier: lead.tier, result: 'resend', problems: lead.problems };
}

/** Signed deliveries seen before, with their first answer. */
async function replays({ db }: Unit, prepared: readonly Prepared[]): Promise<Map<Prepared, readonly Receipt[]>> {
  const signed = prepared.filter((one) => one.delivery.webhookId !== null);
  const found = new Map<Prepared, readonly Receipt[]>();
  if (signed.length === 0) return found;
  const rows = await db.webhookDelivery.findMany({
    where: { OR: signed.map((one) => ({ sourceId: one.delivery.source.id, webhookId: one.delivery.webhookId ?? '' })) },
  });
  for (const one of signed) {
    const row = rows.find((row) => row.sourceId === one.delivery.source.id && row.webhookId === one.delivery.webhookId);
    if (row)
      found.set(
        one,
        keptReceipt
          .array()
          .parse(row.answer)
          .map((receipt) => ({ ...receipt, result: 'repeat' })),
      );
  }
  return found;
}

async function rememberWebhooks({ db }: Unit, fresh: readonly Prepared[], answerOf: (one: Prepared) => readonly Receipt[]): Promise<void> {
  const rows = fresh.flatMap((one) => {
    const { source, webhookId, receivedAt } = one.delivery;
    return webhookId === null
      ? []
      : [{ sourceId: source.id, webhookId, receivedAt, answer: JSON.parse(JSON.stringify(answerOf(one))) as object }];
  });
  if (rows.length > 0) await db.webhookDelivery.createMany({ data: rows, skipDuplicates: true });
}
