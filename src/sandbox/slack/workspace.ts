import { randomBytes } from 'node:crypto';
import type { SeedUser, SlackSeed } from './seed.js';
import type { Change, Channel, SlackMessage, StoredFile } from './shapes.js';

/** Everything a workspace remembers. Values inside the maps are replaced, never changed. */
export interface Workspace {
  readonly seed: SlackSeed;
  readonly now: () => number;
  readonly channels: Map<string, Channel>;
  /** By channel, oldest first. */
  readonly messages: Map<string, SlackMessage[]>;
  /** By person, oldest first; never persisted, as a reload of the client loses them. */
  readonly ephemerals: Map<string, { readonly channel: string; readonly message: SlackMessage }[]>;
  readonly files: Map<string, StoredFile>;
  readonly listeners: Set<(change: Change) => void>;
  lastMicros: number;
}

export function newWorkspace(seed: SlackSeed, now: () => number): Workspace {
  const channels = seed.channels.map((channel): [string, Channel] => [
    channel.id,
    {
      id: channel.id,
      name: channel.name,
      kind: channel.private ? 'group' : 'channel',
      topic: channel.topic,
      archived: false,
      members: channel.botIsMember ? [...channel.members, seed.bot.userId] : [...channel.members],
    },
  ]);
  return {
    seed,
    now,
    channels: new Map(channels),
    messages: new Map(),
    ephemerals: new Map(),
    files: new Map(),
    listeners: new Set(),
    lastMicros: 0,
  };
}

export function tell(workspace: Workspace, change: Change): void {
  for (const listener of [...workspace.listeners]) listener(change);
}

/** A new `ts`, later than every other of the workspace. */
export function nextTs(workspace: Workspace): string {
  workspace.lastMicros = Math.max(Math.floor(workspace.now() * 1000), workspace.lastMicros + 1);
  return tsOf(workspace.lastMicros);
}

function tsOf(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(Math.floor(micros % 1e6)).padStart(6, '0')}`;
}

/** A `ts`, or seconds with or without decimals, in microseconds; null when it is neither. */
export function micros(ts: string): number | null {
  const [, seconds, fraction = ''] = /^(\d{1,10})(?:\.(\d{1,6})\d*)?$/.exec(ts) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1e6 + Number(fraction.padEnd(6, '0'));
}

/** A fresh id in Slack's alphabet: `newId('F')` → `F0K3…`. */
export function newId(prefix: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return prefix + [...randomBytes(9)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

export function userById(workspace: Workspace, id: string): SeedUser | undefined {
  const { bot } = workspace.seed;
  if (id === bot.userId) return { id, name: bot.name.toLowerCase(), realName: bot.name, locale: 'en-US', tz: 'UTC' };
  return workspace.seed.users.find((user) => user.id === id);
}

/** The direct message between the app and a person; opened when there is none yet. */
export function directMessage(workspace: Workspace, user: string): Channel {
  const id = `D${user.slice(1)}`;
  const known = workspace.channels.get(id);
  if (known) return known;
  const members = [user, workspace.seed.bot.userId];
  const channel: Channel = { id, name: '', kind: 'im', topic: '', archived: false, members, with: user };
  putChannel(workspace, channel);
  return channel;
}

export function putChannel(workspace: Workspace, channel: Channel): void {
  workspace.channels.set(channel.id, channel);
  tell(workspace, { type: 'channel', channel });
}

/** May this person read the channel? Public ones are open to everybody. */
export function canSee(channel: Channel, user: string): boolean {
  return channel.kind === 'channel' || channel.members.includes(user);
}

export function messagesOf(workspace: Workspace, channel: string): readonly SlackMessage[] {
  return workspace.messages.get(channel) ?? [];
}

export function findMessage(workspace: Workspace, channel: string, ts: string): SlackMessage | undefined {
  return workspace.messages.get(channel)?.findLast((message) => message.ts === ts);
}

export function addMessage(workspace: Workspace, channel: Channel, message: SlackMessage): void {
  const kept = workspace.messages.get(channel.id) ?? [];
  workspace.messages.set(channel.id, kept);
  kept.push(message);
  tell(workspace, { type: 'message', channel, message });
  if (message.thread_ts !== undefined) countReplies(workspace, channel, message.thread_ts);
}

/** Replaces a message by a new state of it. */
export function changeMessage(workspace: Workspace, channel: Channel, message: SlackMessage): void {
  const previous = replace(workspace, channel, message);
  if (previous) tell(workspace, { type: 'changed', channel, message, previous });
}

function replace(workspace: Workspace, channel: Channel, message: SlackMessage): SlackMessage | undefined {
  const kept = workspace.messages.get(channel.id) ?? [];
  const index = kept.findLastIndex((one) => one.ts === message.ts);
  const previous = kept[index];
  if (previous) kept[index] = message;
  return previous;
}

/**
 * Deletes a message. A thread's parent does not disappear: Slack leaves a tombstone in its place, and announces it as
 * `message_changed`, not as `message_deleted`.
 */
export function deleteMessage(workspace: Workspace, channel: Channel, message: SlackMessage): void {
  if ((message.reply_count ?? 0) > 0) {
    buryParent(workspace, channel, message);
    return;
  }
  const kept = workspace.messages.get(channel.id) ?? [];
  const index = kept.findLastIndex((one) => one.ts === message.ts);
  if (index < 0) return;
  kept.splice(index, 1);
  tell(workspace, { type: 'deleted', channel, previous: message });
  if (message.thread_ts !== undefined) countReplies(workspace, channel, message.thread_ts);
}

function buryParent(workspace: Workspace, channel: Channel, message: SlackMessage): void {
  const { ts, team, reply_count, reply_users, latest_reply } = message;
  const counted = { ...(reply_count === undefined ? {} : { reply_count }), ...(reply_users ? { reply_users } : {}) };
  changeMessage(workspace, channel, {
    type: 'message',
    subtype: 'tombstone',
    ts,
    thread_ts: ts,
    team,
    user: 'USLACKBOT',
    text: 'This message was deleted.',
    hidden: true,
    ...counted,
    ...(latest_reply === undefined ? {} : { latest_reply }),
  });
}

function countReplies(workspace: Workspace, channel: Channel, parentTs: string): void {
  const parent = findMessage(workspace, channel.id, parentTs);
  if (!parent) return;
  const replies = messagesOf(workspace, channel.id).filter((one) => one.thread_ts === parentTs && one.ts !== parentTs);
  const { reply_count: _count, reply_users: _users, latest_reply: _latest, thread_ts: _thread, ...alone } = parent;
  const last = replies.at(-1);
  const message = last
    ? {
        ...alone,
        thread_ts: parentTs,
        reply_count: replies.length,
        reply_users: [...new Set(replies.map((reply) => reply.user))],
        latest_reply: last.ts,
      }
    : alone;
  replace(workspace, channel, message);
  tell(workspace, { type: 'counted', channel, message });
}

/** Adds a person's reaction. Answers false when it was there already. Slack announces reactions by events of their own. */
export function addReaction(workspace: Workspace, channel: Channel, message: SlackMessage, name: string, user: string): boolean {
  const reactions = message.reactions ?? [];
  const users = reactions.find((reaction) => reaction.name === name)?.users ?? [];
  if (users.includes(user)) return false;
  const added = { name, users: [...users, user], count: users.length + 1 };
  const changed = { ...message, reactions: [...reactions.filter((reaction) => reaction.name !== name), added] };
  replace(workspace, channel, changed);
  tell(workspace, { type: 'counted', channel, message: changed });
  return true;
}

export function showEphemeral(workspace: Workspace, user: string, channel: Channel, message: SlackMessage): void {
  const kept = workspace.ephemerals.get(user) ?? [];
  workspace.ephemerals.set(user, kept);
  const index = kept.findIndex((one) => one.message.ts === message.ts);
  if (index >= 0) kept[index] = { channel: channel.id, message };
  else kept.push({ channel: channel.id, message });
  tell(workspace, { type: 'ephemeral', user, channel, message });
}

export function removeEphemeral(workspace: Workspace, user: string, ts: string): void {
  const kept = workspace.ephemerals.get(user) ?? [];
  const index = kept.findIndex((one) => one.message.ts === ts);
  const [gone] = index < 0 ? [] : kept.splice(index, 1);
  const channel = gone && workspace.channels.get(gone.channel);
  if (channel) tell(workspace, { type: 'ephemeral_deleted', user, channel, ts });
}
