import type { z } from 'zod';
import type { Config, GroupSettings, Source } from '../config.js';
import type { Dealership, Reason, WorkingDelay } from '../dealership/dealership.js';
import type { Person } from '../dealership/people.js';
import type { fileSchema } from './schema.js';

export type FileContent = Pick<Config, 'group' | 'dealerships' | 'people' | 'sources'>;

type Written = z.output<ReturnType<typeof fileSchema>>;
type WrittenDealership = Written['dealerships'][number];
type WrittenPerson = NonNullable<Written['people']>[number];
type WrittenSource = NonNullable<Written['sources']>[number];

const DECIDE_WITHIN: WorkingDelay = { unit: 'days', amount: 1 };
const ANSWER_WITHIN: WorkingDelay = { unit: 'minutes', amount: 120 };
const DIGEST_AT = { hour: 18, minute: 30 };
const RATE = { perSecond: 100, burst: 1000 };

const REASONS: readonly Reason[] = [
  {
    id: 'bought-elsewhere',
    label: { fr: 'A acheté ailleurs', en: 'Bought elsewhere' },
  },
  { id: 'no-budget', label: { fr: 'Budget insuffisant', en: 'No budget' } },
  { id: 'unreachable', label: { fr: 'Injoignable', en: 'Unreachable' } },
  { id: 'postponed', label: { fr: 'Projet reporté', en: 'Postponed' } },
  { id: 'invalid', label: { fr: 'Faux contact', en: 'Not a real enquiry' } },
];

const WEEKDAY = [{ from: 9 * 60, to: 19 * 60 }];
const SATURDAY = [{ from: 9 * 60, to: 18 * 60 }];
const USUAL_HOURS: NonNullable<WrittenDealership['hours']> = {
  ...{ mon: WEEKDAY, tue: WEEKDAY, wed: WEEKDAY, thu: WEEKDAY, fri: WEEKDAY },
  sat: SATURDAY,
};

/** What the file means: its values with the group's and the house's defaults filled in. */
export function contentOf(written: Written): FileContent {
  const { group: name, language = 'fr', currency = 'EUR', country = 'FR' } = written;
  const group = { name, language, currency, country };
  return {
    group,
    dealerships: written.dealerships.map((dealership) => dealershipOf(dealership, group)),
    people: (written.people ?? []).map(personOf),
    sources: (written.sources ?? []).map(sourceOf),
  };
}

function dealershipOf(written: WrittenDealership, group: GroupSettings): Dealership {
  const { hours = USUAL_HOURS, channels, abandonment } = written;
  return {
    id: written.id,
    name: written.name,
    timeZone: written.timezone,
    language: written.language ?? group.language,
    currency: written.currency ?? group.currency,
    country: written.country ?? group.country,
    hours: {
      mon: hours.mon ?? [],
      tue: hours.tue ?? [],
      wed: hours.wed ?? [],
      thu: hours.thu ?? [],
      fri: hours.fri ?? [],
      sat: hours.sat ?? [],
      sun: hours.sun ?? [],
    },
    closed: new Set(written.closed),
    contactDetails: written.contactDetails ?? 'owner',
    channels: {
      leads: channels.leads,
      appraisals: channels.appraisals ?? null,
      managers: channels.managers ?? null,
    },
    digestAt: written.digest?.at ?? DIGEST_AT,
    abandonment: {
      reasons:
        abandonment?.reasons?.map(({ id, fr, en }) => ({
          id,
          label: { fr, en },
        })) ?? REASONS,
      decideWithin: abandonment?.decideWithin ?? DECIDE_WITHIN,
    },
    appraisal: {
      answerWithin: written.appraisal?.answerWithin ?? ANSWER_WITHIN,
    },
  };
}

function personOf({ id, name, language, slack, teams, roles }: WrittenPerson): Person {
  const accounts = [...(slack === undefined ? [] : [`slack:${slack}`]), ...(teams === undefined ? [] : [`teams:${teams.toLowerCase()}`])];
  return {
    id,
    name,
    language: language ?? null,
    accounts,
    roles,
    listed: true,
  };
}

function sourceOf(written: WrittenSource): Source {
  return {
    id: written.id,
    name: written.name,
    tokens: written.token ?? [],
    secrets: written.secret ?? [],
    dealership: written.dealership ?? null,
    thanksUrl: written.thanksUrl ?? null,
    aliases: written.aliases ?? {},
    rate: written.rate === undefined ? RATE : written.rate,
  };
}
