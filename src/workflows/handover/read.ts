import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import type { Person } from '../../dealership/people.js';
import type { Language } from '../../language/locale.js';
import type { Lead } from '../../leads/lead.js';
import { actingWords } from '../messages.js';
import { handoverWords } from './messages.js';

export type HandoverReading =
  | { readonly kind: 'read'; readonly to: Person; readonly note: string | null }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> };

export const LONGEST_NOTE = 3_000;

/** Reads the form; every fault is a sentence under its field. `colleagues`: who may own the lead instead. Pure. */
export function readHandover(
  values: FormValues,
  { owner }: Pick<Lead, 'owner'>,
  colleagues: readonly Person[],
  language: Language,
): HandoverReading {
  const faults: Record<string, string> = {};
  const words = handoverWords[language].faults;
  const to = colleagues.find((person) => person.id === values.colleague);
  if (owner && values.colleague === owner.id) faults.colleague = words.owns(owner.name);
  else if (!to) faults.colleague = words.colleague;
  const text = values.note ?? '';
  if (text.length > LONGEST_NOTE) faults.note = actingWords[language].tooLong(LONGEST_NOTE);
  if (!to || Object.keys(faults).length > 0) return { kind: 'faults', faults };
  return { kind: 'read', to, note: tidy(text) || null };
}
