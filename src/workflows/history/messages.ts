import { deHouse } from '../../language/french.js';
import { defineMessages } from '../../language/messages.js';

/** The lines of a lead's timeline. */
export const historyWords = defineMessages({
  en: {
    button: 'History',
    title: 'History',
    notYours: (dealership: string) => `Only the people of ${dealership} can read this history.`,
    arrived: (source: string) => `Arrived from ${source}`,
    entered: (name: string) => `Entered by ${name}`,
    resent: 'Sent again by the source',
    posted: 'Shown to the team',
    claimed: (name: string) => `Claimed by ${name}`,
    refused: (name: string) => `${name} also pressed Claim, a moment too late`,
    refusedRight: (name: string) => `${name} pressed Claim without the right to`,
    refusedAct: (name: string) => `${name} tried to act on it without the right to`,
    contactShown: (name: string) => `Contact details shown to ${name}`,
    completed: (name: string) => `Completed by ${name}`,
    somebody: 'somebody',
    latest: (n: number) => `The last ${n} events:`,
  },
  fr: {
    button: 'Historique',
    title: 'Historique',
    notYours: (dealership: string) => `Seules les personnes ${deHouse(dealership)} peuvent lire cet historique.`,
    arrived: (source: string) => `Arrivé par ${source}`,
    entered: (name: string) => `Saisi par ${name}`,
    resent: 'Renvoyé par la source',
    posted: 'Montré à l’équipe',
    claimed: (name: string) => `Pris par ${name}`,
    refused: (name: string) => `${name} a appuyé aussi sur « Je prends », un instant trop tard`,
    refusedRight: (name: string) => `${name} a appuyé sur « Je prends » sans en avoir le droit`,
    refusedAct: (name: string) => `${name} a essayé d’agir sans en avoir le droit`,
    contactShown: (name: string) => `Coordonnées montrées à ${name}`,
    completed: (name: string) => `Complété par ${name}`,
    somebody: 'quelqu’un',
    latest: (n: number) => `Les ${n} derniers événements :`,
  },
});
