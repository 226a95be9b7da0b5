import { z } from 'zod';
import type { Notes } from './notes.js';

/*
 * The shape of one enquiry in JSON, and, with dots between the names, in a form. Every field may be absent; a field
 * of the wrong type is noted and left out, and the rest is kept.
 */

const text = z.union([z.string(), z.number()], { error: 'Text was expected here.' }).nullish();
const amount = z.union([z.string(), z.number()], { error: 'A number was expected here.' }).nullish();
const flag = z
  .union([z.boolean(), z.string(), z.number()], {
    error: 'True or false was expected here.',
  })
  .nullish();
const group = { error: 'An object was expected here.' };

const consent = z.object({ phone: flag, email: flag, sms: flag, text, at: text }, group);

const customer = z.object(
  {
    name: text,
    firstName: text,
    lastName: text,
    company: text,
    email: text,
    phone: text,
    postalCode: text,
    city: text,
    language: text,
    preferredContact: text,
    consent: consent.nullish(),
  },
  group,
);

const vehicle = z.object(
  {
    type: text,
    condition: text,
    make: text,
    model: text,
    version: text,
    year: amount,
    price: amount,
    currency: text,
    stockNumber: text,
    vin: text,
    plate: text,
    mileage: amount,
    url: text,
    photoUrl: text,
    comments: text,
  },
  group,
);

const lead = z.object(
  {
    externalId: text,
    dealership: text,
    requestedAt: text,
    customer: customer.nullish(),
    interest: vehicle.nullish(),
    tradeIn: vehicle.nullish(),
    message: text,
    page: text,
    campaign: text,
  },
  group,
);

/** One enquiry with its types checked and nothing read yet. */
export type LeadShape = z.output<typeof lead>;
export type CustomerShape = z.output<typeof customer>;
export type VehicleShape = z.output<typeof vehicle>;

/** Every field an enquiry may have, with dots: `customer.consent.phone`. */
export const LEAD_FIELDS: readonly string[] = fieldsOf(lead, '');

/**
 * Keeps what has the right type. Returns null when `value` is no object at all or holds no known field; each field
 * of the wrong type is noted under `prefix` and its own path.
 */
export function shapeOf(value: unknown, prefix: string, notes: Notes): LeadShape | null {
  const first = lead.safeParse(value);
  if (first.success) return someField(first.data) ? first.data : null;
  const rest = structuredClone(value);
  for (const issue of first.error.issues) {
    notes.note((prefix + issue.path.join('.')).replace(/\.$/, ''), issue.message);
    remove(rest, issue.path);
  }
  const second = lead.safeParse(rest);
  return second.success && someField(second.data) ? second.data : null;
}

function remove(value: unknown, path: readonly PropertyKey[]): void {
  let holder = value;
  for (const key of path.slice(0, -1)) holder = isRecord(holder) ? holder[String(key)] : undefined;
  if (isRecord(holder)) delete holder[String(path.at(-1))];
}

function someField(value: unknown): boolean {
  if (isRecord(value)) return Object.values(value).some(someField);
  return value !== null && value !== undefined && value !== '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(schema: z.ZodObject, prefix: string): string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const inner = unwrapped(field);
    return inner instanceof z.ZodObject ? fieldsOf(inner, `${prefix}${name}.`) : [`${prefix}${name}`];
  });
}

function unwrapped(field: unknown): unknown {
  return field instanceof z.ZodOptional || field instanceof z.ZodNullable ? unwrapped(field.unwrap()) : field;
}
