import { Refusal } from './refusal.js';
import type { Channel } from './shapes.js';
import { directMessage, userById } from './workspace.js';
import type { World } from './world.js';

/** The channel an app names by id. @throws {Refusal} `channel_not_found`, also for private ones it is not in. */
export function visibleChannel(world: World, ref: string): Channel {
  const channel = world.workspace.channels.get(ref);
  if (!channel) throw new Refusal('channel_not_found');
  const hidden = channel.kind !== 'channel' && !channel.members.includes(world.seed.bot.userId);
  if (hidden) throw new Refusal('channel_not_found');
  return channel;
}

/** The channel an app may read. @throws {Refusal} also `not_in_channel`. */
export function joinedChannel(world: World, ref: string): Channel {
  const channel = visibleChannel(world, ref);
  if (!channel.members.includes(world.seed.bot.userId)) throw new Refusal('not_in_channel');
  return channel;
}

/** The channel an app may write in: an id, `#name`, or a person for a direct message. @throws {Refusal} also `is_archived`. */
export function writableChannel(world: World, ref: string): Channel {
  const channel = joinedChannel(world, idOf(world, ref));
  if (channel.archived) throw new Refusal('is_archived');
  return channel;
}

function idOf(world: World, ref: string): string {
  if (/^[UW][A-Z0-9]+$/.test(ref) && userById(world.workspace, ref)) return directMessage(world.workspace, ref).id;
  const name = ref.replace(/^#/, '');
  return [...world.workspace.channels.values()].find((channel) => channel.kind !== 'im' && channel.name === name)?.id ?? ref;
}

/** The id under which a call's channel is limited and matched by faults, without creating anything. */
export function channelKey(world: World, ref: string): string {
  if (!/^[UW][A-Z0-9]+$/.test(ref)) return ref.startsWith('#') ? idOf(world, ref) : ref;
  return `D${ref.slice(1)}`;
}
