import { describe, expect, it } from 'vitest';
import { cleanLine, cleanLines, isPlaceholder } from '../../src/intake/sources/clean.js';
import { readCurrency, readFlag, readMileage, readMoney, readNumber, readYear } from '../../src/leads/amounts.js';

describe('numbers', () => {
  it.each([
    ['15990', 15990],
    ['15 990', 15990],
    ['15\u202f990', 15990],
    ['15\u00a0990,50', 15990.5],
    ['15.990', 15990],
    ['15,990', 15990],
    ['15990.00', 15990],
    ['17490.000', 17490],
    ['8.500,00', 8500],
    ['8,500.00', 8500],
    ['1.234.567', 1234567],
    ['1,234,567.8', 1234567.8],
    ["15'990", 15990],
    ['15’990', 15990],
    ['0', 0],
    ['8,5', 8.5],
  ])('%s is %d', (text, number) => expect(readNumber(text)).toBe(number));

  it.each(['', ' ', '.', ',5', '-500', '1.2.3', '12,34,567', '1,234,56.7', '1.234,56,7', '1e9', '12a', '99999999999', '9'.repeat(100_000)])(
    'refuses %#',
    (text) => expect(readNumber(text)).toBeNull(),
  );
});

describe('money', () => {
  it.each([
    ['15 990 €', 15990, 'EUR'],
    ['15 990,00€', 15990, 'EUR'],
    ['€8,500', 8500, 'EUR'],
    ['£8,500.00', 8500, 'GBP'],
    ['EUR 17490', 17490, 'EUR'],
    ['17490 chf', 17490, 'CHF'],
    ['17490 euros', 17490, 'EUR'],
    ['15 990 € TTC', 15990, 'EUR'],
    ['15 990 TTC', 15990, null],
    ['$17,490', 17490, null],
    ['8.500,00', 8500, null],
    ['10.555', 10555, null],
  ])('%s', (text, amount, currency) => expect(readMoney(text)).toEqual({ amount, currency }));

  it.each(['', '€', 'sur demande', 'de 8000 à 9000', '8000-9000', '-500 €', '12 €/mois'])('refuses "%s"', (text) =>
    expect(readMoney(text)).toBeNull(),
  );

  it('knows a currency code from three letters', () => {
    expect(readCurrency('eur')).toBe('EUR');
    expect(readCurrency('euro')).toBeNull();
    expect(readCurrency('TTC')).toBeNull();
  });
});

describe('mileage', () => {
  it.each([
    ['98 000 km', null, 98000, 'km'],
    ['98000', null, 98000, null],
    ['98.000', 'km', 98000, 'km'],
    ['60,000 miles', null, 96561, 'mi'],
    ['60000', 'MILES', 96561, 'mi'],
    ['60000 km', 'mi', 60000, 'km'],
    ['121000.4', 'KM', 121000, 'km'],
    ['12 kilomètres', null, 12, 'km'],
    ['60000', 'furlongs', 60000, null],
  ])('%s (%s)', (text, unit, kilometres, read) => expect(readMileage(text, unit)).toEqual({ kilometres, unit: read }));

  it.each(['', 'beaucoup', '98 000 lieues', 'km', '-5 km'])('refuses "%s"', (text) => expect(readMileage(text)).toBeNull());
});

describe('years', () => {
  it.each([
    ['2022', 2022],
    [' 2022 ', 2022],
    ['2022.0', 2022],
    ['03/2019', 2019],
    ['2019-03-01', 2019],
    ['1900', 1900],
    ['2100', 2100],
  ])('%s', (text, year) => expect(readYear(text)).toBe(year));

  it.each(['', '21', '1899', '2101', '20225', '2019/2020', 'neuve'])('refuses "%s"', (text) => expect(readYear(text)).toBeNull());
});

describe('flags', () => {
  it.each([
    [true, true],
    ['on', true],
    ['Oui', true],
    ['1', true],
    [1, true],
    ['false', false],
    ['NON', false],
    [0, false],
    ['peut-être', null],
    [2, null],
  ])('%s', (value, flag) => expect(readFlag(value)).toBe(flag));
});

describe('cleaning', () => {
  it.each([
    ['  Anna \t Roux\r\n', 'Anna Roux'],
    ['An\u0000na\u001b[0m', 'Anna[0m'],
    ['\u202eAnna\u2066', 'Anna'],
    ['Zoe\u0301', 'Zoé'],
    ['a\ud800b', 'a\ufffdb'],
    [' \u0007 ', null],
    ['', null],
  ])('one line: %j', (raw, text) => expect(cleanLine(raw, 50)).toEqual({ text, cut: false }));

  it('keeps the lines of a message', () => {
    expect(cleanLines(' a \r\n b\r\n\n\n\nc\u2028d ', 50)).toEqual({
      text: 'a\nb\n\nc\nd',
      cut: false,
    });
  });

  it('cuts at the limit, never inside a character, and says so', () => {
    expect(cleanLine('abcdef', 6)).toEqual({ text: 'abcdef', cut: false });
    expect(cleanLine('abcdefg', 6)).toEqual({ text: 'abcdef', cut: true });
    expect(cleanLine('abcde🚗', 6)).toEqual({ text: 'abcde', cut: true });
    expect(cleanLine('x'.repeat(100_000), 6)).toEqual({
      text: 'xxxxxx',
      cut: true,
    });
  });

  it('knows the ways to say nothing', () => {
    expect(['Not specified', 'N/A', 'non renseigné', '-'].every(isPlaceholder)).toBe(true);
    expect(['MX-5 NA', 'NA', '0'].some(isPlaceholder)).toBe(false);
  });
});
