import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { type FailureKind, PlatformFailure } from '../../chat/platform.js';
import { connectionCode } from '../connection.js';

/**
 * What a call does at Slack, which decides what a lost answer means. A `post` makes something new, so doing it twice
 * shows; a `change` may be repeated; a `read` stores nothing.
 */
export type Act = 'post' | 'change' | 'read';

/** Slack's words for a refusal, as its method pages list them. */
const CODES: Readonly<Record<Exclude<FailureKind, 'unknown'>, readonly string[]>> = {
  never: [
    ...['invalid_blocks', 'invalid_blocks_format', 'block_mismatch', 'msg_too_long', 'msg_blocks_too_long', 'no_text', 'view_too_large'],
    ...['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large', 'metadata_must_be_sent_from_app'],
    ...['invalid_arguments', 'invalid_arg_name', 'invalid_array_arg', 'invalid_charset', 'invalid_form_data', 'invalid_post_type'],
    ...['missing_post_type', 'too_many_attachments', 'invalid_attachments', 'markdown_text_conflict', 'unknown_method'],
    ...['method_deprecated', 'deprecated_endpoint', 'hash_conflict', 'duplicate_external_id', 'not_found'],
    ...['file_not_found', 'file_deleted', 'cannot_reply_to_message'],
    ...['invalid_trigger_id', 'expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged'],
  ],
  later: [
    ...['service_unavailable', 'request_timeout', 'internal_error', 'fatal_error', 'update_failed'],
    ...['team_added_to_org', 'external_channel_migrating', 'org_login_required'],
  ],
  wait: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  // Not ours any more (the app was installed anew with another bot), or away: either way it can only be posted again.
  gone: [
    ...['message_not_found', 'cant_update_message', 'thread_not_found'],
    // Somebody who has left, or whom this workspace shows us no more.
    ...['user_not_found', 'users_not_found', 'user_not_visible', 'user_disabled'],
  ],
  unreachable: [
    ...['not_in_channel', 'channel_not_found', 'is_archived', 'is_inactive', 'user_not_in_channel', 'messages_tab_disabled'],
    ...['cannot_dm_bot', 'invalid_user_combination'],
    ...['not_authed', 'invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_allowed_token_type'],
    ...['missing_scope', 'no_permission', 'access_denied', 'accesslimited', 'ekm_access_denied', 'enterprise_is_restricted'],
    ...['team_access_not_granted', 'team_not_found', 'two_factor_setup_required', 'restricted_action'],
    ...['restricted_action_read_only_channel', 'restricted_action_thread_only_channel'],
    // A workspace setting forbids late edits. Posting anew instead would make a second card at each change.
    'edit_window_closed',
  ],
};

const KIND_OF = new Map<string, FailureKind>(
  Object.entries(CODES).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind] as const)),
);

/** Slack says of these that a part may have succeeded before the error. */
const HALF_DONE = new Set(['internal_error', 'fatal_error', 'update_failed']);

/** Errors of a connection that never carried the request. */
const NEVER_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['ERR_TLS_CERT_ALTNAME_INVALID'],
]);

const DEFAULT_WAIT_MS = 1_000;
const USAGE_LIMIT_WAIT_MS = 60_000;

/** Turns whatever the Slack client threw into the one error platforms throw. */
export function toFailure(error: unknown, act: Act): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  if (error instanceof WebAPIRateLimitedError) return new PlatformFailure('wait', 'ratelimited', waitMs(error.retryAfter));
  if (error instanceof WebAPIPlatformError) return refused(error.data.error, act, error.data.response_metadata?.retryAfter);
  if (error instanceof WebAPIHTTPError) return httpStatus(error.statusCode, act);
  if (error instanceof WebAPIRequestError) return lost(error.original, act);
  return lost(error, act);
}

/** Slack answered, and not as expected: a proxy's page, half an answer. It may have done what it was asked. */
export function malformed(act: Act): PlatformFailure {
  return new PlatformFailure(unanswered(act), 'malformed_answer');
}

function refused(code: unknown, act: Act, retryAfter: unknown): PlatformFailure {
  // An answer that is not JSON arrives here as a "code" holding the whole page.
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{0,79}$/.test(code)) return malformed(act);
  // A refusal in words we do not know stored nothing; somebody should read it, and meanwhile nothing is given up.
  const kind = KIND_OF.get(code) ?? 'unreachable';
  if (kind === 'wait') return new PlatformFailure(kind, code, code === 'message_limit_exceeded' ? USAGE_LIMIT_WAIT_MS : waitMs(retryAfter));
  if (act === 'post' && HALF_DONE.has(code)) return new PlatformFailure('unknown', code);
  return new PlatformFailure(kind, code);
}

function httpStatus(status: number, act: Act): PlatformFailure {
  const code = `http_${status}`;
  if (status === 413) return new PlatformFailure('never', code);
  if (status === 401 || status === 403) return new PlatformFailure('unreachable', code);
  // A 503 may have been said by something in front of a Slack that had already stored the message.
  if (status >= 500 && act === 'post') return new PlatformFailure('unknown', code);
  return new PlatformFailure('later', code);
}

function lost(error: unknown, act: Act): PlatformFailure {
  if (error instanceof PlatformFailure) return error;
  const code = connectionCode(error);
  if (code !== undefined && NEVER_SENT.has(code)) return new PlatformFailure('later', code.toLowerCase());
  const name = error instanceof Error ? error.name : '';
  const word = name === 'TimeoutError' ? 'timeout' : name === 'AbortError' ? 'aborted' : (code?.toLowerCase() ?? 'no_answer');
  return new PlatformFailure(unanswered(act), word);
}

function unanswered(act: Act): FailureKind {
  return act === 'read' ? 'later' : 'unknown';
}

function waitMs(seconds: unknown): number {
  return typeof seconds === 'number' && seconds >= 0 ? Math.max(seconds * 1000, DEFAULT_WAIT_MS) : DEFAULT_WAIT_MS;
}
