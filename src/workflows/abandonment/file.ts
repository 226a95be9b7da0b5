import type { Card } from '../../chat/card.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import type { Lead } from '../../leads/lead.js';
import { readFact, readTimeline } from '../../leads/timeline.js';
import type { Whisper } from '../../leads/whisper.js';
import { type Desk, told } from '../workflow.js';
import type { RequestFile } from './card.js';
import { type Request, readAppraisals, readRequest } from './records.js';

/** More facts than any lead gathers. */
export const FACTS = 2_000;

/** Everything the card of a request is drawn from; null for an id that is none of this lead's requests. */
export async function readFile(desk: Desk, lead: Lead, dealership: Dealership, id: string): Promise<RequestFile | null> {
  const { db } = desk.store;
  const request = await readRequest(db, id);
  if (request?.leadId !== lead.id) return null;
  const facts = await readTimeline(db, lead.id, FACTS);
  const appraisals = await readAppraisals(db, lead.id, request.requestedAt);
  return { request, facts, appraisals, tell: (fact) => desk.tell(fact, dealership, dealership.language) };
}

/** Makes the words of a whisper whose fact is about a request that still exists. */
export function aboutRequest(
  desk: Desk,
  about: Whisper,
  make: (lead: Lead, dealership: Dealership, request: Request, language: Language) => Card | null,
): Promise<Card | null> {
  return told(desk, about, async (lead, dealership) => {
    const fact = about.factId === null ? null : await readFact(desk.store.db, BigInt(about.factId));
    const request = typeof fact?.data.decision === 'string' ? await readRequest(desk.store.db, fact.data.decision) : null;
    if (request?.leadId !== lead.id) return null;
    const person = await desk.personOf(about.account);
    return make(lead, dealership, request, desk.languageFor(person, dealership));
  });
}
