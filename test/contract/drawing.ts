import { expect, it } from 'vitest';
import type { Element } from '../../src/chat/card.js';
import type { Span } from '../../src/chat/text.js';
import { type Context, card, ID, posted } from './world.js';

/** Text that would ping, link, format, reorder and overflow, if anything of it were understood. */
const HOSTILE = [
  '<!channel> <!here> <@U0ALICE> <at>Alice</at> <https://evil.example.org|Bank>',
  '[Bank](https://evil.example.org) https://evil.example.org/bare *bold* _it_ `code` # head',
  '{{DATE(2026-03-02T09:00:00Z)}} \u0024{title} &amp; & \u202Edesrever\u202C nul\u0000 :smile: 👨‍👩‍👧‍👦',
  'a'.repeat(5_000),
].join('\n');

const EVERY_SPAN: readonly Span[] = [
  'words ',
  { bold: 'heavy ' },
  { when: new Date('2026-03-02T09:15:00Z'), as: 'clock', text: '10:15' },
  { when: new Date('2026-03-02T09:15:00Z'), as: 'ago', text: '10:15' },
  { person: 'nowhere:U1', name: 'Chris of another platform' },
  { link: 'https://leads.example.org/l/42', label: 'the file' },
  { tel: '+33639980012', label: '06 39 98 00 12' },
  { mail: 'brigitte@example.org' },
];

const EVERY_ELEMENT: Record<Element['kind'], Element> = {
  lines: { kind: 'lines', lines: [EVERY_SPAN, ['a second line']] },
  facts: {
    kind: 'facts',
    facts: [
      { label: 'Stock', value: EVERY_SPAN },
      { label: 'Price', value: ['15 990 €'] },
    ],
  },
  quote: { kind: 'quote', text: 'Is it still there?\nThank you' },
  aside: { kind: 'aside', line: ['small print'] },
  picture: { kind: 'picture', url: 'https://photos.example.org/1.jpg', description: 'a red car' },
  photo: { kind: 'photo', files: ['nowhere:F1'], description: 'its odometer' },
  row: {
    kind: 'row',
    lines: [[{ link: 'https://leads.example.org/l/42', label: 'one of a list' }], EVERY_SPAN],
    buttons: [
      { action: 'row.first', label: 'First', subject: ID, opens: true },
      { action: 'row.second', label: 'Second', subject: ID },
    ],
  },
};

/** Every element is drawn, and hostile text stays text. */
export function drawing(context: Context): void {
  const { world } = context;

  it.each(Object.values(EVERY_ELEMENT))('draws $kind', async (element) => {
    const { message } = await posted(context, card({ title: 'Title', elements: [element] }));
    const text = (await world().shown(message))?.text ?? '';
    for (const word of wordsOf(element)) expect(text).toContain(word);
  });

  it('draws many buttons, with a confirmation and twice the same action', async () => {
    const buttons = Array.from({ length: 8 }, (_, n) => ({ action: `act.${Math.min(n, 6)}`, label: `Act ${n}`, subject: `${ID}-${n}` }));
    const confirm = { title: 'Sure?', text: 'It cannot be undone.', yes: 'Yes', no: 'No' };
    const { message } = await posted(
      context,
      card({ buttons: [...buttons, { action: 'abandon.open', label: 'Abandon', subject: ID, style: 'danger', confirm }] }),
    );
    expect((await world().shown(message))?.buttons).toEqual([...buttons.map((button) => button.action), 'abandon.open']);
  });

  it('draws the buttons of each thing of a list, before those of the whole', async () => {
    const { message } = await posted(context, card({ elements: [EVERY_ELEMENT.row, EVERY_ELEMENT.lines, EVERY_ELEMENT.row] }));
    const twice = ['row.first', 'row.second', 'row.first', 'row.second'];
    expect((await world().shown(message))?.buttons).toEqual([...twice, 'claim.take']);
  });

  it('makes nothing of hostile text: no ping, no link, inside the limits, buttons kept', async () => {
    const elements: Element[] = [
      { kind: 'lines', lines: [[HOSTILE, { bold: HOSTILE }]] },
      { kind: 'facts', facts: [{ label: 'Name', value: [HOSTILE] }] },
      { kind: 'quote', text: HOSTILE },
      { kind: 'aside', line: [HOSTILE] },
      { kind: 'photo', files: [HOSTILE], description: HOSTILE },
      { kind: 'row', lines: [[HOSTILE]], buttons: [] },
    ];
    const hostile = card({ summary: HOSTILE, title: HOSTILE, elements });
    const { message } = await posted(context, hostile);
    expect(await world().shown(message)).toMatchObject({ pings: [], links: [], buttons: ['claim.take'] });
    await world().platform.update(message, hostile);
    const shown = await world().shown(message);
    expect(shown).toMatchObject({ pings: [], links: [], buttons: ['claim.take'] });
    expect(shown?.text).toContain('<!channel>');
    expect(shown?.text).toContain('*bold* _it_ `code`');
    for (const unprintable of ['\u0000', '\u202e']) expect(shown?.text).not.toContain(unprintable);
    await world().platform.whisper(world().person, { channel: world().channel }, hostile);
    expect((await world().whispers(world().person)).at(-1)).toMatchObject({ pings: [], links: [] });
  });

  it('mentions a colleague, whom we name ourselves', async () => {
    const { message } = await posted(context, card({ elements: [{ kind: 'lines', lines: [[{ person: world().person, name: 'x' }]] }] }));
    expect((await world().shown(message))?.pings).toHaveLength(1);
  });
}

function wordsOf(element: Element): readonly string[] {
  switch (element.kind) {
    case 'lines':
      return ['words', 'heavy', 'Chris of another platform', 'the file', '06 39 98 00 12', 'brigitte@example.org', 'a second line'];
    case 'facts':
      return ['Stock', 'Price', '15 990 €', 'the file'];
    case 'quote':
      return ['Is it still there?', 'Thank you'];
    case 'aside':
      return ['small print'];
    case 'picture':
      return ['a red car'];
    case 'photo':
      return ['its odometer'];
    case 'row':
      return ['one of a list', 'heavy', 'the file'];
  }
}
