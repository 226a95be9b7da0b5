import { defineMessages } from '../language/messages.js';

/** Sentences that every act on a lead may need. */
export const actingWords = defineMessages({
  en: {
    unowned: 'Nobody owns this lead yet. Claim it first.',
    over: (end: string) => `This lead is over: ${end}.`,
    notYours: (owner: string) => `Only ${owner} and the sales managers can do this. Ask ${owner}.`,
    gone: 'This lead no longer exists here. Close this form.',
    save: 'Save',
    cancel: 'Cancel',
    yes: 'Yes',
    no: 'No',
    note: 'Note',
    addPhotos: 'Add photos',
    notADay: 'Choose a day that exists.',
    choose: 'Choose one of the list.',
    tooLong: (most: number) => `At most ${most.toLocaleString('en-GB')} characters.`,
  },
  fr: {
    unowned: 'Personne n’a encore pris ce lead. Prenez-le d’abord.',
    over: (end: string) => `Ce lead est terminé : ${end}.`,
    notYours: (owner: string) => `Seuls ${owner} et les chefs des ventes peuvent le faire. Demandez à ${owner}.`,
    gone: 'Ce lead n’existe plus ici. Fermez ce formulaire.',
    save: 'Enregistrer',
    cancel: 'Annuler',
    yes: 'Oui',
    no: 'Non',
    note: 'Note',
    addPhotos: 'Ajouter des photos',
    notADay: 'Choisissez un jour qui existe.',
    choose: 'Choisissez dans la liste.',
    tooLong: (most: number) => `${most.toLocaleString('fr-FR')} caractères au plus.`,
  },
});

/** Words of lists of leads. */
export const listWords = defineMessages({
  en: {
    working: 'This takes a moment. The answer comes here as soon as it is known.',
    nothingPlanned: 'nothing planned',
    at: (time: string) => `at ${time}`,
    more: (n: number) => `and ${n} more`,
    nowhere: (ask: string | null) => `You belong to no dealership here, so there is nothing to show.${ask ? ` Ask ${ask}.` : ''}`,
  },
  fr: {
    working: 'Cela prend un moment. La réponse arrive ici dès qu’elle est connue.',
    nothingPlanned: 'rien de prévu',
    at: (time: string) => `à ${time}`,
    more: (n: number) => (n === 1 ? 'et 1 autre' : `et ${n} autres`),
    nowhere: (ask: string | null) =>
      `Vous n’appartenez à aucune concession ici : il n’y a rien à montrer.${ask ? ` Demandez à ${ask}.` : ''}`,
  },
});
