import type { types } from '@slack/bolt';
import type { Line, Span } from '../../chat/text.js';
import { mailAddress, telephoneAddress, webAddress } from '../addresses.js';
import type { Allowance } from '../plain.js';
import { LIMITS } from './limits.js';
import { readPerson } from './refs.js';

/** Lines one under the other. Rich text parses nothing: what a text element holds is shown as it is. */
export function richLines(lines: readonly Line[], allow: Allowance): types.RichTextElement[] {
  const elements: types.RichTextElement[] = [];
  for (const line of lines) {
    const spans = line.flatMap((span) => richSpan(span, allow) ?? []);
    if (spans.length === 0) continue;
    if (elements.length > 0) elements.push({ type: 'text', text: '\n' });
    elements.push(...spans);
  }
  return elements;
}

/** A rich text block of one paragraph; undefined when there is nothing to show, which Slack would refuse. */
export function paragraph(elements: types.RichTextElement[]): types.RichTextBlock | undefined {
  if (elements.length === 0) return undefined;
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function richSpan(span: Span, allow: Allowance): types.RichTextElement | undefined {
  if (typeof span === 'string') return textElement(span, allow);
  if ('bold' in span) return textElement(span.bold, allow, true);
  if ('when' in span) return moment(span, allow);
  if ('person' in span) return mention(span, allow);
  if ('link' in span) return linkElement(webAddress(span.link), span.label, allow);
  if ('tel' in span) return linkElement(telephoneAddress(span.tel), span.label, allow);
  return linkElement(mailAddress(span.mail), span.mail, allow);
}

function textElement(text: string, allow: Allowance, bold = false): types.RichTextText | undefined {
  const kept = allow(text, LIMITS.span);
  if (kept === '') return undefined;
  return bold ? { type: 'text', text: kept, style: { bold: true } } : { type: 'text', text: kept };
}

function moment(span: { when: Date; as: 'clock' | 'ago'; text: string }, allow: Allowance): types.RichTextElement | undefined {
  const milliseconds = span.when.getTime();
  const fallback = allow(span.text, LIMITS.span);
  // Slack refuses moments before 1970; neither those nor invalid ones have a live form.
  if (!(milliseconds >= 0)) return fallback === '' ? undefined : { type: 'text', text: fallback };
  const format = span.as === 'ago' ? '{ago}' : '{time}';
  const date = {
    type: 'date',
    timestamp: Math.floor(milliseconds / 1000),
    format,
  } as const;
  return fallback === '' ? date : { ...date, fallback };
}

function mention(span: { person: string; name: string }, allow: Allowance): types.RichTextElement | undefined {
  const user = readPerson(span.person);
  return user === undefined ? textElement(span.name, allow) : { type: 'user', user_id: user };
}

function linkElement(url: string | undefined, label: string, allow: Allowance): types.RichTextElement | undefined {
  const text = allow(label, LIMITS.span);
  if (url === undefined || url.length > LIMITS.linkUrl) return text === '' ? undefined : { type: 'text', text };
  return text === '' ? { type: 'link', url } : { type: 'link', url, text };
}
