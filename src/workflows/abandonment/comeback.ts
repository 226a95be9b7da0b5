import type { Card } from '../../chat/card.js';
import type { Dealership } from '../../dealership/dealership.js';
import { announce, sayBelow } from '../../leads/announce.js';
import { titleOf } from '../../leads/card.js';
import type { Lead } from '../../leads/lead.js';
import { obstacle } from '../../leads/life.js';
import { changeLead } from '../../leads/records.js';
import { bringBack, returnsAt } from '../../leads/resting.js';
import { append } from '../../leads/timeline.js';
import { type Desk, withLead } from '../workflow.js';
import { abandonWords } from './messages.js';

/** The line that a lead is back. */
export const RETURNED = 'abandon.returned';

/** Brings a resting lead back as new, once; what is remembered of it stays. Waits on when the hours have changed since. */
export async function comeBack(desk: Desk, leadId: string): Promise<void> {
  await withLead(desk, leadId, async ({ db, enqueue }, lead, dealership) => {
    if (lead.restingUntil === null || obstacle('return', lead.stage) !== null) return;
    const at = desk.now();
    if (returnsAt(dealership, lead.restingUntil) > at) return bringBack(enqueue, leadId, dealership, lead.restingUntil);
    await changeLead(db, leadId, {
      ...{ stage: 'new', ownerId: null, claimedAt: null, contactedAt: null, closedAt: null },
      ...{ nextActionKind: null, nextActionAt: null, restingUntil: null, returnedAt: at },
    });
    const [fact] = await append(db, [{ leadId, at, kind: 'returned' }]);
    // A card deleted by hand while the lead rested is put up again.
    announce(enqueue, leadId, dealership, 'post');
    sayBelow(enqueue, dealership, { leadId, topic: RETURNED, subject: String(fact) }, 'post', true);
  });
}

/** What the channel reads when a lead is back. */
export function returnedCard(lead: Lead, dealership: Dealership): Card {
  const line = abandonWords[dealership.language].back(titleOf(lead, dealership));
  return { summary: line, elements: [{ kind: 'lines', lines: [[{ bold: line }]] }], buttons: [] };
}
