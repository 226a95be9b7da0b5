import { describe, expect, it } from 'vitest';
import { cardFaults } from '../../../src/sandbox/teams/cards.js';
import { claim } from './town.js';

const text = { type: 'TextBlock', text: 'Bonjour' };
const card = (more: object) => ({ type: 'AdaptiveCard', version: '1.5', body: [text], ...more });
const many = (count: number, more: object = {}) => Array.from({ length: count }, (_, n) => ({ ...claim, title: `${n}`, ...more }));

describe('the check of cards', () => {
  it.each<[string, object]>([
    ['a text', card({})],
    ['words capitalised as Microsoft’s pages do', card({ body: [{ ...text, weight: 'Bolder', size: 'ExtraLarge' }] })],
    [
      'facts, columns, pictures and a table',
      card({
        body: [
          { type: 'FactSet', facts: [{ title: 'Prix', value: '8 500 €' }] },
          {
            type: 'ColumnSet',
            columns: [
              { type: 'Column', width: 'stretch', items: [text] },
              { width: 2, items: [] },
            ],
          },
          { type: 'Image', url: 'https://example.org/a.png', altText: 'Clio', msteams: { allowExpand: true } },
          { type: 'Table', columns: [{ width: 1 }], rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text] }] }] },
        ],
      }),
    ],
    [
      'runs of text with a link',
      card({
        body: [
          {
            type: 'RichTextBlock',
            inlines: ['a', { type: 'TextRun', text: 'b', selectAction: { type: 'Action.OpenUrl', url: 'tel:+33639985678' } }],
          },
        ],
      }),
    ],
    ['a button with a fallback', card({ actions: [{ ...claim, fallback: { type: 'Action.Submit', title: 'Take', data: {} } }] })],
    [
      'a card below a card',
      card({ actions: [{ type: 'Action.ShowCard', title: 'Sure?', card: { type: 'AdaptiveCard', body: [text], actions: [claim] } }] }),
    ],
    ['six buttons, and more in the menu', card({ actions: [...many(6), ...many(3, { mode: 'secondary' })] })],
  ])('accepts %s', (_, value) => {
    expect(cardFaults(value, 'message')).toEqual([]);
  });

  it.each<[string, object | null, RegExp]>([
    ['nothing', null, /card/],
    ['a newer version', card({ version: '1.6' }), /newer/],
    ['no version', { type: 'AdaptiveCard', body: [] }, /version/],
    ['Action.Execute in an old version', card({ version: '1.2', actions: [claim] }), /1\.4/],
    ['an unknown element', card({ body: [{ type: 'Carousel' }] }), /body\.0.*not an element/],
    ['an upload, which does not exist', card({ body: [{ type: 'Input.File', id: 'photos' }] }), /not an element/],
    ['an unknown action', card({ actions: [{ type: 'Action.Http', url: 'https://example.org' }] }), /not an action/],
    ['a verbless Action.Execute', card({ actions: [{ type: 'Action.Execute', title: 'x' }] }), /verb/],
    ['a property nobody knows', card({ body: [{ ...text, colour: 'good' }] }), /colour/],
    ['a word nobody knows', card({ body: [{ ...text, color: 'green' }] }), /must be one of/],
    ['an input without a name', card({ body: [{ type: 'Input.Text' }] }), /id/],
    [
      'two inputs of one name',
      card({
        body: [
          { type: 'Input.Text', id: 'a' },
          { type: 'Input.Date', id: 'a' },
        ],
      }),
      /"a" is given twice/,
    ],
    ['a picture without https', card({ body: [{ type: 'Image', url: 'http://example.org/a.png' }] }), /https/],
    ['a picture of another kind', card({ body: [{ type: 'Image', url: 'data:image/svg+xml;base64,AA' }] }), /PNG/],
    ['a script for an address', card({ actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'javascript:alert(1)' }] }), /https/],
    ['seven buttons', card({ actions: many(7) }), /more than 6/],
    [
      'a card opened by pressing an element',
      card({ body: [{ type: 'Container', items: [], selectAction: { type: 'Action.ShowCard', card: card({}) } }] }),
      /not an action/,
    ],
    ['a number for a text', card({ body: [{ ...text, text: 5 }] }), /string/],
    ['a date that is none', card({ body: [{ type: 'Input.Date', id: 'd', value: 'tomorrow' }] }), /YYYY-MM-DD/],
  ])('refuses %s', (_, value, fault) => {
    expect(cardFaults(value, 'message').join('\n')).toMatch(fault);
  });

  it('refuses Action.Execute in a dialog', () => {
    expect(cardFaults(card({ actions: [claim] }), 'dialog').join()).toMatch(/dialog/);
  });
});
