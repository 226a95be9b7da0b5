import { deHouse } from '../../language/french.js';
import { defineMessages } from '../../language/messages.js';

export const claimWords = defineMessages({
  en: {
    button: 'Claim',
    yours: 'It’s yours. ',
    nobody: 'the customer',
    callNow: 'Call now, then record the outcome with “Update”.',
    writeNow: 'Write now, there is no phone number; then record the outcome with “Update”.',
    noReach: 'There is no way to reach this customer yet: complete the card if you know one.',
    prefers: (way: string) => `Prefers: ${way}`,
    alreadyYours: 'This lead is already yours.',
    faster: (name: string, by: string) => `${name} was ${by} faster.`,
    late: 'Too late: a colleague has this lead.',
    taken: (name: string) => `${name} owns this lead.`,
    over: 'This lead is closed.',
    notAllowed: (dealership: string, ask: string | null) =>
      `Only salespeople of ${dealership} can claim this lead.${ask ? ` Ask ${ask}.` : ''}`,
    or: (names: readonly string[]) => names.join(' or '),
  },
  fr: {
    button: 'Je prends',
    yours: 'C’est à vous. ',
    nobody: 'le client',
    callNow: 'Appelez maintenant, puis notez le résultat avec « Suivi ».',
    writeNow: 'Écrivez maintenant, il n’y a pas de numéro de téléphone ; puis notez le résultat avec « Suivi ».',
    noReach: 'Aucun moyen de joindre ce client pour l’instant : complétez la fiche si vous en connaissez un.',
    prefers: (way: string) => `Préfère : ${way}`,
    alreadyYours: 'Ce lead est déjà à vous.',
    faster: (name: string, by: string) => `${name} a été plus rapide de ${by}.`,
    late: 'Trop tard : un collègue a ce lead.',
    taken: (name: string) => `${name} a pris ce lead.`,
    over: 'Ce lead est terminé.',
    notAllowed: (dealership: string, ask: string | null) =>
      `Seuls les vendeurs ${deHouse(dealership)} peuvent prendre ce lead.${ask ? ` Demandez à ${ask}.` : ''}`,
    or: (names: readonly string[]) => names.join(' ou '),
  },
});
