import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterWorking, afterWorkingDays, atLocal, isOpen, localDay, nextOpening, workingMinutes } from '../../src/dealership/clock.js';
import { type Dealership, type Span, WEEKDAYS, type Weekday } from '../../src/dealership/dealership.js';

type Week = Partial<Record<Weekday, readonly string[]>>;

const LUNCH = ['09:00-12:00', '14:00-19:00'];
const FRENCH: Week = { mon: LUNCH, tue: LUNCH, wed: LUNCH, thu: LUNCH, fri: LUNCH };
const ALWAYS: Week = Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, ['00:00-24:00']]));

function dealership(timeZone: string, week: Week, closed: readonly string[] = []): Dealership {
  return {
    id: 'lyon',
    name: 'Lumière Lyon',
    timeZone,
    language: 'fr',
    currency: 'EUR',
    country: 'FR',
    hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [], ...mapped(week) },
    closed: new Set(closed),
    contactDetails: 'owner',
    channels: { leads: [], appraisals: null, managers: null },
    digestAt: { hour: 18, minute: 30 },
    abandonment: { reasons: [], decideWithin: { unit: 'days', amount: 1 } },
    appraisal: { answerWithin: { unit: 'minutes', amount: 120 } },
  };
}

function mapped(week: Week): Partial<Record<Weekday, readonly Span[]>> {
  return Object.fromEntries(Object.entries(week).map(([weekday, spans]) => [weekday, spans.map(span)]));
}

function span(text: string): Span {
  const [from = 0, fromMinute = 0, to = 0, toMinute = 0] = text.split(/\D/).map(Number);
  return { from: from * 60 + fromMinute, to: to * 60 + toMinute };
}

/** `2026-11-17 15:10` at the dealership. */
function local(site: Dealership, text: string): Date {
  const [day = '', time = ''] = text.split(' ');
  const at = atLocal(site, day, time);
  if (!at) throw new Error(`${text} is not real`);
  return at;
}

/** What the clock on the wall shows, by another road than the code's: `2026-11-17 15:10`. */
function shown(site: Dealership, at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: site.timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
}

// Tuesday 17 November 2026, closed on Friday 25 December.
const lyon = dealership('Europe/Paris', FRENCH, ['2026-12-25']);
const never = dealership('Europe/Paris', {});

describe('open or closed', () => {
  it.each([
    ['2026-11-17 08:59', false, '2026-11-17 09:00'],
    ['2026-11-17 09:00', true, '2026-11-17 09:00'],
    ['2026-11-17 11:59', true, '2026-11-17 11:59'],
    ['2026-11-17 12:00', false, '2026-11-17 14:00'],
    ['2026-11-17 13:00', false, '2026-11-17 14:00'],
    ['2026-11-17 18:59', true, '2026-11-17 18:59'],
    ['2026-11-17 19:00', false, '2026-11-18 09:00'],
    ['2026-11-20 23:30', false, '2026-11-23 09:00'],
    ['2026-11-21 10:00', false, '2026-11-23 09:00'],
    ['2026-12-24 19:30', false, '2026-12-28 09:00'],
    ['2026-12-25 10:00', false, '2026-12-28 09:00'],
  ])('at %s: %s, next %s', (at, open, next) => {
    expect(isOpen(lyon, local(lyon, at))).toBe(open);
    expect(nextOpening(lyon, local(lyon, at))).toEqual(local(lyon, next));
  });

  it('keeps the seconds of a moment within the hours', () => {
    const at = new Date('2026-11-17T10:30:15.250Z');
    expect(nextOpening(lyon, at)).toEqual(at);
  });

  it('stays open over midnight when both days say so', () => {
    const night = dealership('Europe/Paris', { fri: ['20:00-24:00'], sat: ['00:00-02:00'] });
    expect(isOpen(night, local(night, '2026-11-20 23:59'))).toBe(true);
    expect(isOpen(night, local(night, '2026-11-21 00:00'))).toBe(true);
    expect(isOpen(night, local(night, '2026-11-21 02:00'))).toBe(false);
    expect(afterWorking(night, local(night, '2026-11-20 23:00'), 120)).toEqual(local(night, '2026-11-21 01:00'));
  });

  it('looks 400 days ahead, and no further', () => {
    const start = Date.UTC(2026, 0, 1);
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) => new Date(start + day * 86_400_000).toISOString().slice(0, 10));
    const closed = (count: number) => dealership('UTC', ALWAYS, days(count));
    expect(nextOpening(closed(400), new Date(start))).toEqual(new Date(start + 400 * 86_400_000));
    expect(nextOpening(closed(401), new Date(start))).toBeNull();
    expect(afterWorking(closed(401), new Date(start), 1)).toBeNull();
    expect(afterWorkingDays(closed(401), new Date(start - 86_400_000), 1)).toBeNull();
  });

  it('never opens without hours', () => {
    const at = local(never, '2026-11-17 10:00');
    expect(isOpen(never, at)).toBe(false);
    expect(nextOpening(never, at)).toBeNull();
    expect(afterWorking(never, at, 1)).toBeNull();
    expect(afterWorkingDays(never, at, 1)).toBeNull();
    expect(workingMinutes(never, at, local(never, '2027-11-17 10:00'))).toBe(0);
  });
});

describe('a delay in working time', () => {
  it.each([
    ['2026-11-17 09:00', 120, '2026-11-17 11:00'],
    ['2026-11-17 11:00', 60, '2026-11-17 12:00'],
    ['2026-11-17 11:00', 61, '2026-11-17 14:01'],
    ['2026-11-17 12:30', 30, '2026-11-17 14:30'],
    ['2026-11-17 18:30', 120, '2026-11-18 10:30'],
    ['2026-11-17 22:00', 1, '2026-11-18 09:01'],
    ['2026-11-20 18:00', 120, '2026-11-23 10:00'],
    ['2026-11-21 10:00', 480, '2026-11-23 19:00'],
    ['2026-12-24 18:00', 90, '2026-12-28 09:30'],
    ['2026-11-17 13:00', 0, '2026-11-17 13:00'],
    ['2026-11-17 13:00', -5, '2026-11-17 13:00'],
    ['2026-11-16 09:00', 5 * 480, '2026-11-20 19:00'],
    ['2026-11-16 09:00', 52 * 5 * 480, '2027-11-15 19:00'],
  ])('from %s, %d minutes: %s', (from, minutes, due) => {
    expect(afterWorking(lyon, local(lyon, from), minutes)).toEqual(local(lyon, due));
  });

  it('counts fractions to the millisecond', () => {
    const from = local(lyon, '2026-11-17 09:00');
    expect(afterWorking(lyon, from, 0.5)).toEqual(new Date(from.getTime() + 30_000));
    expect(workingMinutes(lyon, from, new Date(from.getTime() + 90_250))).toBe(1.5 + 0.25 / 60);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d minutes', (minutes) => {
    expect(() => afterWorking(lyon, new Date(0), minutes)).toThrow(RangeError);
  });

  it.each([
    ['2026-11-17 09:00', '2026-11-17 19:00', 480],
    ['2026-11-17 11:30', '2026-11-17 14:15', 45],
    ['2026-11-17 12:00', '2026-11-17 14:00', 0],
    ['2026-11-17 20:00', '2026-11-18 08:00', 0],
    ['2026-11-20 18:00', '2026-11-23 09:30', 90],
    ['2026-12-21 00:00', '2026-12-28 00:00', 4 * 480],
    ['2026-11-17 15:00', '2026-11-17 10:00', 0],
  ])('from %s to %s: %d minutes', (from, to, minutes) => {
    expect(workingMinutes(lyon, local(lyon, from), local(lyon, to))).toBe(minutes);
  });
});

describe('a delay in working days', () => {
  const saturdays = dealership('Europe/Paris', { ...FRENCH, wed: ['09:00-21:00'], sat: ['09:00-12:00'] });

  it.each([
    ['2026-11-17 15:10', 1, '2026-11-18 15:10'],
    ['2026-11-20 15:10', 1, '2026-11-23 15:10'],
    ['2026-11-20 15:10', 2, '2026-11-24 15:10'],
    ['2026-11-17 12:30', 1, '2026-11-18 14:00'],
    ['2026-11-17 07:00', 1, '2026-11-18 09:00'],
    ['2026-11-17 20:00', 1, '2026-11-19 09:00'],
    ['2026-11-20 20:00', 1, '2026-11-24 09:00'],
    ['2026-11-22 15:10', 1, '2026-11-24 09:00'],
    ['2026-12-24 10:00', 1, '2026-12-28 10:00'],
    ['2026-12-25 10:00', 1, '2026-12-29 09:00'],
    ['2026-11-17 15:10', 0, '2026-11-17 15:10'],
    ['2026-11-17 13:00', 0, '2026-11-17 14:00'],
    ['2026-11-21 10:00', 0, '2026-11-23 09:00'],
    ['2026-11-16 10:00', 260, '2027-11-16 10:00'],
  ])('from %s, %d: %s', (from, days, due) => {
    expect(afterWorkingDays(lyon, local(lyon, from), days)).toEqual(local(lyon, due));
  });

  it.each([
    ['2026-11-17 20:00', 1, '2026-11-18 20:00'],
    ['2026-11-20 15:10', 1, '2026-11-23 09:00'],
    ['2026-11-20 11:10', 1, '2026-11-21 11:10'],
  ])('with a long Wednesday and a short Saturday, from %s, %d: %s', (from, days, due) => {
    expect(afterWorkingDays(saturdays, local(saturdays, from), days)).toEqual(local(saturdays, due));
  });
});

describe('local days and times', () => {
  it.each([
    ['Europe/Paris', '2026-11-16T23:00:00Z', '2026-11-17'],
    ['Europe/Paris', '2026-11-16T22:59:59Z', '2026-11-16'],
    ['Europe/London', '2026-06-30T23:30:00Z', '2026-07-01'],
    ['America/New_York', '2026-01-01T04:59:00Z', '2025-12-31'],
    ['Pacific/Auckland', '2026-11-16T12:00:00Z', '2026-11-17'],
    ['Asia/Kolkata', '2026-11-16T18:30:00Z', '2026-11-17'],
    ['Asia/Kathmandu', '2026-11-16T18:14:59Z', '2026-11-16'],
  ])('in %s, %s is %s', (timeZone, at, day) => {
    expect(localDay(dealership(timeZone, FRENCH), new Date(at))).toBe(day);
  });

  it.each([
    ['Europe/Paris', '2026-11-17', '15:10', '2026-11-17T14:10:00Z'],
    ['Europe/Paris', '2026-03-29', '01:59', '2026-03-29T00:59:00Z'],
    ['Europe/Paris', '2026-03-29', '02:00', '2026-03-29T01:00:00Z'],
    ['Europe/Paris', '2026-03-29', '02:30', '2026-03-29T01:00:00Z'],
    ['Europe/Paris', '2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
    ['Europe/Paris', '2026-10-25', '01:59', '2026-10-24T23:59:00Z'],
    ['Europe/Paris', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['Europe/Paris', '2026-10-25', '03:00', '2026-10-25T02:00:00Z'],
    ['Europe/London', '2026-03-29', '01:30', '2026-03-29T01:00:00Z'],
    ['Europe/London', '2026-10-25', '01:30', '2026-10-25T00:30:00Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
    ['Pacific/Auckland', '2026-09-27', '02:15', '2026-09-26T14:00:00Z'],
    ['Pacific/Auckland', '2026-04-05', '02:15', '2026-04-04T13:15:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-03T15:30:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00Z'],
    ['Asia/Kolkata', '2026-11-17', '00:00', '2026-11-16T18:30:00Z'],
    // Samoa went over the date line: that day was never.
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T10:00:00Z'],
    ['UTC', '2028-02-29', '23:59', '2028-02-29T23:59:00Z'],
  ])('in %s, %s %s is %s', (timeZone, day, time, at) => {
    expect(atLocal(dealership(timeZone, FRENCH), day, time)).toEqual(new Date(at));
  });

  it.each([
    ['2026-02-30', '10:00'],
    ['2027-02-29', '10:00'],
    ['2026-13-01', '10:00'],
    ['2026-00-10', '10:00'],
    ['2026-11-31', '10:00'],
    ['2026-1-5', '10:00'],
    ['17/11/2026', '10:00'],
    ['', '10:00'],
    ['2026-11-17', '24:00'],
    ['2026-11-17', '10:60'],
    ['2026-11-17', '9:00'],
    ['2026-11-17', '10:00:00'],
    ['2026-11-17', ''],
    ['2026-11-17', 'demain'],
  ])('%s %s is not real', (day, time) => expect(atLocal(lyon, day, time)).toBeNull());
});

describe('the nights the clock changes', () => {
  const changes: readonly (readonly [string, string, number])[] = [
    ['Europe/Paris', '2026-03-29', 23],
    ['Europe/Paris', '2026-10-25', 25],
    ['Europe/London', '2026-03-29', 23],
    ['Europe/London', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Pacific/Auckland', '2026-09-27', 23],
    ['Pacific/Auckland', '2026-04-05', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['America/St_Johns', '2026-11-01', 25],
    ['Asia/Kolkata', '2026-03-29', 24],
  ];

  it.each(changes)('%s %s has %d hours', (timeZone, day, hours) => {
    const site = dealership(timeZone, ALWAYS);
    const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    expect(workingMinutes(site, local(site, `${day} 00:00`), local(site, `${next} 00:00`))).toBe(hours * 60);
    expect(afterWorking(site, local(site, `${day} 00:00`), hours * 60)).toEqual(local(site, `${next} 00:00`));
  });

  it('loses an opening the clock jumps over', () => {
    const site = dealership('Europe/Paris', { sun: ['02:10-02:50', '10:00-11:00'] });
    expect(workingMinutes(site, local(site, '2026-03-29 00:00'), local(site, '2026-03-30 00:00'))).toBe(60);
    expect(nextOpening(site, local(site, '2026-03-29 00:00'))).toEqual(local(site, '2026-03-29 10:00'));
  });

  it('opens once when its hours come twice', () => {
    const site = dealership('Europe/Paris', { sun: ['02:10-02:50'] });
    expect(workingMinutes(site, local(site, '2026-10-25 00:00'), local(site, '2026-10-26 00:00'))).toBe(40);
    expect(isOpen(site, new Date('2026-10-25T00:30:00Z'))).toBe(true);
    expect(isOpen(site, new Date('2026-10-25T01:30:00Z'))).toBe(false);
  });

  it('keeps the local time over a change, counted in days', () => {
    const site = dealership('Europe/Paris', ALWAYS);
    expect(afterWorkingDays(site, local(site, '2026-03-28 15:10'), 1)).toEqual(local(site, '2026-03-29 15:10'));
    expect(afterWorkingDays(site, local(site, '2026-03-28 02:30'), 1)).toEqual(local(site, '2026-03-29 03:00'));
    expect(afterWorkingDays(site, local(site, '2026-10-24 02:30'), 1)).toEqual(local(site, '2026-10-25 02:30'));
  });
});

/*
 * The naive count: look at the wall every minute. The dealership opens when its clock first reaches the hour, so a
 * clock that goes back in autumn is taken to stand still until it has caught up.
 */
const ZONES = [
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Beirut',
  'America/Havana',
  'UTC',
] as const;

/** Near these, in every zone above that has them, the clock changes. */
const CHANGES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-09-27', '2026-10-04', '2026-10-25', '2026-11-01'];
const MINUTE = 60_000;
const DAY_MINUTES = 1440;

const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: DAY_MINUTES }), { maxLength: 6 })
  .map((edges) => edges.sort((a, b) => a - b))
  .map((edges) => edges.flatMap((from, index) => (index % 2 === 0 ? [{ from, to: edges[index + 1] ?? DAY_MINUTES }] : [])))
  .map((day) => day.filter(({ from, to }) => from < to));

const instant = fc.oneof(
  fc.integer({ min: 0, max: 365 * DAY_MINUTES }).map((minute) => Date.UTC(2026, 0, 1) + minute * MINUTE),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2 * DAY_MINUTES, max: DAY_MINUTES }))
    .map(([day, minute]) => Date.parse(day) + minute * MINUTE),
);

const situation = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    week: fc.record({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans }),
    from: instant,
    closedAfter: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 3 }),
  })
  .map(({ timeZone, week, from, closedAfter }) => {
    const closed = closedAfter.map((days) => new Date(from + days * DAY_MINUTES * MINUTE).toISOString().slice(0, 10));
    return { site: { ...dealership(timeZone, {}, closed), hours: week }, from: new Date(from) };
  });

/** For each minute from `from`, whether the dealership is open then. */
function openMinutes(site: Dealership, from: Date, minutes: number): boolean[] {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: site.timeZone, dateStyle: 'short', timeStyle: 'short' });
  const open: boolean[] = [];
  let latest = '';
  // Three hours earlier: the clock may have just gone back.
  for (let minute = -180; minute < minutes; minute += 1) {
    const now = wall.format(from.getTime() + minute * MINUTE);
    if (now > latest) latest = now;
    if (minute >= 0) open.push(isWithinHours(site, latest));
  }
  return open;
}

function isWithinHours(site: Dealership, wall: string): boolean {
  const [day = '', time = ''] = wall.split(' ');
  if (site.closed.has(day)) return false;
  const weekday = WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7] ?? 'mon';
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return site.hours[weekday].some(({ from, to }) => from <= hour * 60 + minute && hour * 60 + minute < to);
}

describe('against a count minute by minute', () => {
  const length = fc.oneof(fc.integer({ min: 0, max: 10 * DAY_MINUTES }), fc.integer({ min: 0, max: DAY_MINUTES }));

  it('counts the same minutes, and the same delays', () => {
    fc.assert(
      fc.property(situation, length, fc.double({ min: 0, max: 1, noNaN: true }), ({ site, from }, minutes, share) => {
        const open = openMinutes(site, from, minutes);
        const total = open.filter(Boolean).length;
        expect(workingMinutes(site, from, new Date(from.getTime() + minutes * MINUTE))).toBe(total);
        expect(isOpen(site, from)).toBe(open[0] ?? isOpen(site, from));

        const first = open.indexOf(true);
        if (first >= 0) expect(nextOpening(site, from)).toEqual(new Date(from.getTime() + first * MINUTE));

        const asked = Math.ceil(total * share);
        if (asked === 0) return;
        const last = open.flatMap((is, minute) => (is ? [minute] : []))[asked - 1] ?? Number.NaN;
        expect(afterWorking(site, from, asked)).toEqual(new Date(from.getTime() + (last + 1) * MINUTE));
      }),
      { numRuns: 120 },
    );
  });
});

describe('for every dealership', () => {
  const milliseconds = fc.integer({ min: 0, max: 10 * DAY_MINUTES * MINUTE });

  it('a delay and the time it takes are inverse', () => {
    fc.assert(
      fc.property(situation, milliseconds, ({ site, from }, delay) => {
        const due = afterWorking(site, from, delay / MINUTE);
        if (due === null) return expect(nextOpening(site, from)).toBeNull();
        expect(workingMinutes(site, from, due)).toBeCloseTo(delay / MINUTE, 8);
        // The first such moment: a millisecond earlier, less had passed.
        if (delay > 0) expect(workingMinutes(site, from, new Date(due.getTime() - 1))).toBeLessThan(delay / MINUTE);
      }),
    );
  });

  it('the time between two moments and the delay are inverse, but for closed hours at the end', () => {
    fc.assert(
      fc.property(situation, milliseconds, ({ site, from }, length) => {
        const to = new Date(from.getTime() + length);
        const due = afterWorking(site, from, workingMinutes(site, from, to));
        expect(due?.getTime()).toBeLessThanOrEqual(to.getTime());
        if (isOpen(site, to) && isOpen(site, new Date(to.getTime() - 1))) expect(due).toEqual(to);
      }),
    );
  });

  it('what is asked later is never due earlier', () => {
    fc.assert(
      fc.property(situation, milliseconds, fc.nat({ max: 5 }), ({ site, from }, wait, days) => {
        const later = new Date(from.getTime() + wait);
        const [due, dueLater] = [afterWorkingDays(site, from, days), afterWorkingDays(site, later, days)];
        if (due === null || dueLater === null) return expect(due).toBe(dueLater);
        expect(due.getTime()).toBeLessThanOrEqual(dueLater.getTime());
        expect(isOpen(site, due)).toBe(true);
        expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
      }),
    );
  });

  it('a local day and time are read back from the instant, but for the hour the clock skips', () => {
    fc.assert(
      fc.property(situation, ({ site, from }) => {
        const [day = '', time = ''] = shown(site, from).split(' ');
        const at = atLocal(site, day, time);
        expect(localDay(site, from)).toBe(day);
        expect(at && shown(site, at)).toBe(`${day} ${time}`);
        expect(at?.getTime()).toBeLessThanOrEqual(from.getTime());
      }),
    );
  });
});
