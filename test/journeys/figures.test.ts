import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDay } from '../../src/dealership/clock.js';
import { tell } from '../../src/figures/demo/story.js';
import type { Figures } from '../../src/figures/figures.js';
import { readFigures } from '../../src/figures/measure.js';
import { daysPeriod, dayAfter as nextDay } from '../../src/figures/period.js';
import { abandoning } from '../support/abandoning.js';
import { dayAfter } from '../support/days.js';
import { leadWith } from '../support/lead.js';
import { owned } from '../support/owned.js';
import { type Running, run } from '../support/running.js';
import { LYON, stored } from '../support/seen.js';

let house: Running;
beforeAll(async () => {
  house = await run();
});
afterAll(() => house?.stop());

const { asked, formOf } = abandoning(() => house);
const contacted = { stage: 'appointment', temperature: 'hot', contact: 'call', next_kind: 'call', next_date: dayAfter(2) };

/** Yesterday to tomorrow: a day may end while the test runs. */
async function figures() {
  const { config } = await import('../support/running.js').then(({ configFor }) => ({ config: configFor('http://127.0.0.1/api/') }));
  const [lyon] = config.dealerships;
  if (!lyon) throw new Error('no dealership');
  const today = localDay(lyon, new Date());
  const [read] = await readFigures(house.app.store.db, [
    { dealership: lyon, period: daysPeriod(lyon, nextDay(today, -1), nextDay(today)) },
  ]);
  if (!read) throw new Error('no figures');
  const of = (id: string): Partial<Figures> => read.people.find(({ person }) => person.id === id)?.figures ?? {};
  return { total: read.total, alice: of('alice'), bruno: of('bruno') };
}

it('count what people really do', async () => {
  const sold = await owned(house, 'U0ALICE', LYON);
  expect(await sold.fill('U0ALICE', 'status.open', contacted)).toEqual({ ok: true });
  // On her behalf: the sale is hers.
  expect(await sold.fill('U0MARTINE', 'sale.open', { vehicle: 'order', financing: 'yes', maintenance: 'no' })).toEqual({ ok: true });
  const given = await owned(house, 'U0ALICE', LYON);
  expect(await given.fill('U0ALICE', 'handover.open', { colleague: 'bruno' })).toEqual({ ok: true });
  const request = await asked(given, 'U0BRUNO', 'unreachable');
  const { person } = await formOf('U0MARTINE', { channel: request.channel, ts: request.ts }, 'abandon.approve');
  expect(await person.submit({})).toEqual({ ok: true });

  const { total, alice, bruno } = await figures();
  expect(total).toMatchObject({
    received: 2,
    claimed: 2,
    contacted: 1,
    appointments: 1,
    won: { stock: 0, order: 1 },
    financed: 1,
    open: 0,
  });
  expect(total).toMatchObject({ abandoned: { unreachable: 1 }, taken: 1, given: 1, toContact: { all: { done: 1, never: 1, running: 0 } } });
  expect(alice).toMatchObject({ received: 2, claimed: 2, given: 1, won: { order: 1 }, contacted: 1, abandoned: {} });
  expect(bruno).toMatchObject({
    received: 1,
    claimed: 0,
    taken: 1,
    abandoned: { unreachable: 1 },
    toContact: { all: { done: 0, never: 1 } },
  });
});

it('are told in the demonstration as the workflows write them', async () => {
  const real = await owned(house, 'U0ALICE', LYON);
  expect(await real.fill('U0ALICE', 'status.open', contacted)).toEqual({ ok: true });
  expect(await real.fill('U0MARTINE', 'handover.open', { colleague: 'bruno' })).toEqual({ ok: true });
  const request = await asked(real, 'U0BRUNO', 'unreachable');
  const { person } = await formOf('U0MARTINE', { channel: request.channel, ts: request.ts }, 'abandon.recycle');
  expect(await person.submit({ recycle_date: dayAfter(20) })).toEqual({ ok: true });

  const { owner: _, ...lead } = leadWith();
  const at = new Date('2026-11-20T10:00Z');
  const told = tell({ ...lead, rawIntakeId: null, requestedAt: null, externalKey: 'told' });
  told.claim(at, 'alice');
  told.update(at, 'alice', { stage: 'appointment', temperature: 'hot', contact: 'call', next: { kind: 'call', at } });
  told.handOver(at, 'martine', 'bruno');
  told.askAbandonment(at, 'bruno', 'unreachable', 'Huit appels.');
  told.decide(at, 'martine', { outcome: 'recycle', until: '2026-12-10' });

  const facts = await house.app.store.db.timelineEvent.findMany({
    where: { leadId: real.id, kind: { not: 'posted' } },
    orderBy: { id: 'asc' },
  });
  const shape = (data: unknown) =>
    Object.entries(data ?? {})
      .map(([key, value]) => `${key}: ${value === null ? 'null' : typeof value}`)
      .sort();
  expect(
    told.facts.map(({ kind, actorId, behalfOfId, platform, data }) => [
      kind,
      actorId ?? null,
      behalfOfId ?? null,
      platform ?? null,
      shape(data),
    ]),
  ).toEqual(facts.map(({ kind, actorId, behalfOfId, platform, data }) => [kind, actorId, behalfOfId, platform, shape(data)]));
  const row = await stored(house, real.id);
  const filled = (one: object) =>
    Object.fromEntries(Object.entries(one).map(([key, value]) => [key, value instanceof Date ? 'a moment' : value]));
  const { restingUntil: day, revision: __, ...rest } = told.row;
  expect(filled(row)).toMatchObject({ ...filled(rest), restingUntil: day === null ? null : 'a moment' });
});
