import { describe, expect, it } from 'vitest';
import { ago, dayDivider, formatDate, localDay } from '../../../src/sandbox/page/dates.js';

const lyon = { locale: 'fr-FR', timeZone: 'Europe/Paris' };
const london = { locale: 'en-GB', timeZone: 'Europe/London' };
/** Friday 20 November 2026, 09:42:07 UTC. */
const friday = Date.UTC(2026, 10, 20, 9, 42, 7) / 1000;
const hour = 3600;
/** Without what differs between editions of Unicode's data: a comma, a kind of space. */
const plain = (words: string) => words.replace(',', '').replaceAll(/[\u00a0\u202f]/g, ' ');

describe("Slack's date tokens", () => {
  it.each([
    ['{date_num}', '2026-11-20', '2026-11-20'],
    ['{date}', '20 novembre 2026', '20 November 2026'],
    ['{date_short}', '20 nov. 2026', '20 Nov 2026'],
    ['{date_long}', 'vendredi 20 novembre 2026', 'Friday 20 November 2026'],
    ['{time}', '10:42', '09:42'],
    ['{time_secs}', '10:42:07', '09:42:07'],
    ['{date_short_pretty} à {time}', 'hier à 10:42', 'yesterday à 09:42'],
    ['{day_divider_pretty}', 'Hier', 'Yesterday'],
    ['{ago}', 'hier', 'yesterday'],
    ['{unheard_of}', '{unheard_of}', '{unheard_of}'],
  ])('%s', (token, french, english) => {
    const tomorrow = friday + 24 * hour;
    expect([lyon, london].map((calendar) => plain(formatDate(calendar, friday, token, tomorrow)))).toEqual([french, english]);
  });

  it.each([
    [0, "à l'instant", 'just now'],
    [-59, "à l'instant", 'just now'],
    [-180, 'il y a 3 min', '3 min ago'],
    [-2 * hour, 'il y a 2 h', '2 hr ago'],
    [-24 * hour, 'hier', 'yesterday'],
    [-72 * hour, 'il y a 3 jours', '3 days ago'],
    [600, 'dans 10 min', 'in 10 min'],
  ])('%i s from now', (delta, french, english) => {
    expect([plain(ago('fr-FR', friday + delta, friday)), plain(ago('en-GB', friday + delta, friday))]).toEqual([french, english]);
  });
});

describe('days are those of the person', () => {
  const late = Date.UTC(2026, 10, 20, 23, 30) / 1000;

  it('half past eleven in London is already tomorrow in Lyon', () => {
    expect([localDay(london, late), localDay(lyon, late)]).toEqual(['2026-11-20', '2026-11-21']);
  });

  it('divides by today, yesterday, the day, and another year', () => {
    expect(dayDivider(lyon, friday, friday + hour)).toBe('Aujourd’hui');
    expect(dayDivider(london, friday, friday + 24 * hour)).toBe('Yesterday');
    expect(dayDivider(lyon, friday, friday + 72 * hour)).toBe('Vendredi 20 novembre');
    expect(plain(dayDivider(london, friday, friday + 60 * 24 * hour))).toBe('Friday 20 November 2026');
  });
});
