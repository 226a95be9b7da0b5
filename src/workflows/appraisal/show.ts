import type { Dealership } from '../../dealership/dealership.js';
import { announce, sayBelow, show } from '../../leads/announce.js';
import { changeLead } from '../../leads/records.js';
import type { Unit } from '../../store/store.js';

export const REQUEST = 'appraisal.request';
export const PHOTOS = 'appraisal.photos';
export const ESTIMATE = 'estimate';
export const QUESTION = 'estimate.question';

/** A message of ours: who draws it, and what it shows. */
export type Shown = readonly [topic: typeof REQUEST | typeof PHOTOS | typeof ESTIMATE | typeof QUESTION, subject: string];

/** Says that the lead changed, and has its card and these messages drawn again wherever they stand. */
export async function redrawn({ db, enqueue }: Unit, leadId: string, dealership: Dealership, messages: readonly Shown[]): Promise<void> {
  await changeLead(db, leadId, {});
  announce(enqueue, leadId, dealership, 'redraw');
  askRedraw({ enqueue }, leadId, dealership, messages);
}

/** Has messages drawn again, once the lead was changed. */
export function askRedraw({ enqueue }: Pick<Unit, 'enqueue'>, leadId: string, dealership: Dealership, messages: readonly Shown[]): void {
  for (const [topic, subject] of messages) {
    for (const channel of placesOf(dealership)) show(enqueue, { leadId, channel, topic, subject }, 'redraw');
  }
}

/** Puts a request up: in the lead's thread, and by itself where the used-car managers look. */
export function postRequest({ enqueue }: Unit, leadId: string, dealership: Dealership, appraisalId: string): void {
  const { appraisals, leads } = dealership.channels;
  sayBelow(enqueue, dealership, { leadId, topic: REQUEST, subject: appraisalId }, 'post');
  if (appraisals !== null && !leads.includes(appraisals)) {
    show(enqueue, { leadId, channel: appraisals, topic: REQUEST, subject: appraisalId }, 'post');
  }
}

function placesOf({ channels }: Dealership): readonly string[] {
  return [...new Set([...channels.leads, ...(channels.appraisals === null ? [] : [channels.appraisals])])];
}
