import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Button, Card, Element } from '../../../src/chat/card.js';
import type { Line, Span } from '../../../src/chat/text.js';
import { LIMITS } from '../../../src/platforms/slack/limits.js';
import { renderCard } from '../../../src/platforms/slack/render.js';
import { fastest } from '../../support/fastest.js';
import { HOSTILE, HOSTILE_CARD, LEAD } from './cards.js';

const EMPTY: Card = { summary: 'x', elements: [], buttons: [] };
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

describe('a card in Slack', () => {
  it.each([
    ['lead', LEAD],
    ['hostile', HOSTILE_CARD],
  ])('looks as agreed: %s', async (name, card) => {
    await expect(json(renderCard(card))).toMatchFileSnapshot(`../../goldens/slack/card-${name}.json`);
  });

  it('gives the same message twice', () => {
    expect(renderCard(LEAD)).toEqual(renderCard(LEAD));
  });

  it('escapes the notification text once, after shortening it', () => {
    const { text } = renderCard({ ...EMPTY, summary: `<@U1> & ${'<'.repeat(5_000)}` });
    expect(text.startsWith('&lt;@U1&gt; &amp; &lt;')).toBe(true);
    expect(text.endsWith('&lt;…')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(4_000);
  });

  it.each([
    ['https://evil.example.org/x', 'https\u2060://evil.\u2060example.\u2060org/x'],
    ['tel:0639980012', 'tel\u2060:0639980012'],
    ['a.b@example.org', 'a.b@\u2060example.\u2060org'],
    ['Citroën C3 1.2 · 15.990 € · 10:15 · M. Durand, J.-P.', 'Citroën C3 1.2 · 15.990 € · 10:15 · M. Durand, J.-P.'],
  ])('lets no notification text become a link: %s', (summary, text) => {
    expect(renderCard({ ...EMPTY, summary })).toMatchObject({ text });
  });

  it('parses nothing of the public: only plain text and rich text, no markup, no mention, no link', () => {
    const seen = everyObject(renderCard(HOSTILE_CARD).blocks);
    expect(
      seen.filter((object) =>
        ['mrkdwn', 'markdown', 'user', 'broadcast', 'usergroup', 'channel', 'link', 'emoji'].includes(String(object.type)),
      ),
    ).toEqual([]);
    expect(renderCard(HOSTILE_CARD).text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  });

  it('shows outside text as it is, without what reorders or hides', () => {
    const shown = JSON.stringify(renderCard({ ...EMPTY, elements: [{ kind: 'quote', text: HOSTILE }] }).blocks);
    expect(shown).toContain('<!channel>');
    expect(shown).toContain('*bold* _italic_');
    expect(shown).not.toMatch(/\\u0000|\\u0007|\u202e|\\ud800/i);
    expect(shown).toContain('👨‍👩‍👧‍👦');
  });

  it('never drops a button: rows of five, and a row of its own for a repeated action', () => {
    const button = (action: string, subject: string): Button => ({ action, label: action, subject });
    const buttons = [...Array.from({ length: 7 }, (_, n) => button(`act.${n}`, 's')), button('act.6', 'other')];
    const elements = Array.from({ length: 80 }, (): Element => ({ kind: 'lines', lines: [['x']] }));
    const { blocks } = renderCard({ ...EMPTY, title: 't', elements, buttons });
    const rows = blocks.flatMap((block) => (block.type === 'actions' ? [block.elements.length] : []));
    expect(rows).toEqual([5, 2, 1]);
    expect(blocks).toHaveLength(LIMITS.messageBlocks);
  });

  it('names a button by its action when its label has nothing to show', () => {
    const { blocks } = renderCard({ ...EMPTY, buttons: [{ action: 'claim.take', label: ' \u0007\u202e', subject: 's' }] });
    expect(blocks).toMatchObject([{ elements: [{ text: { text: 'claim.take' } }] }]);
  });

  it('leaves out what is empty, which Slack would refuse', () => {
    const elements: Element[] = [
      { kind: 'lines', lines: [[], ['']] },
      { kind: 'facts', facts: [] },
      { kind: 'quote', text: ' \n ' },
      { kind: 'aside', line: [''] },
      { kind: 'picture', url: 'http://127.0.0.1/x.png', description: '' },
      { kind: 'photo', files: ['teams:F0AVANT'], description: '' },
    ];
    expect(renderCard({ ...EMPTY, title: '', elements }).blocks).toEqual([]);
  });

  it.each<[string, Span, object]>([
    [
      'a live moment',
      { when: new Date(1_772_442_900_500), as: 'ago', text: 'à 10:15' },
      { type: 'date', timestamp: 1_772_442_900, format: '{ago}', fallback: 'à 10:15' },
    ],
    [
      'a time of day',
      { when: new Date(1_772_442_900_000), as: 'clock', text: '10:15' },
      { type: 'date', timestamp: 1_772_442_900, format: '{time}', fallback: '10:15' },
    ],
    ['a colleague', { person: 'slack:U0BOB', name: 'Bob' }, { type: 'user', user_id: 'U0BOB' }],
    ['a colleague of Teams, by name', { person: 'teams:aad-bob', name: 'Bob' }, { type: 'text', text: 'Bob' }],
    [
      'a link',
      { link: 'https://leads.example.org/a b', label: 'Fiche' },
      { type: 'link', url: 'https://leads.example.org/a%20b', text: 'Fiche' },
    ],
    ['no link of another scheme', { link: 'file:///etc/passwd', label: 'Fiche' }, { type: 'text', text: 'Fiche' }],
    [
      'a number to call',
      { tel: '+33639980012', label: '06 39 98 00 12' },
      { type: 'link', url: 'tel:+33639980012', text: '06 39 98 00 12' },
    ],
    ['no number to call', { tel: '+33 ;ext=1', label: 'x' }, { type: 'text', text: 'x' }],
    ['an address to write to', { mail: 'a+b@example.org' }, { type: 'link', url: 'mailto:a+b@example.org', text: 'a+b@example.org' }],
    [
      'no further recipients',
      { mail: 'a@example.org?cc=x&body=y' },
      { type: 'link', url: 'mailto:a@example.org%3Fcc%3Dx%26body%3Dy', text: 'a@example.org?cc=x&body=y' },
    ],
    ['bold', { bold: '*x*' }, { type: 'text', text: '*x*', style: { bold: true } }],
  ])('draws %s', (_, span, expected) => {
    const { blocks } = renderCard({ ...EMPTY, elements: [{ kind: 'lines', lines: [[span]] }] });
    expect(blocks).toEqual([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [expected] }] }]);
  });

  it.each([
    ['handed to Slack', 'slack:F0AVANT', 'avant', { type: 'image', slack_file: { id: 'F0AVANT' }, alt_text: 'avant' }],
    ['without a description', 'slack:F0AVANT', ' \n', { type: 'image', slack_file: { id: 'F0AVANT' }, alt_text: 'F0AVANT' }],
    [
      'of Teams, by its description',
      'teams:F0AVANT',
      'avant',
      { type: 'context', elements: [{ type: 'plain_text', text: 'avant', emoji: false }] },
    ],
    [
      'that is no file, by its description',
      'slack:C0LEADS',
      'avant',
      { type: 'context', elements: [{ type: 'plain_text', text: 'avant', emoji: false }] },
    ],
  ])('shows a photo %s', (_, file, description, expected) => {
    expect(renderCard({ ...EMPTY, elements: [{ kind: 'photo', files: [file], description }] }).blocks).toEqual([expected]);
  });

  it.each([' ', '\n', '.', 'a.', '<', 'é', '@', 'a@', 'http:', '👨‍👩‍👧'])(
    'is drawn quickly, though all of it is 100 kB of "%s"',
    async (unit) => {
      const text = unit.repeat(100_000 / unit.length);
      const elements: Element[] = [
        { kind: 'quote', text },
        { kind: 'aside', line: [text] },
        { kind: 'facts', facts: [{ label: text, value: [{ mail: text }, { tel: text, label: text }, { link: text, label: text }] }] },
      ];
      const draw = () => renderCard({ summary: text, title: text, elements, buttons: [{ action: 'a', label: text, subject: '1' }] });
      expect(await fastest(200, draw)).toBeLessThan(200);
    },
  );

  it('stays inside the limits whatever the card holds', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(excesses(renderCard(card))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

const anyText = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constant(HOSTILE), fc.constant('é😀'.repeat(3_000)));
const anySpan: fc.Arbitrary<Span> = fc.oneof(
  anyText,
  fc.record({ bold: anyText }),
  fc.record({ when: fc.date({ noInvalidDate: false }), as: fc.constantFrom('clock' as const, 'ago' as const), text: anyText }),
  fc.record({ person: anyText, name: anyText }),
  fc.record({ link: fc.oneof(anyText, fc.webUrl()), label: anyText }),
  fc.record({ tel: anyText, label: anyText }),
  fc.record({ mail: anyText }),
);
const anyLine: fc.Arbitrary<Line> = fc.array(anySpan, { maxLength: 4 });
const anyElement: fc.Arbitrary<Element> = fc.oneof(
  fc.record({ kind: fc.constant('lines' as const), lines: fc.array(anyLine, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('facts' as const), facts: fc.array(fc.record({ label: anyText, value: anyLine }), { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('quote' as const), text: anyText }),
  fc.record({ kind: fc.constant('aside' as const), line: anyLine }),
  fc.record({ kind: fc.constant('picture' as const), url: fc.oneof(anyText, fc.webUrl()), description: anyText }),
  fc.record({
    kind: fc.constant('photo' as const),
    files: fc.array(fc.oneof(anyText, fc.constant('slack:F0AVANT')), { maxLength: 3 }),
    description: anyText,
  }),
);
const anyCard: fc.Arbitrary<Card> = fc.record({
  summary: anyText,
  title: anyText,
  elements: fc.array(anyElement, { maxLength: 60 }),
  buttons: fc.array(fc.record({ action: fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/), label: anyText, subject: fc.uuid() }), {
    maxLength: 12,
  }),
});

type Found = Readonly<Record<string, unknown>>;

function everyObject(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Found, ...Object.values(value).flatMap(everyObject)];
}

/** Read from Slack's documentation, not from our table. */
function excesses({ text, blocks }: ReturnType<typeof renderCard>): string[] {
  const over: string[] = [];
  const check = (what: string, size: number, max: number, min = 1) => {
    if (size > max || size < min) over.push(`${what} ${size}`);
  };
  check('text', text.length, 4_000, 0);
  check('blocks', blocks.length, 50, 0);
  check(
    'words of all blocks',
    everyObject(blocks).reduce((sum, object) => sum + (typeof object.text === 'string' ? object.text.length : 0), 0),
    16_000,
    0,
  );
  for (const block of blocks) {
    if (block.type === 'header') check('header', block.text.text.length, 150);
    if (block.type === 'context') check('context elements', block.elements.length, 10);
    if (block.type === 'image') check('alt text', block.alt_text.length, 2_000, 0);
    if (block.type === 'actions') check('actions', block.elements.length, 25);
  }
  for (const object of everyObject(blocks)) {
    if (object.type === 'text' || object.type === 'plain_text') check(String(object.type), String(object.text).length, 3_000);
    if (object.type === 'button') check('button', String((object.text as Found).text).length, 75);
    if (object.type === 'rich_text_section' || object.type === 'rich_text_quote')
      check(String(object.type), (object.elements as unknown[]).length, 1_000);
  }
  return over;
}
