import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decoded, plainWords, wordsOf } from '../../../src/platforms/teams/html.js';
import { fastest } from '../../support/fastest.js';

const BOT = new Set(['Forecourt']);
const mention = (name: string) => `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">${name}</span>`;

describe('what people wrote', () => {
  it.each([
    ['<p>8 500 €</p>', '8 500 €'],
    ['<p>Prix &lt; 8 000 € &amp; &gt; 7 000 € &amp;amp;</p>', 'Prix < 8 000 € & > 7 000 € &amp;'],
    ['<p>une<br>deux</p><p>trois</p>', 'une\ndeux\ntrois'],
    ['<div>une</div><div>deux</div>', 'une\ndeux'],
    [`<p>${mention('Forecourt')}&nbsp;8 500</p>`, '8 500'],
    [`<p>${mention('Forecourt')} demande à ${mention('Zoé Petit')}</p>`, 'demande à Zoé Petit'],
    [`<p>${mention('<b>Forecourt</b>')} oui</p>`, 'oui'],
    ['<p><a href="https://example.org/annonce">l’annonce</a></p>', 'l’annonce'],
    ['<p>ok <img itemtype="http://schema.skype.com/Emoji" alt="👍" src="x"></p>', 'ok 👍'],
    ['<p>vu</p><img src="https://graph.microsoft.com/x" itemid="1"><attachment id="2"></attachment>', 'vu'],
    ['<p>&#128512; &#x1F600; &#0; &#99999999;</p>', '😀 😀 &#0; &#99999999;'],
    ['<script>alert(1)</script>', 'alert(1)'],
    ['un < deux', 'un < deux'],
    ['', ''],
  ])('is read out of %s', (html, words) => {
    expect(wordsOf(html, BOT)).toBe(words);
  });

  it('is read out of plain text where there is nothing else', () => {
    expect(plainWords('<at>Forecourt</at> demande à <at>Zo&#233; &amp; Cie</at>', BOT)).toBe('demande à Zoé & Cie');
  });

  it('comes through whole, whatever was typed', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        expect(wordsOf(`<p>${escaped(typed)}</p>`, BOT)).toBe(typed.replaceAll('\u00a0', ' ').trim());
        expect(decoded(escaped(typed))).toBe(typed);
      }),
    );
  });

  it.each(['<', '<span itemtype="http://schema.skype.com/Mention">', '<p', '&', '&#', '<img alt="', '</span>'])(
    'is read quickly, though all of it is 200 kB of "%s"',
    async (unit) => {
      expect(await fastest(200, () => wordsOf(unit.repeat(200_000 / unit.length), BOT))).toBeLessThan(200);
    },
  );
});
