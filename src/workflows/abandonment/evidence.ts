import { differenceInCalendarDays, parseISO } from 'date-fns';
import { localDay } from '../../dealership/clock.js';
import type { Dealership } from '../../dealership/dealership.js';
import { CONTACTS, type Contact } from '../../leads/contacts.js';
import type { Lead } from '../../leads/lead.js';
import type { Fact, FactKind } from '../../leads/timeline.js';

/** What was done about a lead until somebody asked to abandon it. A lead that came back is counted from its return. */
export interface Evidence {
  /** Milliseconds from the arrival to the request. */
  readonly age: number;
  /** When the lead last came back from its rest; null when it never did. */
  readonly returnedAt: Date | null;
  /** Milliseconds from the arrival, or the return, to the first contact; null when there was none. */
  readonly toFirstContact: number | null;
  /** Kinds that happened, the commonest first. */
  readonly contacts: readonly { readonly kind: Contact; readonly count: number }[];
  /** Days of the dealership's calendar from the first contact to the last, both counted; 0 without any. */
  readonly days: number;
  readonly lastContactAt: Date | null;
  /** The last thing anybody did about it. */
  readonly lastAct: Fact | null;
}

const ACTS: readonly FactKind[] = [
  ...(['claimed', 'completed', 'status', 'handed-over', 'decided'] as const),
  ...(['noted', 'photo', 'appraisal-asked', 'photos-asked', 'estimated'] as const),
];

/** Figures from the facts of a lead, oldest first. `until`: when the request was made. Pure. */
export function evidenceOf(all: readonly Fact[], lead: Pick<Lead, 'receivedAt'>, dealership: Dealership, until: Date): Evidence {
  const facts = all.filter((fact) => fact.at <= until);
  const back = facts.findLastIndex((fact) => fact.kind === 'returned');
  const returnedAt = facts[back]?.at ?? null;
  const life = facts.slice(back + 1);
  const reached = life.flatMap((fact) => {
    const kind = fact.kind === 'status' ? CONTACTS.find((one) => one === fact.data.contact) : undefined;
    return kind ? [{ kind, at: fact.at }] : [];
  });
  const [first, last] = [reached[0], reached.at(-1)];
  const counted = CONTACTS.map((kind) => ({ kind, count: reached.filter((one) => one.kind === kind).length }));
  return {
    age: Math.max(0, until.getTime() - lead.receivedAt.getTime()),
    returnedAt,
    toFirstContact: first ? Math.max(0, first.at.getTime() - (returnedAt ?? lead.receivedAt).getTime()) : null,
    contacts: counted.filter((one) => one.count > 0).sort((a, b) => b.count - a.count),
    days: first && last ? daysBetween(dealership, first.at, last.at) + 1 : 0,
    lastContactAt: last?.at ?? null,
    lastAct: life.findLast((fact) => ACTS.some((kind) => kind === fact.kind)) ?? null,
  };
}

function daysBetween(dealership: Dealership, from: Date, to: Date): number {
  return differenceInCalendarDays(parseISO(localDay(dealership, to)), parseISO(localDay(dealership, from)));
}
