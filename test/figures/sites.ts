import { type Dealership, type Span, WEEKDAYS, type Weekday } from '../../src/dealership/dealership.js';

/** A dealership to measure, closed all week but for the hours given. */
export function siteWith(
  changes: Partial<Omit<Dealership, 'hours'>> & { readonly hours?: Partial<Record<Weekday, readonly Span[]>> },
): Dealership {
  const { hours = {}, ...rest } = changes;
  return {
    id: 'lyon',
    name: 'Lumière Lyon',
    timeZone: 'Europe/Paris',
    language: 'fr',
    currency: 'EUR',
    country: 'FR',
    closed: new Set(),
    contactDetails: 'owner',
    channels: { leads: [], appraisals: null, managers: null },
    digestAt: { hour: 18, minute: 30 },
    abandonment: { reasons: [], decideWithin: { unit: 'days', amount: 1 } },
    appraisal: { answerWithin: { unit: 'minutes', amount: 120 } },
    ...rest,
    hours: { ...CLOSED, ...hours },
  };
}

const CLOSED = Object.fromEntries(WEEKDAYS.map((day) => [day, []])) as unknown as Record<Weekday, readonly Span[]>;

/** Open from Monday to Saturday, nine to seven with a break for lunch. */
export const WEEK: Record<string, readonly Span[]> = Object.fromEntries(
  WEEKDAYS.slice(0, 6).map((day) => [
    day,
    [
      { from: 540, to: 720 },
      { from: 840, to: 1140 },
    ],
  ]),
);
