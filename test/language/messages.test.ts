import { describe, expect, it } from 'vitest';
import { defineMessages, withFrenchSpaces } from '../../src/language/messages.js';

describe('French typography', () => {
  it('has non-breaking spaces where French prints them', () => {
    expect(withFrenchSpaces('Bravo ! « Je prends » : quand ? Ici ; là')).toBe(
      'Bravo\u00a0! «\u00a0Je prends\u00a0»\u00a0: quand\u00a0? Ici\u00a0; là',
    );
  });

  it.each([
    ['par exemple 8 500 ou 1 000 000 au plus.', 'par exemple 8_500 ou 1_000_000 au plus.'],
    ['Estimation n° 1, N° 12', 'Estimation n°_1, N°_12'],
    ['n° de stock', 'n° de stock'],
    ['10 Mo, 5 min, 80 km, 33 %, 12 €, 9 h, ou 18 h une fois', '10_Mo, 5_min, 80_km, 33_%, 12_€, 9_h, ou 18_h une fois'],
    ['10 h 42', '10_h_42'],
    ['Le 06 39 98 12 34, ou 0800 123 456', 'Le 06 39 98 12 34, ou 0800 123 456'],
    ['2 minutes, 3 hommes, 12 345 67, Peugeot 208 2022', '2 minutes, 3 hommes, 12 345 67, Peugeot 208 2022'],
  ])('keeps a number whole, and its unit with it: %s', (written, printed) => {
    expect(withFrenchSpaces(written).replaceAll('\u00a0', '_')).toBe(printed);
  });

  it('is given to every French word, and to no English one', () => {
    const words = defineMessages({
      en: { plain: 'Why ?', made: (name: string) => `${name} : why ?`, group: { inner: 'a : b' } },
      fr: { plain: 'Pourquoi ?', made: (name: string) => `${name} : pourquoi ?`, group: { inner: 'a : b' } },
    });
    expect(words.fr.plain).toBe('Pourquoi\u00a0?');
    expect(words.fr.made('Alice')).toBe('Alice\u00a0: pourquoi\u00a0?');
    expect(words.fr.group.inner).toBe('a\u00a0: b');
    expect(words.en.made('Alice')).toBe('Alice : why ?');
  });
});
