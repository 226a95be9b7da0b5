import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { day } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { inSentence } from '../../language/sentence.js';
import type { Evidence } from './evidence.js';
import { abandonWords } from './messages.js';
import type { Request, Verdict } from './records.js';

/** The label of a reason as it stands alone: "Unreachable"; its id when configuration no longer has it. */
export function reasonLabel(id: string, dealership: Dealership, language: Language): string {
  return dealership.abandonment.reasons.find((one) => one.id === id)?.label[language] ?? id;
}

/** "Alice Martin asks to abandon: unreachable." `owner`: on whose behalf, when the requester is somebody else. */
export function askedSentence(
  { requester, reason }: { readonly requester: string; readonly reason: string },
  owner: string | null,
  dealership: Dealership,
  language: Language,
): string {
  const words = abandonWords[language];
  const who = owner === null ? requester : words.onBehalf(requester, owner);
  return words.asks(who, inSentence(reasonLabel(reason, dealership, language)));
}

/** "8 calls, 2 e-mails in 10 days"; null without any contact. */
export function contactsPhrase({ contacts, days }: Pick<Evidence, 'contacts' | 'days'>, language: Language): string | null {
  const words = abandonWords[language];
  if (contacts.length === 0) return null;
  return words.inDays(contacts.map(({ kind, count }) => words.contacts[kind](count)).join(', '), days);
}

/** What was decided, by whom, in one sentence. */
export function verdictSentence(
  { by, outcome, colleague, recycleOn }: Pick<Verdict, 'by' | 'outcome' | 'colleague' | 'recycleOn'>,
  { reason }: Pick<Request, 'reason'>,
  dealership: Dealership,
  language: Language,
): string {
  const words = abandonWords[language].verdict;
  switch (outcome) {
    case 'approve':
      return words.approve(by.name, inSentence(reasonLabel(reason, dealership, language)));
    case 'sendback':
      return words.sendback(by.name);
    case 'handover':
      return words.handover(by.name, colleague?.name ?? abandonWords[language].somebody);
    case 'recycle':
      // A French month is short for another and brings its own full stop.
      return words.recycle(by.name, recycleOn ? dayOf(recycleOn, dealership, language) : '').replace(/\.\.$/, '.');
  }
}

/** A day stored at midnight UTC, as the dealership writes days. */
export function dayOf(date: Date, dealership: Dealership, language: Language): string {
  return day(date, { ...localeOf(dealership, language), timeZone: 'UTC' });
}
