import type { Lead } from '../leads/lead.js';

/** A list cut to what a phone shows, and how long it really is. */
export interface Listed<T> {
  readonly total: number;
  readonly lines: readonly T[];
}

/** A lead, and since when it is (or when it is due to be) what its list says. */
export interface Line {
  readonly lead: Lead;
  readonly at: Date;
}

/**
 * Why a lead is late, each by its state. `unclaimed`: no owner after 15 minutes of opening time. `untouched`: claimed,
 * but after 60 minutes of opening time neither a contact nor a next action. `overdue`: its next action is past.
 */
export type Lateness = 'unclaimed' | 'untouched' | 'overdue';

export interface LateLine extends Line {
  readonly why: Lateness;
}

/** A request to abandon that nobody has decided. */
export interface DecisionLine extends Line {
  readonly decisionId: string;
  readonly requesterId: string;
  /** As they were called when they last acted. */
  readonly requester: string;
  readonly reason: string;
}

/** A trade-in nobody has answered; `late` once the house delay is over. */
export interface AppraisalLine extends Line {
  readonly appraisalId: string;
  readonly requesterId: string;
  /** As they were called when they last acted. */
  readonly requester: string;
  readonly late: boolean;
}

/** How a lead ended. */
export interface EndLine extends Line {
  readonly how: 'won' | 'abandoned' | 'recycled';
}
