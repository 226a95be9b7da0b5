import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, mentions, plainMessage } from '../../../src/platforms/slack/plain.js';
import { fastest } from '../../support/fastest.js';

const NAMES = new Map([
  ['U1', 'Zoé Petit'],
  ['W2', '<!here> &lt;'],
]);

describe('what somebody wrote, as they see it', () => {
  it.each([
    ['8 500 €\nà voir', '8 500 €\nà voir'],
    ['8 &lt; 9 &gt; 7 &amp; 6', '8 < 9 > 7 & 6'],
    ['&amp;lt; &amp;amp;', '&lt; &amp;'],
    ['&lt;@U1&gt; &lt;!here&gt; &lt;https://example.org|ici&gt;', '<@U1> <!here> <https://example.org|ici>'],
    ['*gras* _it_ ~non~ `code` :smile:', '*gras* _it_ ~non~ `code` :smile:'],
    ['<@U1>, <@U1|bob>, <@U1|>, <@U9>', '@Zoé Petit, @bob, @Zoé Petit, @U9'],
    ['<@W2>', '@<!here> &lt;'],
    ['<#C1|leads-lyon> <#C1> <#C1|>', '#leads-lyon #C1 #C1'],
    ['<!here> <!here|here> <!channel|@channel> <!everyone>', '@here @here @channel @everyone'],
    ['<!subteam^S1|@ventes> <!subteam^S1>', '@ventes @subteam^S1'],
    ['<!date^1763800000^{date}|22 nov.>', '22 nov.'],
    ['<https://a|b> <https://example.org/x?a=1&amp;b=2>', 'b https://example.org/x?a=1&b=2'],
    ['<https://example.org|>', 'https://example.org'],
    ['<mailto:a@example.org|a@example.org> <mailto:a@example.org>', 'a@example.org a@example.org'],
    ['<tel:+33639980012|06 39 98 00 12> <tel:+33639980012>', '06 39 98 00 12 +33639980012'],
    ['<https://a|a &lt;b&gt; &amp; c>', 'a <b> & c'],
    ['<https://a|b|c>', 'b|c'],
    ['<<@U1>>', '<@Zoé Petit>'],
    ['<https://a|<@U1>>', '<https://a|@Zoé Petit>'],
    ['<@<@<@U1|x>>>', '<@<@@x>>'],
    ['a < b, <, <@U1', 'a < b, <, <@U1'],
    ['<>', ''],
    ['<|>', ''],
    ['<|x>', 'x'],
    ['', ''],
  ])('%j', (sent, seen) => {
    expect(plainMessage(sent, NAMES)).toBe(seen);
  });

  it('is what was typed, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: fc.constantFrom(...'<>&@#!|;amplt ') }), fc.string({ unit: 'grapheme' })), (typed) => {
        expect(plainMessage(escapeText(typed), NAMES)).toBe(typed);
      }),
    );
  });

  it.each(['<', '>', '<>', '<|', '<@', '<@U1|', '<@U1>', '|', '&', '&lt;', '&amp;lt;', '<!', 'a', '<a|b', '\n<'])(
    'is read quickly, though all of it is 100 kB of "%s"',
    async (unit) => {
      const text = unit.repeat(100_000 / unit.length);
      for (const sent of [text, `<${text}`, `<a|${text}`, `${text}>`])
        expect(await fastest(100, () => [plainMessage(sent), mentions(sent)])).toBeLessThan(100);
    },
  );
});

it.each([
  ['<@U1> <@W2|> <@U3|bob> <@U1>', ['U1', 'W2', 'U1']],
  ['&lt;@U1&gt; @U1 <#C1> <!subteam^S1> <@B1> <@u1> <@>', []],
])('whom %j mentions by id alone', (text, users) => {
  expect(mentions(text)).toEqual(users);
});
