import { randomBytes } from 'node:crypto';
import { type Fields, isFields } from '../json.js';

const ACTING_PARENTS = ['elements', 'element', 'accessory'] as const;
const SILENT = new Set(['image', 'plain_text', 'mrkdwn', 'text']);

/** Blocks as Slack stores them: missing ids and defaults added, `null` fields gone. */
export function completeBlocks(blocks: readonly unknown[]): readonly Fields[] {
  return blocks.filter(isFields).map((block) => {
    const { type, block_id, ...rest } = fill(block) as Fields;
    const named: Fields = { type, block_id: block_id ?? randomBytes(4).toString('base64url').slice(0, 5), ...rest };
    if (type !== 'rich_text') nameActions(named);
    return named;
  });
}

function fill(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fill);
  if (!isFields(value)) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
  const filled: Fields = Object.fromEntries(kept.map(([name, field]) => [name, fill(field)]));
  if (filled.type === 'plain_text') return { emoji: true, ...filled };
  return filled.type === 'mrkdwn' ? { verbatim: false, ...filled } : filled;
}

/** Gives an `action_id` to every element that acts. */
function nameActions(block: Fields): void {
  for (const parent of ACTING_PARENTS) {
    const held = block[parent];
    for (const element of Array.isArray(held) ? held : [held]) {
      if (isFields(element) && !SILENT.has(String(element.type))) element.action_id ??= randomBytes(4).toString('base64url').slice(0, 5);
    }
  }
}
