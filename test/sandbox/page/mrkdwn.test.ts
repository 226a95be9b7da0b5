import { describe, expect, it } from 'vitest';
import { parseMrkdwn } from '../../../src/sandbox/page/mrkdwn.js';
import type { Paragraph, Span, Style } from '../../../src/sandbox/page/rich.js';

const text = (words: string, style: Style = {}): Span => ({ kind: 'text', text: words, style });
const link = (url: string, words: string, style: Style = {}): Span => ({ kind: 'link', url, text: words, style });
const lines = (...spans: Span[]): Paragraph => ({ kind: 'lines', spans });
const quote = (...spans: Span[]): Paragraph => ({ kind: 'quote', spans });

describe('message text becomes what a Slack client shows', () => {
  const table: [string, readonly Paragraph[]][] = [
    ['', []],
    ['Bonjour', [lines(text('Bonjour'))]],
    ['two\nlines', [lines(text('two\nlines'))]],

    ['*bold*', [lines(text('bold', { bold: true }))]],
    ['_italic_, ~gone~', [lines(text('italic', { italic: true }), text(', '), text('gone', { strike: true }))]],
    ['*_both_*', [lines(text('both', { bold: true, italic: true }))]],
    ['a*b*c', [lines(text('a*b*c'))]],
    ['2 * 3 * 4', [lines(text('2 * 3 * 4'))]],
    ['file_name_here', [lines(text('file_name_here'))]],
    ['*open', [lines(text('*open'))]],
    ['*over\nlines*', [lines(text('*over\nlines*'))]],
    ['***', [lines(text('***'))]],

    ['`*code*`', [lines(text('*code*', { code: true }))]],
    ['`a &lt; b`', [lines(text('a < b', { code: true }))]],
    ['before ```x\n*y*``` after', [lines(text('before ')), { kind: 'preformatted', text: 'x\n*y*' }, lines(text(' after'))]],
    ['```never closed', [lines(text('```never closed'))]],
    ['```a``` and ```b', [{ kind: 'preformatted', text: 'a' }, lines(text(' and ```b'))]],

    ['&gt; said\n&gt; twice\nanswer', [quote(text('said\ntwice')), lines(text('answer'))]],
    ['> said', [quote(text('said'))]],

    ['<https://example.org/a>', [lines(link('https://example.org/a', 'https://example.org/a'))]],
    ['<https://example.org/?a=1&amp;b=2|the *car*>', [lines(link('https://example.org/?a=1&b=2', 'the *car*'))]],
    ['<tel:+33639985678|06 39 98 56 78>', [lines(link('tel:+33639985678', '06 39 98 56 78'))]],
    ['<mailto:brigitte@example.org>', [lines(link('mailto:brigitte@example.org', 'brigitte@example.org'))]],
    ['<javascript:alert(1)|Bank>', [lines(text('Bank'))]],
    ['<data:text/html,x|Bank>', [lines(text('Bank'))]],
    ['see https://example.org/a, thanks', [lines(text('see '), link('https://example.org/a', 'https://example.org/a'), text(', thanks'))]],
    ['*https://example.org/a*', [lines(link('https://example.org/a', 'https://example.org/a', { bold: true }))]],

    [
      '<@U0ALICE> and <#C0LEADS|leads>',
      [lines({ kind: 'user', id: 'U0ALICE', style: {} }, text(' and '), { kind: 'channel', id: 'C0LEADS', style: {} })],
    ],
    [
      '<!here> <!subteam^S1|@sales>',
      [lines({ kind: 'broadcast', range: 'here', style: {} }, text(' '), { kind: 'broadcast', range: 'sales', style: {} })],
    ],
    [
      '<!date^1795345320^{date_short} {time}|20 nov.>',
      [lines({ kind: 'date', timestamp: 1795345320, format: '{date_short} {time}', fallback: '20 nov.', style: {} })],
    ],
    ['<!date^soon^{time}|later>', [lines(text('later'))]],
    [':tada: at 10:42:07', [lines({ kind: 'emoji', name: 'tada', style: {} }, text(' at 10:42:07'))]],

    // Decoded after parsing: what the public wrote is shown, and does nothing.
    ['&lt;!channel&gt;', [lines(text('<!channel>'))]],
    ['&lt;@U0ALICE&gt; &lt;javascript:x|Bank&gt;', [lines(text('<@U0ALICE> <javascript:x|Bank>'))]],
    ['&lt;https://example.org|Bank&gt;', [lines(text('<'), link('https://example.org', 'https://example.org'), text('|Bank>'))]],
    ['&amp;lt;!here&amp;gt;', [lines(text('&lt;!here&gt;'))]],
    ['Tom &amp; Co', [lines(text('Tom & Co'))]],
    ['a < b > c', [lines(text('a < b > c'))]],
  ];

  it.each(table)('%j', (source, expected) => {
    expect(parseMrkdwn(source)).toEqual(expected);
  });

  it('links no bare address when the text is verbatim', () => {
    expect(parseMrkdwn('https://example.org *yes*', { verbatim: true })).toEqual([
      lines(text('https://example.org '), text('yes', { bold: true })),
    ]);
  });
});
