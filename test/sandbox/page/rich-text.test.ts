import { describe, expect, it } from 'vitest';
import { readRichText } from '../../../src/sandbox/page/blocks/rich-text.js';

describe('rich text', () => {
  it('parses nothing in its text', () => {
    expect(
      readRichText([{ type: 'rich_text_section', elements: [{ type: 'text', text: '<!channel> *bold* https://example.org' }] }]),
    ).toEqual([{ kind: 'lines', spans: [{ kind: 'text', text: '<!channel> *bold* https://example.org', style: {} }] }]);
  });

  it('draws every element it knows', () => {
    const style = { bold: true };
    const [paragraph] = readRichText([
      {
        type: 'rich_text_quote',
        elements: [
          { type: 'link', url: 'tel:+33639985678', text: '06 39 98 56 78', style },
          { type: 'link', url: 'javascript:alert(1)', text: 'here' },
          { type: 'user', user_id: 'U0ALICE' },
          { type: 'channel', channel_id: 'C0LEADS' },
          { type: 'broadcast', range: 'here' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'emoji', name: 'tada' },
          { type: 'color', value: '#ff0000' },
          { type: 'date', timestamp: 1, format: '{ago}', fallback: 'then' },
        ],
      },
    ]);
    expect(paragraph).toEqual({
      kind: 'quote',
      spans: [
        { kind: 'link', url: 'tel:+33639985678', text: '06 39 98 56 78', style },
        { kind: 'text', text: 'here', style: {} },
        { kind: 'user', id: 'U0ALICE', style: {} },
        { kind: 'channel', id: 'C0LEADS', style: {} },
        { kind: 'broadcast', range: 'here', style: {} },
        { kind: 'broadcast', range: 'S1', style: {} },
        { kind: 'emoji', name: 'tada', style: {} },
        { kind: 'text', text: '#ff0000', style: { code: true } },
        { kind: 'date', timestamp: 1, format: '{ago}', fallback: 'then', style: {} },
      ],
    });
  });

  it('keeps lists and their numbering, and preformatted text as it is', () => {
    const item = { elements: [{ type: 'text' as const, text: 'one' }] };
    const spans = [{ kind: 'text', text: 'one', style: {} }];
    expect(
      readRichText([
        { type: 'rich_text_list', style: 'ordered', indent: 1, offset: 2, elements: [item] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a  b' }] },
      ]),
    ).toEqual([
      { kind: 'list', ordered: true, indent: 1, start: 3, items: [spans] },
      { kind: 'preformatted', text: 'a  b' },
    ]);
  });
});
