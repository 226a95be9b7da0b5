import { leadCard } from '../../src/leads/card.js';
import { CARD } from '../../src/leads/places.js';
import { readLead } from '../../src/leads/records.js';
import { renderCard } from '../../src/platforms/slack/render.js';
import { silentDesk } from '../support/desk.js';
import { configFor, type Running } from '../support/running.js';
import { words } from '../support/seen.js';

import { everyWorkflow } from '../support/workflows.js';

/** What people can read and press of a message. */
interface Read {
  readonly words: string;
  readonly buttons: readonly string[];
}

/** One message of ours about a lead: as it should look by what is stored now, and as it stands in the channel. */
export interface Compared {
  readonly about: string;
  readonly drawn: Read;
  readonly stands: Read | null;
}

/**
 * Draws every message about a lead from what is stored, by the very functions that drew them, to be compared with what stands
 * in the channel.
 */
export async function comparer(house: Running, edit: (yaml: string) => string): Promise<(leadId: string) => Promise<Compared[]>> {
  const { store } = house.app;
  const desk = silentDesk(store, configFor(house.apiUrl, { edit }));
  const { group } = desk;
  const workflows = await everyWorkflow(desk);
  const drawings = new Map(workflows.flatMap((workflow) => Object.entries(workflow.draws ?? {})));
  const draw = (topic: string) => {
    const drawing = drawings.get(topic);
    return drawing && ('draw' in drawing ? drawing.draw : drawing);
  };
  return async (leadId) => {
    const lead = await readLead(store.db, leadId);
    const dealership = lead && group.dealership(lead.dealershipId);
    if (!lead || !dealership) throw new Error('no such lead');
    const buttons = workflows.flatMap((workflow) => workflow.offers?.(lead, dealership) ?? []);
    const compared: Compared[] = [];
    for (const { topic, subject } of [{ topic: CARD, subject: '' }, ...(await saidOf(house, leadId))]) {
      const card =
        topic === CARD
          ? leadCard(lead, dealership, group.sourceName(lead.sourceId), buttons)
          : await draw(topic)?.(lead, dealership, subject);
      if (!card) continue;
      const about = topic === CARD ? leadId : `${leadId}/${topic}/${subject}`;
      const shown = house.slack.messages(dealership.channels.leads[0]?.slice('slack:'.length) ?? '').find((one) => markOf(one) === about);
      compared.push({ about, drawn: read(renderCard(card)), stands: shown ? read(shown) : null });
    }
    return compared;
  };
}

/** What must have been said in the thread about the trade-in. */
async function saidOf(house: Running, leadId: string): Promise<{ readonly topic: string; readonly subject: string }[]> {
  const include = { estimates: true, questions: true };
  const requests = await house.app.store.db.appraisal.findMany({ where: { leadId }, include });
  return requests.flatMap((request) => [
    { topic: 'appraisal.request', subject: request.id },
    ...request.estimates.map(({ id }) => ({ topic: 'estimate', subject: id })),
    ...request.questions.map(({ id }) => ({ topic: 'estimate.question', subject: id })),
  ]);
}

function read(message: { readonly blocks?: readonly unknown[] }): Read {
  const elements = (message.blocks ?? []).flatMap(
    (block) => (block as { elements?: { type?: string; action_id?: string; value?: string }[] }).elements ?? [],
  );
  const pressed = elements.flatMap(({ type, action_id, value }) => (type === 'button' ? [`${action_id} ${value}`] : []));
  const texts = (message.blocks ?? []).filter((block) => (block as { type?: string }).type !== 'actions');
  return { words: words({ blocks: texts }), buttons: pressed.toSorted() };
}

function markOf(message: { readonly metadata?: unknown }): unknown {
  return (message.metadata as { event_payload?: { mark?: unknown } } | undefined)?.event_payload?.mark;
}
