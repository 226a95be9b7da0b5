import { PlatformFailure } from '../../chat/platform.js';
import { deadline } from '../deadline.js';
import type { Log } from '../log.js';
import { type Fields, isRecord, part, word } from './activity.js';
import type { Graph } from './graph.js';
import { carries } from './mark.js';
import type { Known } from './memory.js';

/** What is looked for, and where: in a channel, or below a post of it. */
export interface Wanted {
  readonly channel: string;
  readonly root: string | undefined;
  readonly mark: string;
  readonly since: Date;
}

/** @returns the id of the message; null when none stands there. Fails with `never` where the past may not be read. */
export type Search = (wanted: Wanted, signal?: AbortSignal) => Promise<string | null>;

interface Searching {
  readonly graph: Graph;
  readonly known: Known;
  readonly appId: string;
  readonly log: Log;
  readonly now: () => Date;
  /** For the whole search. */
  readonly timeoutMs: number;
}

/** Graph gives no larger page. */
const PAGE = 50;
const MOST_PAGES = 10;
/** Microsoft's clock is not ours. */
const CLOCKS_APART_MS = 60_000;
/** Consent is given by somebody, some day: a team that gave none is not asked more often. */
const REFUSED_FOR_MS = 15 * 60_000;
/** Our token was refused, whatever the team consented to. */
const NOT_KNOWN = /^(?:Unauthorized|InvalidAuthenticationToken|http_401|no_token|invalid_\w+|unauthorized_\w+)$/;

/**
 * Looks for a message of ours by Microsoft Graph, in teams that consented to `ChannelMessage.Read.Group`. Known to happen:
 * Graph at times leaves the card out of a bot's reply; such a reply is not recognised, and is posted again.
 * @see https://learn.microsoft.com/graph/api/channel-list-messages
 */
export function channelSearch(searching: Searching): Search {
  const { known, log, now, timeoutMs } = searching;
  const refused = new Map<string, number>();

  const searchTeam = async (group: string, wanted: Wanted, signal: AbortSignal): Promise<string | null | undefined> => {
    if ((refused.get(group) ?? 0) > now().getTime()) return undefined;
    try {
      return await findMarked(searching, group, wanted, signal);
    } catch (error) {
      if (!(error instanceof PlatformFailure) || error.kind !== 'unreachable' || NOT_KNOWN.test(error.code)) throw error;
      // Of a channel that is another team's, Graph says that there is none.
      if (/NotFound|http_404/.test(error.code)) return undefined;
      if (!refused.has(group)) log('info', 'a team lets nobody look for what was posted in it: a lost answer is posted again', { group });
      refused.set(group, now().getTime() + REFUSED_FOR_MS);
      return undefined;
    }
  };

  return async (wanted, signal) => {
    const groups = await known.groupsOf(wanted.channel);
    const time = deadline(timeoutMs, signal);
    try {
      for (const group of groups) {
        const found = await searchTeam(group, wanted, time.signal);
        if (found !== undefined) return found;
      }
    } finally {
      time.met();
    }
    throw new PlatformFailure('never', 'not_searchable');
  };
}

async function findMarked({ graph, appId }: Searching, group: string, wanted: Wanted, signal: AbortSignal): Promise<string | null> {
  const { channel, root, mark } = wanted;
  const below = root === undefined ? '' : `/${encodeURIComponent(root)}/replies`;
  const path = `teams/${encodeURIComponent(group)}/channels/${encodeURIComponent(channel)}/messages${below}?$top=${PAGE}`;
  const since = wanted.since.getTime() - CLOCKS_APART_MS;
  let page: Fields | null = await graph.read(path, signal);
  for (let read = 1; page !== null; read++) {
    const messages: readonly Fields[] = Array.isArray(page.value) ? page.value.filter(isRecord) : [];
    const found = messages.find((message) => madeAt(message) >= since && isOurs(message, appId) && bears(message, mark));
    if (found !== undefined) return word(found.id) || null;
    // The newest come first; by what, Microsoft does not say: a post answered today may stand before one made yesterday.
    const past = messages.length > 0 && messages.every((message) => changedAt(message) < since);
    page = past || read === MOST_PAGES ? null : await graph.next(page, signal);
  }
  return null;
}

/** Any app may copy our mark, so the author decides. */
function isOurs({ from }: Fields, appId: string): boolean {
  return word(part(part(from).application).id).toLowerCase() === appId.toLowerCase();
}

function bears({ attachments, deletedDateTime }: Fields, mark: string): boolean {
  if (typeof deletedDateTime === 'string' || !Array.isArray(attachments)) return false;
  return attachments.some((attachment) => isRecord(attachment) && carries(attachment.content, mark));
}

function madeAt({ createdDateTime }: Fields): number {
  return Date.parse(word(createdDateTime));
}

function changedAt(message: Fields): number {
  return Math.max(madeAt(message), Date.parse(word(message.lastModifiedDateTime)) || 0);
}
