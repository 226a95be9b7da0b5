import type { Dealership } from '../../../src/dealership/dealership.js';
import { directory } from '../../../src/dealership/people.js';
import type { Digest } from '../../../src/figures/digest.js';
import type { Clock, Figures } from '../../../src/figures/figures.js';
import type { Lead } from '../../../src/leads/lead.js';
import type { View } from '../../../src/workflows/digest/view.js';
import { leadWith } from '../../support/lead.js';
import { configFor } from '../../support/running.js';

const config = configFor('http://127.0.0.1:9/api/', { digests: true });
export const [lyon, annecy] = config.dealerships as [Dealership, Dealership];
export const people = directory(config.people, config.dealerships);

export const at = (time: string) => new Date(`2026-11-20T${time}:00+01:00`);
const MINUTE = 60_000;

const clock = (done: number, median: number | null): Clock => ({
  ...{ done, never: 0, running: 1, median, p90: median === null ? null : median * 3 },
  under: { 5: done === 0 ? null : 0.25, 15: done === 0 ? null : 0.5, 60: done === 0 ? null : 0.75 },
});
const clocks = (done: number, median: number | null) => ({ all: clock(done, median), open: clock(done, median), outside: clock(0, null) });

export function figures(changes: Partial<Figures> = {}): Figures {
  const none = { received: 0, returned: 0, claimed: 0, taken: 0, given: 0, contacted: 0, witnessed: 0, appointments: 0, appraisals: 0 };
  const ends = { won: { stock: 0, order: 0 }, financed: 0, maintained: 0, tradeIns: 0, abandoned: {}, recycled: 0, sentBack: 0 };
  const state = { open: 0, waiting: 0, hot: 0, toClaim: clocks(0, null), toContact: clocks(0, null), toClose: clocks(0, null) };
  return { ...none, ...ends, ...state, ...changes };
}

const OWNERS = { alice: { id: 'alice', name: 'Alice Martin' }, bruno: { id: 'bruno', name: 'Bruno Petit' } };

function car(id: string, make: string, changes: Partial<Lead> = {}): Lead {
  const nothing = { type: 'buy', version: null, price: 15_990, currency: null, stockNumber: null, vin: null, plate: null, mileage: null };
  const interest = { ...nothing, condition: 'used' as const, make, model: '208', year: 2022, url: null, photoUrl: null, comments: null };
  return leadWith({ id, interest, ...changes });
}

const listed = <T>(...lines: T[]) => ({ total: lines.length, lines });
const next = (kind: 'call' | 'appointment', time: Date) => ({ nextAction: { kind, at: time } });

/** A busy Friday in Lyon. */
export function friday(changes: Partial<Digest> = {}): Digest {
  const overdue = car('late', 'Peugeot', { owner: OWNERS.bruno, stage: 'contacted', ...next('call', new Date('2026-11-19T14:00:00Z')) });
  const unclaimed = car('unclaimed', 'Renault');
  const fresh = car('fresh', 'Dacia');
  const hot = car('hot', 'Citroën', { owner: OWNERS.alice, stage: 'proposal', temperature: 'hot' });
  const asked = car('asked', 'Fiat', { owner: OWNERS.alice, stage: 'contacted' });
  const meeting = car('meeting', 'Opel', {
    owner: OWNERS.alice,
    stage: 'appointment',
    ...next('appointment', new Date('2026-11-21T09:30:00Z')),
  });
  const sale = { vehicle: 'stock' as const, reference: 'VO-1', financing: true };
  const sold = car('sold', 'Toyota', { owner: OWNERS.alice, stage: 'won', sale });
  const total = figures({
    ...{
      received: 12,
      claimed: 11,
      contacted: 8,
      witnessed: 6,
      appointments: 3,
      won: { stock: 1, order: 1 },
      abandoned: { unreachable: 1 },
    },
    ...{ open: 31, waiting: 2, hot: 1, toClaim: clocks(11, 6 * MINUTE), toContact: clocks(8, 24 * MINUTE) },
  });
  const alice = figures({
    received: 6,
    contacted: 5,
    witnessed: 4,
    won: { stock: 1, order: 0 },
    open: 17,
    hot: 1,
    toContact: clocks(5, 12 * MINUTE),
  });
  const bruno = figures({ received: 5, contacted: 3, witnessed: 2, open: 14, toContact: clocks(3, 40 * MINUTE) });
  const day = (date: string, received: number) => ({
    day: date,
    received,
    claimed: received - 1,
    contacted: 6,
    appointments: 2,
    won: 1,
    abandoned: 1,
  });
  return {
    dealershipId: 'lyon',
    day: '2026-11-20',
    period: { from: at('00:00'), to: new Date('2026-11-21T00:00:00+01:00') },
    figures: {
      total,
      people: [
        { person: OWNERS.alice, figures: alice },
        { person: OWNERS.bruno, figures: bruno },
      ],
      sources: [
        { sourceId: 'website', figures: figures({ received: 7 }) },
        { sourceId: 'portal', figures: figures({ received: 4 }) },
        { sourceId: 'by-hand', figures: figures({ received: 1 }) },
      ],
    },
    standing: {
      dealershipId: 'lyon',
      at: at('18:30'),
      waiting: listed({ lead: unclaimed, at: at('09:12') }, { lead: fresh, at: at('18:25') }),
      onTime: listed({ lead: fresh, at: at('18:25') }),
      late: listed(
        { lead: overdue, at: new Date('2026-11-19T14:00:00Z'), why: 'overdue' as const },
        { lead: unclaimed, at: at('09:12'), why: 'unclaimed' as const },
      ),
      hot: listed({ lead: hot, at: at('10:00') }),
      decisions: listed({
        lead: asked,
        at: at('11:00'),
        decisionId: 'd',
        requesterId: 'alice',
        requester: 'Alice Martin',
        reason: 'unreachable',
      }),
      appraisals: listed({ lead: meeting, at: at('15:10'), appraisalId: 'a', requesterId: 'alice', requester: 'Alice Martin', late: true }),
      appointments: listed({ lead: meeting, at: new Date('2026-11-21T09:30:00Z') }),
    },
    ends: listed({ lead: sold, at: at('17:00'), how: 'won' as const }),
    today: { day: '2026-11-20', received: 12, claimed: 11, contacted: 8, appointments: 3, won: 2, abandoned: 1 },
    before: [day('2026-11-13', 8), day('2026-11-06', 11), day('2026-10-30', 9), day('2026-10-23', 8)],
    quiet: false,
    ...changes,
  };
}

/** Leads lead to an address of their own; people are mentioned once. */
export function view(language: 'fr' | 'en', name: (lead: Lead) => string = (lead) => `${lead.interest?.make} de Brigitte M.`): View {
  const called = new Set<string>();
  return {
    language,
    lead: (lead) => ({ link: `https://chat.example.org/${lead.id}`, label: name(lead) }),
    called: (id) => called.has(id),
    call({ id, name: shown }) {
      const first = !called.has(id);
      called.add(id);
      return first ? { person: `slack:${id}`, name: shown } : shown;
    },
  };
}
