import { describe, expect, it } from 'vitest';
import { defineMessages, withFrenchSpaces } from '../../src/language/messages.js';

describe('French typography', () => {
  it('has non-breaking spaces where French prints them', () => {
    expect(withFrenchSpaces('Bravo ! « Je prends » : quand ? Ici ; là')).toBe(
      'Bravo\u00a0! «\u00a0Je prends\u00a0»\u00a0: quand\u00a0? Ici\u00a0; là',
    );
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
