import { describe, expect, it } from 'vitest';
import { markdownHtml, plainHtml } from '../../../src/sandbox/page/teams/markdown.js';

describe('Markdown as Teams reads it', () => {
  it.each([
    ['**gras** et _incliné_', '<p><strong>gras</strong> et <em>incliné</em></p>'],
    ['- un\n- deux\n\n1. trois', '<ul><li>un</li><li>deux</li></ul><ol><li>trois</li></ol>'],
    ['un\ndeux\n\ntrois', '<p>un<br>deux</p><p>trois</p>'],
    [
      '[ici](https://example.org/?a=1&b=2)',
      '<p><a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">ici</a></p>',
    ],
    ['<at>Alice &amp; Bob</at> vient', '<p><span class="mention">Alice &amp; Bob</span> vient</p>'],
    ['\\*pas gras\\* \\[ni\\](https://example.org)', '<p>*pas gras* [ni](https://example.org)</p>'],
    ['image/*,image/*', '<p>image/<em>,image/</em></p>'],
    ['snake_case_name', '<p>snake_case_name</p>'],
    ['# pas un titre', '<p># pas un titre</p>'],
    ['8 &lt; 9 &#233;', '<p>8 &lt; 9 é</p>'],
  ])('%s', (text, html) => {
    expect(markdownHtml(text)).toBe(html);
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](https://example.org"onmouseover="alert(1))',
    '<at><script>alert(1)</script></at>',
    '**<b onclick=x>**',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '\\<script\\>',
    '\ue000\ue001<u>',
  ])('lets nothing through: %s', (text) => {
    const html = markdownHtml(text) + plainHtml(text);
    expect(
      html.replace(
        /<\/?(?:p|br|strong|em|ul|ol|li|span|a)(?: (?:class="mention"|href="(?:https?|mailto|tel):[^"<>]*"|target="_blank"|rel="noopener noreferrer"))*>/g,
        '',
      ),
    ).not.toMatch(/[<>]/);
    expect(html).not.toMatch(/href="javascript|"onmouse/);
  });

  it('shows what somebody typed as it is, with mentions and addresses', () => {
    expect(plainHtml('**8** <at>Bruno Petit</at>\nhttps://example.org/a?b=1')).toBe(
      '**8** <span class="mention">Bruno Petit</span><br><a href="https://example.org/a?b=1" target="_blank" rel="noopener noreferrer">https://example.org/a?b=1</a>',
    );
  });
});
