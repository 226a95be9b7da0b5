import type { Card } from '../../chat/card.js';
import type { Command } from '../../chat/interaction.js';
import { type Line, shorten } from '../../chat/text.js';
import type { Language } from '../../language/locale.js';
import { nearest, plainWord } from '../../language/nearest.js';
import { commandOf, type Desk, type Workflow } from '../workflow.js';
import { helpWords } from './messages.js';

/** What a mistyped word may have been meant to be. */
const VERBS: Readonly<Record<Language, readonly string[]>> = {
  en: ['mine', 'my', 'find', 'stats', 'desk', 'add', 'help'],
  fr: ['mes', 'mine', 'chercher', 'find', 'stats', 'chiffres', 'bureau', 'add', 'aide', 'help'],
};

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
  const language = desk.languageFor(person, here);
  const words = helpWords[language];
  const [verb = ''] = command.words.trim().split(/\s+/);
  const known = ['', 'help', 'aide'].includes(plainWord(verb));
  const intro: Line = known
    ? [{ bold: words.title }]
    : [words.unknown(shorten(verb, 40), nearest(plainWord(verb), VERBS[language]) ?? null)];
  const called = commandOf(desk, command.actor.person);
  const commands = Object.values(words.commands).map(({ how, what }): Line => [{ bold: how(called) }, ` · ${what}`]);
  const lines: Line[] = [intro, ...commands, ...Object.values(words.lines).map((line): Line => [line])];
  return { summary: words.title, elements: [{ kind: 'lines', lines }], buttons: [] };
}
