import { linkSpan, type Paragraph, type Span } from '../rich.js';
import type { RichTextBlock, RichTextElement } from './types.js';

/** A `rich_text` block as paragraphs. Its text parses nothing: `*bold*` stays literal. */
export function readRichText(elements: readonly RichTextBlock[]): readonly Paragraph[] {
  return elements.flatMap((element): readonly Paragraph[] => {
    switch (element.type) {
      case 'rich_text_section':
        return [{ kind: 'lines', spans: spansOf(element.elements) }];
      case 'rich_text_quote':
        return [{ kind: 'quote', spans: spansOf(element.elements) }];
      case 'rich_text_preformatted':
        return [
          {
            kind: 'preformatted',
            text: element.elements.map(plainOf).join(''),
          },
        ];
      case 'rich_text_list':
        return [
          {
            kind: 'list',
            ordered: element.style === 'ordered',
            indent: element.indent ?? 0,
            start: (element.offset ?? 0) + 1,
            items: element.elements.map((item) => spansOf(item.elements)),
          },
        ];
      default:
        return [];
    }
  });
}

function spansOf(elements: readonly RichTextElement[]): readonly Span[] {
  return elements.map(spanOf);
}

function spanOf(element: RichTextElement): Span {
  const style = element.style ?? {};
  switch (element.type) {
    case 'text':
      return { kind: 'text', text: element.text, style };
    case 'link':
      return linkSpan(element.url, element.text ?? element.url, style);
    case 'user':
      return { kind: 'user', id: element.user_id, style };
    case 'channel':
      return { kind: 'channel', id: element.channel_id, style };
    case 'usergroup':
      return { kind: 'broadcast', range: element.usergroup_id, style };
    case 'broadcast':
      return { kind: 'broadcast', range: element.range, style };
    case 'emoji':
      return { kind: 'emoji', name: element.name, style };
    case 'color':
      return {
        kind: 'text',
        text: element.value,
        style: { ...style, code: true },
      };
    case 'date':
      return {
        kind: 'date',
        timestamp: element.timestamp,
        format: element.format,
        fallback: element.fallback ?? '',
        style,
      };
    default:
      return { kind: 'text', text: '', style };
  }
}

function plainOf(element: RichTextElement): string {
  if (element.type === 'text') return element.text;
  if (element.type === 'link') return element.text ?? element.url;
  return '';
}
