import type { Line, Span } from '../../chat/text.js';
import { mailAddress, telephoneAddress, webAddress } from '../addresses.js';
import type { Allowance } from '../plain.js';
import { LIMITS } from './limits.js';
import { escapeMarkdown, escapeXml, inert, mentionName } from './plain.js';
import { readPerson } from './refs.js';
import type { Mention, RichTextBlock, TextBlock, TextRun } from './shapes.js';

/** Who is mentioned in one card. Each name stands once: Teams finds the person by the words between the tags. */
export interface Mentions {
  /** The words that mention somebody; undefined for people of other platforms. */
  of(person: string, name: string): string | undefined;
  all(): readonly Mention[];
}

export function mentionsOfCard(): Mentions {
  const mentions = new Map<string, Mention>();
  return {
    of(person, name) {
      const id = readPerson(person);
      const known = mentionName(name, LIMITS.name);
      if (id === undefined || known === '') return undefined;
      const before = mentions.get(id);
      if (before) return before.text;
      const taken = (tag: string) => [...mentions.values()].some((mention) => mention.text === tag);
      const tagged = (n: number) => `<at>${escapeXml(n === 1 ? known : `${known} ${n}`)}</at>`;
      let n = 1;
      while (taken(tagged(n))) n++;
      mentions.set(id, { type: 'mention', text: tagged(n), mentioned: { id, name: known } });
      return tagged(n);
    },
    all: () => [...mentions.values()],
  };
}

/** How the words of a line look. */
export type Look = Pick<TextRun, 'size' | 'weight' | 'isSubtle' | 'color'>;

export interface Drawing {
  readonly allow: Allowance;
  readonly mentions: Mentions;
}

/** One line. Undefined when there is nothing to show, which Teams would refuse. */
export function lineBlock(line: Line, drawing: Drawing, look: Look = {}): RichTextBlock | TextBlock | undefined {
  return line.some((span) => typeof span === 'object' && 'person' in span && drawing.mentions.of(span.person, span.name) !== undefined)
    ? mentioningBlock(line, drawing, look)
    : plainBlock(line, drawing, look);
}

function plainBlock(line: Line, { allow }: Drawing, look: Look): RichTextBlock | undefined {
  const inlines = line.flatMap((span) => run(span, allow, look) ?? []);
  return inlines.some(({ text }) => text.trim() !== '') ? { type: 'RichTextBlock', inlines } : undefined;
}

function run(span: Span, allow: Allowance, look: Look): TextRun | undefined {
  const text = inert(allow(labelOf(span), LIMITS.span).replaceAll('\n', ' '));
  if (text === '') return undefined;
  const url = addressOf(span);
  const bold = typeof span === 'object' && 'bold' in span;
  return {
    type: 'TextRun',
    text,
    ...look,
    ...(bold && { weight: 'Bolder' as const }),
    ...(url && { selectAction: { type: 'Action.OpenUrl' as const, url } }),
  };
}

/** Mentions work in Markdown text only. */
function mentioningBlock(line: Line, { allow, mentions }: Drawing, look: Look): TextBlock | undefined {
  const text = line
    .map((span) => {
      if (typeof span === 'object' && 'person' in span) {
        const tag = mentions.of(span.person, span.name);
        if (tag !== undefined) return tag;
      }
      return markdown(span, allow);
    })
    .join('');
  return text.trim() === '' ? undefined : { type: 'TextBlock', text, wrap: true, ...look };
}

function markdown(span: Span, allow: Allowance): string {
  const text = allow(labelOf(span), LIMITS.span);
  const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  if (inside === '') return before;
  const url = addressOf(span);
  const escaped = escapeMarkdown(inside);
  if (url !== undefined) return `${before}[${escaped}](${url.replace(/[()\\<>]/g, percentEncoded)})${after}`;
  return typeof span === 'object' && 'bold' in span ? `${before}**${escaped}**${after}` : `${before}${escaped}${after}`;
}

/** What would end an address in Markdown, and `encodeURIComponent` leaves. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function labelOf(span: Span): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  // Cards can show a moment in the reader's own time, which is not the dealership's.
  if ('when' in span) return span.text;
  if ('person' in span) return span.name;
  if ('link' in span) return span.label;
  if ('tel' in span) return span.label;
  return span.mail;
}

function addressOf(span: Span): string | undefined {
  if (typeof span === 'string') return undefined;
  const url =
    'link' in span
      ? webAddress(span.link)
      : 'tel' in span
        ? telephoneAddress(span.tel)
        : 'mail' in span
          ? mailAddress(span.mail)
          : undefined;
  return url !== undefined && url.length <= LIMITS.linkUrl ? url : undefined;
}
