import { addDays } from 'date-fns';
import type { FormValues } from '../../chat/form.js';
import { tidy } from '../../chat/text.js';
import { atLocal, localDay } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { actingWords } from '../messages.js';
import { abandonWords } from './messages.js';
import type { Outcome } from './records.js';

interface Faults {
  readonly kind: 'faults';
  readonly faults: Readonly<Record<string, string>>;
}

/** What the form `abandon` says, understood. */
export interface Asked {
  readonly reason: string;
  readonly justification: string;
}

/** What the form `abandon_decision` says, understood; null where the outcome does not ask for it. */
export interface Decided {
  readonly comment: string | null;
  readonly colleagueId: string | null;
  /** The local day, at midnight UTC. */
  readonly recycleOn: Date | null;
}

export const LONGEST = 3_000;
const SHORTEST_JUSTIFICATION = 10;
/** Nobody plans a call further ahead; a year mistyped would bury the lead for good. */
const FARTHEST_DAYS = 730;
const NOON = '12:00';

/** Reads the form `abandon`; every fault is a sentence under its field, in the person's language. Pure. */
export function readAbandon(
  values: FormValues,
  dealership: Dealership,
  language: Language,
): { readonly kind: 'read'; readonly asked: Asked } | Faults {
  const words = abandonWords[language].faults;
  const faults: Record<string, string> = {};
  const reason = dealership.abandonment.reasons.find((one) => one.id === values.reason)?.id;
  if (reason === undefined) faults.reason = words.reason;
  const justification = readText(values, 'justification', language, faults);
  if (!faults.justification && [...(justification ?? '')].length < SHORTEST_JUSTIFICATION)
    faults.justification = words.justification(SHORTEST_JUSTIFICATION);
  if (reason === undefined || justification === null || Object.keys(faults).length > 0) return { kind: 'faults', faults };
  return { kind: 'read', asked: { reason, justification } };
}

/**
 * Reads the form `abandon_decision` for one outcome. `colleagues`: the ids that may be given the lead; `now`: what the
 * day of a return has to be later than. Pure.
 */
export function readDecision(
  values: FormValues,
  outcome: Outcome,
  { dealership, colleagues, now }: { readonly dealership: Dealership; readonly colleagues: readonly string[]; readonly now: Date },
  language: Language,
): { readonly kind: 'read'; readonly decided: Decided } | Faults {
  const words = abandonWords[language].faults;
  const faults: Record<string, string> = {};
  const comment = readText(values, 'comment', language, faults);
  if (outcome === 'sendback' && comment === null && !faults.comment) faults.comment = words.comment;
  const colleagueId = outcome === 'handover' ? (colleagues.find((id) => id === values.colleague) ?? null) : null;
  if (outcome === 'handover' && colleagueId === null) faults.colleague = words.colleague;
  const recycleOn = outcome === 'recycle' ? readDay(values.recycle_date, dealership, language, now, faults) : null;
  return Object.keys(faults).length > 0 ? { kind: 'faults', faults } : { kind: 'read', decided: { comment, colleagueId, recycleOn } };
}

function readText(values: FormValues, id: string, language: Language, faults: Record<string, string>): string | null {
  const typed = values[id] ?? '';
  // Twice the length leaves room for blanks that do not count, and bounds what is looked at.
  const text = tidy(typed.slice(0, 2 * LONGEST));
  if (typed.length > 2 * LONGEST || text.length > LONGEST) faults[id] = actingWords[language].tooLong(LONGEST);
  return text || null;
}

function readDay(
  date: string | undefined,
  dealership: Dealership,
  language: Language,
  now: Date,
  faults: Record<string, string>,
): Date | null {
  const words = abandonWords[language].faults;
  if (!date) faults.recycle_date = words.day;
  else if (!atLocal(dealership, date, NOON)) faults.recycle_date = actingWords[language].notADay;
  else if (date <= localDay(dealership, now)) faults.recycle_date = words.notLater;
  else if (date > localDay(dealership, addDays(now, FARTHEST_DAYS))) faults.recycle_date = words.tooFar;
  return faults.recycle_date === undefined && date ? new Date(`${date}T00:00:00Z`) : null;
}
