import { describe, expect, it } from 'vitest';
import { photoPage, saying } from '../../src/web/page/html.js';
import { HOSTILE } from '../support/leads.js';

const PAGE = {
  language: 'fr',
  audience: 'customer',
  dealership: 'Lumière Lyon',
  car: 'Peugeot 208',
  validUntil: 'ven. 4 déc.',
  script: '',
} as const;

describe('the photo page', () => {
  it('says whose it is, of which car, and until when, in both languages', () => {
    const french = photoPage(PAGE);
    for (const words of ['<html lang="fr">', 'Photos de votre Peugeot 208', 'Lumière Lyon', 'jusqu’au ven. 4 déc.', 'href="?lang=en"'])
      expect(french).toContain(words);
    const english = photoPage({ ...PAGE, language: 'en', validUntil: 'Fri 4 Dec' });
    for (const words of ['<html lang="en">', 'Photos of your Peugeot 208', 'until Fri 4 Dec', 'href="?lang=fr"'])
      expect(english).toContain(words);
    expect(photoPage({ ...PAGE, car: null })).toContain('Photos de votre voiture');
    expect(photoPage({ ...PAGE, car: null, audience: 'colleague' })).toContain('Photos · Reprise');
  });

  it('asks nothing of any other host, and holds no style or script but its own', () => {
    const page = photoPage({ ...PAGE, script: 'const own = 1;' });
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(page).not.toMatch(/ (?:style|on[a-z]+)="/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
  });

  it.each([HOSTILE, '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'-alert(1)-'", '</style><b>'])(
    'shows hostile words as words: %s',
    (words) => {
      for (const page of [photoPage({ ...PAGE, car: words, dealership: words }), saying('en', words, words, words)]) {
        expect(page).not.toMatch(/<(?:img|b)[ >]/);
        expect(page.match(/<script/g) ?? []).toHaveLength(page.includes('<script type="module"></script>') ? 1 : 0);
        expect(page.match(/<\/style>/g)).toHaveLength(1);
      }
    },
  );
});
