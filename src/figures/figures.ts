/** Under how many minutes a clock is looked at. */
export const LIMITS = [5, 15, 60] as const;

/**
 * How long something took, in milliseconds by the wall clock. Every clock is counted once: in the period in which it
 * stopped. Those still running at the period's end are counted beside, not hidden.
 */
export interface Clock {
  /** Stopped in the period. */
  readonly done: number;
  /** The life of the lead ended in the period and the clock had never stopped: abandoned or recycled without a contact. */
  readonly never: number;
  /** Still running at the end of the period. */
  readonly running: number;
  /** Of `done`, the smallest value at least half of them do not exceed; null without any. */
  readonly median: number | null;
  /** The same for nine of ten. */
  readonly p90: number | null;
  /** Shares of `done` + `never` that took less than 5, 15, 60 minutes, 0 to 1; null without any. */
  readonly under: Readonly<Record<(typeof LIMITS)[number], number | null>>;
}

/** A clock over all leads, and apart: by whether the lead came while the dealership was open. */
export interface Clocks {
  readonly all: Clock;
  readonly open: Clock;
  readonly outside: Clock;
}

/**
 * What happened in a period, and how things stood at its end (now, while it is not over). One time base: an act counts
 * in the period in which it happened. See README, "What the figures mean".
 */
export interface Figures {
  /** Of a dealership or source: enquiries that came. Of a person: leads that became theirs, claimed or handed to them. */
  readonly received: number;
  /** Recycled leads that came back as new: their second life. Never a person's. */
  readonly returned: number;
  readonly claimed: number;
  /** Leads handed to them by somebody, and by them to somebody; equal for a whole dealership. */
  readonly taken: number;
  readonly given: number;
  /** First contacts as people declare them, once a life; a sale is one. */
  readonly contacted: number;
  /** First acts the program itself saw, once a life: the number looked up, a note in the thread, a trade-in sent. */
  readonly witnessed: number;
  /** Leads that reached the stage, once a life. */
  readonly appointments: number;
  /** Trade-ins sent to the used-car manager, once a life. */
  readonly appraisals: number;
  readonly won: { readonly stock: number; readonly order: number };
  /** Of the sales. */
  readonly financed: number;
  readonly maintained: number;
  readonly tradeIns: number;
  /** Abandonments approved, by the house's id of the reason. */
  readonly abandoned: Readonly<Record<string, number>>;
  /** Ended for now, to come back on a date. */
  readonly recycled: number;
  /** Requests to abandon that a manager sent back. */
  readonly sentBack: number;
  /** At the end of the period: leads that are not over, those among them without an owner, and those hot. */
  readonly open: number;
  readonly waiting: number;
  readonly hot: number;
  /** From coming, or coming back, to the claim. */
  readonly toClaim: Clocks;
  /** To the first contact, as declared. */
  readonly toContact: Clocks;
  /** To the sale or the approved abandonment. */
  readonly toClose: Clocks;
}

export interface PersonFigures {
  readonly person: { readonly id: string; readonly name: string };
  readonly figures: Figures;
}

export interface SourceFigures {
  readonly sourceId: string;
  readonly figures: Figures;
}

/** One dealership's figures, whole and apart. */
export interface Breakdown {
  readonly total: Figures;
  /** Everybody with any figure, by name. */
  readonly people: readonly PersonFigures[];
  /** Every source with any figure, the busiest first. */
  readonly sources: readonly SourceFigures[];
}

/** Sales of either kind. */
export const wonOf = ({ won }: Figures): number => won.stock + won.order;

/** Approved abandonments for whatever reason. */
export const abandonedOf = ({ abandoned }: Figures): number => Object.values(abandoned).reduce((sum, count) => sum + count, 0);

/** A part of a whole, 0 to 1; null of nothing. `financed` of `wonOf` is the financing rate. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
