import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Longer than any number somebody writes with its remarks; the rest of what the public sends is never looked at. */
const LONGEST = 250;

/** Two numbers in one field, or a number and its extension: the first is the one to call. */
const BETWEEN_NUMBERS = /[/;,|\n]| - | (?:ou|or|et|and|poste) /i;

/**
 * The number in E.164, without its extension; null when there is none that could be dialled. A number without `+` is
 * read as one of `country` (ISO 3166 alpha-2). Never throws.
 */
export function normalisePhone(text: string, country: string): string | null {
  if (text.length > LONGEST) return null;
  return dialled(text, country) ?? firstOf(text.split(BETWEEN_NUMBERS), country);
}

function firstOf(pieces: readonly string[], country: string): string | null {
  if (pieces.length < 2) return null;
  for (const piece of pieces) {
    const number = dialled(piece, country);
    if (number !== null) return number;
  }
  return null;
}

function dialled(text: string, country: string): string | null {
  const number = isSupportedCountry(country) ? parsePhoneNumberFromString(text, country) : parsePhoneNumberFromString(text);
  return number?.isPossible() ? number.number : null;
}
