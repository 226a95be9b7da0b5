import type { Paragraph, Span, Style } from './rich.js';
import { linkSpan } from './rich.js';

/**
 * Slack's message text. `verbatim` leaves bare addresses alone. Entities (`&lt;`, `&gt;`, `&amp;`) are decoded last, so
 * that text written by the public can show `<!channel>` but never become it.
 */
export function parseMrkdwn(source: string, options: { readonly verbatim?: boolean } = {}): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const parts = source.split('```');
  // An odd number of fences leaves the last one open: it is then ordinary text.
  if (parts.length % 2 === 0) parts.push(`${parts.splice(-2, 1)[0] ?? ''}\`\`\`${parts.pop() ?? ''}`);
  parts.forEach((part, index) => {
    if (index % 2 === 1)
      paragraphs.push({
        kind: 'preformatted',
        text: decode(part.replace(/^\n|\n$/g, '')),
      });
    else paragraphs.push(...parseLines(part, index > 0, options.verbatim ?? false));
  });
  return paragraphs;
}

/** Groups lines into ordinary ones and quotes (`&gt;` or `>` at the start of the line). */
function parseLines(source: string, afterFence: boolean, verbatim: boolean): readonly Paragraph[] {
  const text = afterFence ? source.replace(/^\n/, '') : source;
  if (text === '') return [];
  const groups: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const last = groups.at(-1);
    if (last !== undefined && last.quote === (quoted !== null)) last.lines.push(quoted?.[1] ?? line);
    else groups.push({ quote: quoted !== null, lines: [quoted?.[1] ?? line] });
  }
  return groups.map(({ quote, lines }) => ({
    kind: quote ? 'quote' : 'lines',
    spans: parseSpans(lines.join('\n'), {}, verbatim),
  }));
}

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const EMOJI = /^:([a-z0-9_+'-]+):/;
const BARE_URL = /^https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]*_~`]/;

function parseSpans(source: string, style: Style, verbatim: boolean): readonly Span[] {
  const spans: Span[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') spans.push({ kind: 'text', text: decode(plain), style });
    plain = '';
  };
  while (at < source.length) {
    const found = special(source, at, style, verbatim);
    if (found === null) {
      plain += source[at];
      at += 1;
      continue;
    }
    flush();
    spans.push(...found.spans);
    at += found.length;
  }
  flush();
  return spans;
}

interface Found {
  readonly spans: readonly Span[];
  readonly length: number;
}

/** What begins at `at` that is not ordinary text. */
function special(source: string, at: number, style: Style, verbatim: boolean): Found | null {
  const rest = source.slice(at);
  const first = source[at] ?? '';
  if (first === '<') return angle(rest, style);
  if (first === '`') return code(rest, style);
  if (first === ':') {
    const emoji = isEdge(source[at - 1]) ? EMOJI.exec(rest) : null;
    return emoji === null
      ? null
      : {
          spans: [{ kind: 'emoji', name: emoji[1] ?? '', style }],
          length: emoji[0].length,
        };
  }
  if (first === '*' || first === '_' || first === '~') return marked(source, at, first, style, verbatim);
  if (first === 'h' && !verbatim && isEdge(source[at - 1])) {
    const url = BARE_URL.exec(rest)?.[0];
    return url === undefined
      ? null
      : {
          spans: [linkSpan(decode(url), decode(url), style)],
          length: url.length,
        };
  }
  return null;
}

function code(rest: string, style: Style): Found | null {
  const inner = /^`([^`\n]+)`/.exec(rest)?.[1];
  if (inner === undefined) return null;
  return {
    spans: [{ kind: 'text', text: decode(inner), style: { ...style, code: true } }],
    length: inner.length + 2,
  };
}

/** `*bold*`: the mark stands at the edge of a word on both sides and hugs its words. */
function marked(source: string, at: number, mark: keyof typeof MARKS, style: Style, verbatim: boolean): Found | null {
  if (!isEdge(source[at - 1]) || /\s/.test(source[at + 1] ?? ' ') || source[at + 1] === mark) return null;
  let end = source.indexOf(mark, at + 1);
  while (end !== -1 && (/\s/.test(source[end - 1] ?? ' ') || !isEdge(source[end + 1]))) end = source.indexOf(mark, end + 1);
  if (end === -1) return null;
  const inner = source.slice(at + 1, end);
  if (inner.includes('\n')) return null;
  return {
    spans: parseSpans(inner, { ...style, [MARKS[mark]]: true }, verbatim),
    length: inner.length + 2,
  };
}

function isEdge(character: string | undefined): boolean {
  return character === undefined || !/[\p{L}\p{N}]/u.test(character);
}

const REFERENCE = /^<((?:[@#!]|[a-z][a-z0-9+.-]*:)[^\s<>|]+)(?:\|([^<>\n]*))?>/i;
const DATE_REFERENCE = /^<(!date\^[^<>|\n]+)(?:\|([^<>\n]*))?>/;

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<!date^…>`, `<https://…|words>`. */
function angle(rest: string, style: Style): Found | null {
  const found = DATE_REFERENCE.exec(rest) ?? REFERENCE.exec(rest);
  if (found === null) return null;
  const [whole, target = '', label] = found;
  return { spans: [reference(target, label === undefined ? undefined : decode(label), style)], length: whole.length };
}

function reference(target: string, label: string | undefined, style: Style): Span {
  if (/^@[UW]/.test(target)) return { kind: 'user', id: target.slice(1), style };
  if (/^#C/.test(target)) return { kind: 'channel', id: target.slice(1), style };
  if (target.startsWith('!date^')) return dateReference(target, label, style);
  if (target.startsWith('!subteam^'))
    return {
      kind: 'broadcast',
      range: (label ?? target.slice(9)).replace(/^@/, ''),
      style,
    };
  if (target.startsWith('!')) return { kind: 'broadcast', range: target.slice(1), style };
  return linkSpan(decode(target), label ?? decode(target).replace(/^(?:mailto|tel):/, ''), style);
}

function dateReference(target: string, label: string | undefined, style: Style): Span {
  const [, timestamp = '', format = ''] = target.split('^');
  const seconds = Number(timestamp);
  if (timestamp === '' || !Number.isFinite(seconds)) return { kind: 'text', text: label ?? '', style };
  return {
    kind: 'date',
    timestamp: seconds,
    format: decode(format),
    fallback: label ?? '',
    style,
  };
}

/** Decodes the three entities Slack knows, once each: `&amp;lt;` shows as `&lt;`. */
export function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name: string) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'));
}
