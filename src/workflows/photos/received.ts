import { type Card, type Element, sentence } from '../../chat/card.js';
import type { Command, Reply, SentFile } from '../../chat/interaction.js';
import type { Person } from '../../dealership/people.js';
import { titleOf } from '../../leads/card.js';
import { keepPhotos } from '../../leads/photos.js';
import { openLeadsOf, readLeads } from '../../leads/records.js';
import { newId } from '../../store/id.js';
import { addPhotosButton } from '../photo-page.js';
import { type Desk, withLead } from '../workflow.js';
import { photosWords } from './messages.js';

/** So many leads are offered to choose from. */
const MOST_OFFERED = 5;

/**
 * Files sent to the bot itself. They belong to the one lead their sender works on, or to the one whose trade-in waits for
 * an answer; where that is not clear nothing is guessed, and the sender reads where to send them.
 */
export async function received(desk: Desk, command: Command, files: readonly SentFile[]): Promise<Reply> {
  const person = await desk.personOf(command.actor.person, command.actor.name);
  const mine = await openLeadsOf(desk.store.db, person.id, MOST_OFFERED + 1);
  const waiting = mine.filter(({ appraisalId }) => appraisalId !== null);
  const [only, ...others] = waiting.length === 1 ? waiting : mine;
  const words = photosWords[desk.languageFor(person)];
  if (!only) return { kind: 'private', card: sentence(words.noLead) };
  if (others.length > 0) return { kind: 'private', card: await whichLead(desk, person, mine) };
  const card = await withLead(desk, only.id, async (unit, lead, dealership): Promise<Card | null> => {
    if (lead.owner?.id !== person.id) return null;
    const origin = { leadId: lead.id, appraisalId: only.appraisalId, uploaderId: person.id, at: command.at, batchId: newId() };
    await keepPhotos(
      unit,
      origin,
      files.map(({ file, name }) => ({ file, name, view: null })),
    );
    return sentence(photosWords[desk.languageFor(person, dealership)].taken(files.length, titleOf(lead, dealership)));
  });
  return { kind: 'private', card: card ?? sentence(words.noLead) };
}

async function whichLead(desk: Desk, person: Person, mine: readonly { readonly id: string }[]): Promise<Card> {
  const language = desk.languageFor(person);
  const words = photosWords[language];
  const ids = mine.slice(0, MOST_OFFERED).map(({ id }) => id);
  const leads = await readLeads(desk.store.db, ids);
  const rows = ids.flatMap((id): Element[] => {
    const lead = leads.get(id);
    const dealership = lead && desk.group.dealership(lead.dealershipId);
    if (!lead || !dealership) return [];
    return [{ kind: 'row', lines: [[{ bold: titleOf(lead, dealership) }]], buttons: addPhotosButton(desk, lead, language) }];
  });
  return { summary: words.whichLead, elements: [{ kind: 'lines', lines: [[words.whichLead]] }, ...rows], buttons: [] };
}
