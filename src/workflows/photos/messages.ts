import { defineMessages } from '../../language/messages.js';

/** The words around photos that come by a link. */
export const photosWords = defineMessages({
  en: {
    title: 'Add photos',
    forYou: 'For you, on any phone or computer: ',
    open: 'open the photo page',
    forCustomer: 'For the customer, to paste into a text message or an e-mail:',
    aboutLinks: (own: string, customers: string) =>
      `Your link works until ${own}, the customer’s until ${customers}, and both end with the lead. Whoever has a link can add photos, not see any.`,
    revoke: 'Withdraw the links',
    revokeTitle: 'Withdraw the links?',
    revokeText: 'Nobody can send photos by the links of this lead any more. Photos that have come stay.',
    revokeYes: 'Withdraw',
    revokeNo: 'Keep',
    revoked: (n: number) => (n === 1 ? '1 link withdrawn. It works no longer.' : `${n} links withdrawn. They work no longer.`),
    noneToRevoke: 'No link of this lead works at the moment.',
    taken: (n: number, title: string) => `${n === 1 ? '1 file' : `${n} files`} for ${title}. What can be shown appears in its thread.`,
    whichLead: 'Several of your leads are open. Choose the one these photos belong to, and send them by its page.',
    noLead: 'No open lead is yours, so these files were not kept. Claim a lead, then send them again.',
    added: (name: string | null, n: number) => `${n === 1 ? '1 photo' : `${n} photos`} from ${name ?? 'the customer'}`,
    views: (names: string) => `Shown: ${names}`,
    alt: (view: string | null) => (view === null ? 'Photo of the trade-in' : `Photo of the trade-in, ${view}`),
    viewNames: { front: 'front', rear: 'rear', left: 'left', right: 'right', interior: 'interior', odometer: 'odometer', damage: 'damage' },
    tells: {
      made: (name: string) => `${name} asked for a link by which the customer can send photos`,
      revoked: (name: string) => `${name} withdrew the links for photos`,
    },
  },
  fr: {
    title: 'Ajouter des photos',
    forYou: 'Pour vous, sur téléphone ou ordinateur : ',
    open: 'ouvrir la page photos',
    forCustomer: 'Pour le client, à coller dans un SMS ou un e-mail :',
    aboutLinks: (own: string, customers: string) =>
      `Votre lien fonctionne jusqu’au ${own}, celui du client jusqu’au ${customers} ; tous deux s’arrêtent avec le lead. Qui a un lien peut ajouter des photos, pas en voir.`,
    revoke: 'Retirer les liens',
    revokeTitle: 'Retirer les liens ?',
    revokeText: 'Plus personne ne pourra envoyer de photos par les liens de ce lead. Les photos arrivées restent.',
    revokeYes: 'Retirer',
    revokeNo: 'Garder',
    revoked: (n: number) => (n === 1 ? '1 lien retiré. Il ne fonctionne plus.' : `${n} liens retirés. Ils ne fonctionnent plus.`),
    noneToRevoke: 'Aucun lien de ce lead ne fonctionne en ce moment.',
    taken: (n: number, title: string) =>
      `${n === 1 ? '1 fichier' : `${n} fichiers`} pour ${title}. Ce qui peut être montré apparaît dans son fil.`,
    whichLead: 'Vous avez plusieurs leads en cours. Choisissez celui de ces photos, et envoyez-les par sa page.',
    noLead: 'Aucun lead en cours n’est à vous : ces fichiers ne sont pas gardés. Prenez un lead, puis envoyez-les à nouveau.',
    added: (name: string | null, n: number) => `${n === 1 ? '1 photo envoyée' : `${n} photos envoyées`} par ${name ?? 'le client'}`,
    views: (names: string) => `On y voit : ${names}`,
    alt: (view: string | null) => (view === null ? 'Photo de la reprise' : `Photo de la reprise, ${view}`),
    viewNames: {
      front: 'avant',
      rear: 'arrière',
      left: 'gauche',
      right: 'droite',
      interior: 'intérieur',
      odometer: 'compteur',
      damage: 'dommages',
    },
    tells: {
      made: (name: string) => `${name} a demandé un lien par lequel le client peut envoyer des photos`,
      revoked: (name: string) => `${name} a retiré les liens pour les photos`,
    },
  },
});

/** What a salesperson sends the customer; in the customer's language, which need not be the salesperson's. */
export const customerWords = defineMessages({
  en: {
    invitation: (car: string | null, dealership: string, address: string) =>
      `Hello, so that we can value your ${car ?? 'car'}, could you send us a few photos of it here?\n${address}\nThank you, ${dealership}`,
  },
  fr: {
    invitation: (car: string | null, dealership: string, address: string) =>
      `Bonjour, pour estimer votre ${car ?? 'voiture'}, pouvez-vous nous en envoyer quelques photos ici ?\n${address}\nMerci, ${dealership}`,
  },
});
