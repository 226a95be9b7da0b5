import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Button, Card, Element } from '../../../src/chat/card.js';
import type { Line, Span } from '../../../src/chat/text.js';
import { renderCard, renderInDialog } from '../../../src/platforms/teams/render.js';
import { fastest } from '../../support/fastest.js';
import { HOSTILE, HOSTILE_CARD, LEAD } from '../slack/cards.js';
import { everyObject, type Found, unescaped } from './seen.js';

const EMPTY: Card = { summary: 'x', elements: [], buttons: [] };
const PUBLIC = { publicUrl: () => 'https://leads.example.org' };
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const bodyOf = (card: Partial<Card>) => renderCard({ ...EMPTY, ...card }, PUBLIC).attachments[0].content.body;
const line = (...spans: Span[]) => bodyOf({ elements: [{ kind: 'lines', lines: [spans] }] })[0];

describe('a card in Teams', () => {
  it.each([
    ['lead', LEAD],
    ['hostile', HOSTILE_CARD],
  ])('looks as agreed: %s', async (name, card) => {
    await expect(json(renderCard(card, PUBLIC))).toMatchFileSnapshot(`../../goldens/teams/card-${name}.json`);
  });

  it('gives the same message twice', () => {
    expect(renderCard(LEAD)).toEqual(renderCard(LEAD));
  });

  it('parses nothing of the public: text runs alone, no mention, no address, nothing a card would replace', () => {
    const sent = renderCard(HOSTILE_CARD, PUBLIC);
    const seen = everyObject(sent);
    const parsing = ['TextBlock', 'FactSet', 'Action.OpenUrl', 'mention', 'Media', 'Image'];
    expect(seen.filter(({ type }) => parsing.includes(String(type)))).toEqual([]);
    expect(seen.filter((object) => 'selectAction' in object || 'url' in object || 'entities' in object)).toEqual([]);
    expect(JSON.stringify(sent)).not.toMatch(/\{\{|\$\{/);
    expect(sent.summary).not.toMatch(/[<>]/);
  });

  it.each(['{{DATE(2026-03-02T09:00:00Z, SHORT)}}', '{{{TIME(2026-03-02T09:00:00Z)}}}', '$' + '{title}', '$' + '{{x}}'])(
    'replaces nothing: %s',
    (text) => {
      const everywhere: Card = {
        summary: text,
        title: text,
        elements: [
          {
            kind: 'lines',
            lines: [[text, { bold: text }, { person: 'teams:aad-alice', name: text }, { person: 'teams:aad-bob', name: 'Bob' }]],
          },
          { kind: 'facts', facts: [{ label: text, value: [{ link: 'https://x.example.org', label: text }] }] },
          { kind: 'quote', text },
          { kind: 'aside', line: [text] },
          { kind: 'picture', url: 'https://x.example.org/1.jpg', description: text },
        ],
        buttons: [{ action: 'a.b', label: text, subject: '1', confirm: { title: text, text, yes: text, no: text } }],
      };
      expect(JSON.stringify([renderCard(everywhere), renderInDialog(everywhere)])).not.toMatch(/\{\{|\$\{/);
    },
  );

  it('shows outside text as it is, without what reorders or hides', () => {
    const shown = JSON.stringify(bodyOf({ elements: [{ kind: 'quote', text: HOSTILE }] }));
    expect(shown).toContain('<!channel>');
    expect(shown).toContain('*bold* _italic_');
    expect(shown).not.toMatch(/\\u0000|\\u0007|\u202e|\\ud800/i);
    expect(shown).toContain('👨‍👩‍👧‍👦');
  });

  it.each<[string, Span, object]>([
    ['a moment by its words', { when: new Date('2026-03-02T09:15:00Z'), as: 'clock', text: '10:15' }, { text: '10:15' }],
    ['somebody of another platform by name', { person: 'slack:U0ALICE', name: 'Alice Martin' }, { text: 'Alice Martin' }],
    [
      'a link',
      { link: 'https://leads.example.org/a b', label: 'Fiche' },
      { text: 'Fiche', selectAction: open('https://leads.example.org/a%20b') },
    ],
    ['no link of another scheme', { link: 'javascript:alert(1)', label: 'Fiche' }, { text: 'Fiche' }],
    [
      'a number to call',
      { tel: '+33639980012', label: '06 39 98 00 12' },
      { text: '06 39 98 00 12', selectAction: open('tel:+33639980012') },
    ],
    ['no number to call', { tel: '+33 ;ext=1', label: 'x' }, { text: 'x' }],
    ['an address to write to', { mail: 'a+b@example.org' }, { text: 'a+b@example.org', selectAction: open('mailto:a+b@example.org') }],
    ['bold', { bold: '*x*' }, { text: '*x*', weight: 'Bolder' }],
  ])('draws %s', (_, span, expected) => {
    expect(line(span)).toEqual({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', ...expected }], spacing: 'Default' });
  });

  it('mentions a colleague by the id Teams knows, and announces the mention', () => {
    const { content } = renderCard({
      ...EMPTY,
      elements: [
        {
          kind: 'lines',
          lines: [['Photos, ', { person: 'teams:aad-alice', name: 'Alice Martin' }, ' ? *non* [x](https://evil.example.org)']],
        },
      ],
    }).attachments[0];
    expect(content.body[0]).toEqual({
      type: 'TextBlock',
      wrap: true,
      spacing: 'Default',
      text: 'Photos\\, <at>Alice Martin</at> \\? \\*non\\* \\[x\\]\\(https\\:\\/\\/evil\\.example\\.org\\)',
    });
    expect(content.msteams?.entities).toEqual([
      { type: 'mention', text: '<at>Alice Martin</at>', mentioned: { id: 'aad-alice', name: 'Alice Martin' } },
    ]);
  });

  it('tells two colleagues of the same name apart, and one from themselves', () => {
    const alice = (id: string) => ({ person: `teams:aad-${id}`, name: 'Alice' });
    const { content } = renderCard({ ...EMPTY, elements: [{ kind: 'lines', lines: [[alice('1'), alice('2'), alice('1')]] }] })
      .attachments[0];
    expect(content.msteams?.entities?.map(({ text, mentioned }) => [text, mentioned.id])).toEqual([
      ['<at>Alice</at>', 'aad-1'],
      ['<at>Alice 2</at>', 'aad-2'],
    ]);
    expect(content.body[0]).toMatchObject({ text: '<at>Alice</at><at>Alice 2</at><at>Alice</at>' });
  });

  it.each(['</at><at>everyone</at>', '*Alice* [x](y)', '<b>&amp;', '{{DATE(2026-03-02T09:00:00Z)}}'])(
    'mentions nobody else by a name like %s',
    (name) => {
      const { content } = renderCard({ ...EMPTY, elements: [{ kind: 'lines', lines: [[{ person: 'teams:aad-alice', name }]] }] })
        .attachments[0];
      const [block] = content.body;
      expect(JSON.stringify(block)).toMatch(/^\{"type":"TextBlock","text":"<at>[^<>*[\]{}]+<\/at>","wrap":true,"spacing":"Default"\}$/);
      expect(content.msteams?.entities).toHaveLength(1);
    },
  );

  it('keeps links, bold and ordinary words readable beside a mention', () => {
    const block = line(
      { person: 'teams:aad-bob', name: 'Bob' },
      { bold: ' très_urgent ' },
      { link: 'https://x.example.org/a(b)', label: 'la [fiche]' },
      ' {{x}}',
    );
    expect(block).toMatchObject({
      text: '<at>Bob</at> **très\\_urgent** [la \\[fiche\\]](https://x.example.org/a%28b%29) \\{\u2060\\{x\\}\\}',
    });
    expect(unescaped((block as { text: string }).text)).toContain('très_urgent');
  });

  it.each([
    [
      'of ours, where people reach it',
      ['slack:F0AVANT', 'teams:/p/abc.jpg'],
      { type: 'Image', url: 'https://leads.example.org/p/abc.jpg', altText: 'avant' },
    ],
    ['of another platform, by its description', ['slack:F0AVANT'], { type: 'RichTextBlock', inlines: [{ text: 'avant' }] }],
    ['somebody sent, by its description', [`teams:sent/${'0'.repeat(32)}`], { type: 'RichTextBlock', inlines: [{ text: 'avant' }] }],
  ])('shows a photo %s', (_, files, expected) => {
    expect(bodyOf({ elements: [{ kind: 'photo', files, description: 'avant' }] })).toMatchObject([expected]);
  });

  it('describes photos in words where there is no public address', () => {
    const card = { ...EMPTY, elements: [{ kind: 'photo' as const, files: ['teams:/p/abc.jpg'], description: 'avant' }] };
    expect(renderCard(card).attachments[0].content.body).toMatchObject([{ type: 'RichTextBlock' }]);
  });

  it.each(['http://x.example.org/1.jpg', 'data:image/png;base64,AA==', 'javascript:alert(1)', 'x'])('shows no picture at %s', (url) => {
    expect(everyObject(bodyOf({ elements: [{ kind: 'picture', url, description: 'x' }] })).filter(({ type }) => type === 'Image')).toEqual(
      [],
    );
  });

  const press: Button = { action: 'claim.take', label: 'Je prends', subject: '42', style: 'primary' };
  const data = { verb: 'claim.take', subject: '42' };

  it('has a button act in place, also for clients that cannot', () => {
    const submit = { type: 'Action.Submit', title: 'Je prends', style: 'positive', data };
    const execute = { type: 'Action.Execute', title: 'Je prends', verb: 'claim.take', data, style: 'positive', fallback: submit };
    expect(bodyOf({ buttons: [press] })).toEqual([{ type: 'ActionSet', actions: [execute] }]);
  });

  it('has a button that opens something open a dialog', () => {
    const submit = { type: 'Action.Submit', title: 'Je prends', style: 'positive', data: { msteams: { type: 'task/fetch' }, ...data } };
    expect(bodyOf({ buttons: [{ ...press, opens: true }] })).toEqual([{ type: 'ActionSet', actions: [submit] }]);
  });

  it('has every button of a dialog be a plain submit, below the title of the dialog', () => {
    const { title, card } = renderInDialog({ ...EMPTY, title: 'Historique', buttons: [press, { ...press, opens: true }] });
    expect(title).toBe('Historique');
    expect(card.body).toMatchObject([
      {
        actions: [
          { type: 'Action.Submit', data },
          { type: 'Action.Submit', data },
        ],
      },
    ]);
    expect(JSON.stringify(card)).not.toContain('task/fetch');
  });

  it('asks whether somebody is sure before the button that acts', () => {
    const confirm = { title: 'Sûr ?', text: 'Définitif *x*', yes: 'Oui', no: 'Non' };
    const [set] = bodyOf({ buttons: [{ ...press, style: 'danger', confirm }] });
    expect(set).toMatchObject({ actions: [{ type: 'Action.ShowCard', title: 'Je prends', style: 'destructive' }] });
    const nested = everyObject(set).filter(({ type }) => type === 'Action.Execute');
    expect(nested).toMatchObject([{ title: 'Oui', verb: 'claim.take', data }]);
  });

  it('never drops a button: rows of six', () => {
    const buttons = Array.from({ length: 20 }, (_, n) => ({ action: `a.${n}`, label: `${n}`, subject: 'x' }));
    const sets = bodyOf({ elements: LEAD.elements, buttons }).filter(({ type }) => type === 'ActionSet') as unknown as {
      actions: Found[];
    }[];
    expect(sets.map(({ actions }) => actions.length)).toEqual([6, 6, 6, 2]);
    expect(sets.flatMap(({ actions }) => actions.map(({ verb }) => verb))).toEqual(buttons.map(({ action }) => action));
  });

  it('announces no mention that was cut away', () => {
    const lines = Array.from({ length: 400 }, (): Line => ['é'.repeat(30), { person: 'teams:aad-alice', name: 'Alice' }]);
    const elements: Element[] = [
      { kind: 'lines', lines: lines.map(() => ['a', { bold: 'b' }, 'c', { bold: 'd' }, 'e']) },
      { kind: 'lines', lines },
    ];
    const { content } = renderCard({ ...EMPTY, elements }).attachments[0];
    expect(JSON.stringify(content.body)).not.toContain('<at>');
    expect(content.msteams?.entities).toBeUndefined();
  });

  it.each([' ', '\n', '.', 'a.', '<', 'é', '@', 'a@', '{', '\\', '👨‍👩‍👧'])(
    'is drawn quickly, though all of it is 100 kB of "%s"',
    async (unit) => {
      const text = unit.repeat(100_000 / unit.length);
      const elements: Element[] = [
        { kind: 'quote', text },
        { kind: 'aside', line: [text, { person: 'teams:aad-alice', name: 'Alice' }] },
        {
          kind: 'facts',
          facts: [
            {
              label: text,
              value: [{ mail: text }, { tel: text, label: text }, { link: text, label: text }, { person: 'teams:a', name: text }],
            },
          ],
        },
      ];
      const draw = () => renderCard({ summary: text, title: text, elements, buttons: [{ action: 'a', label: text, subject: '1' }] });
      expect(await fastest(200, draw)).toBeLessThan(200);
    },
  );

  it('stays inside the limits whatever the card holds', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(excesses(renderCard(card, PUBLIC), card)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

function open(url: string) {
  return { type: 'Action.OpenUrl', url };
}

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constant(HOSTILE),
  fc.constant('é😀\\'.repeat(3_000)),
  fc.constant('x\n'.repeat(2_000)),
);
const anyPerson = fc.oneof(anyText, fc.constantFrom('teams:aad-1', 'teams:aad-2', 'slack:U0'));
const anySpan: fc.Arbitrary<Span> = fc.oneof(
  anyText,
  fc.record({ bold: anyText }),
  fc.record({ when: fc.date({ noInvalidDate: false }), as: fc.constantFrom('clock' as const, 'ago' as const), text: anyText }),
  fc.record({ person: anyPerson, name: anyText }),
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
    files: fc.array(fc.oneof(anyText, fc.constant('teams:/p/x.jpg')), { maxLength: 3 }),
    description: anyText,
  }),
);
const anyCard: fc.Arbitrary<Card> = fc.record({
  summary: anyText,
  title: anyText,
  elements: fc.array(anyElement, { maxLength: 60 }),
  buttons: fc.array(
    fc.record(
      { action: fc.stringMatching(/^[a-z]{1,8}\.[a-z]{1,8}$/), label: anyText, subject: fc.uuid(), opens: fc.constant(true as const) },
      { requiredKeys: ['action', 'label', 'subject'] },
    ),
    { maxLength: 14 },
  ),
});

/** Read from Microsoft's documentation, not from our table. */
function excesses(sent: ReturnType<typeof renderCard>, { buttons }: Card): string[] {
  const over: string[] = [];
  const check = (what: string, size: number, max: number, min = 1) => {
    if (size > max || size < min) over.push(`${what} ${size}`);
  };
  check('bytes of UTF-16', 2 * JSON.stringify(sent).length, 80 * 1024);
  const objects = everyObject(sent);
  const pressed = objects.filter(({ type, data }) => type === 'Action.Execute' || (type === 'Action.Submit' && (data as Found).msteams));
  check('buttons', pressed.length, buttons.length, buttons.length);
  for (const object of objects) {
    if (object.type === 'ActionSet') check('actions', (object.actions as unknown[]).length, 6);
    if (object.type === 'RichTextBlock') check('inlines', (object.inlines as unknown[]).length, 100);
    if (object.type === 'TextRun' || object.type === 'TextBlock') check('text', String(object.text).length, 12_000);
    if (object.type === 'TextRun') check('lines', String(object.text).split('\n').length, 1);
  }
  const { content } = sent.attachments[0];
  const body = JSON.stringify(content.body);
  for (const mention of content.msteams?.entities ?? []) check(`use of ${mention.text}`, body.split(mention.text).length - 1, 100);
  return over;
}
