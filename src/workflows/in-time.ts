import { type Card, sentence } from '../chat/card.js';
import type { Command, Reply } from '../chat/interaction.js';
import type { Language } from '../language/locale.js';
import { listWords } from './messages.js';
import type { Desk } from './workflow.js';

/** An answer is given within 2.5 s, whatever else goes on; this leaves time to give it. */
const WITHIN_MS = 1_700;

/** Answers at once; an answer that takes longer to find is told in private as soon as it is known, one attempt. */
export async function inTime(
  desk: Pick<Desk, 'platformOf' | 'failed'>,
  command: Command,
  language: Language,
  answer: Promise<Card>,
  withinMs = WITHIN_MS,
): Promise<Reply> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, withinMs, null);
  });
  const card = await Promise.race([answer, late]).finally(() => clearTimeout(timer));
  if (card) return { kind: 'private', card };
  const { actor, channel } = command;
  answer
    .then((found) => desk.platformOf(actor.person)?.whisper(actor.person, channel === undefined ? undefined : { channel }, found))
    .catch((error) => desk.failed(error, 'an answer that took longer could not be given'));
  return { kind: 'private', card: sentence(listWords[language].working) };
}
