import { describe, expect, it } from 'vitest';
import type { Dealership } from '../../../src/dealership/dealership.js';
import { comparisonDays, digestDay, goesOn, morningDay } from '../../../src/workflows/digest/due.js';
import { configFor } from '../../support/running.js';

const [lyon, annecy] = configFor('http://127.0.0.1:9/api/', { digests: true }).dealerships as [Dealership, Dealership];
const at = (text: string) => new Date(text);
const day = (dealership: Dealership, text: string) => digestDay(dealership, at(text));

describe('the digest of a day', () => {
  it('is due from its hour until the day is over', () => {
    expect(day(lyon, '2026-11-20T17:29:59+00:00')).toBeNull();
    expect(day(lyon, '2026-11-20T18:30:00+01:00')).toBe('2026-11-20');
    expect(day(lyon, '2026-11-20T23:59:59+01:00')).toBe('2026-11-20');
    expect(day(lyon, '2026-11-21T00:00:00+01:00')).toBeNull();
  });

  it('is not due on days without opening, nor on closed days', () => {
    expect(day(lyon, '2026-11-22T19:00:00+01:00')).toBeNull();
    expect(day(annecy, '2026-11-21T19:00:00+01:00')).toBeNull();
    expect(day(lyon, '2026-12-25T19:00:00+01:00')).toBeNull();
    expect(day({ ...lyon, hours: { ...lyon.hours, fri: [] } }, '2026-11-20T19:00:00+01:00')).toBeNull();
  });

  it('is due once where the clocks skip its hour, or show it twice', () => {
    const early = { ...lyon, hours: { ...lyon.hours, sun: [{ from: 540, to: 720 }] }, digestAt: { hour: 2, minute: 30 } };
    // In spring two o'clock is three o'clock: half past two is the moment after the gap.
    expect(day(early, '2026-03-29T00:59:59Z')).toBeNull();
    expect(day(early, '2026-03-29T01:00:00Z')).toBe('2026-03-29');
    // In autumn the first of two.
    expect(day(early, '2026-10-25T00:29:59Z')).toBeNull();
    expect(day(early, '2026-10-25T00:30:00Z')).toBe('2026-10-25');
    expect(day(early, '2026-10-25T01:30:00Z')).toBe('2026-10-25');
  });
});

describe('a morning list', () => {
  it('is due from the first opening until the last closing', () => {
    const morning = (text: string) => morningDay(lyon, at(text));
    expect(morning('2026-11-20T08:59:59+01:00')).toBeNull();
    expect(morning('2026-11-20T09:00:00+01:00')).toBe('2026-11-20');
    expect(morning('2026-11-20T13:00:00+01:00')).toBe('2026-11-20');
    expect(morning('2026-11-20T19:00:00+01:00')).toBeNull();
    expect(morning('2026-11-22T10:00:00+01:00')).toBeNull();
    expect(morning('2026-12-25T10:00:00+01:00')).toBeNull();
  });
});

describe('the comparison of a day', () => {
  const late = { ...annecy, digestAt: { hour: 20, minute: 0 } };

  it('is due once the last of those that open has had its digest', () => {
    expect(comparisonDays([lyon, late], at('2026-11-20T19:59:59+01:00'))).toEqual([]);
    expect(comparisonDays([lyon, late], at('2026-11-20T20:00:00+01:00'))).toEqual(['2026-11-20']);
    // On Saturdays Lyon opens alone.
    expect(comparisonDays([lyon, late], at('2026-11-21T18:30:00+01:00'))).toEqual(['2026-11-21']);
    expect(comparisonDays([lyon, late], at('2026-11-22T21:00:00+01:00'))).toEqual([]);
  });

  it('needs two to compare', () => {
    expect(comparisonDays([lyon], at('2026-11-20T21:00:00+01:00'))).toEqual([]);
  });

  it('holds no day up for another one, however far apart the sites are', () => {
    const far = { ...lyon, id: 'noumea', timeZone: 'Pacific/Noumea', digestAt: { hour: 9, minute: 0 } };
    const near = { ...lyon, digestAt: { hour: 0, minute: 0 } };
    // Friday evening in Lyon, Saturday morning in Nouméa.
    expect(comparisonDays([near, far], at('2026-11-20T23:30:00+01:00'))).toEqual(['2026-11-20']);
    expect(goesOn([near, far], '2026-11-21', at('2026-11-20T23:30:00+01:00'))).toBe(true);
    expect(goesOn([near], '2026-11-21', at('2026-11-20T23:30:00+01:00'))).toBe(false);
  });
});
