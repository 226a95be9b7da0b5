import { describe, expect, it } from 'vitest';
import { clock, day, duration, enumeration, km, moment, money, phone } from '../../src/language/format.js';
import type { Locale } from '../../src/language/locale.js';

const fr: Locale = { language: 'fr', timeZone: 'Europe/Paris', currency: 'EUR', country: 'FR' };
const en: Locale = { ...fr, language: 'en' };

/** Shows the spaces that must not break as `_`. */
function seen(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, '_');
}

describe('money', () => {
  it.each([
    [15990, undefined, '15_990_€', '€15,990'],
    [8500, undefined, '8_500_€', '€8,500'],
    [0, undefined, '0_€', '€0'],
    [1249.5, undefined, '1_249,50_€', '€1,249.50'],
    [15989.999, undefined, '15_990_€', '€15,990'],
    [42500, 'CHF', '42_500_CHF', 'CHF_42,500'],
    [42500, 'USD', '42_500_$US', 'US$42,500'],
  ])('%d %s', (amount, currency, french, english) => {
    expect(seen(money(amount, fr, currency))).toBe(french);
    expect(seen(money(amount, en, currency))).toBe(english);
  });

  it('writes the currency of the site shortly', () => {
    expect(money(15990, { ...en, currency: 'USD' })).toBe('$15,990');
    expect(money(15990, { ...en, currency: 'GBP' })).toBe('£15,990');
  });
});

describe('distance', () => {
  it.each([
    [98000, '98_000_km', '98,000 km'],
    [121000.4, '121_000_km', '121,000 km'],
    [0, '0_km', '0 km'],
  ])('%d', (distance, french, english) => {
    expect(seen(km(distance, fr))).toBe(french);
    expect(km(distance, en)).toBe(english);
  });
});

describe('duration', () => {
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const daytime = 24 * hour;

  it.each([
    [0, '0_s', '0 s'],
    [3, '0,1_s', '0.1 s'],
    [400, '0,4_s', '0.4 s'],
    [9_990, '9,9_s', '9.9 s'],
    [10 * second, '10_s', '10 s'],
    [59_999, '59_s', '59 s'],
    [minute, '1_min', '1 min'],
    [2 * minute + 10 * second, '2_min_10_s', '2 min 10 s'],
    [12 * minute, '12_min', '12 min'],
    [hour - 1, '59_min_59_s', '59 min 59 s'],
    [hour, '1_h', '1 h'],
    [hour + 5 * minute + 59 * second, '1_h_05_min', '1 h 05 min'],
    [daytime - 1, '23_h_59_min', '23 h 59 min'],
    [daytime, '1_j', '1 d'],
    [3 * daytime + 4 * hour + 50 * minute, '3_j_4_h', '3 d 4 h'],
    [-5 * second, '0_s', '0 s'],
    [Number.NaN, '0_s', '0 s'],
  ])('%d ms', (milliseconds, french, english) => {
    expect(seen(duration(milliseconds, fr))).toBe(french);
    expect(duration(milliseconds, en)).toBe(english);
  });
});

describe('dates at the dealership', () => {
  it.each([
    ['2026-11-20T09:42:00Z', '10_h_42', '10:42', 'ven._20_nov.', 'Fri 20 Nov'],
    ['2026-11-20T23:05:00Z', '0_h_05', '00:05', 'sam._21_nov.', 'Sat 21 Nov'],
    ['2026-07-01T06:00:00Z', '8_h_00', '08:00', 'mer._1er_juil.', 'Wed 1 Jul'],
    ['2026-10-25T00:30:00Z', '2_h_30', '02:30', 'dim._25_oct.', 'Sun 25 Oct'],
    ['2026-10-25T01:30:00Z', '2_h_30', '02:30', 'dim._25_oct.', 'Sun 25 Oct'],
  ])('%s', (at, frenchClock, englishClock, frenchDay, englishDay) => {
    expect(seen(clock(new Date(at), fr))).toBe(frenchClock);
    expect(clock(new Date(at), en)).toBe(englishClock);
    expect(seen(day(new Date(at), fr))).toBe(frenchDay);
    expect(day(new Date(at), en)).toBe(englishDay);
  });

  it('are read in its own zone', () => {
    expect(clock(new Date('2026-11-20T09:42:00Z'), { ...en, timeZone: 'America/Montreal' })).toBe('04:42');
  });

  it('say the day only when it is another one', () => {
    const now = new Date('2026-11-20T17:30:00Z');
    expect(seen(moment(new Date('2026-11-20T09:42:00Z'), now, fr))).toBe('10_h_42');
    expect(seen(moment(new Date('2026-11-20T23:05:00Z'), now, fr))).toBe('sam._21_nov. à 0_h_05');
    expect(moment(new Date('2025-11-20T09:42:00Z'), now, en)).toBe('Thu 20 Nov at 10:42');
  });
});

describe('phone', () => {
  it.each([
    ['+33639981234', 'FR', '06 39 98 12 34'],
    ['+33639981234', 'GB', '+33 6 39 98 12 34'],
    ['+447700900123', 'GB', '07700 900123'],
    ['+447700900123', 'FR', '+44 7700 900123'],
    ['+12125550123', 'US', '(212) 555-0123'],
    ['+12125550123', 'CA', '(212) 555-0123'],
    ['+33639981234', 'nowhere', '+33 6 39 98 12 34'],
    ['no number', 'FR', 'no number'],
  ])('%s in %s', (number, country, written) => {
    expect(phone(number, { ...fr, country })).toBe(written);
  });
});

describe('an enumeration', () => {
  it.each([
    [[], '', ''],
    [['Lyon'], 'Lyon', 'Lyon'],
    [['Lyon', 'Annecy'], 'Lyon et Annecy', 'Lyon and Annecy'],
    [['Alice', 'Bruno', 'Chloé'], 'Alice, Bruno et Chloé', 'Alice, Bruno and Chloé'],
  ])('%j', (words, french, english) => {
    expect(enumeration(words, 'fr')).toBe(french);
    expect(enumeration(words, 'en')).toBe(english);
  });
});
