import { defineMessages } from '../../language/messages.js';

export const helpWords = defineMessages({
  en: {
    title: 'What you can do here',
    lines: {
      claim: 'Press “Claim” on a card: the first to press owns the lead and gets the contact details in private.',
      own: 'On a lead of yours: “Contact details” shows phone and e-mail again, “History” tells everything that happened.',
      work: '“Update” records a contact and what comes next; “Sold” and “Abandon” end the lead, “Hand over” gives it to a colleague.',
      thread: 'What you write in the card’s thread is kept with the lead.',
      gaps: 'A card with something missing offers “Complete”.',
    },
    commands: {
      '/lead mine': 'your leads, due first',
      '/lead find <name, phone, plate, stock no.>': 'where a lead stands',
      '/lead stats [today|week|month] [person]': 'figures: your own, and your dealership’s for managers',
      '/lead desk': 'for managers: what is late, unclaimed, hot, to decide',
      '/lead add': 'enter a lead by hand, for instance after a phone call',
      '/lead help': 'this list',
    },
    unknown: (word: string, meant: string | null) =>
      `There is no “${word}” yet.${meant ? ` Did you mean “${meant}”?` : ''} Here is what there is:`,
  },
  fr: {
    title: 'Ce que vous pouvez faire ici',
    lines: {
      claim:
        'Appuyez sur « Je prends » sur une carte : le premier qui appuie devient titulaire du lead et reçoit les coordonnées en privé.',
      own: 'Sur un lead à vous : « Coordonnées » remontre le téléphone et l’e-mail, « Historique » raconte tout ce qui s’est passé.',
      work: '« Suivi » note un contact et la suite ; « Vendu » et « Abandon » terminent le lead, « Confier » le donne à un collègue.',
      thread: 'Ce que vous écrivez dans le fil de la carte est gardé avec le lead.',
      gaps: 'Une carte à laquelle il manque quelque chose propose « Compléter ».',
    },
    commands: {
      '/lead mine': 'vos leads, les plus urgents d’abord (ou « /lead mes leads »)',
      '/lead find <name, phone, plate, stock no.>': 'où en est un lead : nom, téléphone, plaque ou n° de stock (ou « /lead chercher »)',
      '/lead stats [today|week|month] [person]': 'vos chiffres, et ceux de la concession pour les chefs (aujourd’hui, semaine, mois)',
      '/lead desk': 'pour les chefs : en retard, sans titulaire, chauds, à décider (ou « /lead bureau »)',
      '/lead add': 'saisir un lead à la main, par exemple après un appel',
      '/lead help': 'cette liste',
    },
    unknown: (word: string, meant: string | null) =>
      `« ${word} » n’existe pas encore.${meant ? ` Vouliez-vous dire « ${meant} » ?` : ''} Voici ce qui existe :`,
  },
});
