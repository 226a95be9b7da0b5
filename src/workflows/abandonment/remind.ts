import { z } from 'zod';
import type { Card } from '../../chat/card.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { clock, day } from '../../language/format.js';
import type { Language } from '../../language/locale.js';
import { titleOf } from '../../leads/card.js';
import { isClosed } from '../../leads/lead.js';
import { append, readTimeline } from '../../leads/timeline.js';
import { type Whisper, whisper } from '../../leads/whisper.js';
import { defineJob } from '../../store/jobs.js';
import { type Desk, withLead } from '../workflow.js';
import { decisionButtons } from './card.js';
import { aboutRequest, FACTS } from './file.js';
import { abandonWords } from './messages.js';
import { readRequest } from './records.js';
import { askedSentence } from './sentences.js';
import { REMINDED, remindedOf } from './who.js';

/** Reminds whoever decides a request that nobody has. */
export const remindToDecide = defineJob('abandon-reminder', z.object({ requestId: z.uuid(), to: z.enum(REMINDED) }));

/** The words of a reminder. */
export const REMINDER = 'abandon.reminder';

/** Reminds them once, however often it runs and in however many processes; nobody, when somebody decided meanwhile. */
export async function remind(desk: Desk, { requestId, to }: z.infer<typeof remindToDecide.payload>): Promise<void> {
  const known = await readRequest(desk.store.db, requestId);
  if (!known || known.verdict) return;
  await withLead(desk, known.leadId, async ({ db, enqueue }, lead, dealership) => {
    const request = await readRequest(db, requestId);
    if (!request || request.verdict || isClosed(lead.stage)) return;
    const facts = await readTimeline(db, lead.id, FACTS);
    if (facts.some(({ kind, data }) => kind === 'reminded' && data.decision === requestId && data.to === to)) return;
    const people = remindedOf(to, request.requester.id, dealership, desk.group.directory);
    if (people.length === 0) return;
    const at = desk.now();
    const [factId] = await append(db, [{ leadId: lead.id, at, kind: 'reminded', data: { what: 'decision', to, decision: requestId } }]);
    for (const account of people.flatMap((person) => person.accounts)) {
      whisper(enqueue, { topic: REMINDER, leadId: lead.id, account, at, ...(factId !== undefined && { factId }) });
    }
  });
}

/** What a reminder says; null once there is nothing left to decide. */
export function reminderCard(desk: Desk, about: Whisper): Promise<Card | null> {
  return aboutRequest(desk, about, (lead, dealership, request, language) => {
    if (request.verdict || isClosed(lead.stage)) return null;
    const waiting = waitingSince(request.requestedAt, dealership, language);
    const asked = askedSentence({ requester: request.requester.name, reason: request.reason }, null, dealership, language);
    return {
      summary: waiting,
      elements: [{ kind: 'lines', lines: [[{ bold: waiting }], [asked], [titleOf(lead, dealership)]] }],
      buttons: decisionButtons(language, request.id),
    };
  });
}

function waitingSince(at: Date, dealership: Dealership, language: Language): string {
  const locale = localeOf(dealership, language);
  return abandonWords[language].waiting(day(at, locale), clock(at, locale));
}
