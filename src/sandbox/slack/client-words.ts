import type { Outcome } from './deliver.js';

/** What the client itself says to a person, before or instead of the app. */
export interface ClientWords {
  readonly required: string;
  readonly tooShort: (min: number) => string;
  readonly tooLong: (max: number) => string;
  readonly email: string;
  readonly url: string;
  readonly number: string;
  readonly whole: string;
  readonly atLeast: (min: string) => string;
  readonly atMost: (max: string) => string;
  readonly tooMany: (max: number) => string;
  readonly noSuchOption: string;
  readonly failed: (code: NonNullable<Outcome['failure']>) => string;
  readonly badAnswer: string;
  readonly fieldsAtFault: string;
  readonly gone: string;
  readonly unknownCommand: (command: string) => string;
}

const english: ClientWords = {
  required: 'This field is required.',
  tooShort: (min) => `Write at least ${min} characters.`,
  tooLong: (max) => `Write at most ${max} characters.`,
  email: 'Write an e-mail address.',
  url: 'Write a web address.',
  number: 'Write a number.',
  whole: 'Write a whole number.',
  atLeast: (min) => `Write ${min} or more.`,
  atMost: (max) => `Write ${max} or less.`,
  tooMany: (max) => `Choose at most ${max}.`,
  noSuchOption: 'Choose one of the options.',
  failed: (code) =>
    code === 'operation_timeout'
      ? 'The app did not answer in time. Try again. (operation_timeout)'
      : `The app could not be reached. (${code})`,
  badAnswer: 'The app gave an answer that cannot be shown. Try again.',
  fieldsAtFault: 'Some fields need another look.',
  gone: 'This is no longer here.',
  unknownCommand: (command) => `${command} is not a command of this workspace.`,
};

const french: ClientWords = {
  required: 'Ce champ est obligatoire.',
  tooShort: (min) => `Écrivez au moins ${min} caractères.`,
  tooLong: (max) => `Écrivez au plus ${max} caractères.`,
  email: 'Écrivez une adresse e-mail.',
  url: 'Écrivez une adresse web.',
  number: 'Écrivez un nombre.',
  whole: 'Écrivez un nombre entier.',
  atLeast: (min) => `Écrivez ${min} ou plus.`,
  atMost: (max) => `Écrivez ${max} ou moins.`,
  tooMany: (max) => `Choisissez-en ${max} au plus.`,
  noSuchOption: 'Choisissez une des options.',
  failed: (code) =>
    code === 'operation_timeout'
      ? 'L’application n’a pas répondu à temps. Réessayez. (operation_timeout)'
      : `L’application est injoignable. (${code})`,
  badAnswer: 'L’application a donné une réponse impossible à afficher. Réessayez.',
  fieldsAtFault: 'Certains champs sont à revoir.',
  gone: 'Ceci n’est plus là.',
  unknownCommand: (command) => `${command} n’est pas une commande de cet espace.`,
};

/** The client's words in the person's language; English unless the locale is French. */
export function clientWords(locale: string): ClientWords {
  return locale.toLowerCase().startsWith('fr') ? french : english;
}
