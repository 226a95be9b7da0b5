import { z } from 'zod';
import type { Given, Source } from '../config.js';
import { type Span, WEEKDAYS } from '../dealership/dealership.js';
import { ROLES } from '../dealership/people.js';
import { LEAD_FIELDS } from '../intake/sources/lead-shape.js';
import { LANGUAGES } from '../language/locale.js';
import { didYouMean } from '../language/nearest.js';
import * as field from './fields.js';
import { token, webhookSecret } from './secrets.js';
import { dictionary, eitherWay, filledList, list, section } from './shape.js';

const language = field.oneOf(LANGUAGES, 'a language Forecourt speaks');

// Slack shows at most 75 characters of a choice.
const reasonLabel = field.label('the reason as people read it', 75);

const spans = list(field.span, 'opening times, for example ["09:00-12:00", "14:00-19:00"]').superRefine((day, context) => {
  for (const [index, span] of day.entries()) {
    const fault = index > 0 ? disorder(day[index - 1], span) : null;
    if (fault) context.addIssue({ code: 'custom', path: [index], message: fault });
  }
});

function disorder(before: Span | undefined, span: Span): string | null {
  if (!before || span.from >= before.to) return null;
  if (span.to <= before.from) return 'These times are earlier than the ones before. Write the day in order.';
  return 'These times overlap the ones before. Write one span for both, or end the first one earlier.';
}

const day = spans.optional();
const hours = section({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } satisfies Record<
  (typeof WEEKDAYS)[number],
  typeof day
>).refine((week) => WEEKDAYS.some((weekday) => (week[weekday]?.length ?? 0) > 0), {
  error: 'This dealership never opens. Write the hours of at least one day, for example mon: ["09:00-19:00"].',
});

const dealership = section({
  id: field.id,
  name: field.label('the name people know the site by', 80),
  timezone: field.timeZone,
  language: language.optional(),
  currency: field.currency.optional(),
  country: field.country.optional(),
  hours: hours.optional(),
  closed: list(field.calendarDate, 'dates, for example ["2026-12-25"]').optional(),
  contactDetails: field.oneOf(['owner', 'channel'], 'a choice').optional(),
  channels: section({
    leads: filledList(field.channel, 'channels, for example ["slack:C0123456789"]'),
    appraisals: field.channel.optional(),
    managers: field.channel.optional(),
  }),
  digest: section({ at: field.timeOfDay }).optional(),
  abandonment: section({
    reasons: filledList(section({ id: field.id, fr: reasonLabel, en: reasonLabel }), 'reasons with id, fr and en').optional(),
    decideWithin: field.workingDelay.optional(),
  }).optional(),
  appraisal: section({ answerWithin: field.workingDelay.optional() }).optional(),
});

const person = section({
  id: field.id,
  name: field.label('first and last name', 80),
  language: language.optional(),
  slack: field.account('Slack', 'U0123456789').optional(),
  teams: field.account('Teams', '7f3c1e9a-0000-4000-8000-000000000000').optional(),
  roles: dictionary(
    list(field.oneOf(ROLES, 'a role'), 'roles, for example [salesperson]'),
    'dealerships and roles, for example { lyon: [salesperson] }',
  ),
});

const leadField = field.readWord('Write a field of the lead, for example customer.phone.', (text) =>
  LEAD_FIELDS.includes(text) ? { value: text } : { fault: `is not a field of the lead.${didYouMean(text, LEAD_FIELDS)}` },
);

const RATE = 'This is no rate. Write requests per second (100), { perSecond: 100, burst: 1000 }, or none.';
const perSecond = z.number({ error: RATE }).positive({ error: RATE }).max(1_000_000, { error: RATE });
const burst = z.int({ error: RATE }).min(1, { error: RATE }).max(1_000_000, { error: RATE });

const rate = eitherWay<Source['rate']>((input) => {
  if (input === 'none') return z.literal('none').transform(() => null);
  if (typeof input === 'object') return section({ perSecond, burst });
  // A number alone lets one second's worth through at once.
  return perSecond.transform((value) => ({ perSecond: value, burst: Math.max(1, Math.floor(value)) }));
});

function source(given: Given) {
  return section({
    id: field.id,
    name: field.label('the name of the source as people read it', 80),
    token: oneOrMore(token(given)).optional(),
    secret: oneOrMore(webhookSecret(given)).optional(),
    dealership: field.readWord('Write the id of a dealership.', (text) => ({ value: text })).optional(),
    thanksUrl: field.httpsAddress.optional(),
    aliases: dictionary(leadField, "the sender's fields and ours, for example { tel: customer.phone }").optional(),
    rate: rate.optional(),
  });
}

function oneOrMore(item: z.ZodType<string>) {
  return eitherWay<string[]>((input) => (Array.isArray(input) ? filledList(item, '"env:NAME"') : item.transform((value) => [value])));
}

/** `forecourt.yaml`, key by key. What one entry says of another is checked in `references.ts`. */
export function fileSchema(given: Given) {
  return section({
    group: field.label('the name of the group', 80),
    language: language.optional(),
    currency: field.currency.optional(),
    country: field.country.optional(),
    dealerships: filledList(dealership, 'dealerships'),
    people: list(person, 'people').optional(),
    sources: list(source(given), 'sources').optional(),
  });
}
