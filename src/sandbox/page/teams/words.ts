import { type Words as CommonWords, wordsFor } from '../words.js';

/** What the Teams page says beyond the words it shares with the other: French beside English, English decides the shape. */
const en = {
  chat: 'Chat',
  teams: 'Teams',
  hint: 'This is a simulated Microsoft Teams with a demo dealership: be any of its people, send a lead, claim it, fill the forms. The same leads stand in the simulated Slack. Everything runs on this computer and nothing leaves it.',
  reply: 'Reply',
  moreReplies: (count: number) => (count === 1 ? 'Show 1 more reply' : `Show ${count} more replies`),
  newPost: 'Start a post',
  toBot: (bot: string) => `Write to ${bot}`,
  mention: (name: string) => `Mention ${name}`,
  edit: 'Edit message',
  save: 'Save',
  removeText: 'Its place remains. The program puts a lead’s card back.',
  emptyChat: (bot: string) => `Write to ${bot}: “my leads”, “lead add”, “help”.`,
};

type OwnWords = typeof en;

const fr: OwnWords = {
  chat: 'Conversation',
  teams: 'Équipes',
  hint: 'Voici un Microsoft Teams simulé, avec une concession de démonstration\u00a0: incarnez chacun de ses collaborateurs, envoyez un lead, prenez-le, remplissez les formulaires. Les mêmes leads sont dans le Slack simulé. Tout se passe sur cet ordinateur et rien n’en sort.',
  reply: 'Répondre',
  moreReplies: (count) => (count < 2 ? `Afficher ${count} autre réponse` : `Afficher ${count} autres réponses`),
  newPost: 'Commencer une publication',
  toBot: (bot) => `Écrire à ${bot}`,
  mention: (name) => `Mentionner ${name}`,
  edit: 'Modifier le message',
  save: 'Enregistrer',
  removeText: 'Sa place reste. Le programme remet la carte d’un lead.',
  emptyChat: (bot) => `Écrivez à ${bot}\u00a0: «\u00a0mes leads\u00a0», «\u00a0lead add\u00a0», «\u00a0aide\u00a0».`,
};

export type TeamsWords = OwnWords & CommonWords;

export function teamsWordsFor(locale: string): TeamsWords {
  return { ...wordsFor(locale), ...(locale.toLowerCase().startsWith('fr') ? fr : en) };
}
