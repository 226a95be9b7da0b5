import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type Ground, openGround, salespeople } from './support/ground.js';
import { type Ledger, openLedger } from './support/ledger.js';
import { claim, fill, offering, type Standing, shows, surely } from './support/people.js';
import { report, seconds } from './support/report.js';
import { limit, size } from './support/size.js';
import { sendOne } from './support/traffic.js';
import { until } from './support/wait.js';

let ground: Ground | undefined;
afterEach(() => ground?.close());

const PEOPLE = [
  ...salespeople(3),
  { user: 'U0CHEF', id: 'chef', name: 'Cheffe', role: 'sales-manager' },
  { user: 'U0PATRON', id: 'patron', name: 'Patron', role: 'director' },
  { user: 'U0VO', id: 'vo', name: 'Responsable', role: 'used-car-manager' },
];
const ALWAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day}: ["00:00-24:00"]`).join(', ');
const SITE = `hours: { ${ALWAYS} }, digest: { at: "23:59" }, abandonment: { decideWithin: 2h }, appraisal: { answerWithin: 2h }`;
const SKEW = fileURLToPath(new URL('./support/skew.mjs', import.meta.url));
const wrongBy = (minutes: number) => ({ NODE_OPTIONS: `--import ${SKEW}`, SKEW_MS: String(minutes * 60_000) });
const HOUR = 3_600_000;
/** The clocks are as far as this before a timer is due: time for every process to hear of it, and for none to be early. */
const BEFORE_MS = 8_000;

/**
 * A database whose clock can be set: the functions the program and its job table ask for the time stand before the
 * server's own.
 */
async function settableClock(there: Ground) {
  await there.ask(`
    CREATE SCHEMA clock;
    CREATE TABLE clock.ahead (by interval NOT NULL);
    INSERT INTO clock.ahead VALUES ('0');
    CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
      AS 'SELECT pg_catalog.clock_timestamp() + (SELECT by FROM clock.ahead)';
    CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT pg_catalog.now() + (SELECT by FROM clock.ahead)';
    ALTER DATABASE ${there.databaseName} SET search_path = public, clock, pg_catalog`);
  return {
    /** Call once the job table stands. */
    takeOver: () =>
      there.ask(`CREATE OR REPLACE FUNCTION pgboss.job_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT clock.now()'`),
    set: (at: number) => there.ask(`UPDATE clock.ahead SET by = to_timestamp(${at / 1000}) - pg_catalog.clock_timestamp()`),
  };
}

describe.each([
  { change: 'in spring', asked: Date.parse('2027-03-27T23:30Z'), day: '2027-03-28', next: '2027-03-29', midnight: '2027-03-28T22:00Z' },
  { change: 'in autumn', asked: Date.parse('2027-10-30T22:30Z'), day: '2027-10-31', next: '2027-11-01', midnight: '2027-10-31T23:00Z' },
])('F12: three processes, two of them ten minutes wrong, when the clocks change $change', ({ change, asked, day, next, midnight }) => {
  it('every escalation comes once, within its minute by the time of the database', async () => {
    ground = await openGround({ sites: 8, people: PEOPLE, site: SITE });
    const there = ground;
    const clock = await settableClock(there);
    const replicas = await there.startAll([wrongBy(-10), {}, wrongBy(10)]);
    await clock.takeOver();
    await clock.set(asked);
    const ledger = openLedger(there);
    for (const { url } of replicas) await tellsTheTime(there, ledger, url, asked);
    // Bolt refuses by the process's own clock what Slack signed more than five minutes before it.
    there.route(replicas.slice(0, 2).map((one) => one.url));
    const [undecided, recycled] = [size(2, 4), size(1, 2)];
    for (let n = 0; n < undecided; n++) {
      const card = await owned(there, ledger, n);
      await surely('a request', () => fill(there, SELLER, card, 'abandon.open', REASON));
      await surely('an appraisal', () => fill(there, SELLER, card, 'appraisal.open', CAR));
    }
    for (let n = undecided; n < undecided + recycled; n++) {
      const card = await owned(there, ledger, n);
      const below = (topic: string) => until(topic, limit(20_000), () => shows(there, card.channel, (mark) => mark.includes(`/${topic}/`)));
      await surely('an appraisal', () => fill(there, SELLER, card, 'appraisal.open', CAR));
      const offer = { amount: '8 500', valid_until: day };
      await surely('an estimate', async () => fill(there, 'U0VO', await below('appraisal.request'), 'estimate.open', offer));
      await surely('a request', () => fill(there, SELLER, card, 'abandon.open', REASON));
      await surely('a return', async () =>
        fill(there, 'U0CHEF', await below('abandon.request'), 'abandon.recycle', { recycle_date: next }),
      );
    }

    const timers = await timersOf(there);
    expect(timers.map(({ name }) => name).sort()).toEqual([
      ...Array.from({ length: 2 * (undecided + recycled) }, () => 'abandon-reminder'),
      ...Array.from({ length: undecided + recycled }, () => 'appraisal.chase'),
      ...Array.from({ length: recycled }, () => 'estimate.expire'),
      ...Array.from({ length: recycled }, () => 'lead-return'),
    ]);
    for (const { name, to, due, asked: from } of timers) {
      const whole = name === 'estimate.expire' || name === 'lead-return';
      // The sites never close: two working hours are two hours, whatever the clocks on the wall do meanwhile.
      const should = whole ? Date.parse(midnight) : (from ?? 0) + (to === 'directors' ? 4 : 2) * HOUR;
      expect(new Date(due), `${name} ${to}`).toEqual(new Date(should));
      if (!whole) expect(from).toBeGreaterThanOrEqual(asked);
      if (!whole) expect(from).toBeLessThan(asked + HOUR / 6);
    }

    for (const hour of hours(timers)) {
      await clock.set(Math.min(...hour.map(({ due }) => due)) - BEFORE_MS);
      await until('what is due in this hour', limit(60_000) + 120_000, async () => (await runs(there, hour)).every((one) => one !== null));
    }
    const started = await runs(there, timers);
    const lateness = timers.map(({ due }, n) => (started[n] ?? Number.POSITIVE_INFINITY) - due);
    const told = await facts(there);
    report(
      `F12 ${change}`,
      `${timers.length} timers, each started between ${seconds(Math.min(...lateness))} and ${seconds(Math.max(...lateness))} after its moment by the database; ${JSON.stringify(told)}`,
      'once each, within its minute',
    );
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...lateness)).toBeLessThan(limit(60_000));
    const once = { managers: undecided, directors: undecided, appraisal: undecided, returned: recycled, lapsed: recycled };
    await until('all that follows', limit(30_000), async () => {
      const now = await facts(there);
      return now.lapsed === recycled && now.returned === recycled;
    });
    expect(await facts(there)).toEqual(once);
  });
});

const ALICE = { user: 'U0SELLER0', name: 'Vendeuse 0' };
const SELLER = ALICE.user;
const REASON = { reason: 'unreachable', justification: 'Huit appels, aucune réponse.' };
const CAR = { make: 'Peugeot', model: '208', mileage: '121 000' };

/** Waits until a process has heard what time it is: it dates what it is sent. */
async function tellsTheTime(there: Ground, ledger: Ledger, url: string, at: number): Promise<void> {
  there.route([url]);
  await until('a process that tells the time', limit(20_000), async () => {
    const { id } = await sendOne(ledger, there.sites[7]);
    const [row] = await there.ask<{ at: Date }>(`SELECT received_at AS at FROM lead WHERE id = '${id}'`);
    const dated = row?.at.getTime() ?? 0;
    return dated >= at && dated < at + HOUR / 6;
  });
}

async function owned(there: Ground, ledger: Ledger, n: number): Promise<Standing> {
  const site = there.sites[n];
  const lead = await sendOne(ledger, site);
  const card = await until('a card', limit(20_000), () => offering(there, site?.channel ?? '', lead.id ?? '', 'claim.take'));
  await surely('a claim', () => claim(there, ALICE, card));
  return until('their card', limit(20_000), () => offering(there, card.channel, lead.id ?? '', 'abandon.open'));
}

interface Timer {
  readonly name: string;
  /** The id in its payload. */
  readonly about: string;
  readonly to: string | null;
  /** Milliseconds since 1970. */
  readonly due: number;
  /** When what it is about was asked for. */
  readonly asked: number | null;
}

const ABOUT = `COALESCE(j.data->>'requestId', j.data->>'appraisalId', j.data->>'estimateId', j.data->>'leadId')`;

async function timersOf(there: Ground): Promise<Timer[]> {
  return there.ask<Timer & object>(
    `SELECT j.name, ${ABOUT} AS about, j.data->>'to' AS to, extract(epoch FROM j.start_after)::float8 * 1000 AS due,
      extract(epoch FROM COALESCE(d.requested_at, a.requested_at))::float8 * 1000 AS asked
     FROM pgboss.job j LEFT JOIN decision d ON d.id::text = j.data->>'requestId' LEFT JOIN appraisal a ON a.id::text = j.data->>'appraisalId'
     WHERE j.name IN ('abandon-reminder', 'appraisal.chase', 'estimate.expire', 'lead-return') AND j.state < 'active'`,
  );
}

/** Timers that are due within the same hour, the earliest first. */
function hours(timers: readonly Timer[]): Timer[][] {
  const groups: Timer[][] = [];
  for (const timer of [...timers].sort((a, b) => a.due - b.due)) {
    const last = groups.at(-1);
    if (last?.[0] && timer.due - last[0].due < HOUR) last.push(timer);
    else groups.push([timer]);
  }
  return groups;
}

/** When each was first run to its end, by the database; null before. */
async function runs(there: Ground, timers: readonly Timer[]): Promise<(number | null)[]> {
  const rows = await there.ask<{ name: string; about: string; to: string | null; at: number }>(
    `SELECT j.name, ${ABOUT} AS about, j.data->>'to' AS to, min(extract(epoch FROM j.started_on))::float8 * 1000 AS at
     FROM pgboss.job j WHERE j.state = 'completed' GROUP BY 1, 2, 3`,
  );
  return timers.map(({ name, about, to }) => rows.find((row) => row.name === name && row.about === about && row.to === to)?.at ?? null);
}

/** What the timers did: reminders by whom they went to, returns, estimates drawn as lapsed. */
async function facts(there: Ground): Promise<Record<string, number>> {
  const rows = await there.ask<{ what: string; count: number }>(
    `SELECT COALESCE(data->>'to', data->>'what', kind) AS what, count(*)::int AS count
     FROM timeline_event WHERE kind IN ('reminded', 'returned') GROUP BY 1
     UNION ALL SELECT 'lapsed', count(*)::int FROM estimate WHERE lapsed_at IS NOT NULL`,
  );
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}
