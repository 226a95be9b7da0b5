import { describe, expect, it } from 'vitest';
import { returnsAt } from '../../../src/leads/resting.js';
import { remindersOf } from '../../../src/workflows/abandonment/due.js';
import { deciding, sites } from './sites.js';

// Lyon opens Monday to Friday 9-12 and 14-19, Saturday 9-18; 25 December 2026 (a Friday) is closed. Paris is UTC+1 in winter.
describe('the reminders of a request', () => {
  const day = { unit: 'days', amount: 1 } as const;
  const hours = { unit: 'minutes', amount: 120 } as const;
  it.each([
    ['a weekday afternoon', day, '2026-11-24T15:10+01:00', '2026-11-25T15:10+01:00', '2026-11-26T15:10+01:00'],
    ['Saturday: over the Sunday', day, '2026-11-28T10:00+01:00', '2026-11-30T10:00+01:00', '2026-12-01T10:00+01:00'],
    ['before Christmas', day, '2026-12-24T15:00+01:00', '2026-12-26T15:00+01:00', '2026-12-28T15:00+01:00'],
    ['at night, in hours', hours, '2026-11-24T23:00+01:00', '2026-11-25T11:00+01:00', '2026-11-25T15:00+01:00'],
    ['before lunch, in hours', hours, '2026-11-24T11:00+01:00', '2026-11-24T15:00+01:00', '2026-11-24T17:00+01:00'],
    ['over the spring change', day, '2027-03-27T16:00+01:00', '2027-03-29T16:00+02:00', '2027-03-30T16:00+02:00'],
  ] as const)('%s', (_, delay, asked, managers, directors) => {
    expect(remindersOf(deciding(delay), new Date(asked))).toEqual([
      { to: 'managers', at: new Date(managers) },
      { to: 'directors', at: new Date(directors) },
    ]);
  });

  it('are none where the site does not open any more', () => {
    const { hours: week, ...site } = deciding(day);
    const never = { ...week, mon: [], tue: [], wed: [], thu: [], fri: [], sat: [] };
    expect(remindersOf({ ...site, hours: never }, new Date('2026-11-24T15:10Z'))).toEqual([]);
  });
});

describe('a resting lead', () => {
  const { lyon } = sites();
  it.each([
    ['as the site opens', '2026-11-25', '2026-11-25T09:00+01:00'],
    ['on Monday, for a Sunday', '2026-11-29', '2026-11-30T09:00+01:00'],
    ['after a holiday', '2026-12-25', '2026-12-26T09:00+01:00'],
    ['in summer time', '2027-03-29', '2027-03-29T09:00+02:00'],
  ])('comes back %s', (_, day, expected) => {
    expect(returnsAt(lyon, new Date(`${day}T00:00:00Z`))).toEqual(new Date(expected));
  });

  it('comes back in the morning, even where the site opens no more', () => {
    const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    expect(returnsAt({ ...lyon, hours: never }, new Date('2026-11-25T00:00:00Z'))).toEqual(new Date('2026-11-25T09:00+01:00'));
  });
});
