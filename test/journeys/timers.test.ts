import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../../src/chat/card.js';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { announceLead } from '../../src/leads/announce.js';
import { auditLeads, auditor } from '../../src/leads/audit.js';
import type { Finding } from '../../src/leads/needs.js';
import { jpeg } from '../support/appraisals.js';
import { dayAfter } from '../support/days.js';
import { forgeClick, forgeSubmission } from '../support/forge.js';
import { jsonLead } from '../support/leads.js';
import type { Running } from '../support/running.js';
import { buttons, type Message, plainly, receipts, SOON, words } from '../support/seen.js';
import { nthSite, runTown, staffed } from '../support/town.js';

/*
 * F16: whatever a stored state needs done and nobody is on, the auditor finds in one pass. Forty reminders of twenty
 * requests to abandon, twenty appraisals to chase, fifteen estimates to expire, fifteen leads to come back, ten photos to
 * take: all hundred jobs gone.
 */

const [SELLER, MANAGER, BUYER] = ['U0SELLER0', 'U0SELLER1', 'U0SELLER3'];
const ROLES = { seller0: 'salesperson', seller1: 'sales-manager', seller2: 'director', seller3: 'used-car-manager' };
const TIMERS = ['abandon-reminder', 'lead-return', 'appraisal.chase', 'estimate.expire', 'photo.take'];
const poll = { timeout: 3 * SOON, interval: 50 };

let house: Running;
beforeAll(async () => {
  house = await runTown({ edit: () => staffed(ROLES) });
});
afterAll(() => house.stop());

const db = () => house.app.store.db;
let sent = 0;

/** A lead of the salesperson, and its channel. */
async function owned(): Promise<{ readonly id: string; readonly channel: string }> {
  const { id: dealership, channel } = nthSite(sent++);
  const [receipt] = await receipts(await house.send('website', jsonLead({ dealership, tradeIn: null })));
  const id = receipt?.id ?? '';
  expect(await forgeClick(house, { user: SELLER, action: 'claim.take', value: id, channel })).toBe(200);
  return { id, channel };
}

async function submit(user: string, id: string, subject: string, values: Readonly<Record<string, string>>): Promise<void> {
  const { status, answer } = await forgeSubmission(house, { user, id, subject, values });
  expect({ status, answer }).toEqual({ status: 200, answer: null });
}

async function requested(lead: string): Promise<string> {
  await submit(SELLER, 'abandon', lead, { reason: 'unreachable', justification: 'Huit appels, aucune réponse.' });
  return (await db().decision.findFirstOrThrow({ where: { leadId: lead, decidedAt: null } })).id;
}

const decide = (request: string, outcome: string, values: Readonly<Record<string, string>>) =>
  submit(MANAGER, 'abandon_decision', `${request}:${outcome}`, values);

async function appraised(lead: string): Promise<string> {
  await submit(SELLER, 'appraisal', lead, { make: 'Peugeot', model: '208', mileage: '121 000' });
  return (await db().appraisal.findFirstOrThrow({ where: { leadId: lead } })).id;
}

const estimated = (appraisal: string) => submit(BUYER, 'estimate', appraisal, { amount: '8 500', valid_until: dayAfter(9) });

/** Jobs of a kind that are not over, as what they are about and when they are due. */
async function waiting(): Promise<string[]> {
  const rows = await db().$queryRaw<{ about: string }[]>`
    SELECT concat_ws(' ', name, data::text, CASE name WHEN 'photo.take' THEN NULL ELSE start_after::text END) AS about
    FROM pgboss.job WHERE name = ANY(${TIMERS}) AND state < 'completed' ORDER BY 1`;
  return rows.map(({ about }) => about);
}

const mended = async () => {
  const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
  return Object.fromEntries(
    [...metrics.matchAll(/^forecourt_audit_mended_total\{act="([^"]+)"\} (\d+)/gm)].map(([, act, n]) => [act, Number(n)]),
  );
};

const passes = () => db().$queryRaw`SELECT id FROM pgboss.job WHERE name = 'audit' AND state < 'completed'`;

/** One pass of the auditor, from asking for it to its heartbeat, and to the end of any other the minute asked for. */
async function audit(): Promise<void> {
  const [before] = await db().$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  await house.app.store.transact(async ({ enqueue }) => enqueue(auditLeads, {}));
  const last = async () => (await db().heartbeat.findUnique({ where: { name: 'auditor' } }))?.at.getTime() ?? 0;
  await expect.poll(last, poll).toBeGreaterThanOrEqual(before?.at.getTime() ?? Number.POSITIVE_INFINITY);
  await expect.poll(passes, poll).toEqual([]);
}

/** Does something so many times, one after another: a machine that is busy with other things answers each in time. */
async function times<T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let n = 0; n < count; n++) done.push(await act(n));
  return done;
}

const quiet = () =>
  expect
    .poll(() => db().$queryRaw`SELECT id FROM pgboss.job WHERE name IN ('announce', 'audit', 'whisper') AND state < 'completed'`, poll)
    .toEqual([]);

const drop = (names: readonly string[]) => db().$executeRaw`DELETE FROM pgboss.job WHERE name = ANY(${[...names]}) AND state < 'active'`;
const hurry = () => db().$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = ANY(${TIMERS}) AND state < 'active'`;
const reminders = () => db().timelineEvent.count({ where: { kind: 'reminded' } });

describe('a hundred jobs that are gone', () => {
  it('are found in one pass, each asked for once at its own time; what somebody is on, gave up or has done is not', async () => {
    await times(20, async () => requested((await owned()).id));
    const asked = await times(20, async () => {
      const lead = (await owned()).id;
      return { lead, id: await appraised(lead) };
    });
    await times(15, async () => estimated(await appraised((await owned()).id)));
    await times(15, async (n) => decide(await requested((await owned()).id), 'recycle', { recycle_date: dayAfter(9 + n) }));
    await quiet();
    // An answered request and a decided one still have the timers they were asked with: they find nothing to do.
    await db().$executeRaw`
      DELETE FROM pgboss.job j WHERE j.name = 'appraisal.chase' AND EXISTS (
        SELECT 1 FROM appraisal a WHERE a.id::text = j.data->>'appraisalId' AND a.answered_at IS NOT NULL)`;
    await db().$executeRaw`
      DELETE FROM pgboss.job j WHERE j.name = 'abandon-reminder' AND EXISTS (
        SELECT 1 FROM decision d WHERE d.id::text = j.data->>'requestId' AND d.decided_at IS NOT NULL)`;
    const before = await waiting();
    expect(before).toHaveLength(90);
    expect(await mended()).toEqual({});
    const withEnquiry = (await owned()).id;
    await quiet();
    const original = new Uint8Array(await jpeg());
    await drop(TIMERS);
    const photo = { at: new Date(), filename: 'clio.jpg', contentType: '', state: 'received', original };
    await db().photo.createMany({
      data: asked.slice(0, 10).map(({ lead, id }) => ({ ...photo, id: randomUUID(), leadId: lead, appraisalId: id })),
    });
    // What came with an enquiry waits for an appraisal, and for nobody else.
    await db().photo.create({ data: { ...photo, id: randomUUID(), leadId: withEnquiry } });
    await audit();
    const found = { 'abandon-reminder': 40, 'appraisal.chase': 20, 'estimate.expire': 15, 'lead-return': 15, 'photo.take': 10 };
    expect(await mended()).toEqual(found);
    await expect.poll(() => db().photo.count({ where: { state: 'ready' } }), poll).toBe(10);
    await expect.poll(waiting, poll).toEqual(before);

    await audit();
    expect(await mended()).toEqual(found);

    // Given up on: a person has it.
    await db().$executeRaw`
      WITH gone AS (
        DELETE FROM pgboss.job WHERE id IN (SELECT id FROM pgboss.job WHERE name = 'estimate.expire' AND state < 'active' LIMIT 1) RETURNING data
      )
      INSERT INTO pgboss.job (name, data, policy)
      SELECT 'buried', jsonb_build_object('kind', 'estimate.expire', 'payload', gone.data, 'plan', '{}'::jsonb, 'reason', 'test'), q.policy
      FROM gone, pgboss.queue q WHERE q.name = 'buried'`;
    await audit();
    expect(await mended()).toEqual(found);

    // Done: the facts and the drawn cards say so, also when no job remains to tell.
    await db().$executeRaw`UPDATE estimate SET valid_until = '2026-01-05'`;
    await db().$executeRaw`UPDATE lead SET resting_until = '2026-01-05' WHERE resting_until IS NOT NULL`;
    await hurry();
    house.app.store.jobs.wake(TIMERS);
    await expect.poll(async () => (await waiting()).length, poll).toBe(0);
    expect(await reminders()).toBe(60);
    expect(await db().timelineEvent.count({ where: { kind: 'returned' } })).toBe(15);
    expect(await db().estimate.count({ where: { lapsedAt: null } })).toBe(1);
    await quiet();
    await db().$executeRaw`DELETE FROM pgboss.job WHERE name = ANY(${TIMERS})`;
    await audit();
    expect(await mended()).toEqual(found);
    expect(await waiting()).toEqual([]);
    expect(await reminders()).toBe(60);
  }, 300_000);
});

const markOf = (message: Message) =>
  String((message.metadata as { event_payload?: { mark?: string } } | undefined)?.event_payload?.mark ?? '');

describe('messages beside the card', () => {
  const messages = (channel: string, mark: string) => house.slack.messages(channel).filter((one) => markOf(one).endsWith(mark));
  const changed = (id: string) => db().lead.update({ where: { id }, data: { revision: { increment: 1 } }, select: { id: true } });
  const asked = { requesterId: 'seller0', requestedAt: new Date() };

  it('are put up when the job that should have is lost, and each once', async () => {
    const [one, other] = [await owned(), await owned()];
    const [request, appraisal, estimate] = [randomUUID(), randomUUID(), randomUUID()];
    await db().decision.create({
      data: { ...asked, id: request, leadId: one.id, reason: 'unreachable', justification: 'Huit appels, aucune réponse.' },
    });
    await db().appraisal.create({
      data: { ...asked, id: appraisal, leadId: other.id, answeredAt: new Date(), vehicle: { make: 'Peugeot', model: '208', mileage: 9 } },
    });
    const offer = { amount: 8_500, currency: 'EUR', validUntil: new Date(`${dayAfter(9)}T00:00Z`) };
    await db().estimate.create({
      data: { ...offer, id: estimate, appraisalId: appraisal, version: 1, authorId: 'seller3', at: new Date() },
    });
    const marks = [
      [one.channel, `/abandon.request/${request}`],
      [other.channel, `/appraisal.request/${appraisal}`],
      [other.channel, `/estimate/${estimate}`],
    ] as const;
    await audit();
    await house.slack.until(() => marks.every(([channel, mark]) => messages(channel, mark).length > 0), SOON);
    await audit();
    await quiet();
    for (const [channel, mark] of marks) expect(messages(channel, mark)).toHaveLength(1);

    // Deleted by hand, they stay away.
    const [standing] = messages(one.channel, `/abandon.request/${request}`);
    house.slack.as(SELLER).remove(one.channel, standing?.ts ?? '');
    await expect.poll(() => db().messageRef.count({ where: { subject: request, message: null } }), poll).toBe(1);
    await audit();
    await quiet();
    expect(messages(one.channel, `/abandon.request/${request}`)).toEqual([]);
  });

  it('are drawn again when that job is lost, and only those that look different', async () => {
    const lead = await owned();
    const request = await requested(lead.id);
    const appraisal = await appraised(lead.id);
    await quiet();
    const [card] = messages(lead.channel, `/abandon.request/${request}`);
    expect(buttons(card ?? {})).toContain('abandon.sendback');
    const verdict = { deciderId: 'seller1', decidedAt: new Date(), outcome: 'sendback', comment: 'Encore un appel.' };
    await db().decision.update({ where: { id: request }, data: verdict });
    await changed(lead.id);
    const before = house.slack.requests().length;
    await audit();
    const redrawn = () => messages(lead.channel, `/abandon.request/${request}`)[0];
    await house.slack.until(() => !buttons(redrawn() ?? {}).includes('abandon.sendback'), SOON);
    await quiet();
    const updates = house.slack
      .requests()
      .slice(before)
      .filter(({ method }) => method === 'chat.update');
    const [untouched] = messages(lead.channel, `/appraisal.request/${appraisal}`);
    expect(updates.map(({ args }) => args.ts)).toContain(card?.ts);
    expect(updates.map(({ args }) => args.ts)).not.toContain(untouched?.ts);
    const said = messages(lead.channel, `/abandon.decided/${request}`).map((one) => plainly(words(one)));
    expect(said).toEqual([expect.stringContaining('Encore un appel.')]);
    const counted = house.slack.requests().length;
    await audit();
    await quiet();
    expect(
      house.slack
        .requests()
        .slice(counted)
        .filter(({ method }) => method.startsWith('chat.')),
    ).toEqual([]);
  });

  it('are left to the job that came while they were looked at', async () => {
    const lead = await owned();
    const request = await requested(lead.id);
    await quiet();
    await changed(lead.id);
    const job = {
      leadId: lead.id,
      channel: `slack:${lead.channel}`,
      topic: 'abandon.request',
      subject: request,
      act: 'redraw' as const,
      under: null,
      aloud: false,
      waits: 0,
    };
    const found: Finding[] = [];
    const drawn: string[] = [];
    const look = auditor({
      store: house.app.store,
      group: groupOf('Groupe', [], directory([], []), []),
      needs: [],
      speaks: () => true,
      async draw({ id }, topic, subject) {
        if (id !== lead.id) return null;
        drawn.push(`${topic}/${subject}`);
        await house.app.store.transact(async ({ enqueue }) => enqueue(announceLead, job, { notBefore: new Date(Date.now() + 86_400_000) }));
        return sentence('What they look like by now');
      },
      mended: (findings) => void found.push(...findings),
    });
    await look();
    expect(drawn).toEqual([`abandon.request/${request}`]);
    expect(found).toEqual([]);
    await drop(['announce']);
    await look();
    expect(drawn).toHaveLength(2);
    expect(found).toEqual([]);
    await drop(['announce']);
    await audit();
    await quiet();
  });
});
