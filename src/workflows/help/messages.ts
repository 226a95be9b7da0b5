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
    add: '/lead add: enter a lead by hand, for instance after a phone call.',
    help: '/lead help: this list.',
    unknown: (word: string) => `There is no “${word}” yet. Here is what there is:`,
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
    add: '/lead add : saisir un lead à la main, par exemple après un appel.',
    help: '/lead help : cette liste.',
    unknown: (word: string) => `« ${word} » n’existe pas encore. Voici ce qui existe :`,
  },
});
