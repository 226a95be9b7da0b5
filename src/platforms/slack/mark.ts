import { type Answer, type Call, isRecord, part } from './client.js';
import type { Identity } from './doctor.js';
import type { SlackMessageRef } from './refs.js';

const EVENT_TYPE = 'forecourt_card';
/** Slack's clock is not ours. */
const CLOCK_SLACK_MS = 60_000;
const PAGE = 200;

/** Metadata everybody in the workspace may read: the mark, and nothing about a customer. */
export function markedAs(mark: string): Record<string, unknown> {
  return { event_type: EVENT_TYPE, event_payload: { mark } };
}

/** Reads the channel from its newest message back to `since` for a message of this bot carrying the mark. */
export async function findMarked(
  call: Call,
  wanted: { readonly channel: string; readonly mark: string; readonly since: Date; readonly identity: Identity },
  signal?: AbortSignal,
): Promise<SlackMessageRef | null> {
  const { channel } = wanted;
  const oldest = ((wanted.since.getTime() - CLOCK_SLACK_MS) / 1000).toFixed(6);
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const args = { channel, oldest, inclusive: true, limit: PAGE, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const page = await call('conversations.history', args, 'read', signal);
    const found = listed(page.messages).find((message) => isOurs(message, wanted.identity) && carries(message, wanted.mark));
    if (typeof found?.ts === 'string') return { channel, ts: found.ts };
    const next = part(page, 'response_metadata').next_cursor;
    cursor = typeof next === 'string' && next !== '' ? next : undefined;
  }
  return null;
}

/** Any app may write our metadata, so the author decides. */
function isOurs(message: Answer, identity: Identity): boolean {
  return message.user === identity.userId || (identity.botId !== undefined && message.bot_id === identity.botId);
}

function carries(message: Answer, mark: string): boolean {
  const metadata = part(message, 'metadata');
  return metadata.event_type === EVENT_TYPE && part(metadata, 'event_payload').mark === mark;
}

function listed(value: unknown): readonly Answer[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
