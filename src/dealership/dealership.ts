import type { ChannelId } from '../chat/text.js';
import type { Language, Locale } from '../language/locale.js';

/** One opening span of a day, minutes from local midnight; `to` may be 1440. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Why a lead may be abandoned; the id is stored, the label shown. */
export interface Reason {
  readonly id: string;
  readonly label: Readonly<Record<Language, string>>;
}

/** One site, as configuration describes it. */
export interface Dealership {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Language of shared messages. */
  readonly language: Language;
  readonly currency: string;
  readonly country: string;
  /** A weekday without spans is closed. */
  readonly hours: Readonly<Record<Weekday, readonly Span[]>>;
  /** Local dates, `YYYY-MM-DD`. */
  readonly closed: ReadonlySet<string>;
  /** Who sees phone and e-mail: the owner and managers, or everybody in the channel. */
  readonly contactDetails: 'owner' | 'channel';
  readonly channels: {
    readonly leads: readonly ChannelId[];
    readonly appraisals: ChannelId | null;
    readonly managers: ChannelId | null;
  };
  readonly digestAt: { readonly hour: number; readonly minute: number };
  readonly abandonment: { readonly reasons: readonly Reason[]; readonly decideWithin: WorkingDelay };
  readonly appraisal: { readonly answerWithin: WorkingDelay };
}

/** A delay in the working time of a site: `2h`, `1d` (one opening day), `30m`. */
export interface WorkingDelay {
  readonly unit: 'minutes' | 'days';
  readonly amount: number;
}

/** How this dealership writes things, in its own language or in a reader's. */
export function localeOf(dealership: Dealership, language: Language = dealership.language): Locale {
  return { language, timeZone: dealership.timeZone, currency: dealership.currency, country: dealership.country };
}
