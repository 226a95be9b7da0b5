import { jsonLead } from '../../support/leads.js';
import { TOKENS } from '../../support/running.js';
import type { Ground, Site } from './ground.js';

const ANSWERED_WITHIN_MS = 20_000;

/** How the program answered a source; null status: it did not. */
export interface Answer {
  readonly status: number | null;
  readonly id: string | null;
  readonly result: string | null;
  readonly retryAfter: string | null;
  readonly ms: number;
}

/** A lead as the source knows it. */
export interface Sent {
  /** Its external id; stands on the card as the model, so that Slack alone can tell whose card it is. */
  readonly key: string;
  readonly site: Site;
  /** The id it was accepted under, from the first 2xx; null while none came. */
  id: string | null;
  /** When the first 2xx came, by this process's clock. */
  acceptedAt: number | null;
}

/** What a source has sent, and was promised. */
export interface Ledger {
  readonly sent: ReadonlyMap<string, Sent>;
  accepted(): Sent[];
  /** A lead that is not sent yet. */
  write(site: Site): Sent;
  /** One attempt. Remembers what was promised, and throws when a later promise differs from the first. */
  send(lead: Sent): Promise<Answer>;
}

export function openLedger(ground: Ground): Ledger {
  const sent = new Map<string, Sent>();

  const send = async (lead: Sent): Promise<Answer> => {
    const answer = await post(ground.url(), lead);
    if (answer.status === null || answer.status >= 300) return answer;
    if (!answer.id) throw new Error(`${lead.key}: a 2xx without an id`);
    if (lead.id !== null && lead.id !== answer.id) throw new Error(`${lead.key}: promised as ${lead.id}, then as ${answer.id}`);
    lead.id = answer.id;
    lead.acceptedAt ??= Date.now();
    return answer;
  };

  return {
    sent,
    accepted: () => [...sent.values()].filter((lead) => lead.id !== null),
    write(site) {
      const lead: Sent = { key: `F${String(sent.size).padStart(6, '0')}`, site, id: null, acceptedAt: null };
      sent.set(lead.key, lead);
      return lead;
    },
    send,
  };
}

async function post(url: string, lead: Sent): Promise<Answer> {
  const began = performance.now();
  const answer = (status: number | null, more: Partial<Answer> = {}): Answer => ({
    ...{ status, id: null, result: null, retryAfter: null },
    ...more,
    ms: performance.now() - began,
  });
  if (url === '') return answer(null);
  try {
    const response = await fetch(`${url}/intake/website`, {
      method: 'POST',
      body: jsonLead({ externalId: lead.key, dealership: lead.site.id, interest: { model: lead.key } }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKENS.INTAKE_WEBSITE_TOKEN}` },
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
    });
    const body = (await response.json()) as { leads?: { id: string; result: string }[] };
    const [receipt] = body.leads ?? [];
    return answer(response.status, {
      id: receipt?.id ?? null,
      result: receipt?.result ?? null,
      retryAfter: response.headers.get('retry-after'),
    });
  } catch {
    return answer(null);
  }
}
