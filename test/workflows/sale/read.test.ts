import { describe, expect, it } from 'vitest';
import { readSale } from '../../../src/workflows/sale/read.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';

const lyon = siteOf('lyon');
/** Already Saturday at Lyon, still Friday in London. */
const NOW = new Date('2026-11-20T23:30:00Z');
const GOOD = { vehicle: 'stock', reference: 'VO-8841', financing: 'yes', maintenance: 'no' };

function siteOf(id: string) {
  const site = accepted(read(EXAMPLE)).dealerships.find((one) => one.id === id);
  if (!site) throw new Error(`no dealership ${id}`);
  return site;
}

const reading = (values: Readonly<Record<string, string>>) => readSale({ ...GOOD, ...values }, lyon, 'en', NOW);

describe('the form sale is read', () => {
  it('with what is needed and nothing more', () => {
    const nothing = { tradeIn: null, price: null, deliveryOn: null, note: null };
    expect(reading({ trade_in: '', price: ' ', delivery_date: '', note: ' ' })).toEqual({
      kind: 'read',
      sale: { vehicle: 'stock', reference: 'VO-8841', financing: true, maintenance: false, ...nothing },
    });
  });

  it('a car on order may have a reference, and needs none', () => {
    expect(reading({ vehicle: 'order', reference: '' })).toMatchObject({ sale: { reference: null } });
    expect(reading({ vehicle: 'order', reference: ' VF7-\n12 ' })).toMatchObject({ sale: { reference: 'VF7- 12' } });
  });

  it.each([
    ['15 990 €', 15_990, 'EUR'],
    ['15.990,50', 15_990.5, 'EUR'],
    ['15,990', 15_990, 'EUR'],
    ['CHF 14900', 14_900, 'CHF'],
    ['£9,999,999.99', 9_999_999.99, 'GBP'],
    ['0,01', 0.01, 'EUR'],
  ])('a price as people write it: %s', (price, amount, currency) => {
    expect(reading({ price })).toMatchObject({ sale: { price: { amount, currency } } });
  });

  it.each([
    ['vehicle', ['', 'stolen', 'STOCK', '__proto__']],
    ['reference', ['', ' \n ', 'x'.repeat(61)]],
    ['financing', ['', 'true', 'Yes', 'toString']],
    ['maintenance', ['', '1']],
    ['trade_in', ['maybe', 'null']],
    [
      'price',
      ['0', '0.0001', '-5', '1e12', 'NaN', 'Infinity', '10000000', '9999999.999', 'ABC 100', '15 990 € ou 16 000 €', '9'.repeat(100_000)],
    ],
    ['delivery_date', ['2026-11-20', '2026-02-30', '2027-02-30', '0000-00-00', 'soon', '99999-01-01']],
    ['note', ['a'.repeat(3_001)]],
  ])('a fault of %s stands under it alone', (field, values) => {
    for (const value of values) {
      const result = reading({ [field]: value });
      expect(result.kind === 'faults' && Object.keys(result.faults), value.slice(0, 20)).toEqual([field]);
    }
  });

  it('today is not too early for a delivery', () => {
    expect(reading({ delivery_date: '2026-11-21' })).toMatchObject({ sale: { deliveryOn: '2026-11-21' } });
  });

  it('all faults at once', () => {
    const nothing = readSale({}, lyon, 'fr', NOW);
    expect(nothing.kind === 'faults' && Object.keys(nothing.faults).toSorted()).toEqual(['financing', 'maintenance', 'vehicle']);
  });
});
