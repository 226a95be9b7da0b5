import type { Names } from './names.js';

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
