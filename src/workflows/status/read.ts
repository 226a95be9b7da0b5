import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import { atLocal, localDay } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { CONTACTS, type Contact } from '../../leads/contacts.js';
import { type Lead, NEXT_ACTIONS, type NextActionKind, TEMPERATURES, type Temperature } from '../../leads/lead.js';
import { WORKED, type WorkedStage } from '../../leads/life.js';
import { actingWords } from '../messages.js';
import { statusWords } from './messages.js';

/** What the form `status` says, understood. */
export interface Status {
  readonly stage: WorkedStage;
  /** Null leaves it as it was. */
  readonly temperature: Temperature | null;
  readonly contact: Contact | null;
  readonly next: { readonly kind: NextActionKind; readonly at: Date };
  readonly note: string | null;
}

export type StatusReading =
  | { readonly kind: 'read'; readonly status: Status }
  | { readonly kind: 'faults'; readonly faults: Readonly<Record<string, string>> };

export const LONGEST_NOTE = 3_000;
/** Where only the day of the next action is known, it is due at the first of these that is still to come. */
const HOURS = ['09:00', '18:00', '23:59'] as const;
const [MORNING] = HOURS;

/** Reads the form; every fault is a sentence under its field, in the person's language. Pure. */
export function readStatus(
  values: FormValues,
  lead: Pick<Lead, 'contactedAt'>,
  dealership: Dealership,
  language: Language,
  now: Date,
): StatusReading {
  const faults: Record<string, string> = {};
  const words = statusWords[language].faults;
  const stage = WORKED.find((one) => one === values.stage);
  if (!stage) faults.stage = words.stage;
  const temperature = oneOf(TEMPERATURES, values.temperature);
  if (temperature === undefined) faults.temperature = actingWords[language].choose;
  const contact = oneOf(CONTACTS, values.contact);
  if (contact === undefined) faults.contact = actingWords[language].choose;
  else if (contact === null && lead.contactedAt === null) faults.contact = words.contact;
  const kind = oneOf(NEXT_ACTIONS, values.next_kind);
  if (!kind) faults.next_kind = words.next;
  const at = readMoment(values, dealership, language, now, faults);
  const written = values.note ?? '';
  if (written.length > LONGEST_NOTE) faults.note = actingWords[language].tooLong(LONGEST_NOTE);
  const note = tidy(written.slice(0, LONGEST_NOTE)) || null;
  if (!stage || !kind || !at || temperature === undefined || contact === undefined || Object.keys(faults).length > 0)
    return { kind: 'faults', faults };
  return { kind: 'read', status: { stage, temperature, contact, next: { kind, at }, note } };
}

/** Null when left empty, undefined for a value that was never offered. */
function oneOf<T extends string>(offered: readonly T[], value: string | undefined): T | null | undefined {
  return value === undefined || value === '' ? null : offered.find((one) => one === value);
}

function readMoment(
  values: FormValues,
  dealership: Dealership,
  language: Language,
  now: Date,
  faults: Record<string, string>,
): Date | null {
  const words = statusWords[language].faults;
  const { next_date: date, next_time: time } = values;
  if (!date) {
    faults.next_date = words.nextDate;
    return null;
  }
  const morning = atLocal(dealership, date, MORNING);
  if (!morning) faults.next_date = actingWords[language].notADay;
  else if (date < localDay(dealership, now)) faults.next_date = words.past;
  if (!morning || faults.next_date !== undefined) return null;
  if (!time) return HOURS.map((hour) => atLocal(dealership, date, hour)).find((at) => at !== null && at >= now) ?? morning;
  const at = atLocal(dealership, date, time);
  if (!at) faults.next_time = words.nextTime;
  else if (at < now) faults.next_time = words.past;
  return at;
}
