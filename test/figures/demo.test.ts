import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { groupOf } from '../../src/dealership/group.js';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { directory } from '../../src/dealership/people.js';
import { housesOf } from '../../src/figures/demo/house.js';
import { luck } from '../../src/figures/demo/luck.js';
import { bringPast, storiesOf } from '../../src/figures/demo/past.js';
import { readStanding } from '../../src/figures/desk.js';
import { abandonedOf, type Breakdown, wonOf } from '../../src/figures/figures.js';
import { readFigures } from '../../src/figures/measure.js';
import { daysPeriod } from '../../src/figures/period.js';
import { announceLead } from '../../src/leads/announce.js';
import { returnLead } from '../../src/leads/resting.js';
import { demoConfig } from '../../src/sandbox/demo.js';
import type { Store } from '../../src/store/store.js';
import { accepted } from '../config/read.js';
import { freshStore } from '../support/database.js';

const config = accepted(readConfig(demoConfig.env, { readFile: () => demoConfig.yaml }));
const group = groupOf(config.group.name, config.dealerships, directory(config.people, config.dealerships), config.sources);
const now = new Date('2026-11-20T15:42:00Z');

let store: Store;
let drop: () => Promise<void>;
let figures: readonly Breakdown[];
beforeAll(async () => {
  ({ store, drop } = await freshStore([announceLead, returnLead]));
  await mirrorGroup(store.db, config.dealerships, config.people);
  await bringPast(store, group, config.sources, now);
  const windows = config.dealerships.map((dealership) => ({ dealership, period: daysPeriod(dealership, '2026-08-22', '2026-11-20') }));
  figures = await readFigures(store.db, windows);
}, 180_000);
afterAll(() => drop?.());

describe('the past of the demonstration', () => {
  it('is given once, to an empty database', async () => {
    const stored = await store.db.lead.count();
    await bringPast(store, group, config.sources, now);
    expect(await store.db.lead.count()).toBe(stored);
  });

  it('is busy, and mostly over', async () => {
    for (const { total } of figures) {
      expect(total.received).toBeGreaterThan(250);
      expect(wonOf(total) / total.received).toBeGreaterThan(0.08);
      expect(wonOf(total) / total.received).toBeLessThan(0.3);
      expect(abandonedOf(total)).toBeGreaterThan(wonOf(total));
      for (const count of [total.returned, total.taken, total.appraisals, total.sentBack, total.toContact.all.never])
        expect(count).toBeGreaterThan(9);
    }
  });

  it('has people who can be told apart', () => {
    const [lyon] = figures;
    const median = (name: string) => lyon?.people.find(({ person }) => person.name === name)?.figures.toClaim.open.median ?? 0;
    expect(median('Alice Martin')).toBeLessThan(median('Julien Morel') / 2);
  });

  it('leaves something for everybody to do today', async () => {
    const standings = [];
    for (const dealership of config.dealerships) standings.push(await readStanding(store.db, dealership, now));
    for (const { waiting, late } of standings) for (const list of [waiting, late]) expect(list.total).toBeGreaterThan(0);
    expect(standings.reduce((sum, { decisions }) => sum + decisions.total, 0)).toBeGreaterThan(0);
    expect(standings.reduce((sum, { hot }) => sum + hot.total, 0)).toBeGreaterThan(0);
  });

  it('asks for the cards of what is open, and for no others', async () => {
    const open = await store.db.lead.findMany({ where: { closedAt: null }, select: { id: true } });
    expect(open.length).toBeLessThan(60);
    const asked = await store.db.$queryRaw<{ lead: string }[]>`
      SELECT DISTINCT data->>'leadId' AS lead FROM pgboss.job WHERE name = ${announceLead.name}`;
    expect(asked.map(({ lead }) => lead).sort()).toEqual(open.map(({ id }) => id).sort());
  });

  it('holds nothing that has not happened yet', async () => {
    const [row] = await store.db.$queryRaw<{ later: number }[]>`
      SELECT (SELECT count(*) FROM timeline_event WHERE at > ${now})::int + (SELECT count(*) FROM lead WHERE closed_at > ${now})::int AS later`;
    expect(row?.later).toBe(0);
  });

  it('is the same for the same seed and day', () => {
    const [house] = housesOf(group, config.sources);
    if (!house) throw new Error('no house');
    const told = () =>
      storiesOf(house, luck(7), now).map(({ lead, row, facts }) => [
        lead.name,
        lead.receivedAt,
        row,
        facts.map(({ kind, at }) => [kind, at]),
      ]);
    expect(told()).toEqual(told());
  });
});
