import { PlatformFailure } from '../../chat/platform.js';
import { bytesOf } from '../deadline.js';
import { type Fields, isRecord, part, word } from './activity.js';
import { malformed, refusal, toFailure } from './errors.js';
import type { Tokens } from './token.js';

/** Microsoft's own, for every tenant whose messages we are sent. */
export const PUBLIC_GRAPH = 'https://graph.microsoft.com';

/** Reads Microsoft Graph: one attempt each. Throws only `PlatformFailure`. */
export interface Graph {
  /** `path`: below the version, with its query. */
  read(path: string, signal: AbortSignal): Promise<Fields>;
  /** The page after one that was read; null when there is none, or it is said to be anywhere but in Graph. */
  next(page: Fields, signal: AbortSignal): Promise<Fields | null>;
}

/** `graphUrl`: without a slash at the end. Its tokens go to that address and to no other. */
export function graphReader(graphUrl: string, tokens: Tokens): Graph {
  const base = new URL(`${graphUrl}/v1.0/`).href;
  const get = (address: string, signal: AbortSignal) => exchange(address, tokens, signal);
  return {
    read: (path, signal) => get(`${base}${path}`, signal),
    async next(page, signal) {
      const link = word(page['@odata.nextLink']);
      const address = URL.canParse(link) ? new URL(link).href : '';
      return address.startsWith(base) ? get(address, signal) : null;
    },
  };
}

async function exchange(address: string, tokens: Tokens, signal: AbortSignal): Promise<Fields> {
  try {
    const token = await tokens.get(signal);
    const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(address, { headers, redirect: 'manual', signal });
    const parts: Uint8Array[] = [];
    for await (const bytes of bytesOf(response, signal)) parts.push(bytes);
    const answer = parsed(Buffer.concat(parts).toString('utf8'));
    if (response.ok && answer !== undefined) return answer;
    if (response.ok) throw malformed('read');
    if (response.status === 401 && tokens.refused(token)) throw new PlatformFailure('later', 'token_refused');
    const retryAfter = response.headers.get('retry-after');
    throw refusal({ status: response.status, code: word(part(answer?.error).code), retryAfter }, 'read');
  } catch (error) {
    throw toFailure(error, 'read');
  }
}

function parsed(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
