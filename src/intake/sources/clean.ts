/** Longest text kept, in UTF-16 units. Beyond it the text is cut and the cut is noted. */
export const LIMITS = {
  /** Names, makes, cities, ids: one line. */
  line: 200,
  phone: 64,
  /** RFC 5321: 64 for the local part, 255 for the domain. */
  email: 320,
  url: 2_000,
  comments: 5_000,
  message: 20_000,
} as const;

// C0 and C1 controls except tab, line feed and carriage return; direction overrides and isolates; BOM.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** What senders write when they have nothing to say about a car. */
const PLACEHOLDERS = new Set([
  'not specified',
  'unspecified',
  'not available',
  'n/a',
  'none',
  'null',
  'undefined',
  'unknown',
  'non renseigné',
  'non précisé',
  'inconnu',
  '-',
  '--',
  '?',
]);

/** Cleaned text, and whether its end had to be cut off. */
export interface Cleaned {
  readonly text: string | null;
  readonly cut: boolean;
}

/** One line of text from the public: no control characters, single spaces, trimmed; null when nothing is left. */
export function cleanLine(raw: string, max: number): Cleaned {
  return finish(printable(raw, max).replace(/\s+/g, ' ').trim(), raw, max);
}

/** Text of several lines: as {@link cleanLine}, keeping line breaks and at most one blank line between paragraphs. */
export function cleanLines(raw: string, max: number): Cleaned {
  const text = printable(raw, max)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) => line.replaceAll('\t', ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return finish(text, raw, max);
}

/** Is this one of the ways to say "nothing" about a car (`Not specified`, `N/A`)? */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.has(text.toLowerCase());
}

/** Four times the limit is looked at, so that padding does not push the text out, and a huge value costs nothing. */
function printable(raw: string, max: number): string {
  return raw
    .slice(0, max * 4)
    .replace(UNPRINTABLE, '')
    .toWellFormed()
    .normalize('NFC');
}

function finish(text: string, raw: string, max: number): Cleaned {
  if (text.length <= max) return { text: text === '' ? null : text, cut: raw.length > max * 4 };
  // A cut between the halves of a surrogate pair would leave half a character.
  const end = /[\ud800-\udbff]/.test(text[max - 1] ?? '') ? max - 1 : max;
  return { text: text.slice(0, end).trim(), cut: true };
}
