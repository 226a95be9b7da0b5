import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../src/leads/phone.js';

describe('a phone number', () => {
  it.each([
    ['06 39 98 12 34', 'FR', '+33639981234'],
    ['06.39.98.12.34', 'FR', '+33639981234'],
    ['0033 6 39 98 12 34', 'FR', '+33639981234'],
    ['+33 (0)6 39 98 12 34', 'FR', '+33639981234'],
    ['+33639981234', 'GB', '+33639981234'],
    ['tel:+33-6-39-98-12-34', 'FR', '+33639981234'],
    ['01 99 00 10 20 poste 12', 'FR', '+33199001020'],
    ['212-555-0123 ext. 12', 'US', '+12125550123'],
    ['07700 900123', 'GB', '+447700900123'],
    ['079 900 01 23', 'CH', '+41799000123'],
    ['06 39 98 12 34 / 01 99 00 10 20', 'FR', '+33639981234'],
    ['06 39 98 12 34 ou 01 99 00 10 20', 'FR', '+33639981234'],
    ['06 39 98 12 34 - 01 99 00 10 20', 'FR', '+33639981234'],
    ['le soir au 06 39 98 12 34 svp', 'FR', '+33639981234'],
    ['٠٦ ٣٩ ٩٨ ١٢ ٣٤', 'FR', '+33639981234'],
    ['+33639981234', 'nowhere', '+33639981234'],
  ])('%s in %s', (text, country, number) => {
    expect(normalisePhone(text, country)).toBe(number);
  });

  it.each([
    ['', 'FR'],
    ['15', 'FR'],
    ['12345', 'FR'],
    ['15 990 €', 'FR'],
    ['pas de téléphone', 'FR'],
    ['+', 'FR'],
    ['tel:', 'FR'],
    ['555-0123', 'US'],
    ['06 39 98 12 34', 'nowhere'],
    ['06 39 98 12 34 56 78 90 12 34', 'FR'],
    ['6'.repeat(100_000), 'FR'],
    ['+33'.repeat(40_000), 'FR'],
  ])('is none in %.20s', (text, country) => {
    expect(normalisePhone(text, country)).toBeNull();
  });

  it('never throws, and gives E.164 or nothing', () => {
    const almost = fc.string({ unit: fc.constantFrom(...'0123456789+-/().;,=ext tel:phone-context'), maxLength: 80 });
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), fc.constantFrom('FR', 'GB', 'US', 'CH', ''), (text, country) => {
        expect(normalisePhone(text, country) ?? '+1').toMatch(/^\+[1-9]\d{0,16}$/);
      }),
      { numRuns: 2000 },
    );
  });
});
