import { shorten } from '../../chat/text.js';
import type { Names } from './names.js';

// C0/C1 controls except line feed, line and paragraph separators, bidirectional controls, BOM.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The last guard for text that reaches Slack: nothing that reorders, hides or breaks a line. Spaces at the ends are kept. */
export function printable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(UNPRINTABLE, ' ').toWellFormed();
}

/** On one line and no longer than `max`. */
export function oneLine(text: string, max: number): string {
  const lines = printable(text)
    .split('\n')
    .map((line) => line.trim());
  return shorten(lines.filter((line) => line !== '').join(' '), max);
}

/** Slack reads `&`, `<` and `>` in notification text as markup; these three and no others are escaped. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What was typed after a command may arrive escaped. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What stands between angle brackets: a target and, sometimes, how it reads. No bracket is looked at twice. */
const MARKUP = /<([^<>|]*)(?:\|([^<>]*))?>/g;

/** What a person typed, as they see it: Slack sends mentions, channels and links as markup, and of people the id alone. */
export function plainMessage(text: string, names: Names = new Map()): string {
  return unescapeText(text.replace(MARKUP, (_, target: string, label?: string) => readable(target, label ?? '', names)));
}

function readable(target: string, label: string, names: Names): string {
  const [kind, id] = [target[0], target.slice(1)];
  if (kind === '@') return `@${label || escapeText(names.get(id) ?? id)}`;
  if (kind === '#') return `#${label || id}`;
  if (kind === '!') return /^(?:here|channel|everyone)$/.test(id) ? `@${id}` : label || `@${id}`;
  return label || target.replace(/^(?:mailto|tel):/, '');
}

/** The people a text mentions by their id alone. */
export function mentions(text: string): string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)\|?>/g)].map(([, user = '']) => user);
}

const JOINER = '\u2060';

/**
 * Some of Slack's clients make anything that looks like an address in notification text a link. An invisible joiner in
 * the middle of it prevents that; nothing else of the text changes.
 */
export function defuse(text: string): string {
  return text
    .replace(/\b(?:[a-z][a-z\d+.-]*(?=:\/\/)|(?:mailto|tel|sms)(?=:\S))/gi, `$&${JOINER}`)
    .replace(/(?<=[\w.+-])@(?=[\w-]+\.)/g, `@${JOINER}`)
    .replace(/(?<=[\p{L}\d-])\.(?=\p{L}{2,})/gu, `.${JOINER}`);
}

/** Shortens to the smaller of `max` and what is left of a total. */
export type Allowance = (text: string, max: number) => string;

/** A total amount of text for one card, handed out in order of appearance. Nothing is left once it is spent. */
export function allowance(total: number): Allowance {
  let left = total;
  return (text, max) => {
    if (left <= 0) return '';
    const kept = shorten(printable(text), Math.min(max, left));
    left -= kept.length;
    return kept;
  };
}
