import { defineMessages } from '../../language/messages.js';

export const noteWords = defineMessages({
  en: {
    noted: (name: string) => `${name} wrote a note`,
    changed: (name: string) => `${name} changed a note`,
    deleted: (name: string) => `A note by ${name} was deleted`,
    somebody: 'somebody',
  },
  fr: {
    noted: (name: string) => `${name} a écrit une note`,
    changed: (name: string) => `${name} a modifié une note`,
    deleted: (name: string) => `Une note écrite par ${name} a été supprimée`,
    somebody: 'quelqu’un',
  },
});
