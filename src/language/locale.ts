/** The languages Forecourt speaks, complete. */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How one dealership writes dates and money, in one language. */
export interface Locale {
  readonly language: Language;
  /** IANA zone of the dealership. */
  readonly timeZone: string;
  /** ISO 4217, the dealership's currency. */
  readonly currency: string;
  /** ISO 3166 alpha-2, whose phone numbers are written the national way. */
  readonly country: string;
}
