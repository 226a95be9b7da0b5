const VOWEL = /^[aeiouàâäæéèêëîïôöœùûü]/i;
/** In people's names H and Y are mute as a rule; in those of houses and cars they are spoken. */
const VOWEL_OR_MUTE = /^[aeiouyhàâäæéèêëîïôöœùûü]/i;

/** A French "de" before somebody's name: `d’Alice`, `d’Hélène`, `de Bruno`. */
export const de = (name: string): string => elided('de', name, VOWEL_OR_MUTE);

/** A French "de" before the name of a house: `d’Auto Alpes`, `de Honda Lyon`. */
export const deHouse = (name: string): string => elided('de', name, VOWEL);

/** A French "la" before a car: `l’Opel Corsa`, `la Honda Jazz`. */
export const la = (car: string): string => elided('la', car, VOWEL);

function elided(word: 'de' | 'la', name: string, before: RegExp): string {
  return before.test(name) ? `${word.charAt(0)}’${name}` : `${word} ${name}`;
}
