import type { Card } from '../../chat/card.js';
import type { Command } from '../../chat/interaction.js';
import { type Line, shorten } from '../../chat/text.js';
import type { Desk, Workflow } from '../workflow.js';
import { helpWords } from './messages.js';

/** Says what can be done. Also the answer to words that mean nothing. */
export function helpWorkflow(desk: Desk): Workflow {
  const help = async (command: Command) => ({ kind: 'private', card: await helpCard(desk, command) }) as const;
  return { commands: { help, aide: help, '': help, '*': help } };
}

async function helpCard(desk: Desk, command: Command): Promise<Card> {
  const person = await desk.personOf(command.actor.person, command.actor.name);
  const here = desk.group.dealerships.find(
    (dealership) => command.channel !== undefined && dealership.channels.leads.includes(command.channel),
  );
  const words = helpWords[desk.languageFor(person, here)];
  const [verb = ''] = command.words.trim().split(/\s+/);
  const known = ['', 'help', 'aide'].includes(verb.toLowerCase());
  const intro: Line = known ? [{ bold: words.title }] : [words.unknown(shorten(verb, 40))];
  const lines: Line[] = [intro, ...Object.values(words.lines).map((line): Line => [line]), [words.add], [words.help]];
  return { summary: words.title, elements: [{ kind: 'lines', lines }], buttons: [] };
}
