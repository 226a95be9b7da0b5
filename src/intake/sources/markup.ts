import { REFERENCE, referenced } from './entities.js';

/*
 * The small change of tag soup, shared by the repair of ADF and the undoing of HTML. Every function here looks at each
 * character a fixed number of times: a tag never reaches beyond the next `<`.
 */

/** Bounded on every side, so that matching stays linear in the tag. */
const ATTRIBUTE =
  /(?<![\w:.-])(?:[\w.-]{1,40}:)?(?<name>[A-Za-z_][\w.-]{0,40})\s{0,8}=\s{0,8}(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|["']?(?<bare>[^\s"']+))/g;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The next `<` or `&` at or after `from`; the end of the text when there is none. */
export function nextMark(text: string, from: number): number {
  let i = from;
  while (i < text.length && text[i] !== '<' && text[i] !== '&') i += 1;
  return i;
}

/**
 * The `>` of a tag, not one inside a quoted value; null when there is none before the next `<`. A quote that is never
 * closed is ignored.
 */
export function tagEnd(text: string, from: number): number | null {
  let quote = '';
  let unquoted: number | null = null;
  for (let i = from; i < text.length && text[i] !== '<'; i += 1) {
    const character = text[i] ?? '';
    if (character === '>' && quote === '') return i;
    if (character === '>') unquoted ??= i;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
  }
  return unquoted;
}

/** The character a reference at `at` stands for, and where the reference ends; null when it is a lone ampersand. */
export function characterAt(text: string, at: number): { readonly character: string; readonly end: number } | null {
  REFERENCE.lastIndex = at;
  const character = referenced(REFERENCE.exec(text)?.groups ?? {});
  return character === null ? null : { character, end: REFERENCE.lastIndex };
}

/** One character as XML text and attribute values hold it. */
export function escaped(character: string): string {
  return ESCAPES[character] ?? character;
}

/**
 * The attributes of a tag written anew, with a space before each: lower-case names without prefix, each once, quoted
 * and escaped. `lone` is called for each ampersand that starts no reference.
 */
export function attributesOf(text: string, lone: () => void): string {
  const attributes = new Map<string, string>();
  for (const { groups } of text.matchAll(ATTRIBUTE)) {
    const name = (groups?.name ?? '').toLowerCase();
    const value = groups?.double ?? groups?.single ?? groups?.bare ?? '';
    if (!attributes.has(name)) attributes.set(name, value);
  }
  return [...attributes].map(([name, value]) => ` ${name}="${attributeValue(value, lone)}"`).join('');
}

function attributeValue(text: string, lone: () => void): string {
  const out: string[] = [];
  for (let at = 0; at < text.length; ) {
    const read = text[at] === '&' ? characterAt(text, at) : null;
    if (text[at] === '&' && read === null) lone();
    const next = Math.max(nextMark(text, at), at + 1);
    out.push((read?.character ?? text.slice(at, next)).replace(/[&<>"]/g, escaped));
    at = read?.end ?? next;
  }
  return out.join('');
}

/**
 * Undoes HTML: tags become line breaks, references characters. For ADF that was itself escaped (`&lt;adf&gt;`), and
 * for showing what could not be read.
 */
export function unescapeHtml(text: string): string {
  const out: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text[at] === '<' ? tagEnd(text, at + 1) : null;
    const read = text[at] === '&' ? characterAt(text, at) : null;
    const next = Math.max(nextMark(text, at), at + 1);
    if (end !== null) out.push('\n');
    // XML knows no non-breaking space between attributes.
    else out.push(read?.character.replace('\u00a0', ' ') ?? text.slice(at, next));
    at = end !== null ? end + 1 : (read?.end ?? next);
  }
  return out.join('');
}
