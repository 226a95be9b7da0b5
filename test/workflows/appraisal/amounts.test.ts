import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../src/language/format.js';
import { type Reading, readAmounts } from '../../../src/workflows/appraisal/amounts.js';
import { AMOUNTS, NO_AMOUNT, PHOTOS, PHOTOS_NOT_ASKED, POUNDS } from '../../fixtures/amounts.js';

const CAR = { currency: 'EUR', year: 2019, mileage: 121_000 };
const UNKNOWN = { currency: 'EUR', year: null, mileage: null };
const NOTHING: Reading = { kind: 'nothing' };

function amount(from: number, to: number | null = null): Reading {
  return { kind: 'amount', from, to };
}

function rows(table: typeof AMOUNTS) {
  return table.map(([text, from, to = null]) => ({ text, from, to }));
}

describe('amounts people write', () => {
  it.each(rows(AMOUNTS))('$text', ({ text, from, to }) => expect(readAmounts(text, CAR)).toEqual(amount(from, to)));

  it.each(rows(POUNDS))('$text', ({ text, from, to }) => {
    expect(readAmounts(text, { ...CAR, currency: 'GBP' })).toEqual(amount(from, to));
  });

  it('hold in lower case and amid blanks', () => {
    for (const { text, from, to } of rows(AMOUNTS)) {
      expect([text, readAmounts(`  ${text} \n`, CAR)]).toEqual([text, amount(from, to)]);
      expect([text, readAmounts(text.toLowerCase(), CAR)]).toEqual([text, amount(from, to)]);
    }
  });
});

describe('words that are no estimate', () => {
  it.each(NO_AMOUNT)('%j', (text) => expect(readAmounts(text, CAR)).toEqual(NOTHING));
});

describe('photos', () => {
  it.each(PHOTOS)('are asked for: %s', (text) => expect(readAmounts(text, CAR)).toEqual({ kind: 'photos' }));
  it.each(PHOTOS_NOT_ASKED)('are spoken of: %s', (text) => expect(readAmounts(text, CAR)).toEqual(NOTHING));
});

describe('what is known of the car', () => {
  it('makes its mileage no amount, exact, rounded or in miles', () => {
    expect(readAmounts('8500', { ...CAR, mileage: 8500 })).toEqual(NOTHING);
    expect(readAmounts('je propose 8500', { ...CAR, mileage: 8500 })).toEqual(amount(8500));
    expect(readAmounts('8500 €', { ...CAR, mileage: 8500 })).toEqual(amount(8500));
    expect(readAmounts('47k', { ...CAR, mileage: 47_480 })).toEqual(NOTHING);
    expect(readAmounts('47000', { ...CAR, mileage: 47_480 })).toEqual(NOTHING);
    expect(readAmounts('47000', CAR)).toEqual(amount(47_000));
    expect(readAmounts('75186', CAR)).toEqual(NOTHING);
    expect(readAmounts('100 000', UNKNOWN)).toEqual(amount(100_000));
  });

  it('makes its year no amount, even in an offer', () => {
    expect(readAmounts('I can do 2019', CAR)).toEqual(NOTHING);
    expect(readAmounts('I can do 2019', UNKNOWN)).toEqual(amount(2019));
    expect(readAmounts('I can do 2,019', CAR)).toEqual(amount(2019));
    expect(readAmounts('2019 €', CAR)).toEqual(amount(2019));
  });

  it.each([
    ['8500 CHF', 'CHF'],
    ['8500 francs', 'CHF'],
    ['$8,500', 'CAD'],
    ['8500 dollars', 'USD'],
    ['8500 PLN', 'PLN'],
    ['8500', 'JPY'],
  ])('%s is an amount where one counts in %s', (text, currency) => {
    expect(readAmounts(text, { ...CAR, currency })).toEqual(amount(8500));
  });

  it.each(['£8,500', '8500 quid', '$8500', '8500 CHF', '8 500 €', '8500e'])('%s is none where one counts in kroner', (text) => {
    expect(readAmounts(text, { ...CAR, currency: 'DKK' })).toEqual(NOTHING);
  });
});

describe('any amount', () => {
  const whole = fc.integer({ min: 100, max: 1_000_000 });
  const writers = fc.constantFrom(['fr-FR', 'EUR'], ['en-GB', 'GBP'], ['de-CH', 'CHF'], ['en-IE', 'EUR'], ['de-DE', 'EUR']);
  const decimals = fc.constantFrom(0, 2);

  it('as a computer writes it with its currency is read back', () => {
    fc.assert(
      fc.property(whole, writers, decimals, (value, [tag, currency = 'EUR'], minimumFractionDigits) => {
        const text = new Intl.NumberFormat(tag, { style: 'currency', currency, minimumFractionDigits }).format(value);
        const context = { ...CAR, currency };
        expect([text, readAmounts(text, context)]).toEqual([text, amount(value)]);
        expect(readAmounts(`Bonjour, pour la 208 de 2019 (121 000 km), ${text} si révision ok. Merci`, context)).toEqual(amount(value));
      }),
      { numRuns: 500 },
    );
  });

  it('as a computer groups its digits is read back without a currency', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1_000_000 }), writers, decimals, (value, [tag], minimumFractionDigits) => {
        const text = new Intl.NumberFormat(tag, { minimumFractionDigits }).format(value);
        expect([text, readAmounts(text, UNKNOWN)]).toEqual([text, amount(value)]);
      }),
      { numRuns: 500 },
    );
  });

  it('as we repeat it is read back', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom('fr', 'en'), (value, language) => {
        const locale = { language, timeZone: 'Europe/Paris', currency: 'EUR', country: 'FR' } as const;
        expect(readAmounts(money(value, locale), CAR)).toEqual(amount(value));
      }),
    );
  });

  it('is read between two amounts', () => {
    const forms = [
      (low: string, high: string) => `entre ${low} et ${high}`,
      (low: string, high: string) => `between ${low} and ${high}`,
      (low: string, high: string) => `${low} - ${high}`,
      (low: string, high: string) => `de ${low} à ${high}`,
    ];
    fc.assert(
      fc.property(whole, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.constantFrom(...forms), (low, share, form) => {
        const high = Math.min(1_000_000, low + Math.ceil(low * share));
        fc.pre(high > low && high <= 2 * low);
        const text = form(`${low.toLocaleString('fr-FR')} €`, `${high.toLocaleString('fr-FR')} €`);
        expect([text, readAmounts(text, CAR)]).toEqual([text, amount(low, high)]);
      }),
    );
  });
});

describe('any words', () => {
  const pieces = fc.constantFrom(
    ...[
      '8',
      '8500',
      '8 500',
      '8.500,00',
      '12k5',
      '2019',
      '121000',
      '€',
      '£',
      ' ',
      ' ',
      '-',
      '/',
      ',',
      '.',
      '?',
      '\n',
      '~',
      '>',
      '(',
      '+',
      '%',
    ],
    ...[
      'entre',
      'et',
      'à',
      'ou',
      'max',
      'je propose',
      'pas',
      'non',
      'km',
      'photos',
      'need',
      'frais',
      'de',
      'la',
      '@',
      ':',
      'AB',
      'n°',
      '\u0301',
    ],
  );
  const made = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(''));
  const context = fc.record({
    currency: fc.constantFrom('EUR', 'GBP', 'CHF', 'XXX', ''),
    year: fc.option(fc.integer({ min: 1900, max: 2100 })),
    mileage: fc.option(fc.integer({ min: 0, max: 2_000_000 })),
  });

  it('are read without failing, within the limits and the same each time', () => {
    fc.assert(
      fc.property(fc.oneof(made, fc.string(), fc.string({ unit: 'binary' })), context, (text, car) => {
        const reading = readAmounts(text, car);
        expect(readAmounts(text, car)).toEqual(reading);
        if (reading.kind !== 'amount') return;
        expect(Number.isInteger(reading.from) && reading.from >= 100 && reading.from <= 1_000_000).toBe(true);
        if (reading.to === null) return;
        expect(Number.isInteger(reading.to) && reading.to > reading.from && reading.to <= 1_000_000).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  // A pattern that goes back over what it has read would not come to an end on these.
  const HOSTILE = [
    ...['8', '8 ', '8 500 ', '1.', "1'", '8k5', '8€', '8-', '8500,', '06 ', '0', '+3 ', '1/1/', '-', '(', ' ', '\n>', '~a', '~', '@', 'a@'],
    ...[
      'a',
      'a-',
      'é',
      'e\u0301',
      'ﷺ',
      ':a',
      'km ',
      'km de ',
      'compteur : ',
      'elle a fait ',
      'entre 8 et ',
      'frais de de ',
      'la 1 ',
      'n°',
      'AB 1',
    ],
    ...['mille ', 'non ', 'pas ', 'soit ', 'photos ', 'no more photos ', 'je t’', 'mars 20', '69003 L'],
  ];

  it('of 100 kB are read to their end, and are no answer', () => {
    for (const piece of HOSTILE) expect(readAmounts(piece.repeat(100_000 / piece.length), CAR)).toEqual(NOTHING);
    expect(readAmounts(`${'a '.repeat(50_000)} 8500 €`, CAR)).toEqual(NOTHING);
  });

  it('of the longest message are read to their end, with the amount behind them', () => {
    for (const piece of HOSTILE) {
      const long = piece.repeat(Math.floor(3900 / piece.length));
      expect([piece, readAmounts(`${long}\nJe propose 8 500 €`, CAR)]).toEqual([piece, amount(8500)]);
      expect([piece, readAmounts(`${long}x.\nJe propose 8 500 €`, CAR)]).toEqual([piece, amount(8500)]);
    }
    expect(readAmounts(`${'bla bla '.repeat(480)}. Je propose 8 500 €`, CAR)).toEqual(amount(8500));
  });
});
