import { describe, expect, it } from 'vitest';
import { withoutContact } from '../../src/leads/mask.js';

const HIDDEN = '[coordonnées masquées]';

describe('what a channel never shows', () => {
  it.each([
    '06 39 98 60 61',
    '06.39.98.60.61',
    '06-39-98-60-61',
    '0639986061',
    '+33 6 39 98 60 61',
    '+33 (0)6 39 98 60 61',
    '0033639986061',
    '(06) 39 98 60 61',
    '06/39/98/60/61',
    '+44 7700 900142',
    '555-0142-88 99',
    '06 – 39 – 98 – 60 – 61',
  ])('the number %s', (number) => {
    expect(withoutContact(`Appelez-moi au ${number} merci`, 'fr')).toBe(`Appelez-moi au ${HIDDEN} merci`);
  });

  it.each(['paul.lefort@example.org', 'Paul+auto@sub.example.org', 'paul (at) example.org', 'paul@ex-ample.org'])(
    'the address %s',
    (address) => {
      expect(withoutContact(`Écrivez à ${address} svp`, 'fr')).toContain(HIDDEN);
      expect(withoutContact(`Écrivez à ${address} svp`, 'fr')).not.toMatch(/paul|example/i);
    },
  );
});

describe('what it goes on showing', () => {
  it.each([
    'C3 Aircross 2022',
    '15 990 €',
    '98 000 km',
    'AB-123-CD',
    'VO-8841',
    'samedi 14 h 30',
    'le 20/11/2026 ?',
    'budget 12 000',
    'https://example.org/vo/8841',
  ])('%s', (text) => expect(withoutContact(text, 'fr')).toBe(text));
});

it('finds the customer’s own number however short it is', () => {
  expect(withoutContact('mon 22 33 44 55 le soir', 'fr', ['+4522334455'])).toBe(`mon ${HIDDEN} le soir`);
});

it('takes hostile words in its stride', () => {
  for (const text of [
    'a'.repeat(20_000),
    'a@'.repeat(10_000),
    '1 '.repeat(10_000),
    '(at)'.repeat(5_000),
    `${'x'.repeat(9_000)}@example.org`,
  ]) {
    expect(withoutContact(text, 'fr', ['+33639986061']).length).toBeLessThanOrEqual(20_011);
  }
});
