import type { Language } from './locale.js';

type Word = string | ((...args: never[]) => unknown);
type Words = { readonly [key: string]: Word | Words };
type SameShape<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => R : T[K] extends string ? string : SameShape<T[K]>;
};

/**
 * Words are typed functions, French beside English in one file. English decides the shape; French that lacks a
 * sentence, or takes other arguments, does not compile.
 */
export function defineMessages<const E extends Words>(words: {
  readonly en: E;
  readonly fr: SameShape<E>;
}): Record<Language, SameShape<E>> {
  return { en: words.en as unknown as SameShape<E>, fr: typeset(words.fr) as SameShape<E> };
}

/** Gives every French sentence its non-breaking spaces, so that nobody has to type what nobody can see. */
function typeset(words: unknown): unknown {
  if (typeof words === 'string') return withFrenchSpaces(words);
  if (typeof words === 'function') return (...args: unknown[]) => typeset((words as (...args: unknown[]) => unknown)(...args));
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, typeset(value)]));
}

/** Non-breaking spaces before `: ; ! ? » % €`, after `«`, inside numbers and before their units, as French is printed. */
export function withFrenchSpaces(text: string): string {
  return text
    .replace(/ (?=[:;!?»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0')
    .replace(THOUSANDS, (number) => number.replaceAll(' ', '\u00a0'))
    .replace(/(?<=n°) (?=\d)/gi, '\u00a0')
    .replace(UNIT, '\u00a0');
}

/** `1 000 000`, and no part of a telephone number or of a longer word. */
const THOUSANDS = /(?<![\p{L}\d]|\d )\d{1,3}(?: \d{3})+(?! ?\d)/gu;
const UNIT = /(?<=\d) (?=(?:€|%|(?:Mo|km|min|h)(?![\p{L}\d’'-])))|(?<=\d[ \u00a0]h) (?=\d\d\b)/gu;
