import { randomUUID } from 'node:crypto';
import { atLocal } from '../../src/dealership/clock.js';
import type { Dealership } from '../../src/dealership/dealership.js';
import { dayAfter } from '../../src/figures/period.js';
import { insertLeads } from '../../src/leads/records.js';
import type { Store } from '../../src/store/store.js';
import { leadWith } from '../support/lead.js';
import type { Chance } from '../support/random.js';
import { configFor, SEED as WORKSPACE } from '../support/running.js';
import type { Programs } from './three.js';

/*
 * Two sites. In Casablanca the clocks go back on 15 February 2026 and forward on 22 March, both between two and three
 * o'clock, just when the site opens and its digest is due; Paris goes forward on 29 March and is closed on Sundays and now
 * and then. Two salespeople have something overdue every day, and there is a director.
 */
const DAILY = (span: string, days: readonly string[]) => `{ ${days.map((day) => `${day}: ["${span}"]`).join(', ')} }`;
const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const CLOSED = ['2026-02-16', '2026-03-21', '2026-03-30'];

export const yaml = `
group: Calendrier
language: fr
currency: EUR
country: FR
dealerships:
  - { id: casablanca, name: Casablanca, timezone: Africa/Casablanca, hours: ${DAILY('02:00-06:00', WEEK)}, digest: { at: "02:30" }, channels: { leads: ["slack:C0CASA"] } }
  - { id: paris, name: Paris, timezone: Europe/Paris, hours: ${DAILY('09:00-19:00', WEEK.slice(0, 6))}, closed: [${CLOSED.map((day) => `"${day}"`).join(', ')}], digest: { at: "18:30" }, channels: { leads: ["slack:C0PARIS"], managers: "slack:C0CHEFS" } }
people:
  - { id: both, name: Vendeur Partout, slack: U0CAL0, roles: { "*": [salesperson] } }
  - { id: parisian, name: Vendeur Parisien, slack: U0CAL1, roles: { paris: [salesperson] } }
  - { id: head, name: Direction, slack: U0CAL2, roles: { "*": [director] } }
sources:
  - { id: website, name: Site web, token: "env:INTAKE_WEBSITE_TOKEN", rate: none }
`;

const USERS = ['U0CAL0', 'U0CAL1', 'U0CAL2'];
const CHANNELS = ['C0CASA', 'C0PARIS', 'C0CHEFS'];

export const slackSeed = {
  ...WORKSPACE,
  users: USERS.map((id) => ({ id, name: id.toLowerCase(), realName: id, locale: 'fr-FR', tz: 'Europe/Paris' })),
  channels: CHANNELS.map((id) => ({ id, name: id.toLowerCase(), private: false, topic: '', members: USERS, botIsMember: true })),
};

const sites = configFor('http://slack.test/api/', { edit: () => yaml, digests: true }).dealerships;
const siteOf = (id: string): Dealership => {
  const site = sites.find((one) => one.id === id);
  if (!site) throw new Error(`no site ${id}`);
  return site;
};
const [CASABLANCA, PARIS] = [siteOf('casablanca'), siteOf('paris')];

/** A moment of the day about which something is due, and what: the marks of its messages. */
interface Moment {
  readonly at: Date;
  readonly due: readonly string[];
}

const at = (site: Dealership, day: string, time: string): Date => atLocal(site, day, time) ?? new Date(Number.NaN);
const opensInParis = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() !== 0 && !CLOSED.includes(day);

/** The moments of a day, in order, by hand: nothing of the program is asked what is due. */
export function momentsOf(day: string): readonly Moment[] {
  const open = opensInParis(day);
  const comparison = `comparison/${day}`;
  const night: Moment[] = [
    { at: at(CASABLANCA, day, '02:00'), due: [`morning/both/${day}`] },
    { at: at(CASABLANCA, day, '02:30'), due: [`digest/casablanca/${day}`, ...(open ? [] : [comparison])] },
    // Where the clocks went back this is half past two again.
    { at: new Date(at(CASABLANCA, day, '02:30').getTime() + 3_600_000), due: [] },
  ];
  const evening = at(PARIS, day, '18:30');
  if (!open) return together([...night, { at: evening, due: [] }]);
  return together([
    ...night,
    { at: at(PARIS, day, '09:00'), due: [`morning/parisian/${day}`] },
    { at: evening, due: [`digest/paris/${day}`, comparison] },
  ]);
}

/** Where the clocks go forward, opening and digest are due at the same instant: there is no half past two. */
function together(moments: readonly Moment[]): readonly Moment[] {
  const merged = new Map<number, Moment>();
  for (const { at, due } of moments) merged.set(at.getTime(), { at, due: [...(merged.get(at.getTime())?.due ?? []), ...due] });
  return [...merged.values()];
}

export function daysFrom(first: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => dayAfter(first, n));
}

/** Each salesperson owns a lead whose next action is long past. */
export async function overdue(store: Store, from: Date): Promise<void> {
  for (const [dealershipId, ownerId] of [
    ['casablanca', 'both'],
    ['paris', 'both'],
    ['paris', 'parisian'],
  ] as const) {
    const id = randomUUID();
    const lead = { ...leadWith({ id, dealershipId }), receivedAt: from, externalKey: id, rawIntakeId: null, requestedAt: null, ownerId };
    await insertLeads(store.db, [], [lead]);
    await store.db.lead.update({ where: { id }, data: { nextActionKind: 'call', nextActionAt: from } });
  }
}

/** Every message the clock brought so far: its mark, and when it was posted. */
export function told({ slack }: Programs): { readonly mark: string; readonly at: number }[] {
  const channels = [...CHANNELS, ...USERS.map((user) => `D${user.slice(1)}`)];
  return channels.flatMap((channel) =>
    slack.messages(channel).flatMap(({ ts, metadata }) => {
      const { event_payload: payload } = (metadata ?? {}) as { event_payload?: { mark?: string } };
      return /^(?:digest|comparison|morning)\//.test(payload?.mark ?? '') ? [{ mark: payload?.mark ?? '', at: Number(ts) * 1_000 }] : [];
    }),
  );
}

/** What happens about a moment: `absent` nobody runs, and comes back so many minutes later. */
export type Weather = { readonly kind: 'storm' } | { readonly kind: 'absent'; readonly minutes: number };

/** Minutes before and after a moment in which programs die and come back. */
export async function live(world: Programs, random: Chance, moment: Moment, weather: Weather): Promise<void> {
  for (const program of world.all) program.die();
  if (weather.kind === 'absent') {
    world.clock.jump(new Date(moment.at.getTime() + weather.minutes * 60_000));
  } else {
    world.clock.jump(new Date(moment.at.getTime() - random.int(15_000)));
    for (let step = 0; step < 6; step++) {
      for (const program of world.all) {
        if (program.alive() && random.next() < 0.35) program.dieAfter(1 + random.int(120));
        else if (!program.alive() && random.next() < 0.5) await program.boot();
      }
      await world.pass(random.pick([300, 1_000, 2_000, 10_000]));
    }
  }
  for (const program of world.all) {
    program.dieAfter(Number.POSITIVE_INFINITY);
    if (!program.alive()) await program.boot();
  }
  const here = () => told(world).map(({ mark }) => mark);
  for (let n = 0; n < 60 && !(n > 2 && moment.due.every((mark) => here().includes(mark))); n++) await world.pass(n < 10 ? 1_000 : 5_000);
}
