/** What the Teams client itself says to a person, before or instead of the app. */
export interface ClientWords {
  readonly required: string;
  readonly tooLong: (max: number) => string;
  readonly pattern: string;
  readonly number: string;
  readonly atLeast: (min: string) => string;
  readonly atMost: (max: string) => string;
  readonly date: string;
  readonly time: string;
  readonly noSuchChoice: string;
  readonly failed: string;
  readonly unreachable: string;
  readonly badAnswer: string;
  readonly fieldsAtFault: string;
  readonly gone: string;
}

const english: ClientWords = {
  required: 'This field is required.',
  tooLong: (max) => `Write at most ${max} characters.`,
  pattern: 'This is not in the expected form.',
  number: 'Write a number.',
  atLeast: (min) => `Write ${min} or more.`,
  atMost: (max) => `Write ${max} or less.`,
  date: 'Choose a date.',
  time: 'Choose a time.',
  noSuchChoice: 'Choose one of the options.',
  failed: 'Something went wrong. Please try again.',
  unreachable: 'Unable to reach app. Please try again.',
  badAnswer: 'The app gave an answer that cannot be shown.',
  fieldsAtFault: 'Some fields need another look.',
  gone: 'This is no longer here.',
};

const french: ClientWords = {
  required: 'Ce champ est obligatoire.',
  tooLong: (max) => `Écrivez au plus ${max} caractères.`,
  pattern: 'La forme attendue est différente.',
  number: 'Écrivez un nombre.',
  atLeast: (min) => `Écrivez ${min} ou plus.`,
  atMost: (max) => `Écrivez ${max} ou moins.`,
  date: 'Choisissez une date.',
  time: 'Choisissez une heure.',
  noSuchChoice: 'Choisissez une des options.',
  failed: 'Un problème s’est produit. Veuillez réessayer.',
  unreachable: 'Impossible de joindre l’application. Veuillez réessayer.',
  badAnswer: 'L’application a donné une réponse impossible à afficher.',
  fieldsAtFault: 'Certains champs sont à revoir.',
  gone: 'Ceci n’est plus là.',
};

/** The client's words in the person's language; English unless the locale is French. */
export function clientWords(locale: string): ClientWords {
  return locale.toLowerCase().startsWith('fr') ? french : english;
}
