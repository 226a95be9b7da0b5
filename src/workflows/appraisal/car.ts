import { z } from 'zod';
import type { Vehicle } from '../../leads/details.js';

export const CONDITIONS = ['excellent', 'good', 'fair', 'poor'] as const;
export const ACCIDENTS = ['yes', 'no', 'unknown'] as const;
export const SERVICE_BOOKS = ['full', 'partial', 'none'] as const;

const text = z.string().nullable().catch(null);
const number = z.number().nullable().catch(null);

// Kept as JSON. Reading it is tolerant: an older row lacks what was added since.
const car = z.object({
  plate: text,
  make: z.string().catch(''),
  model: z.string().catch(''),
  version: text,
  /** `2019`, `2019-03` or `2019-03-15`, as far as it is known. */
  firstRegistered: text,
  /** Kilometres. */
  mileage: z.number().catch(0),
  fuel: text,
  gearbox: text,
  vin: text,
  condition: z.enum(CONDITIONS).nullable().catch(null),
  accident: z.enum(ACCIDENTS).nullable().catch(null),
  serviceBook: z.enum(SERVICE_BOOKS).nullable().catch(null),
  keys: number,
  /** What the customer hopes for, in the dealership's currency. */
  expectedPrice: number,
});

/** The customer's own car, as the used-car manager is asked about it. */
export type Car = z.infer<typeof car>;

export const readCar = (json: unknown): Car => car.parse(json ?? {});

/** "Peugeot 208". */
export function carName({ make, model }: Pick<Car, 'make' | 'model'>): string {
  return `${make} ${model}`;
}

/** The year it was first registered; null when that is not known. */
export function yearOf({ firstRegistered }: Car): number | null {
  return firstRegistered === null ? null : Number(firstRegistered.slice(0, 4));
}

/** Is it the car an earlier request was about? By plate where both are known. */
export function sameCar(one: Car, other: Car): boolean {
  const sign = (value: string) => value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (one.plate !== null && other.plate !== null) return sign(one.plate) === sign(other.plate);
  return sign(carName(one)) === sign(carName(other));
}

/** What an enquiry said of the customer's car, as far as the form asks for it. */
export function carOf(vehicle: Vehicle | null): Partial<Car> {
  if (!vehicle) return {};
  const { plate, make, model, version, year, mileage, vin, price } = vehicle;
  const firstRegistered = year === null ? null : String(year);
  return {
    ...{ plate, version, vin, firstRegistered, expectedPrice: price },
    ...(make !== null && { make }),
    ...(model !== null && { model }),
    ...(mileage !== null && { mileage }),
  };
}
