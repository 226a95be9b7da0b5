import { describe, expect, it } from 'vitest';
import { fullDay, percent, weekday } from '../../src/language/format.js';

const locale = (language: 'fr' | 'en') => ({ language, timeZone: 'Europe/Paris', currency: 'EUR', country: 'FR' });

describe('days in full', () => {
  it.each([
    ['2026-11-20', 'vendredi 20\u00a0novembre', 'Friday 20 November'],
    ['2026-08-01', 'samedi 1er\u00a0août', 'Saturday 1 August'],
    ['2026-03-29', 'dimanche 29\u00a0mars', 'Sunday 29 March'],
  ])('%s', (date, fr, en) => {
    expect(fullDay(date, 'fr')).toBe(fr);
    expect(fullDay(date, 'en')).toBe(en);
  });

  it('and their weekday alone', () => {
    expect(weekday('2026-11-20', 'fr')).toBe('vendredi');
    expect(weekday('2026-11-20', 'en')).toBe('Friday');
  });

  it('and shares', () => {
    expect(percent(0.754, locale('fr'))).toMatch(/^75[\u00a0\u202f]%$/);
    expect(percent(0.754, locale('en'))).toBe('75%');
  });
});
