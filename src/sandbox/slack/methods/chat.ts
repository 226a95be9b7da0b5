import type { Fields } from '../../json.js';
import { text, yes } from '../args.js';
import { joinedChannel, visibleChannel, writableChannel } from '../conversation.js';
import { LIMITS } from '../limits.js';
import { appMessage, publicMessage, readContent, somethingToShow, threadOf } from '../messages.js';
import { Refusal } from '../refusal.js';
import type { Channel, SlackMessage } from '../shapes.js';
import { addMessage, changeMessage, deleteMessage, findMessage, nextTs, showEphemeral, userById } from '../workspace.js';
import type { World } from '../world.js';
import type { Call, Method } from './method.js';

const scopes = ['chat:write'];

function postMessage({ args, world }: Call): Fields {
  const channel = writableChannel(world, text(args, 'channel'));
  const content = readContent(world, args, LIMITS.postText);
  somethingToShow(content, args);
  const thread = threadOf(world, channel, text(args, 'thread_ts'));
  const broadcast = thread.thread_ts !== undefined && yes(args, 'reply_broadcast') ? { subtype: 'thread_broadcast' } : {};
  const message = appMessage(world, content, { ...thread, ...broadcast });
  addMessage(world.workspace, channel, message);
  return { channel: channel.id, ts: message.ts, message: publicMessage(message, true) };
}

function postEphemeral({ args, world }: Call): Fields {
  const channel = writableChannel(world, text(args, 'channel'));
  const user = text(args, 'user');
  if (!userById(world.workspace, user)) throw new Refusal('user_not_found');
  if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel');
  const content = readContent(world, args, LIMITS.postText);
  somethingToShow(content, args);
  const message = appMessage(world, content, { ...threadOf(world, channel, text(args, 'thread_ts')), is_ephemeral: true });
  showEphemeral(world.workspace, user, channel, message);
  return { message_ts: message.ts };
}

/** A message of the app's own. @throws {Refusal} `message_not_found`, or `refusal` when somebody else wrote it. */
function ownMessage(world: World, channel: Channel, ts: string, refusal: string): SlackMessage {
  const message = findMessage(world.workspace, channel.id, ts);
  if (!message || message.subtype === 'tombstone') throw new Refusal('message_not_found');
  if (message.bot_id !== world.seed.bot.botId) throw new Refusal(refusal);
  return message;
}

/** What is not sent stays: blocks and metadata alike. Only a changed text marks the message as edited. */
function update({ args, world }: Call): Fields {
  const channel = joinedChannel(world, text(args, 'channel'));
  if (channel.archived) throw new Refusal('is_archived');
  const old = ownMessage(world, channel, text(args, 'ts'), 'cant_update_message');
  const content = readContent(world, args, LIMITS.updateText);
  if (content.text === undefined && content.blocks === undefined) throw new Refusal('no_text');
  const { blocks: oldBlocks, ...rest } = old;
  const blocks = content.blocks ?? oldBlocks;
  const edited = content.text !== undefined && content.text !== old.text;
  const message: SlackMessage = {
    ...rest,
    ...content,
    ...(blocks && blocks.length > 0 ? { blocks } : {}),
    ...(edited ? { edited: { user: world.seed.bot.userId, ts: nextTs(world.workspace) } } : {}),
  };
  const { blocks: shown, ...bare } = message;
  const final = shown && shown.length > 0 ? message : bare;
  changeMessage(world.workspace, channel, final);
  return { channel: channel.id, ts: final.ts, text: final.text, message: publicMessage(final, true) };
}

function remove({ args, world }: Call): Fields {
  const channel = joinedChannel(world, text(args, 'channel'));
  const message = ownMessage(world, channel, text(args, 'ts'), 'cant_delete_message');
  deleteMessage(world.workspace, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink({ args, world }: Call): Fields {
  const channel = visibleChannel(world, text(args, 'channel'));
  const message = findMessage(world.workspace, channel.id, text(args, 'message_ts'));
  if (!message) throw new Refusal('message_not_found');
  const thread = message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink: `https://${world.seed.workspace.domain}.slack.com/${path}${thread}` };
}

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': { tier: 'post', token: 'bot', scopes, run: postMessage },
  'chat.postEphemeral': { tier: 4, token: 'bot', scopes, run: postEphemeral },
  'chat.update': { tier: 3, token: 'bot', scopes, run: update },
  'chat.delete': { tier: 3, token: 'bot', scopes, run: remove },
  'chat.getPermalink': { tier: 4, token: 'bot', run: getPermalink },
};
