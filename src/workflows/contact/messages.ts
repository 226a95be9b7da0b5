import { defineMessages } from '../../language/messages.js';

export const contactWords = defineMessages({
  en: {
    button: 'Contact details',
    refused: (owner: string | null) =>
      owner
        ? `Only ${owner} and the sales managers see these contact details. Ask ${owner}.`
        : 'Claim the lead to see the contact details.',
    none: 'No contact details came with this lead.',
  },
  fr: {
    button: 'Coordonnées',
    refused: (owner: string | null) =>
      owner
        ? `Seuls ${owner} et les chefs des ventes voient ces coordonnées. Demandez à ${owner}.`
        : 'Prenez le lead pour voir les coordonnées.',
    none: 'Aucune coordonnée n’est arrivée avec ce lead.',
  },
});
