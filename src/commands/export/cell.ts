/** What a spreadsheet may take for the beginning of a formula, in any of its scripts. */
const FORMULA = /^[=+\-@＝＋－＠]/;
/** What may stand before it and be skipped: spaces of every kind, what joins or marks words unseen, and control characters. */
const SKIPPED = /^[\s\p{Z}\p{Cc}\p{Cf}]+/u;

/**
 * A text as a cell that no spreadsheet reads as a formula: every line that would begin one begins with an apostrophe
 * instead. It stays readable: `+33 6…` becomes `'+33 6…`. NUL, at which some programs stop reading, is left out.
 */
export function safeCell(text: string): string {
  return text
    .replaceAll('\0', '')
    .split(/(\r\n|[\n\r\u2028\u2029\v\f])/)
    .map((line, n) => (n % 2 === 0 && isFormula(line) ? `'${line}` : line))
    .join('');
}

function isFormula(line: string): boolean {
  return line.startsWith('\t') || FORMULA.test(line.replace(SKIPPED, ''));
}
