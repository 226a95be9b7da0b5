import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../src/workflows/status/read.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';

const lyon = siteOf('lyon');
/** A Friday, 15:00 at Lyon. */
const NOW = new Date('2026-11-20T14:00:00Z');
const GOOD = { stage: 'contacted', contact: 'call', next_kind: 'call', next_date: '2026-11-23', next_time: '10:30' };

function siteOf(id: string) {
  const site = accepted(read(EXAMPLE)).dealerships.find((one) => one.id === id);
  if (!site) throw new Error(`no dealership ${id}`);
  return site;
}

const reading = (values: Readonly<Record<string, string>>, contactedAt: Date | null = null, now = NOW) =>
  readStatus({ ...GOOD, ...values }, { contactedAt }, lyon, 'en', now);

const dueOf = (values: Readonly<Record<string, string>>, now = NOW) => {
  const result = reading(values, null, now);
  return result.kind === 'read' ? result.status.next.at.toISOString() : result.faults;
};

describe('the form status is read', () => {
  it('whole', () => {
    expect(reading({ temperature: 'hot', note: ' Vient\r\navec sa femme.  ' })).toEqual({
      kind: 'read',
      status: {
        stage: 'contacted',
        temperature: 'hot',
        contact: 'call',
        next: { kind: 'call', at: new Date('2026-11-23T09:30:00Z') },
        note: 'Vient\navec sa femme.',
      },
    });
  });

  it('with the fewest words, once the customer was reached', () => {
    const { temperature, contact, note } = { temperature: null, contact: null, note: null };
    expect(reading({ contact: '', note: ' \n ' }, NOW)).toMatchObject({ kind: 'read', status: { temperature, contact, note } });
  });

  it.each([
    ['a day alone is its morning', { next_date: '2026-11-23', next_time: '' }, '2026-11-23T08:00:00.000Z'],
    ['today alone, in the afternoon, is this evening', { next_date: '2026-11-20', next_time: '' }, '2026-11-20T17:00:00.000Z'],
    ['a time that comes today', { next_date: '2026-11-20', next_time: '15:00' }, '2026-11-20T14:00:00.000Z'],
    ['a time the clock skips is the moment after', { next_date: '2027-03-28', next_time: '02:30' }, '2027-03-28T01:00:00.000Z'],
    ['a time that comes twice is its first coming', { next_date: '2027-10-31', next_time: '02:30' }, '2027-10-31T00:30:00.000Z'],
  ])('%s', (_, values, due) => {
    expect(dueOf(values)).toBe(due);
  });

  it.each([
    ['before the morning is over', '2026-11-20T07:59:00Z', '2026-11-20T08:00:00.000Z'],
    ['in the evening', '2026-11-20T17:00:01Z', '2026-11-20T22:59:00.000Z'],
    ['in the last minute', '2026-11-20T22:59:30Z', '2026-11-20T08:00:00.000Z'],
  ])('today alone, %s', (_, now, due) => {
    expect(dueOf({ next_date: '2026-11-20', next_time: '' }, new Date(now))).toBe(due);
  });

  it.each([
    ['stage', ['', 'new', 'claimed', 'won', 'abandoned', 'duplicate', 'toString', '__proto__']],
    ['contact', ['', 'pigeon']],
    ['temperature', ['boiling', 'HOT']],
    ['next_kind', ['', 'sleep']],
    ['next_date', ['', '2026-11-19', '2027-02-30', '2027-13-01', '23/11/2026', '99999-01-01', 'tomorrow']],
    ['next_time', ['25:00', '10:60', 'noon', '9:00', '-1:00']],
    ['note', ['a'.repeat(3_001), `${' '.repeat(3_000)}a`, 'a'.repeat(100_000)]],
  ])('a fault of %s stands under it alone', (field, values) => {
    for (const value of values) {
      const result = reading({ [field]: value });
      expect(result.kind === 'faults' && Object.keys(result.faults), value.slice(0, 20)).toEqual([field]);
    }
  });

  it('an hour of today that is over is a fault of the time', () => {
    expect(dueOf({ next_date: '2026-11-20', next_time: '14:59' })).toEqual({ next_time: 'This is in the past. Choose a later moment.' });
  });

  it('all faults at once', () => {
    const nothing = readStatus({}, { contactedAt: null }, lyon, 'fr', NOW);
    expect(nothing.kind === 'faults' && Object.keys(nothing.faults).toSorted()).toEqual(['contact', 'next_date', 'next_kind', 'stage']);
  });
});
