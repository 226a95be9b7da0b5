import { PlatformFailure } from '../../chat/platform.js';
import { type Call, part, text } from './client.js';

/** Who the token is, as Slack says. */
export interface Identity {
  readonly userId: string;
  readonly botId: string | undefined;
  readonly bot: string;
  readonly workspace: string;
  /** Where people open it: `https://lumiere.slack.com/`. Undefined when Slack did not say. */
  readonly url: string | undefined;
  /** Undefined when Slack did not say. */
  readonly scopes: readonly string[] | undefined;
}

export async function identify(call: Call, signal?: AbortSignal): Promise<Identity> {
  const answer = await call('auth.test', {}, 'read', signal);
  return {
    userId: text(answer.user_id, 'read'),
    botId: typeof answer.bot_id === 'string' ? answer.bot_id : undefined,
    bot: text(answer.user, 'read'),
    workspace: text(answer.team, 'read'),
    url: typeof answer.url === 'string' ? answer.url : undefined,
    scopes: scopesOf(part(answer, 'response_metadata').scopes),
  };
}

function scopesOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : undefined;
}

const SCOPES = ['chat:write', 'commands', 'users:read', 'im:write', 'im:history', 'files:read', 'files:write'];
const PUBLIC_SCOPES = ['channels:read', 'channels:history'];
const PRIVATE_SCOPES = ['groups:read', 'groups:history'];

/**
 * What stands in the way of working in a channel, in Slack's words: `not_in_channel`, `is_archived`,
 * `channel_not_found`, `missing_scope:channels:history`… Throws when Slack cannot be asked.
 */
export async function channelObstacles(call: Call, channel: string): Promise<readonly string[]> {
  const { scopes } = await identify(call);
  try {
    const info = part(await call('conversations.info', { channel }, 'read'), 'channel');
    const wanted = [...SCOPES, ...(info.is_private === true ? PRIVATE_SCOPES : PUBLIC_SCOPES)];
    return [
      ...(info.is_archived === true ? ['is_archived'] : []),
      ...(info.is_member === false ? ['not_in_channel'] : []),
      ...missing(scopes, wanted),
    ];
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.kind !== 'unreachable') throw error;
    return [error.code, ...missing(scopes, [...SCOPES, ...PUBLIC_SCOPES])];
  }
}

function missing(scopes: readonly string[] | undefined, wanted: readonly string[]): string[] {
  if (scopes === undefined) return [];
  return wanted.filter((scope) => !scopes.includes(scope)).map((scope) => `missing_scope:${scope}`);
}
