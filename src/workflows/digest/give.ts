import { z } from 'zod';
import type { Dealership } from '../../dealership/dealership.js';
import type { Person } from '../../dealership/people.js';
import { ownersOf } from '../../figures/mine.js';
import { firstTime, giveNotice, type Notice } from '../../posting/notice.js';
import type { Db } from '../../store/database.js';
import { defineJob } from '../../store/jobs.js';
import type { Desk } from '../workflow.js';
import { comparisonDays, digestDay, morningDay } from './due.js';

/** Looks at what the clock says is due, and asks for it. */
export const lookAtClock = defineJob('clock', z.object({}));

export const DIGEST = 'digest';
export const COMPARISON = 'comparison';
export const MORNING = 'morning';

/** Something due: what makes it happen once, and to whom it goes. */
interface Due {
  readonly key: string;
  readonly notices: (db: Db) => Promise<readonly Notice[]> | readonly Notice[];
}

/**
 * Asks for everything due now by the database's clock. A key decides, written with what it asks for: however many
 * processes look, and whenever they were started, each thing is asked for once.
 */
export async function giveDue(desk: Desk): Promise<void> {
  const now = await databaseTime(desk.store.db);
  const due = dueAt(desk, now);
  const given = await written(
    desk.store.db,
    due.map(({ key }) => key),
  );
  for (const { key, notices } of due.filter((one) => !given.has(one.key))) {
    await desk.store.transact(async (unit) => {
      if (await firstTime(unit, key)) await giveNotice(unit, await notices(unit.db));
    });
  }
}

/** What time it is for everybody: processes need not agree, the database does. */
export async function databaseTime(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  return row?.now ?? new Date();
}

async function written(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.occasion.findMany({ where: { key: { in: [...keys] } }, select: { key: true } });
  return new Set(rows.map(({ key }) => key));
}

function dueAt(desk: Desk, now: Date): Due[] {
  const { dealerships, directory } = desk.group;
  const due: Due[] = [];
  for (const dealership of dealerships) {
    const [evening, morning] = [digestDay(dealership, now), morningDay(dealership, now)];
    if (evening) due.push({ key: `${DIGEST}/${dealership.id}/${evening}`, notices: () => digestOf(dealership, evening) });
    if (morning) due.push({ key: `${MORNING}/${dealership.id}/${morning}`, notices: (db) => listsOf(desk, db, dealership, morning) });
  }
  const directors = directory.people.filter(({ roles }) => Object.values(roles).some((held) => held.includes('director')));
  for (const day of comparisonDays(dealerships, now))
    due.push({ key: `${COMPARISON}/${day}`, notices: () => directors.flatMap((one) => privately(desk, one, COMPARISON, day)) });
  return due;
}

/** For the managers; where they have no channel of their own, for everybody. */
function digestOf(dealership: Dealership, day: string): Notice[] {
  const { managers, leads } = dealership.channels;
  const places = managers === null ? leads : [managers];
  return places.map((place) => ({ topic: DIGEST, subject: `${dealership.id}/${day}`, place }));
}

/** One list a person and day, also for those who sell at several dealerships. */
async function listsOf(desk: Desk, db: Db, dealership: Dealership, day: string): Promise<Notice[]> {
  const { directory } = desk.group;
  const owners = await ownersOf(db, dealership);
  return owners.flatMap((id) => {
    // Somebody configuration does not list is known by their account.
    const person = directory.byId(id) ?? (id.includes(':') ? directory.byAccount(id) : null);
    return person ? privately(desk, person, MORNING, `${person.id}/${day}`) : [];
  });
}

/** To one of their accounts, the first that is listed: once means once. */
function privately(desk: Desk, { accounts }: Person, topic: string, subject: string): Notice[] {
  const place = accounts.find((account) => desk.platformOf(account) !== undefined);
  return place === undefined ? [] : [{ topic, subject, place }];
}
