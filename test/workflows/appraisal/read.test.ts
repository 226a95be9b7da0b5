import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDay, readRequest } from '../../../src/workflows/appraisal/read.js';
import { daysAfter, readOffer, usualValidity } from '../../../src/workflows/appraisal/read-estimate.js';
import { expiresAt, lateAt } from '../../../src/workflows/appraisal/timers.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';

const [lyon] = accepted(read(EXAMPLE)).dealerships;
if (!lyon) throw new Error('no dealership in the example');
const now = new Date('2026-11-24T10:00:00Z');

describe('a date of first registration', () => {
  it.each([
    ['2019', '2019'],
    ['03/2019', '2019-03'],
    ['3/2019', '2019-03'],
    ['15/03/2019', '2019-03-15'],
    ['15.03.2019', '2019-03-15'],
    ['2019-03-15', '2019-03-15'],
    ['2019-03', '2019-03'],
    ['30/02/2019', null],
    ['13/2019', null],
    ['1850', null],
    ['2027', null],
    ['mars 2019', null],
    ['19', null],
  ])('%j is %j', (text, expected) => {
    expect(readDay(text, '2026-11-24')).toBe(expected);
  });
});

describe('the form appraisal', () => {
  const values = { make: 'Peugeot', model: '208', mileage: '121 000 km' };

  it('reads what people write', () => {
    const reading = readRequest(
      {
        ...values,
        plate: 'ab-123-cd',
        vin: 'vf3 cc hmz6 ft 123456',
        keys: '2 clés',
        expected_price: '€9,000',
        condition: 'good',
        note: 'a\nb',
      },
      0,
      lyon,
      'fr',
      now,
    );
    expect(reading).toMatchObject({
      kind: 'read',
      request: {
        car: {
          make: 'Peugeot',
          mileage: 121_000,
          plate: 'AB-123-CD',
          vin: 'VF3CCHMZ6FT123456',
          keys: 2,
          expectedPrice: 9000,
          condition: 'good',
          fuel: null,
        },
        note: 'a\nb',
      },
    });
  });

  it('takes at most ten photos', () => {
    expect(readRequest(values, 10, lyon, 'en', now).kind).toBe('read');
    expect(readRequest(values, 11, lyon, 'en', now)).toMatchObject({
      faults: { photos: 'At most 10 photos here. Drop the others in the thread.' },
    });
  });

  it('never throws, whatever is in it', () => {
    const anything = fc.dictionary(
      fc.constantFrom('plate', 'make', 'model', 'mileage', 'first_registered', 'vin', 'keys', 'expected_price', 'condition', 'note'),
      fc.string(),
    );
    fc.assert(fc.property(anything, (entered) => ['read', 'faults'].includes(readRequest(entered, 0, lyon, 'fr', now).kind)));
  });
});

describe('the form estimate', () => {
  const amountOf = (amount: string) => {
    const reading = readOffer({ amount, valid_until: '2026-12-01' }, lyon, 'fr', now);
    return reading.kind === 'read' ? reading.offer.amount : null;
  };

  it.each([
    ['8500', 8500],
    ['8 500 €', 8500],
    ['8.500,00', 8500],
    ['€8,500.50', 8500.5],
    ['8,5k', 8500],
    ['12k5', 12_500],
    ['8.5k €', 8500],
    ['100', 100],
    ['1 000 000', 1_000_000],
    ['99', null],
    ['1 000 001', null],
    ['-8500', null],
    ['£8,500', null],
    ['8000-8500', null],
    ['1e12', null],
    ['NaN', null],
    ['120k km', null],
  ])('reads %j as %j', (text, expected) => {
    expect(amountOf(text)).toBe(expected);
  });

  it('holds until a day of the dealership that is not past: today counts, wherever the clock of the server stands', () => {
    // In Lyon it is the 25th already.
    const late = new Date('2026-11-24T23:30:00Z');
    const on = (day: string) => readOffer({ amount: '8500', valid_until: day }, lyon, 'fr', late).kind;
    expect([on('2026-11-24'), on('2026-11-25')]).toEqual(['faults', 'read']);
    expect(usualValidity(lyon, late)).toBe('2026-12-09');
    expect(daysAfter('2026-02-28', 1)).toBe('2026-03-01');
  });
});

describe('timers', () => {
  it('a request is late after so much working time', () => {
    // Tuesday 11:30 in Lyon; the site closes from 12:00 to 14:00 and answers within two hours.
    expect(lateAt(lyon, new Date('2026-11-24T10:30:00Z'))).toEqual(new Date('2026-11-24T14:30:00Z'));
    const inDays = { ...lyon, appraisal: { answerWithin: { unit: 'days' as const, amount: 1 } } };
    expect(lateAt(inDays, new Date('2026-11-24T10:30:00Z'))).toEqual(new Date('2026-11-25T10:30:00Z'));
  });

  it('an estimate holds until midnight after its last day', () => {
    expect(expiresAt(lyon, '2026-12-08')).toEqual(new Date('2026-12-08T23:00:00Z'));
    expect(expiresAt(lyon, '2026-12-31')).toEqual(new Date('2026-12-31T23:00:00Z'));
  });
});
