import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openingsBetween, workingAgo, workingMinutes } from '../../src/dealership/clock.js';
import { siteWith, WEEK } from '../figures/sites.js';

const lyon = siteWith({ hours: WEEK, closed: new Set(['2026-11-11']) });
const at = (text: string) => new Date(`${text}+01:00`);

describe('so much opening time ago', () => {
  it.each([
    ['2026-11-20T10:00', 15, '2026-11-20T09:45'],
    ['2026-11-20T14:10', 15, '2026-11-20T11:55'],
    ['2026-11-20T09:05', 15, '2026-11-19T18:50'],
    // Monday morning, after a Sunday.
    ['2026-11-23T09:00', 60, '2026-11-21T18:00'],
    ['2026-11-20T13:00', 0, '2026-11-20T13:00'],
    ['2026-11-12T09:00', 1, '2026-11-10T18:59'],
  ])('from %s, %d minutes: %s', (to, minutes, from) => {
    expect(workingAgo(lyon, at(to), minutes)).toEqual(at(from));
  });

  it('is the last moment from which they have passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 * 1440 }), fc.integer({ min: 1, max: 3_000 }), (after, minutes) => {
        const to = new Date(Date.parse('2026-01-01T00:00Z') + after * 60_000);
        const from = workingAgo(lyon, to, minutes);
        if (!from) throw new Error('never');
        expect(workingMinutes(lyon, from, to)).toBe(minutes);
        expect(workingMinutes(lyon, new Date(from.getTime() + 1), to)).toBeLessThan(minutes);
      }),
    );
  });

  it('is never where nobody opens', () => {
    expect(workingAgo(siteWith({}), at('2026-11-20T10:00'), 1)).toBeNull();
  });
});

describe('the openings between two moments', () => {
  it('are cut to them', () => {
    const found = openingsBetween(lyon, at('2026-11-20T10:00').getTime(), at('2026-11-20T18:00').getTime());
    expect(found.map(({ from, to }) => [new Date(from), new Date(to)])).toEqual([
      [at('2026-11-20T10:00'), at('2026-11-20T12:00')],
      [at('2026-11-20T14:00'), at('2026-11-20T18:00')],
    ]);
  });
});
