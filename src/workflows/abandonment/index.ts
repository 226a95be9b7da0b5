import type { Card } from '../../chat/card.js';
import { type Line, shorten } from '../../chat/text.js';
import type { Dealership } from '../../dealership/dealership.js';
import type { Language } from '../../language/locale.js';
import { titleOf } from '../../leads/card.js';
import { contactCard } from '../../leads/contact.js';
import { isClosed } from '../../leads/lead.js';
import { returnLead } from '../../leads/resting.js';
import type { Fact } from '../../leads/timeline.js';
import type { Whisper } from '../../leads/whisper.js';
import { type Desk, type Workflow, workflowJob } from '../workflow.js';
import { ASKED, askAbandonment, openAbandon, REQUEST } from './ask.js';
import { askedCard, decidedCard, requestCard } from './card.js';
import { comeBack, RETURNED, returnedCard } from './comeback.js';
import { DECIDED, decideAbandonment, GIVEN, openDecision, SENT_BACK } from './decide.js';
import { aboutRequest, readFile } from './file.js';
import { abandonWords } from './messages.js';
import { needs } from './needs.js';
import { OUTCOMES, type Request, readRequest } from './records.js';
import { REMINDER, remind, reminderCard, remindToDecide } from './remind.js';
import { askedSentence, verdictSentence } from './sentences.js';
import { REMINDED } from './who.js';

/** A lead's other end: asked for with a reason, decided by a manager, never automatic. */
export function abandonmentWorkflow(desk: Desk): Workflow {
  const tellers = {
    'abandon-asked': askedLine,
    decided: (fact: Fact, dealership: Dealership, language: Language) => decidedLine(desk, fact, dealership, language),
    returned: (_: Fact, __: Dealership, language: Language) => abandonWords[language].returned,
    reminded: remindedLine,
  };
  return {
    offers: (lead, dealership) =>
      lead.owner && !isClosed(lead.stage)
        ? [{ action: 'abandon.open', label: abandonWords[dealership.language].button, subject: lead.id, opens: true }]
        : [],
    clicks: {
      'abandon.open': (click) => openAbandon(desk, click),
      'abandon.approve': (click) => openDecision(desk, click, 'approve'),
      'abandon.sendback': (click) => openDecision(desk, click, 'sendback'),
      'abandon.handover': (click) => openDecision(desk, click, 'handover'),
      'abandon.recycle': (click) => openDecision(desk, click, 'recycle'),
    },
    forms: {
      abandon: (submission) => askAbandonment(desk, submission),
      abandon_decision: (submission) => decideAbandonment(desk, submission),
    },
    draws: {
      [REQUEST]: {
        endsWithTheLead: true,
        draw: async (lead, dealership, subject) => {
          const file = await readFile(desk, lead, dealership, subject);
          return file && requestCard(lead, dealership, file);
        },
      },
      [ASKED]: async (lead, dealership, subject) => {
        const file = await readFile(desk, lead, dealership, subject);
        return file && askedCard(lead, dealership, file);
      },
      [DECIDED]: async (lead, dealership, subject) => {
        const request = await readRequest(desk.store.db, subject);
        return request?.leadId === lead.id ? decidedCard(lead, dealership, request) : null;
      },
      [RETURNED]: async (lead, dealership) => returnedCard(lead, dealership),
    },
    whispers: {
      [REMINDER]: (about) => reminderCard(desk, about),
      [SENT_BACK]: (about) => sentBackCard(desk, about),
      [GIVEN]: (about) => givenCard(desk, about),
    },
    jobs: [
      workflowJob(remindToDecide, (payload) => remind(desk, payload)),
      workflowJob(returnLead, ({ leadId }) => comeBack(desk, leadId)),
    ],
    needs: needs(desk),
    tells: tellers,
  };
}

function sentBackCard(desk: Desk, about: Whisper): Promise<Card | null> {
  return aboutRequest(desk, about, (lead, dealership, request, language) => {
    if (!request.verdict) return null;
    return withComment(abandonWords[language].sentBack(request.verdict.by.name, titleOf(lead, dealership)), request);
  });
}

/** Whoever was given the lead reads how to reach the customer; whoever had it reads where it went. */
function givenCard(desk: Desk, about: Whisper): Promise<Card | null> {
  return aboutRequest(desk, about, (lead, dealership, request, language) => {
    const { verdict } = request;
    if (!verdict?.colleague) return null;
    const words = abandonWords[language];
    const title = titleOf(lead, dealership);
    const reader = desk.group.directory.byAccount(about.account);
    if (reader.id !== verdict.colleague.id) return withComment(words.givenAway(verdict.by.name, verdict.colleague.name, title), request);
    const line = words.given(verdict.by.name, title);
    // Given on meanwhile: the customer's number is the new owner's alone.
    if (lead.owner?.id !== reader.id) return withComment(line, request);
    const card = contactCard(lead, dealership, language, [{ bold: line }]);
    return { ...card, elements: [...card.elements, ...commentElements(request)] };
  });
}

function withComment(line: string, request: Request): Card {
  const lines: Line[] = [[{ bold: line }]];
  return { summary: line, elements: [{ kind: 'lines', lines }, ...commentElements(request)], buttons: [] };
}

function commentElements({ verdict }: Request): Card['elements'] {
  return verdict?.comment ? [{ kind: 'quote', text: shorten(verdict.comment, 2_500) }] : [];
}

function askedLine({ actor, data }: Fact, dealership: Dealership, language: Language): string {
  const owner = typeof data.owner === 'string' ? data.owner : null;
  const requester = actor?.name ?? abandonWords[language].somebody;
  return askedSentence({ requester, reason: String(data.reason ?? '') }, owner, dealership, language);
}

function decidedLine(desk: Desk, { actor, data }: Fact, dealership: Dealership, language: Language): string {
  const words = abandonWords[language];
  const outcome = OUTCOMES.find((one) => one === data.outcome);
  const by = { id: actor?.id ?? '', name: actor?.name ?? words.somebody };
  if (!outcome) return words.decidedBy(by.name);
  const to = typeof data.to === 'string' ? data.to : null;
  const colleague = to === null ? null : { id: to, name: desk.group.directory.byId(to)?.name ?? to };
  const recycleOn = typeof data.until === 'string' ? new Date(`${data.until}T00:00:00Z`) : null;
  return verdictSentence({ outcome, by, colleague, recycleOn }, { reason: String(data.reason ?? '') }, dealership, language);
}

function remindedLine({ data }: Fact, _: Dealership, language: Language): string | null {
  const words = abandonWords[language];
  const to = data.what === 'decision' ? REMINDED.find((one) => one === data.to) : undefined;
  return to ? words.reminded[to] : null;
}
