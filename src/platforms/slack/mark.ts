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

/** Reads the channel, or the thread, back to `since` for a message of this bot carrying the mark. */
export async function findMarked(
  call: Call,
  wanted: {
    readonly channel: string;
    readonly thread: string | undefined;
    readonly mark: string;
    readonly since: Date;
    readonly identity: Identity;
  },
  signal?: AbortSignal,
): Promise<SlackMessageRef | null> {
  const { channel, thread } = wanted;
  const [method, where] =
    thread === undefined ? ['conversations.history', { channel }] : ['conversations.replies', { channel, ts: thread }];
  const oldest = ((wanted.since.getTime() - CLOCK_SLACK_MS) / 1000).toFixed(6);
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const args = { ...where, oldest, inclusive: true, limit: PAGE, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const page = await call(method, args, 'read', signal);
    // Slack lists the message that carries the thread among its replies.
    const standing = listed(page.messages).filter((message) => message.ts !== thread);
    const found = standing.find((message) => isOurs(message, wanted.identity) && carries(message, wanted.mark));
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
