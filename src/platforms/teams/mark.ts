import { isRecord } from './activity.js';
import type { TeamsMessage } from './render.js';

const PREFIX = 'forecourt/';

/**
 * The message, with a mark nobody sees: the id of its card's first item. Ids are shown nowhere, and a client needs them to
 * find what an action of a card unfolds, so Teams keeps a card's ids as they were sent. A drawing anew has no mark.
 */
export function marked(message: TeamsMessage, mark: string): TeamsMessage {
  const [card, ...cards] = message.attachments;
  const [first, ...rest] = card.content.body;
  if (first === undefined) return message;
  const content = { ...card.content, body: [{ ...first, id: `${PREFIX}${mark}` }, ...rest] };
  return { ...message, attachments: [{ ...card, content }, ...cards] };
}

/** Does a card carry the mark? `content`: as Microsoft Graph gives it, JSON in a string. */
export function carries(content: unknown, mark: string): boolean {
  if (typeof content !== 'string' || !content.includes(PREFIX)) return false;
  try {
    const card: unknown = JSON.parse(content);
    const body = isRecord(card) && Array.isArray(card.body) ? card.body : [];
    return body.some((item) => isRecord(item) && item.id === `${PREFIX}${mark}`);
  } catch {
    return false;
  }
}
