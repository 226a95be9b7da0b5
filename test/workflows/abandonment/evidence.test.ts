import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../src/leads/timeline.js';
import { evidenceOf } from '../../../src/workflows/abandonment/evidence.js';
import { askedSentence, contactsPhrase, verdictSentence } from '../../../src/workflows/abandonment/sentences.js';
import { sites } from './sites.js';

const { lyon } = sites();
const RECEIVED = new Date('2026-11-02T09:00:00Z');
const hoursLater = (hours: number) => new Date(RECEIVED.getTime() + hours * 3_600_000);
const plainly = (text: string | null) => text?.replace(/\u00a0/g, ' ').replaceAll('’', "'");

let id = 0n;
function fact(kind: string, hours: number, data: Fact['data'] = {}): Fact {
  id += 1n;
  return { id, kind, at: hoursLater(hours), actor: { id: 'alice', name: 'Alice Martin' }, behalfOfId: null, platform: 'slack', data };
}

const contact = (kind: string, hours: number) => fact('status', hours, { contact: kind });
const evidence = (facts: readonly Fact[], until: number) => evidenceOf(facts, { receivedAt: RECEIVED }, lyon, hoursLater(until));

describe('the evidence of a request', () => {
  it('of a lead nobody has worked on', () => {
    expect(evidence([{ ...fact('arrived', 0), actor: null }], 5)).toEqual({
      ...{ age: 5 * 3_600_000, returnedAt: null, toFirstContact: null, contacts: [], days: 0, lastContactAt: null, lastAct: null },
    });
  });

  it('counts contacts by kind, the commonest first, and their period in days of the calendar', () => {
    const calls = Array.from({ length: 8 }, (_, n) => contact('call', 2 + n * 24));
    const found = evidence([contact('email', 3), ...calls, contact('email', 2 + 9 * 24)], 300);
    expect(found.contacts).toEqual([
      { kind: 'call', count: 8 },
      { kind: 'email', count: 2 },
    ]);
    expect(found).toMatchObject({ days: 10, lastContactAt: hoursLater(2 + 9 * 24) });
    expect(plainly(contactsPhrase(found, 'fr'))).toBe('8 appels, 2 e-mails en 10 jours');
    expect(contactsPhrase(found, 'en')).toBe('8 calls, 2 e-mails in 10 days');
  });

  it('counts the day at the dealership, not in London', () => {
    // 22:30 and 23:30 in UTC are two days in Lyon.
    const found = evidence([contact('call', 13.5), contact('call', 14.5)], 20);
    expect(found.days).toBe(2);
  });

  it('knows the first contact, and takes nothing but contacts for one', () => {
    const found = evidence(
      [fact('claimed', 0.1), fact('status', 1, { contact: null }), fact('status', 2, { contact: 'smoke' }), contact('visit', 3)],
      5,
    );
    expect(found.toFirstContact).toBe(3 * 3_600_000);
    expect(found.contacts).toEqual([{ kind: 'visit', count: 1 }]);
    expect(contactsPhrase(found, 'en')).toBe('1 visit in 1 day');
    expect(contactsPhrase(evidence([], 5), 'fr')).toBeNull();
  });

  it('stands as it was when it was asked', () => {
    const found = evidence([contact('call', 1), contact('call', 9)], 5);
    expect(found.contacts).toEqual([{ kind: 'call', count: 1 }]);
  });

  it('names the last act, not what the program or a curious reader did', () => {
    const last = contact('call', 2);
    const after = ['contact-shown', 'refused', 'abandon-asked', 'reminded', 'posted'].map((kind) => fact(kind, 3));
    expect(evidence([fact('claimed', 1), last, ...after], 5).lastAct).toBe(last);
  });

  it('counts a second life by itself', () => {
    const found = evidence([contact('call', 1), fact('returned', 100), contact('email', 102)], 110);
    expect(found).toMatchObject({
      ...{ age: 110 * 3_600_000, returnedAt: hoursLater(100), toFirstContact: 2 * 3_600_000 },
      contacts: [{ kind: 'email', count: 1 }],
    });
    expect(evidence([contact('call', 1), fact('returned', 100)], 110).toFirstContact).toBeNull();
  });
});

describe('the sentences of a request', () => {
  const asked = (reason: string, owner: string | null, language: 'fr' | 'en') =>
    plainly(askedSentence({ requester: 'Alice Martin', reason }, owner, lyon, language));
  it('name who asks, for whom and why', () => {
    expect(asked('unreachable', null, 'fr')).toBe("Alice Martin demande l'abandon : injoignable.");
    expect(asked('unreachable', 'Bruno Petit', 'fr')).toBe("Alice Martin, pour Bruno Petit, demande l'abandon : injoignable.");
    expect(asked('no-budget', null, 'en')).toBe('Alice Martin asks to abandon: no budget.');
    expect(asked('no-more-configured', null, 'en')).toBe('Alice Martin asks to abandon: no-more-configured.');
  });

  it.each([
    ['approve', "Martine Leroy accepte l'abandon : projet reporté.", 'Martine Leroy approves the abandonment: postponed.'],
    ['sendback', 'Martine Leroy renvoie la demande : le suivi continue.', 'Martine Leroy sends the request back: the lead goes on.'],
    ['handover', 'Martine Leroy confie le lead à Bruno Petit.', 'Martine Leroy gives the lead to Bruno Petit.'],
    [
      'recycle',
      'Martine Leroy reprogramme le lead : il revient le ven. 4 déc.',
      'Martine Leroy recycles the lead: it comes back on Fri 4 Dec.',
    ],
  ] as const)('say what was decided: %s', (outcome, french, english) => {
    const verdict = {
      ...{ outcome, by: { id: 'martine', name: 'Martine Leroy' }, colleague: { id: 'bruno', name: 'Bruno Petit' } },
      recycleOn: new Date('2026-12-04T00:00:00Z'),
    };
    const say = (language: 'fr' | 'en') => plainly(verdictSentence(verdict, { reason: 'postponed' }, lyon, language));
    expect([say('fr'), say('en')]).toEqual([french, english]);
  });
});
