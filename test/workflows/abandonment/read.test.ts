import { describe, expect, it } from 'vitest';
import { readAbandon, readDecision } from '../../../src/workflows/abandonment/read.js';
import type { Outcome } from '../../../src/workflows/abandonment/records.js';
import { sites } from './sites.js';

const { lyon } = sites();
const NOW = new Date('2026-11-24T22:30:00Z');

describe('the form abandon', () => {
  const read = (values: Record<string, string>) => readAbandon(values, lyon, 'en');
  it('is read, with the justification tidied', () => {
    expect(read({ reason: 'unreachable', justification: '  Eight   calls,\r\nno answer. ' })).toEqual({
      ...{ kind: 'read', asked: { reason: 'unreachable', justification: 'Eight calls,\nno answer.' } },
    });
  });

  it.each([
    ['nothing', {}, ['reason', 'justification']],
    ['a reason never offered', { reason: 'toString', justification: 'Eight calls.' }, ['reason']],
    ['nine characters', { reason: 'invalid', justification: '   123456789   ' }, ['justification']],
    ['nine emoji, in thirty-six bytes', { reason: 'invalid', justification: '😀'.repeat(9) }, ['justification']],
    ['3,001 characters', { reason: 'invalid', justification: 'x'.repeat(3_001) }, ['justification']],
    ['100 kB', { reason: 'invalid', justification: 'x'.repeat(100_000) }, ['justification']],
    ['100 kB of blanks', { reason: 'invalid', justification: ' '.repeat(100_000) }, ['justification']],
  ])('refuses %s under its field', (_, values, fields) => {
    const reading = read(values);
    expect(reading.kind === 'faults' && Object.keys(reading.faults)).toEqual(fields);
  });

  it.each([
    ['ten characters', '1234567890'],
    ['3,000 characters', 'x'.repeat(3_000)],
  ])('takes %s', (_, justification) => {
    expect(read({ reason: 'invalid', justification }).kind).toBe('read');
  });
});

describe('the form abandon_decision', () => {
  const read = (outcome: Outcome, values: Record<string, string>) =>
    readDecision(values, outcome, { dealership: lyon, colleagues: ['bruno'], now: NOW }, 'fr');
  const none = { comment: null, colleagueId: null, recycleOn: null };

  it.each([
    ['approve', {}, none],
    ['approve', { comment: ' Oui. ' }, { ...none, comment: 'Oui.' }],
    ['sendback', { comment: 'Encore un appel.' }, { ...none, comment: 'Encore un appel.' }],
    ['handover', { colleague: 'bruno' }, { ...none, colleagueId: 'bruno' }],
    // 22:30 in UTC is 23:30 in Lyon: the 24th still.
    ['recycle', { recycle_date: '2026-11-25' }, { ...none, recycleOn: new Date('2026-11-25T00:00:00Z') }],
    ['approve', { colleague: 'bruno', recycle_date: '2026-12-25' }, none],
  ] as const)('%s is read: %j', (outcome, values, decided) => {
    expect(read(outcome, values)).toEqual({ kind: 'read', decided });
  });

  it.each([
    ['sendback', {}, ['comment']],
    ['sendback', { comment: ' \n\t ' }, ['comment']],
    ['handover', {}, ['colleague']],
    ['handover', { colleague: 'alice' }, ['colleague']],
    ['recycle', {}, ['recycle_date']],
    ['recycle', { recycle_date: '2026-11-24' }, ['recycle_date']],
    ['recycle', { recycle_date: '2026-02-30' }, ['recycle_date']],
    ['recycle', { recycle_date: '2028-11-25' }, ['recycle_date']],
    ['recycle', { recycle_date: 'NaN', comment: 'x'.repeat(3_001) }, ['comment', 'recycle_date']],
  ] as const)('%s is refused under its field: %j', (outcome, values, fields) => {
    const reading = read(outcome, values);
    expect(reading.kind === 'faults' && Object.keys(reading.faults)).toEqual(fields);
  });
});
