import { z } from 'zod';
import { atLocal, nextOpening } from '../dealership/clock.js';
import type { Dealership } from '../dealership/dealership.js';
import { defineJob, type Enqueue } from '../store/jobs.js';

/** Brings a resting lead back as new, when its day has come. */
export const returnLead = defineJob('lead-return', z.object({ leadId: z.uuid() }));

/** Where a site stays closed for good, what rests there comes back at this hour all the same. */
const MORNING = '09:00';

/** When a lead resting until this local day (at midnight UTC) comes back: as the site opens that day, or next opens after it. */
export function returnsAt(dealership: Dealership, restingUntil: Date): Date {
  const day = restingUntil.toISOString().slice(0, 10);
  const midnight = atLocal(dealership, day, '00:00') ?? restingUntil;
  return nextOpening(dealership, midnight) ?? atLocal(dealership, day, MORNING) ?? midnight;
}

/** Asks for a resting lead's return at its time. */
export function bringBack(enqueue: Enqueue, leadId: string, dealership: Dealership, restingUntil: Date): void {
  enqueue(returnLead, { leadId }, { notBefore: returnsAt(dealership, restingUntil) });
}
