import { defineMessages } from '../language/messages.js';

/** The words of a lead's card, wherever it stands. */
export const cardWords = defineMessages({
  en: {
    used: 'Used',
    new: 'New',
    contactRequest: 'Contact request',
    unreadable: 'Enquiry to read',
    noName: 'Name unknown',
    byHand: 'Entered by hand',
    waitingSince: (time: string) => `Waiting since ${time}`,
    claimedBy: 'Claimed by ',
    afterArrival: (delay: string) => ` · ${delay} after arrival`,
    stages: {
      new: 'New',
      claimed: 'Claimed',
      contacted: 'Contacted',
      appointment: 'Appointment',
      proposal: 'Proposal',
      won: 'Sold',
      abandoned: 'Abandoned',
      duplicate: 'Duplicate',
    },
    soldBy: (name: string) => `Sold by ${name}`,
    saleKinds: { stock: 'from stock', order: 'on order' },
    financed: 'financed',
    abandonedFor: (reason: string) => `Abandoned: ${reason}`,
    resting: (day: string) => `Comes back on ${day}`,
    next: 'Next',
    nextKinds: { call: 'Call', email: 'E-mail', appointment: 'Appointment', 'test-drive': 'Test drive', quote: 'Quote', other: 'Other' },
    temperature: 'Temperature',
    temperatures: { cold: 'Cold', warm: 'Warm', hot: 'Hot' },
    version: 'Version',
    stock: 'Stock',
    tradeIn: 'Trade-in',
    phone: 'Phone',
    mail: 'E-mail',
    photos: (n: number) => (n === 1 ? '1 photo attached by the customer' : `${n} photos attached by the customer`),
    gap: {
      name: 'The name of this customer is missing. Complete it if you know it.',
      reach: 'There is no way to reach this customer. Complete it if you know one.',
      everything: 'This enquiry could not be read by itself. Read what came, then complete it.',
    },
    wrongDealership: 'The sender named no dealership of ours, so it came here.',
    test: { wants: 'Test drive', lease: 'Lease' },
  },
  fr: {
    used: 'VO',
    new: 'VN',
    contactRequest: 'Demande de contact',
    unreadable: 'Demande à lire',
    noName: 'Nom inconnu',
    byHand: 'Saisi à la main',
    waitingSince: (time: string) => `En attente depuis ${time}`,
    claimedBy: 'Pris par ',
    afterArrival: (delay: string) => ` · ${delay} après l’arrivée`,
    stages: {
      new: 'Nouveau',
      claimed: 'Pris',
      contacted: 'Contacté',
      appointment: 'Rendez-vous',
      proposal: 'Offre',
      won: 'Vendu',
      abandoned: 'Abandonné',
      duplicate: 'Doublon',
    },
    soldBy: (name: string) => `Vendu par ${name}`,
    saleKinds: { stock: 'du stock', order: 'sur commande' },
    financed: 'financement',
    abandonedFor: (reason: string) => `Abandonné : ${reason}`,
    resting: (day: string) => `Revient le ${day}`,
    next: 'À faire',
    nextKinds: { call: 'Appel', email: 'E-mail', appointment: 'Rendez-vous', 'test-drive': 'Essai', quote: 'Devis', other: 'Autre' },
    temperature: 'Température',
    temperatures: { cold: 'Froid', warm: 'Tiède', hot: 'Chaud' },
    version: 'Version',
    stock: 'Stock',
    tradeIn: 'Reprise',
    phone: 'Téléphone',
    mail: 'E-mail',
    photos: (n: number) => (n === 1 ? '1 photo jointe par le client' : `${n} photos jointes par le client`),
    gap: {
      name: 'Il manque le nom du client. Complétez si vous le connaissez.',
      reach: 'Il manque un moyen de joindre le client. Complétez si vous en connaissez un.',
      everything: 'Cette demande n’a pas pu être lue automatiquement. Lisez ce qui est arrivé, puis complétez.',
    },
    wrongDealership: 'L’expéditeur n’a nommé aucune de nos concessions : la demande est arrivée ici.',
    test: { wants: 'Essai', lease: 'Location' },
  },
});

/** Sentences any part of the desk may need. */
export const deskWords = defineMessages({
  en: {
    outOfDate: 'This button is out of date; the card above is not.',
    ourFault: (reference: string) =>
      `That failed on our side; nothing is lost. Try again, or give reference ${reference} to your administrator.`,
    required: 'Please fill this in.',
    busy: 'The database is not answering just now; nothing is lost. Try again in a moment.',
    notDrawn: (title: string, code: string, reference: string) =>
      `A message about “${title}” could not be shown (${code}). The lead itself is safe. Your administrator can show it again with reference ${reference}.`,
    departed: (name: string, title: string) =>
      `${name} has no account here any more, and was not told about “${title}”. Tell whoever needs to know, and have your administrator remove the account from the configuration.`,
  },
  fr: {
    outOfDate: 'Ce bouton n’est plus à jour ; la carte ci-dessus l’est.',
    ourFault: (reference: string) =>
      `Ça n’a pas marché de notre côté ; rien n’est perdu. Réessayez, ou donnez la référence ${reference} à votre administrateur.`,
    required: 'À remplir, s’il vous plaît.',
    busy: 'La base de données ne répond pas pour l’instant ; rien n’est perdu. Réessayez dans un instant.',
    notDrawn: (title: string, code: string, reference: string) =>
      `Un message sur « ${title} » n’a pas pu être affiché (${code}). Le lead, lui, est en sûreté. Votre administrateur peut le réafficher avec la référence ${reference}.`,
    departed: (name: string, title: string) =>
      `${name} n’a plus de compte ici : un message sur « ${title} » ne lui est pas parvenu. Prévenez qui doit l’être, et faites retirer ce compte de la configuration par votre administrateur.`,
  },
});
