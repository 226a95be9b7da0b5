import { money } from '../../language/format.js';
import { de, deHouse, la } from '../../language/french.js';
import type { Language } from '../../language/locale.js';
import { defineMessages } from '../../language/messages.js';

/** "100 and 1,000,000" as that language writes it. */
function bounds(low: number, high: number, language: Language, currency: string): readonly [string, string] {
  const locale = { language, currency, timeZone: 'UTC', country: '' };
  return [money(low, locale), money(high, locale)];
}

/** Ends a sentence that may end with the dot of a shortened month already. */
const full = (text: string) => (text.endsWith('.') ? text : `${text}.`);

/** The words of the used-car manager's answer. */
export const estimateWords = defineMessages({
  en: {
    button: 'Estimate',
    title: (car: string) => `Estimate · ${car}`,
    amount: (currency: string) => `Amount (${currency})`,
    validUntil: 'Valid until',
    conditions: 'Conditions',
    conditionsHint: 'What it depends on: a test drive, two keys, the service book …',
    faults: {
      amount: (currency: string) => `Write one amount in ${currency}, such as 8,500 or 8.5k.`,
      range: (low: number, high: number, language: Language, currency: string) => {
        const [least, most] = bounds(low, high, language, currency);
        return `Write an amount between ${least} and ${most}.`;
      },
      validUntil: 'Choose the last day the estimate holds.',
      past: 'This day is past. Choose today or later.',
      tooFar: 'Choose a day within a year.',
    },
    given: (version: number, name: string, amount: string, until: string) =>
      full(`Estimate no. ${version} by ${name}: ${amount}, valid until ${until}`),
    expired: (version: number, name: string, amount: string, until: string) =>
      `Estimate no. ${version} by ${name}: ${amount}, expired (it was valid until ${until})`,
    replacedBy: (version: number) => `Replaced by estimate no. ${version}.`,
    underConditions: (conditions: string) => `Conditions: ${conditions}`,
    asks: (amount: string, car: string) => `${amount} for the ${car}, is that right?`,
    asksRange: (low: string, high: string, car: string) =>
      `${low} for the ${car}, is that right? You wrote up to ${high}; the lower end is what is recorded.`,
    confirm: 'Yes, record it',
    correct: 'Correct',
    confirmed: (amount: string, car: string) => `${amount} for the ${car}: recorded.`,
    corrected: (amount: string, car: string) => `${amount} for the ${car}: corrected since.`,
    dropped: (amount: string, car: string) => `${amount} for the ${car}: no longer asked.`,
    notYours: (dealership: string, who: string | null) =>
      `Only the used-car managers of ${dealership} can estimate.${who === null ? '' : ` Ask ${who}.`}`,
    or: (names: readonly string[]) => names.join(' or '),
    tell: (version: number, name: string, amount: string) => `Estimate no. ${version} by ${name}: ${amount}`,
  },
  fr: {
    button: 'Estimer',
    title: (car: string) => `Estimation · ${car}`,
    amount: (currency: string) => `Montant (${currency})`,
    validUntil: 'Valable jusqu’au',
    conditions: 'Conditions',
    conditionsHint: 'Ce dont elle dépend : essai, deux clés, carnet d’entretien …',
    faults: {
      amount: (currency: string) => `Écrivez un seul montant en ${currency}, par exemple 8 500 ou 8,5k.`,
      range: (low: number, high: number, language: Language, currency: string) => {
        const [least, most] = bounds(low, high, language, currency);
        return `Écrivez un montant entre ${least} et ${most}.`;
      },
      validUntil: 'Choisissez le dernier jour de validité.',
      past: 'Ce jour est passé. Choisissez aujourd’hui ou plus tard.',
      tooFar: 'Choisissez un jour d’ici un an.',
    },
    given: (version: number, name: string, amount: string, until: string) =>
      full(`Estimation n° ${version} ${de(name)} : ${amount}, valable jusqu’au ${until}`),
    expired: (version: number, name: string, amount: string, until: string) =>
      `Estimation n° ${version} ${de(name)} : ${amount}, expirée (elle valait jusqu’au ${until})`,
    replacedBy: (version: number) => `Remplacée par l’estimation n° ${version}.`,
    underConditions: (conditions: string) => `Conditions : ${conditions}`,
    asks: (amount: string, car: string) => `${amount} pour ${la(car)}, c’est bien cela ?`,
    asksRange: (low: string, high: string, car: string) =>
      `${low} pour ${la(car)}, c’est bien cela ? Vous avez écrit jusqu’à ${high} ; c’est le bas de la fourchette qui sera noté.`,
    confirm: 'Oui, noter',
    correct: 'Corriger',
    confirmed: (amount: string, car: string) => `${amount} pour ${la(car)} : noté.`,
    corrected: (amount: string, car: string) => `${amount} pour ${la(car)} : corrigé depuis.`,
    dropped: (amount: string, car: string) => `${amount} pour ${la(car)} : sans suite.`,
    notYours: (dealership: string, who: string | null) =>
      `Seuls les responsables VO ${deHouse(dealership)} peuvent estimer.${who === null ? '' : ` Demandez à ${who}.`}`,
    or: (names: readonly string[]) => names.join(' ou '),
    tell: (version: number, name: string, amount: string) => `Estimation n° ${version} ${de(name)} : ${amount}`,
  },
});
