import type { Fields } from '../../json.js';
import { count, text, yes } from '../args.js';
import { joinedChannel, visibleChannel } from '../conversation.js';
import { LIMITS } from '../limits.js';
import { publicMessage } from '../messages.js';
import { Refusal } from '../refusal.js';
import type { Channel, SlackMessage } from '../shapes.js';
import { directMessage, findMessage, messagesOf, micros, putChannel, tell, userById } from '../workspace.js';
import type { World } from '../world.js';
import type { Call, Method } from './method.js';

const readScopes = ['channels:read', 'groups:read', 'im:read'];
const historyScopes = ['channels:history', 'groups:history', 'im:history'];

function describe(world: World, channel: Channel): Fields {
  const { botIsMember, im } = { botIsMember: channel.members.includes(world.seed.bot.userId), im: channel.kind === 'im' };
  return {
    id: channel.id,
    ...(im ? { user: channel.with } : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: im,
    is_mpim: false,
    is_private: channel.kind !== 'channel',
    is_archived: channel.archived,
    is_general: false,
    is_member: botIsMember,
    is_shared: false,
    is_ext_shared: false,
    context_team_id: world.seed.workspace.id,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

interface Window {
  readonly oldest: number;
  readonly latest: number;
  readonly inclusive: boolean;
}

function windowOf(args: Fields): Window {
  const [oldest, latest] = [text(args, 'oldest'), text(args, 'latest')];
  const [from, to] = [oldest === '' ? 0 : micros(oldest), latest === '' ? Number.POSITIVE_INFINITY : micros(latest)];
  if (from === null) throw new Refusal('invalid_ts_oldest');
  if (to === null) throw new Refusal('invalid_ts_latest');
  return { oldest: from, latest: to, inclusive: yes(args, 'inclusive') };
}

function within({ oldest, latest, inclusive }: Window, message: SlackMessage): boolean {
  const at = micros(message.ts) ?? 0;
  if (at === oldest || at === latest) return inclusive;
  return at > oldest && at < latest;
}

function cursorOf(args: Fields): string {
  const cursor = text(args, 'cursor');
  if (cursor === '') return '';
  const decoded = Buffer.from(cursor, 'base64').toString();
  if (!decoded.startsWith('next:')) throw new Refusal('invalid_cursor');
  return decoded.slice('next:'.length);
}

function page<T>(items: readonly T[], limit: number, key: (item: T) => string): { items: readonly T[]; more: boolean; next: string } {
  const next = items[limit];
  return {
    items: items.slice(0, limit),
    more: next !== undefined,
    next: next === undefined ? '' : Buffer.from(`next:${key(next)}`).toString('base64'),
  };
}

function from<T>(items: readonly T[], cursor: string, key: (item: T) => string): readonly T[] {
  if (cursor === '') return items;
  const index = items.findIndex((item) => key(item) === cursor);
  return index < 0 ? [] : items.slice(index);
}

const byTs = (message: SlackMessage): string => message.ts;

function history({ args, world }: Call): Fields {
  const channel = joinedChannel(world, text(args, 'channel'));
  const window = windowOf(args);
  const newestFirst = messagesOf(world.workspace, channel.id)
    .filter((message) => message.thread_ts === undefined || message.thread_ts === message.ts || message.subtype === 'thread_broadcast')
    .filter((message) => within(window, message))
    .reverse();
  return answerPage(args, newestFirst);
}

function replies({ args, world }: Call): Fields {
  const channel = joinedChannel(world, text(args, 'channel'));
  const parent = findMessage(world.workspace, channel.id, text(args, 'ts'));
  if (!parent) throw new Refusal('thread_not_found');
  const window = windowOf(args);
  const root = parent.thread_ts ?? parent.ts;
  const thread = messagesOf(world.workspace, channel.id).filter((message) => message.ts === root || message.thread_ts === root);
  return answerPage(
    args,
    thread.filter((message) => message.ts === root || within(window, message)),
  );
}

function answerPage(args: Fields, all: readonly SlackMessage[]): Fields {
  const { items, more, next } = page(from(all, cursorOf(args), byTs), count(args, 'limit', 100, LIMITS.historyPage), byTs);
  const messages = items.map((message) => publicMessage(message, yes(args, 'include_all_metadata')));
  return { messages, has_more: more, pin_count: 0, ...(more ? { response_metadata: { next_cursor: next } } : {}) };
}

function list({ args, world }: Call): Fields {
  const kinds = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
  const kindOf = { channel: 'public_channel', group: 'private_channel', im: 'im' } as const;
  const visible = [...world.workspace.channels.values()].filter(
    (channel) => kinds.includes(kindOf[channel.kind]) && (channel.kind === 'channel' || channel.members.includes(world.seed.bot.userId)),
  );
  const wanted = visible.filter((channel) => !(channel.archived && yes(args, 'exclude_archived')));
  const { items, next } = page(
    from(wanted, cursorOf(args), (channel) => channel.id),
    count(args, 'limit', 100, 1000),
    (channel) => channel.id,
  );
  return { channels: items.map((channel) => describe(world, channel)), response_metadata: { next_cursor: next } };
}

function members({ args, world }: Call): Fields {
  const channel = visibleChannel(world, text(args, 'channel'));
  const { items, next } = page(from(channel.members, cursorOf(args), String), count(args, 'limit', 100, 1000), String);
  return { members: items, response_metadata: { next_cursor: next } };
}

function open({ args, world }: Call): Fields {
  const users = text(args, 'users').split(',').filter(Boolean);
  const ref = text(args, 'channel');
  if (ref !== '') return { channel: { id: visibleChannel(world, ref).id } };
  const [user] = users;
  if (!user) throw new Refusal('users_list_not_supplied');
  if (users.length > 1) throw new Refusal('method_not_supported_for_channel_type');
  if (!userById(world.workspace, user)) throw new Refusal('user_not_found');
  const known = world.workspace.channels.has(`D${user.slice(1)}`);
  return { no_op: known, already_open: known, channel: { id: directMessage(world.workspace, user).id } };
}

function join({ args, world }: Call): Fields {
  const channel = visibleChannel(world, text(args, 'channel'));
  if (channel.archived) throw new Refusal('is_archived');
  if (channel.kind !== 'channel') throw new Refusal('method_not_supported_for_channel_type');
  const { userId } = world.seed.bot;
  if (channel.members.includes(userId)) return { channel: describe(world, channel), warning: 'already_in_channel' };
  const joined = { ...channel, members: [...channel.members, userId] };
  putChannel(world.workspace, joined);
  tell(world.workspace, { type: 'joined', channel: joined, user: userId });
  return { channel: describe(world, joined) };
}

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.history': { tier: 3, token: 'bot', scopes: historyScopes, run: history },
  'conversations.replies': { tier: 3, token: 'bot', scopes: historyScopes, run: replies },
  'conversations.info': {
    tier: 3,
    token: 'bot',
    scopes: readScopes,
    run: ({ args, world }) => ({ channel: describe(world, visibleChannel(world, text(args, 'channel'))) }),
  },
  'conversations.list': { tier: 2, token: 'bot', scopes: readScopes, run: list },
  'conversations.members': { tier: 4, token: 'bot', scopes: readScopes, run: members },
  'conversations.open': { tier: 3, token: 'bot', scopes: ['im:write'], run: open },
  'conversations.join': { tier: 3, token: 'bot', scopes: ['channels:join'], run: join },
};
