/** Before these a French article or "de" loses its vowel. */
const VOWEL = /^[aeiouàâäæéèêëîïôöœùûü]/i;

/** A French "de" before somebody's name: `d’Alice`, `d’Hélène`, `de Bruno`. */
export function de(name: string): string {
  return VOWEL.test(name) || /^[hy]/i.test(name) ? `d’${name}` : `de ${name}`;
}

/** A French "de" before the name of a house, whose H and Y are spoken: `d’Auto Alpes`, `de Honda Lyon`. */
export function deHouse(name: string): string {
  return VOWEL.test(name) ? `d’${name}` : `de ${name}`;
}

/** A French "la" before a car: `l’Opel Corsa`, `la Honda Jazz`. */
export function la(car: string): string {
  return VOWEL.test(car) ? `l’${car}` : `la ${car}`;
}
