import { shorten } from '../chat/text.js';

// C0/C1 controls except line feed, line and paragraph separators, bidirectional controls, BOM.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The last guard for text that leaves us: nothing that reorders, hides or breaks a line. Spaces at the ends are kept. */
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
