import { SPANS, type Span } from '../../figures/period.js';
import { nearest, plainWord } from '../../language/nearest.js';

/** What was asked for: over what time, and about whom, in the words that are left. */
export interface Ask {
  readonly span: Span;
  /** Plain words; none when nobody was named. */
  readonly who: readonly string[];
  /** The same as they were typed. */
  readonly typed: string;
}

/** How people call these times, without accents and apostrophes. */
const SPAN_WORDS: Readonly<Record<string, Span>> = {
  today: 'today',
  day: 'today',
  aujourdhui: 'today',
  auj: 'today',
  jour: 'today',
  week: 'week',
  semaine: 'week',
  hebdo: 'week',
  month: 'month',
  mois: 'month',
};

/** Words people put around the others. */
const BETWEEN = new Set(['this', 'the', 'of', 'for', 'cette', 'ce', 'ci', 'le', 'la', 'les', 'de', 'du', 'pour', 'd', 'l']);
const MYSELF = new Set(['me', 'my', 'mine', 'moi', 'mes', 'mon']);

const [DEFAULT_SPAN] = SPANS;

/** Reads the words after "stats"; every word that is no time is part of a name. */
export function readAsk(words: string): Ask {
  const typed = words.split(/\s+/).filter((word) => word !== '');
  const span = typed.map((word) => spanOf(word)).find((one) => one !== undefined);
  const names = typed.filter((word) => spanOf(word) === undefined && !BETWEEN.has(plainWord(word)));
  return { span: span ?? DEFAULT_SPAN, who: names.map(plainWord).filter((word) => word !== ''), typed: names.join(' ') };
}

/** The words after "my figures": whatever else they name, somebody asks about themselves. */
export function readOwnAsk(words: string): Ask {
  return { ...readAsk(words), who: ['me'] };
}

/** Does somebody ask about themselves, in so many words? */
export function isMyself({ who }: Ask): boolean {
  return who.length > 0 && who.every((word) => MYSELF.has(word));
}

/** A name has all these words, in any order and cut short. */
export function isCalled(name: string, who: readonly string[]): boolean {
  return likeness(name, who) > 0;
}

/** Those whom these words mean: called exactly so, before having the words in their name, before words cut short. */
export function meantBy<T extends { readonly name: string }>(who: readonly string[], all: readonly T[]): readonly T[] {
  const best = Math.max(0, ...all.map(({ name }) => likeness(name, who)));
  return best === 0 ? [] : all.filter(({ name }) => likeness(name, who) === best);
}

/** 3: the whole name, in any order. 2: whole words of it. 1: words cut short. 0: another's. */
function likeness(name: string, who: readonly string[]): 0 | 1 | 2 | 3 {
  const parts = name
    .split(/[\s-]+/)
    .map(plainWord)
    .filter((part) => part !== '' && !BETWEEN.has(part));
  const bits = who.flatMap((word) => word.split('-')).filter((bit) => bit !== '');
  if (bits.length === 0 || !bits.every((bit) => parts.some((part) => part.startsWith(bit)))) return 0;
  if (!bits.every((bit) => parts.includes(bit))) return 1;
  return bits.length === parts.length && parts.every((part) => bits.includes(part)) ? 3 : 2;
}

/** What was probably meant by words that are nothing: a time, or somebody of these names. */
export function probably({ who }: Ask, names: readonly string[]): string | null {
  const [word = ''] = who;
  const firsts = new Map(names.flatMap((name) => name.split(/\s+/).map((part) => [plainWord(part), name] as const)));
  const choice = nearest(word, [...Object.keys(SPAN_WORDS), ...firsts.keys()]);
  return choice === undefined ? null : (firsts.get(choice) ?? choice);
}

function spanOf(word: string): Span | undefined {
  const plain = plainWord(word).replace(/-ci$/, '').replaceAll('-', '');
  return Object.hasOwn(SPAN_WORDS, plain) ? SPAN_WORDS[plain] : undefined;
}
