import { type Card, sentence } from '../../chat/card.js';
import type { Command, Reply } from '../../chat/interaction.js';
import { shorten, tidy } from '../../chat/text.js';
import { findLeads, type Scope } from '../../figures/find.js';
import { enumeration } from '../../language/format.js';
import { cardOf } from '../../leads/links.js';
import { append } from '../../leads/timeline.js';
import { inTime } from '../in-time.js';
import { listWords } from '../messages.js';
import { linksFor, managerToAsk, type Reader, readerOf } from '../reader.js';
import { type Desk, platformOf, type Workflow } from '../workflow.js';
import { COUNTED, foundCard, type Hit, SHOWN, shownAlone } from './card.js';
import { findWords } from './messages.js';

const LONGEST_SHOWN = 60;

/** Finds leads by name, phone, plate or stock number, where somebody works and as far as they may see. */
export function findWorkflow(desk: Desk): Workflow {
  const find = async (command: Command, rest: string): Promise<Reply> => {
    const reader = await readerOf(desk, command.actor);
    return inTime(desk, command, reader.language, answer(desk, reader, tidy(rest).replaceAll('\n', ' '), command.at));
  };
  return { commands: { find, chercher: find, cherche: find, trouver: find } };
}

async function answer(desk: Desk, reader: Reader, words: string, at: Date): Promise<Card> {
  const { language, sites } = reader;
  const say = findWords[language];
  if (sites.length === 0) return sentence(listWords[language].nowhere(managerToAsk(desk, reader)));
  if (words === '')
    return { summary: say.what, elements: [{ kind: 'lines', lines: [[say.what, { bold: say.how(reader.command) }]] }], buttons: [] };
  const hits = await search(desk, reader, words);
  const typed = shorten(words, LONGEST_SHOWN);
  if (hits.length === 0) return nothing(typed, reader);
  await noteLook(desk, reader, hits, at);
  const shown = hits.slice(0, SHOWN).map(({ found }) => cardOf(found.lead.id));
  const links = await linksFor(desk, reader, shown);
  return foundCard({ desk, language, now: desk.now(), links, namesSites: sites.length > 1 }, typed, hits);
}

async function search(desk: Desk, reader: Reader, words: string): Promise<readonly Hit[]> {
  const { person, sites, managed } = reader;
  const scopes = sites.map((dealership): Scope => {
    const all = managed.includes(dealership) || dealership.contactDetails === 'channel';
    return { dealership, contacts: all ? 'all' : 'own' };
  });
  const found = await findLeads(desk.store.db, words, { personId: person.id, scopes }, COUNTED + 1);
  return found.flatMap((one) => {
    const dealership = desk.group.dealership(one.lead.dealershipId);
    return dealership ? [{ found: one, dealership }] : [];
  });
}

/** Whoever reads a customer's number is written down, here as anywhere. */
async function noteLook(desk: Desk, { person, account }: Reader, hits: readonly Hit[], at: Date): Promise<void> {
  const alone = shownAlone(hits);
  if (!alone) return;
  const look = { leadId: alone.found.lead.id, at, kind: 'contact-shown', actorId: person.id, platform: platformOf(account) } as const;
  await append(desk.store.db, [look]);
}

function nothing(typed: string, { language, sites }: Reader): Card {
  const say = findWords[language];
  const where = enumeration(
    sites.slice(0, 5).map(({ name }) => name),
    language,
  );
  const line = say.nothing(typed, where);
  return {
    summary: line,
    elements: [
      { kind: 'lines', lines: [[line]] },
      { kind: 'aside', line: [say.lookedIn] },
    ],
    buttons: [],
  };
}
