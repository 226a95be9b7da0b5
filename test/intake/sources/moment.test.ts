import { describe, expect, it } from 'vitest';
import { readMoment } from '../../../src/intake/sources/moment.js';

describe('moments with an offset', () => {
  it.each([
    ['2026-11-20T18:05:00+01:00', '2026-11-20T18:05:00+01:00'],
    ['2026-11-20T18:05:00Z', '2026-11-20T18:05:00Z'],
    ['2026-11-20T18:05:00.123Z', '2026-11-20T18:05:00Z'],
    ['2026-11-20 18:05:00 +0100', '2026-11-20T18:05:00+01:00'],
    ['2026-11-20T18:05+01', '2026-11-20T18:05:00+01:00'],
    ['2026-11-20T18:05:00\u221205:00', '2026-11-20T18:05:00-05:00'],
    ['20261120T180500+0100', '2026-11-20T18:05:00+01:00'],
    ['2026-11-20 18:05:00 GMT+1', '2026-11-20T18:05:00+01:00'],
    ['2026-11-20T18:05:00 UTC', '2026-11-20T18:05:00Z'],
  ])('%s', (text, at) =>
    expect(readMoment(text, 'month-first')).toEqual({
      at,
      local: null,
      flaw: null,
    }),
  );

  it('uses the hours of a malformed offset, and says so', () => {
    const read = readMoment('2026-11-20T18:05:00-08:0', 'month-first');
    expect(read?.at).toBe('2026-11-20T18:05:00-08:00');
    expect(read?.flaw).not.toBeNull();
  });
});

describe('moments without an offset are local', () => {
  it.each([
    ['2026-11-20T18:05:00', 'month-first', '2026-11-20T18:05:00'],
    ['2026-11-20', 'month-first', '2026-11-20T00:00:00'],
    ['20261120', 'month-first', '2026-11-20T00:00:00'],
    ['11/20/26', 'month-first', '2026-11-20T00:00:00'],
    ['20/11/2026', 'month-first', '2026-11-20T00:00:00'],
    ['05/06/2026', 'month-first', '2026-05-06T00:00:00'],
    ['05/06/2026', 'day-first', '2026-06-05T00:00:00'],
    ['11/20/2026', 'day-first', '2026-11-20T00:00:00'],
    ['11/20/2026 6:05 PM', 'month-first', '2026-11-20T18:05:00'],
    ['11/20/2026 12:05:09 am', 'month-first', '2026-11-20T00:05:09'],
    ['2026/11/20 18:05', 'month-first', '2026-11-20T18:05:00'],
    ['20.11.2026 18:05', 'month-first', '2026-11-20T18:05:00'],
    ['20/11/2026 à 10h42', 'day-first', '2026-11-20T10:42:00'],
    ['20/11/2026 10 h 42', 'day-first', '2026-11-20T10:42:00'],
    ['2026-11-20T18:05:00+99:00', 'day-first', '2026-11-20T18:05:00'],
  ] as const)('%s, %s', (text, order, local) => {
    expect(readMoment(text, order)).toMatchObject({ at: null, local });
  });

  it('says what else it had to suppose', () => {
    expect(readMoment('2026-11-20T18:05:00', 'day-first')?.flaw).toBeNull();
    expect(readMoment('2026-11-20', 'day-first')?.flaw).toMatch(/midnight/);
    expect(readMoment('2026-11-20T18:05:00+99:00', 'day-first')?.flaw).toMatch(/offset/);
  });
});

describe('what is no moment', () => {
  it.each([
    '',
    'hier',
    '2026-02-30T10:00:00Z',
    '2026-13-01',
    '2026-11-20T24:00:00Z',
    '2026-11-20T10:60:00Z',
    '13/13/2026',
    '11/20/2026 13:05 PM',
    '0001-01-01T00:00:00Z',
    '1763631720',
    '2026-11-20T',
    '1'.repeat(100_000),
  ])('%#', (text) => expect(readMoment(text, 'day-first')).toBeNull());
});
