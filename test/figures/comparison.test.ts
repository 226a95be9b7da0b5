import { describe, expect, it } from 'vitest';
import { ranked } from '../../src/figures/comparison.js';
import { rate } from '../../src/figures/figures.js';
import { daysPeriod, spanPeriod } from '../../src/figures/period.js';
import { siteWith } from './sites.js';

describe('a comparison', () => {
  const entry = (of: string, value: number | null, sample: number) => ({ of, value, sample });
  const ranks = (best: 'most' | 'least', ...all: ReturnType<typeof entry>[]) => ranked(all, best).map(({ of, rank }) => [of, rank]);

  it('ranks nobody below five leads, or without a value', () => {
    const all = [entry('few', 0.9, 4), entry('none', null, 50), entry('some', 0.2, 5), entry('many', 0.4, 60)];
    const order = [
      ['many', 1],
      ['some', 2],
      ['few', null],
      ['none', null],
    ];
    expect(ranks('most', ...all)).toEqual(order);
  });

  it('puts the shortest time first, and equals side by side', () => {
    const all = [entry('slow', 9, 8), entry('quick', 3, 8), entry('as quick', 3, 8)];
    expect(ranks('least', ...all)).toEqual([
      ['quick', 1],
      ['as quick', 1],
      ['slow', 3],
    ]);
  });

  it('has no rate of nothing', () => {
    expect([rate(0, 0), rate(1, 4)]).toEqual([null, 0.25]);
  });
});

describe('a period', () => {
  const paris = siteWith({});
  const now = new Date('2026-03-29T10:00Z');
  const hours = ({ from, to }: { from: Date; to: Date }) => (to.getTime() - from.getTime()) / 3_600_000;

  it('is whole local days, however long they are', () => {
    expect([daysPeriod(paris, '2026-03-29'), daysPeriod(paris, '2026-10-25'), daysPeriod(paris, '2026-06-17')].map(hours)).toEqual([
      23, 25, 24,
    ]);
    expect(daysPeriod(paris, '2026-10-24', '2026-10-26').from).toEqual(new Date('2026-10-23T22:00Z'));
  });

  it.each([
    ['today', '2026-03-28T23:00Z'],
    ['week', '2026-03-22T23:00Z'],
    ['month', '2026-02-28T23:00Z'],
  ] as const)('%s begins where people think', (span, from) => {
    expect(spanPeriod(paris, span, now)).toEqual({ from: new Date(from), to: new Date('2026-03-29T22:00Z') });
  });

  it('needs a day that exists', () => {
    expect(() => daysPeriod(paris, '2026-02-30')).toThrow(RangeError);
  });
});
