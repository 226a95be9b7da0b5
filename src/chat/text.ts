/**
 * What a line of a message is made of. Formatting is structured and ours; text from people is always a plain string,
 * which every renderer escapes as the last step.
 */
export type Span =
  | string
  | { readonly bold: string }
  /** A moment. `clock` shows the time of day, `ago` a live "3 min ago" where the platform can; `text` is the fallback, already formatted. */
  | { readonly when: Date; readonly as: 'clock' | 'ago'; readonly text: string }
  /** A colleague, mentioned by the platform's own user id. Never built from text a customer sent. */
  | { readonly person: PersonId; readonly name: string }
  /** A link of ours (never an address taken from a lead). */
  | { readonly link: string; readonly label: string }
  /** A tap-to-call number in E.164, shown as `label`. */
  | { readonly tel: string; readonly label: string }
  /** A tap-to-write address. */
  | { readonly mail: string };

/** One line of a message. */
export type Line = readonly Span[];

/** A platform's own user id, prefixed with the platform: `slack:U0ALICE`. Opaque outside its platform. */
export type PersonId = string;

/** A channel as configuration writes it: `slack:C0LEADSLYON`. Opaque outside its platform. */
export type ChannelId = string;

/** One message on one platform, minted and read only by that platform. */
export type MessageId = string;

/** One file on one platform, minted and read only by that platform: `slack:F0123`. */
export type FileId = string;

// C0/C1 controls except line feed, bidirectional embeddings, overrides and isolates, zero-width joins of lines, BOM.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * Makes text from the public printable: no control characters, no direction overrides, no runs of blank lines, no
 * lone surrogates. The meaning is kept; nothing is escaped here.
 */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(UNPRINTABLE, ' ')
    .toWellFormed()
    .replace(/[^\S\n]+/g, (run) => (run.includes('\u00a0') || run.includes('\u202f') ? (run[0] ?? ' ') : ' '))
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Shortens to at most `max` UTF-16 units, never inside a character, with an ellipsis. Call before escaping. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter('fr', { granularity: 'grapheme' }).segment(text.slice(0, max + 32))) {
    if (index + segment.length > max - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** A line without its formatting, for notifications, logs of tests and screen readers. */
export function plainText(line: Line): string {
  return line.map(plainSpan).join('');
}

function plainSpan(span: Span): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  if ('when' in span) return span.text;
  if ('person' in span) return span.name;
  if ('link' in span) return span.label;
  if ('tel' in span) return span.label;
  return span.mail;
}
