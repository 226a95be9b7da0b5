import { z } from 'zod';

// The shapes kept as JSON inside a lead row. Reading them is tolerant: an older row lacks what was added since.

const text = z.string().nullable().catch(null);
const number = z.number().nullable().catch(null);

const vehicle = z.object({
  type: z.string().catch('buy'),
  condition: z.enum(['new', 'used']).nullable().catch(null),
  make: text,
  model: text,
  version: text,
  year: number,
  price: number,
  currency: text,
  stockNumber: text,
  vin: text,
  plate: text,
  /** Kilometres. */
  mileage: number,
  url: text,
  photoUrl: text,
  comments: text,
});

/** A car somebody wants, or offers. */
export type Vehicle = z.infer<typeof vehicle>;

const customer = z.object({
  firstName: text,
  lastName: text,
  company: text,
  postalCode: text,
  city: text,
  language: text,
  preferredContact: text,
  consent: z.record(z.string(), z.unknown()).nullable().catch(null),
  /** E-mail and phone as they were sent, before they were normalised. */
  sent: z.object({ email: text, phone: text }).catch({ email: null, phone: null }),
});

/** The customer, beside name, e-mail and phone, which have columns of their own. */
export type Customer = z.infer<typeof customer>;

const origin = z.object({ page: text, campaign: text, provider: text, photos: z.number().catch(0) });

/** Where an enquiry came from, and how many photos came with it. */
export type Origin = z.infer<typeof origin>;

const problem = z.object({ path: z.string(), message: z.string() });

/** What could not be understood: where, and a sentence for the sender's developer. */
export type Problem = z.infer<typeof problem>;

export const readVehicle = (json: unknown): Vehicle | null => (json === null || json === undefined ? null : vehicle.parse(json));
export const readCustomer = (json: unknown): Customer => customer.parse(json ?? {});
export const readOrigin = (json: unknown): Origin => origin.parse(json ?? {});
export const readProblems = (json: unknown): Problem[] => z.array(problem).catch([]).parse(json);
