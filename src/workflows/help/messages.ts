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
      mine: { how: (lead: string) => `${lead} mine`, what: 'your leads, due first' },
      find: { how: (lead: string) => `${lead} find <name, phone, plate or stock number>`, what: 'where a lead stands' },
      stats: {
        how: (lead: string) => `${lead} stats [today|week|month] [person]`,
        what: 'your figures; to managers, those of their dealership',
      },
      desk: { how: (lead: string) => `${lead} desk`, what: 'for managers: what is late, unclaimed, hot, to decide' },
      add: { how: (lead: string) => `${lead} add`, what: 'enter a lead by hand, for instance after a phone call' },
      help: { how: (lead: string) => `${lead} help`, what: 'this list' },
    },
    unknown: (word: string, meant: string | null) =>
      `There is no “${word}” yet.${meant ? ` Did you mean “${meant}”?` : ''} Here is what there is:`,
  },
  fr: {
    title: 'Ce que vous pouvez faire ici',
    lines: {
      claim:
        'Appuyez sur « Je prends » sur une carte : le premier qui appuie devient titulaire du lead et reçoit les coordonnées en privé.',
      own: 'Sur un lead à vous : « Coordonnées » réaffiche le téléphone et l’e-mail, « Historique » raconte tout ce qui s’est passé.',
      work: '« Suivi » note un contact et la suite ; « Vendu » et « Abandon » terminent le lead, « Confier » le donne à un collègue.',
      thread: 'Ce que vous écrivez dans le fil de la carte est gardé avec le lead.',
      gaps: 'Une carte à laquelle il manque quelque chose propose « Compléter ».',
    },
    commands: {
      mine: { how: (lead: string) => `${lead} mes leads`, what: 'vos leads, les plus urgents d’abord' },
      find: { how: (lead: string) => `${lead} chercher <nom, téléphone, plaque ou n° de stock>`, what: 'où en est un lead' },
      stats: {
        how: (lead: string) => `${lead} stats [aujourd’hui|semaine|mois] [personne]`,
        what: 'vos chiffres ; pour les chefs, ceux de leur concession',
      },
      desk: { how: (lead: string) => `${lead} bureau`, what: 'pour les chefs : en retard, sans titulaire, chauds, à décider' },
      add: { how: (lead: string) => `${lead} add`, what: 'saisir un lead à la main, par exemple après un appel' },
      help: { how: (lead: string) => `${lead} aide`, what: 'cette liste' },
    },
    unknown: (word: string, meant: string | null) =>
      `« ${word} » n’existe pas encore.${meant ? ` Vouliez-vous dire « ${meant} » ?` : ''} Voici ce qui existe :`,
  },
});
