/*
 * What Teams reads of Markdown in cards and messages: bold, italic, lists and links; nothing else. Everything that comes
 * out is escaped text or one of our own elements.
 */

const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const LINK = /\[([^[\]]*)\]\(([^()\s]+)\)/;
const MENTION = /<at>([^<]*)<\/at>/;
const LIST_ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

/** Markdown as HTML. */
export function markdownHtml(text: string): string {
  const { masked, restore } = mask(text);
  return blocks(masked.replace(/\r\n?/g, '\n').split('\n'), restore);
}

/** Escaped characters stand aside while the rest is read. */
function mask(text: string): { readonly masked: string; readonly restore: (html: string) => string } {
  const kept: string[] = [];
  // Characters nobody may use: what a text has of them could pass for our marks.
  const masked = text.replace(/[\ue000-\uf8ff]/g, '').replace(ESCAPED, (_, character: string) => {
    kept.push(character);
    return String.fromCharCode(0xe000 + kept.length - 1);
  });
  return { masked, restore: (html) => html.replace(/[\ue000-\uf8ff]/g, (mark) => escapeHtml(kept[mark.charCodeAt(0) - 0xe000] ?? '')) };
}

interface Block {
  readonly tag: 'p' | 'ul' | 'ol';
  readonly lines: string[];
}

function blocks(lines: readonly string[], restore: (html: string) => string): string {
  const out: Block[] = [];
  let begun = false;
  for (const line of lines) {
    if (line.trim() === '') {
      begun = false;
      continue;
    }
    const [, number, item] = LIST_ITEM.exec(line) ?? [];
    const tag = item === undefined ? 'p' : number === undefined ? 'ul' : 'ol';
    const last = begun ? out.at(-1) : undefined;
    if (last?.tag === tag) last.lines.push(item ?? line);
    else out.push({ tag, lines: [item ?? line] });
    begun = true;
  }
  return out.map((block) => blockHtml(block, restore)).join('');
}

function blockHtml({ tag, lines }: Block, restore: (html: string) => string): string {
  const drawn = lines.map((line) => restore(inline(line)));
  if (tag === 'p') return `<p>${drawn.join('<br>')}</p>`;
  return `<${tag}>${drawn.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;
}

/** The elements of a line, from the outside in. */
function inline(text: string): string {
  const found = [
    [MENTION, (name: string) => `<span class="mention">${escapeHtml(entities(name))}</span>`] as const,
    [LINK, (label: string, url: string) => link(label, url)] as const,
    [/\*\*(?=\S)(.+?)(?<=\S)\*\*/, (inside: string) => `<strong>${inline(inside)}</strong>`] as const,
    [/__(?=\S)(.+?)(?<=\S)__/, (inside: string) => `<strong>${inline(inside)}</strong>`] as const,
    [/\*(?=\S)([^*]+?)(?<=\S)\*/, (inside: string) => `<em>${inline(inside)}</em>`] as const,
    [/(?<![\p{L}\p{N}])_(?=\S)([^_]+?)(?<=\S)_(?![\p{L}\p{N}])/u, (inside: string) => `<em>${inline(inside)}</em>`] as const,
  ]
    .map(([pattern, draw]) => ({ match: pattern.exec(text), draw }))
    .filter((one) => one.match !== null)
    .sort((a, b) => (a.match?.index ?? 0) - (b.match?.index ?? 0))[0];
  if (!found?.match) return escapeHtml(entities(text));
  const { index, 0: whole, 1: first = '', 2: second = '' } = found.match;
  return escapeHtml(entities(text.slice(0, index))) + found.draw(first, second) + inline(text.slice(index + whole.length));
}

function link(label: string, url: string): string {
  const address = entities(url);
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(address)) return `[${inline(label)}](${escapeHtml(address)})`;
  return `<a href="${escapeHtml(address)}" target="_blank" rel="noopener noreferrer">${inline(label)}</a>`;
}

/** `&amp;` is written for `&`. */
function entities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|([a-z]{2,4}));/g, (whole, code: string | undefined, name: string | undefined) => {
    if (code !== undefined) return String.fromCodePoint(Math.min(Number(code), 0x10ffff));
    return ENTITIES[name ?? ''] ?? whole;
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** What somebody typed: mentions and addresses show as such, everything else as it is. */
export function plainHtml(text: string): string {
  return text
    .split(/(<at>[^<]*<\/at>|https?:\/\/[^\s<>"]+)/)
    .map((part, index) => {
      if (index % 2 === 0) return escapeHtml(part);
      const [, name] = MENTION.exec(part) ?? [];
      if (name !== undefined) return `<span class="mention">${escapeHtml(entities(name))}</span>`;
      return `<a href="${escapeHtml(part)}" target="_blank" rel="noopener noreferrer">${escapeHtml(part)}</a>`;
    })
    .join('')
    .replaceAll('\n', '<br>');
}
