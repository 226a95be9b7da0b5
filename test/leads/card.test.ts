import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.js';
import { plainText } from '../../src/chat/text.js';
import { endOf, leadCard } from '../../src/leads/card.js';
import { type Lead, NEXT_ACTIONS, type Stage, TEMPERATURES } from '../../src/leads/lead.js';
import { leadWith } from '../support/lead.js';
import { configFor } from '../support/running.js';
import { plainly } from '../support/seen.js';

/** Lyon speaks French, Annecy English; both are at Paris time. */
const [lyon, annecy] = configFor('http://127.0.0.1:9/api/').dealerships;
const french = lyon ?? expect.unreachable('no site');
const english = annecy ?? expect.unreachable('no second site');

const OWNED: Partial<Lead> = {
  stage: 'claimed',
  owner: { id: 'alice', name: 'Alice Martin' },
  claimedAt: new Date('2026-11-20T09:44:10Z'),
};
const CLOSED: Partial<Lead> = { ...OWNED, closedAt: new Date('2026-11-27T16:00:00Z') };

function drawn(changes: Partial<Lead>, dealership = french): Card {
  return leadCard(leadWith(changes), dealership, 'Site web', []);
}

/** The lines below everything else: how the lead stands. */
function standing(changes: Partial<Lead>, dealership = french): string[] {
  const last = drawn(changes, dealership).elements.at(-1);
  return last?.kind === 'lines' ? last.lines.map((line) => plainly(plainText(line))) : [];
}

describe('how a lead stands, on its card', () => {
  it.each<[string, Partial<Lead>, string[], string[]]>([
    ['nobody’s', {}, ['En attente · arrivé ven. 20 nov. à 10 h 42'], ['Waiting · came in Fri 20 Nov at 10:42']],
    [
      'nobody’s again',
      { returnedAt: new Date('2026-12-24T08:00:00Z') },
      ['En attente · revenu jeu. 24 déc. à 9 h 00'],
      ['Waiting · came back Thu 24 Dec at 09:00'],
    ],
    [
      'claimed again',
      { ...OWNED, returnedAt: new Date('2026-11-20T09:40:00Z') },
      ['Pris par Alice Martin · 4 min 10 s après son retour'],
      ['Claimed by Alice Martin · 4 min 10 s after it came back'],
    ],
    ['claimed', OWNED, ["Pris par Alice Martin · 2 min 10 s après l'arrivée"], ['Claimed by Alice Martin · 2 min 10 s after arrival']],
    [
      'contacted',
      { ...OWNED, stage: 'contacted' },
      ["Pris par Alice Martin · 2 min 10 s après l'arrivée", 'Contacté'],
      ['Claimed by Alice Martin · 2 min 10 s after arrival', 'Contacted'],
    ],
    [
      'warm, though only claimed',
      { ...OWNED, temperature: 'warm' },
      ["Pris par Alice Martin · 2 min 10 s après l'arrivée", 'Tiède'],
      ['Claimed by Alice Martin · 2 min 10 s after arrival', 'Warm'],
    ],
    [
      'hot, with a test drive to come',
      { ...OWNED, stage: 'appointment', temperature: 'hot', nextAction: { kind: 'test-drive', at: new Date('2026-12-01T13:30:00Z') } },
      ["Pris par Alice Martin · 2 min 10 s après l'arrivée", 'Rendez-vous · Chaud', 'À faire : Essai · mar. 1er déc. · 14 h 30'],
      ['Claimed by Alice Martin · 2 min 10 s after arrival', 'Appointment · Hot', 'Next: Test drive · Tue 1 Dec · 14:30'],
    ],
    [
      'with something to do one day',
      { ...OWNED, stage: 'proposal', temperature: 'cold', nextAction: { kind: 'call', at: null } },
      ["Pris par Alice Martin · 2 min 10 s après l'arrivée", 'Offre · Froid', 'À faire : Appel'],
      ['Claimed by Alice Martin · 2 min 10 s after arrival', 'Proposal · Cold', 'Next: Call'],
    ],
  ])('%s', (_, changes, inFrench, inEnglish) => {
    expect(standing(changes)).toEqual(inFrench);
    expect(standing(changes, english)).toEqual(inEnglish);
  });

  it('says the day of the dealership, not that of Greenwich', () => {
    const nextAction = { kind: 'call', at: new Date('2026-11-30T23:15:00Z') } as const;
    expect(standing({ ...OWNED, nextAction }).at(-1)).toBe('À faire : Appel · mar. 1er déc. · 0 h 15');
  });

  it('has a word of its own for every temperature and every next action', () => {
    for (const dealership of [french, english]) {
      const temperatures = TEMPERATURES.map((temperature) => standing({ ...OWNED, temperature }, dealership)[1]);
      const actions = NEXT_ACTIONS.map((kind) => standing({ ...OWNED, nextAction: { kind, at: null } }, dealership)[1]);
      expect(new Set(temperatures).size).toBe(TEMPERATURES.length);
      expect(new Set(actions).size).toBe(NEXT_ACTIONS.length);
      for (const words of [...temperatures, ...actions]) expect(words).toMatch(/\p{L}{3,}/u);
    }
  });
});

describe('how a lead ended, on its card', () => {
  const stock = { vehicle: 'stock', reference: 'VO-8841', financing: true } as const;
  const order = { vehicle: 'order', reference: null, financing: false } as const;

  it.each<[string, Partial<Lead>, string, string]>([
    [
      'sold from stock, financed',
      { stage: 'won', sale: stock },
      'Vendu par Alice Martin · du stock · financement',
      'Sold by Alice Martin · from stock · financed',
    ],
    ['sold on order', { stage: 'won', sale: order }, 'Vendu par Alice Martin · sur commande', 'Sold by Alice Martin · on order'],
    ['sold, by a sale nobody described', { stage: 'won' }, 'Vendu', 'Sold'],
    ['abandoned', { stage: 'abandoned', abandonReason: 'unreachable' }, 'Abandonné : Injoignable', 'Abandoned: Unreachable'],
    [
      'abandoned, for a reason no longer listed',
      { stage: 'abandoned', abandonReason: 'moved-away' },
      'Abandonné : moved-away',
      'Abandoned: moved-away',
    ],
    ['abandoned, without a reason', { stage: 'abandoned' }, 'Abandonné', 'Abandoned'],
    [
      'resting',
      { stage: 'abandoned', restingUntil: new Date('2027-01-01T00:00:00Z') },
      'Revient le ven. 1er janv.',
      'Comes back on Fri 1 Jan',
    ],
    [
      'resting, and abandoned before',
      { stage: 'abandoned', abandonReason: 'postponed', restingUntil: new Date('2027-03-15T00:00:00Z') },
      'Revient le lun. 15 mars',
      'Comes back on Mon 15 Mar',
    ],
    ['a duplicate', { stage: 'duplicate' }, 'Doublon', 'Duplicate'],
  ])('%s', (_, changes, inFrench, inEnglish) => {
    const lead = { ...CLOSED, ...changes };
    expect(standing(lead)).toEqual([inFrench]);
    expect(standing(lead, englishWithReasons)).toEqual([inEnglish]);
    expect(plainly(endOf(leadWith(lead), french))).toBe(inFrench);
  });

  it('stays the day that is stored, wherever the dealership is', () => {
    const resting = leadWith({ ...CLOSED, stage: 'abandoned', restingUntil: new Date('2027-01-01T00:00:00Z') });
    for (const timeZone of ['Pacific/Auckland', 'America/Los_Angeles'])
      expect(plainly(endOf(resting, { ...french, timeZone }))).toBe('Revient le ven. 1er janv.');
  });

  it.each<Stage>(['won', 'abandoned', 'duplicate'])(
    'no longer says what is to do, what is missing or how eager the customer was: %s',
    (stage) => {
      const next = { temperature: 'hot', nextAction: { kind: 'call', at: null }, name: null, email: null, phone: null } as const;
      const card = drawn({ ...CLOSED, ...next, stage, tier: 'partial' });
      const text = plainly(JSON.stringify(card.elements));
      expect(text).not.toMatch(/Chaud|À faire|Il manque|En attente/);
      expect(card.elements.filter((element) => element.kind === 'lines')).toHaveLength(2);
    },
  );

  /** Annecy lists no reasons of its own. */
  const englishWithReasons = { ...french, language: 'en' as const };
});

describe('a card of any stage', () => {
  const stages: readonly Partial<Lead>[] = [
    {},
    { ...OWNED, stage: 'contacted', temperature: 'hot', nextAction: { kind: 'email', at: null } },
    { ...CLOSED, stage: 'won', sale: { vehicle: 'stock', reference: '06 39 98 00 12', financing: false } },
    { ...CLOSED, stage: 'abandoned', abandonReason: 'unreachable' },
  ];

  it.each(stages)('never shows how to reach the customer: %#', (changes) => {
    expect(plainly(JSON.stringify(drawn(changes)))).not.toMatch(/39 ?98|moreau@|brigitte@/i);
  });

  it.each(stages)('ends its notification with how the lead stands: %#', (changes) => {
    expect(plainly(drawn(changes).summary).endsWith(standing(changes)[0] ?? 'nothing')).toBe(true);
  });

  it.each(stages)('is the same twice, and shows the buttons it is given: %#', (changes) => {
    const buttons = [{ action: 'claim.take', label: 'Je prends', subject: '42' }];
    const draw = () => leadCard(leadWith(changes), french, 'Site web', buttons);
    expect(draw()).toEqual(draw());
    expect(draw().buttons).toEqual(buttons);
  });
});
