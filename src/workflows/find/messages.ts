import { defineMessages } from '../../language/messages.js';

export const findWords = defineMessages({
  en: {
    what: 'What are you looking for? Write ',
    how: (lead: string) => `${lead} find <name, phone, plate or stock number>`,
    title: (words: string) => `“${words}”`,
    found: (n: number) => `${n} ${n === 1 ? 'lead' : 'leads'}`,
    foundMany: (n: number) => `more than ${n} leads`,
    more: (n: number) => `and ${n} more: add a word to narrow it down.`,
    manyMore: (n: number) => `and more than ${n} others: add a word to narrow it down.`,
    nothing: (words: string, where: string) => `Nothing found for “${words}” in ${where}.`,
    lookedIn: 'Looked in: names, plates, stock numbers, and phones of the leads whose number you may see.',
    unclaimed: 'unclaimed',
    came: (when: string) => `came ${when}`,
    stock: (number: string) => `stock ${number}`,
  },
  fr: {
    what: 'Que cherchez-vous ? Écrivez ',
    how: (lead: string) => `${lead} chercher <nom, téléphone, plaque ou n° de stock>`,
    title: (words: string) => `« ${words} »`,
    found: (n: number) => `${n} ${n > 1 ? 'leads' : 'lead'}`,
    foundMany: (n: number) => `plus de ${n} leads`,
    more: (n: number) => `et ${n} ${n > 1 ? 'autres' : 'autre'} : ajoutez un mot pour préciser.`,
    manyMore: (n: number) => `et plus de ${n} autres : ajoutez un mot pour préciser.`,
    nothing: (words: string, where: string) => `Rien trouvé pour « ${words} » à ${where}.`,
    lookedIn: 'Cherché dans : noms, plaques, numéros de stock, et téléphones des leads dont vous pouvez voir le numéro.',
    unclaimed: 'sans titulaire',
    came: (when: string) => `arrivé ${when}`,
    stock: (number: string) => `stock ${number}`,
  },
});
