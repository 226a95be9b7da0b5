import { type FailureKind, PlatformFailure } from '../../chat/platform.js';
import { connectionCode } from '../connection.js';

/**
 * What a call does at Teams, which decides what a lost answer means. A `post` makes something new, so doing it twice
 * shows; a `change` may be repeated; a `read` stores nothing.
 */
export type Act = 'post' | 'change' | 'read';

/** Errors of a connection that never carried the request. */
const NEVER_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['ERR_TLS_CERT_ALTNAME_INVALID'],
]);

const DEFAULT_WAIT_MS = 1_000;
/** Longer than this nobody is asked to wait. */
const LONGEST_WAIT_MS = 600_000;

/** An answer that is not a success, as the Bot Connector gives it. */
export interface Refused {
  readonly status: number;
  /** `error.code` of the body, or empty. */
  readonly code: string;
  readonly retryAfter: string | null;
}

/** Turns an answer that is not a success into the one error platforms throw. */
export function refusal({ status, code, retryAfter }: Refused, act: Act): PlatformFailure {
  const word = /^[A-Za-z][A-Za-z0-9_]{0,79}$/.test(code) ? code : `http_${status}`;
  if (status === 429) return new PlatformFailure('wait', word, waitMs(retryAfter));
  return new PlatformFailure(kindOf(status, act), word);
}

function kindOf(status: number, act: Act): FailureKind {
  if (status === 401 || status === 403) return 'unreachable';
  // Of a message: it is not there any more. Of anything else: the conversation is not one of ours.
  if (status === 404 || status === 410) return act === 'change' ? 'gone' : 'unreachable';
  // Another change was under way; or the service took too long to begin.
  if (status === 408 || status === 412 || status === 409) return 'later';
  // It may have been said by something in front of a Teams that had already stored the message.
  if (status >= 500) return act === 'post' ? 'unknown' : 'later';
  // Redirections are not followed: nobody else gets our token.
  return status < 400 ? 'unreachable' : 'never';
}

/** Turns whatever a request ended with into the one error platforms throw. */
export function toFailure(error: unknown, act: Act): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  const code = connectionCode(error);
  if (code !== undefined && NEVER_SENT.has(code)) return new PlatformFailure('later', code.toLowerCase());
  const name = error instanceof Error ? error.name : '';
  const word = name === 'TimeoutError' ? 'timeout' : name === 'AbortError' ? 'aborted' : (code?.toLowerCase() ?? 'no_answer');
  return new PlatformFailure(unanswered(act), word);
}

/** Teams answered, and not as expected: a proxy's page, half an answer. It may have done what it was asked. */
export function malformed(act: Act): PlatformFailure {
  return new PlatformFailure(unanswered(act), 'malformed_answer');
}

function unanswered(act: Act): FailureKind {
  return act === 'read' ? 'later' : 'unknown';
}

function waitMs(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? '');
  return seconds > 0 ? Math.min(Math.max(seconds * 1_000, DEFAULT_WAIT_MS), LONGEST_WAIT_MS) : DEFAULT_WAIT_MS;
}
