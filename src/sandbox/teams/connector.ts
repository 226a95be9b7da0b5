import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json.js';
import { readContent } from './contents.js';
import { memberOf, pageOf } from './members.js';
import { Refusal } from './refusal.js';
import type { Conversation, TeamsMessage } from './shapes.js';
import type { Answered } from './strike.js';
import {
  addMessage,
  botId,
  botIsIn,
  changeMessage,
  conversationBy,
  deleteMessage,
  findMessage,
  nextId,
  personalChat,
  personBy,
  teamBy,
} from './workspace.js';
import type { World } from './world.js';

/** One operation of the Bot Connector's REST interface. */
export interface Operation {
  /** How faults and records call it. */
  readonly name: string;
  readonly rate: 'write' | 'read';
  /** The thread its rate is counted for, and its faults are told apart by. */
  readonly conversation: string;
  /** @throws {Refusal} */
  readonly run: () => Answered;
}

interface Call {
  readonly world: World;
  readonly method: string;
  /** Below `v3/`, decoded. */
  readonly steps: readonly string[];
  readonly query: URLSearchParams;
  /** Undefined: not JSON. */
  readonly body: unknown;
}

/** The operation a request asks for; null when there is none at its address. */
export function operationOf(call: Call): Operation | null {
  const { world, method, steps, query } = call;
  const [area, id = '', part, activity, ...rest] = steps;
  const body = fieldsOf(call.body);
  const conversation = id.split(';messageid=')[0] ?? '';
  const write = (name: string, run: () => Answered): Operation => ({ name, rate: 'write', conversation, run });
  const read = (name: string, run: () => Answered): Operation => ({ name, rate: 'read', conversation, run });
  if (rest.length > 0) return null;
  if (area === 'teams') return method === 'GET' ? teamOperation(world, id, part, read) : null;
  if (area !== 'conversations') return null;
  if (id === '' && method === 'POST') return create(world, body);
  if (part === 'activities' && method === 'POST')
    return write('activity.send', () => sendActivity(world, id, needJson(call.body), activity));
  if (part === 'activities' && activity !== undefined) {
    if (method === 'PUT') return write('activity.update', () => updateActivity(world, id, activity, needJson(call.body)));
    if (method === 'DELETE') return write('activity.delete', () => deleteActivity(world, id, activity));
  }
  if (method !== 'GET') return null;
  if (part === 'members' && activity === undefined)
    return read('member.list', () => ({ status: 200, body: membersOf(world, id).map((one) => memberOf(world, one)) }));
  if (part === 'members') return read('member.get', () => oneMember(world, id, activity ?? ''));
  if (part === 'pagedmembers') return read('member.list', () => pageOf(world, membersOf(world, id), query));
  return null;
}

function needJson(body: unknown): Fields {
  if (!isFields(body)) throw new Refusal(400, 'BadSyntax', 'The body is not a JSON object');
  return body;
}

/** A new post in a channel, or the chat with one person. */
function create(world: World, body: Fields): Operation {
  const channel = textOf(fieldsOf(fieldsOf(body.channelData).channel).id);
  const member = textOf(fieldsOf(listOf(body.members)[0]).id);
  const run = (): Answered => {
    const tenant = textOf(body.tenantId) || textOf(fieldsOf(fieldsOf(body.channelData).tenant).id);
    if (tenant !== '' && tenant !== world.seed.tenant.id)
      throw new Refusal(403, 'ForbiddenOperationException', 'The bot is not part of this tenant');
    return channel === '' ? createChat(world, body, member) : createPost(world, body, channel);
  };
  return { name: 'conversation.create', rate: 'write', conversation: channel || member, run };
}

function createPost(world: World, body: Fields, channel: string): Answered {
  const { conversation, root } = reached(world, channel);
  if (conversation.kind !== 'channel' || root !== undefined) throw notFound();
  if (!isFields(body.activity)) throw new Refusal(400, 'BadSyntax', 'A post needs an activity');
  const message = stored(world, conversation, body.activity);
  return { status: 201, body: { id: `${conversation.id};messageid=${message.id}`, activityId: message.id } };
}

function createChat(world: World, body: Fields, member: string): Answered {
  if (body.isGroup === true || listOf(body.members).length !== 1) throw new Refusal(400, 'BadSyntax', 'A chat is with one member');
  const person = personBy(world, member);
  if (!person) throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  const chat = personalChat(world.workspace, person.aadObjectId);
  if (!isFields(body.activity)) return { status: 201, body: { id: chat.id } };
  const message = stored(world, chat, body.activity);
  return { status: 201, body: { id: chat.id, activityId: message.id } };
}

/** A conversation the bot may act in. @throws {Refusal} */
function reached(world: World, id: string): { readonly conversation: Conversation; readonly root?: string } {
  const found = conversationBy(world.workspace, id);
  if (!found) throw notFound();
  if (!botIsIn(world.workspace, found.conversation))
    throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  return found;
}

function notFound(): Refusal {
  return new Refusal(404, 'ConversationNotFound', 'Conversation not found.');
}

function stored(world: World, conversation: Conversation, activity: Fields, root?: string): TeamsMessage {
  if (activity.type !== 'message') throw new Refusal(400, 'BadSyntax', `An activity of type "${textOf(activity.type)}" cannot be posted`);
  const message: TeamsMessage = {
    id: nextId(world.workspace),
    conversation: conversation.id,
    ...(root === undefined ? {} : { root }),
    from: botId(world),
    ...readContent(world.workspace, activity),
    createdAt: world.now(),
  };
  addMessage(world.workspace, conversation, message);
  return message;
}

/** Posts; below a post when the conversation's id says so, or `replyTo` does. */
function sendActivity(world: World, id: string, activity: Fields, replyTo: string | undefined): Answered {
  const { conversation, root } = reached(world, id);
  const asked = conversation.kind === 'channel' ? (root ?? replyTo) : undefined;
  if (asked !== undefined) existing(world, conversation, asked);
  if (activity.type === 'typing') return { status: 202, body: {} };
  const under = asked === undefined ? undefined : (existing(world, conversation, asked).root ?? asked);
  return { status: 201, body: { id: stored(world, conversation, activity, under).id } };
}

/** A message of the conversation, even a deleted one: what was said below it remains. @throws {Refusal} */
function existing(world: World, conversation: Conversation, id: string): TeamsMessage {
  const found = world.workspace.messages.get(conversation.id)?.find((message) => message.id === id);
  if (!found) throw notFound();
  return found;
}

/** @throws {Refusal} unless the bot wrote it, here, and it is still there */
function own(world: World, conversation: Conversation, root: string | undefined, id: string): TeamsMessage {
  const message = findMessage(world.workspace, { conversation: conversation.id, id });
  if (!message || (root !== undefined && (message.root ?? message.id) !== root))
    throw new Refusal(404, 'ActivityNotFoundInConversation', 'The message was not found in the conversation.');
  if (message.from !== botId(world)) throw new Refusal(403, 'ForbiddenOperationException', 'The bot may change its own messages only.');
  return message;
}

function updateActivity(world: World, id: string, activity: string, body: Fields): Answered {
  const { conversation, root } = reached(world, id);
  const message = own(world, conversation, root, activity);
  if (body.type !== 'message') throw new Refusal(400, 'BadSyntax', 'A message is changed by a message');
  const { summary: _summary, ...kept } = message;
  const changed = { ...kept, ...readContent(world.workspace, body), editedAt: world.now() };
  changeMessage(world.workspace, conversation, changed, botId(world));
  return { status: 200, body: { id: activity } };
}

function deleteActivity(world: World, id: string, activity: string): Answered {
  const { conversation, root } = reached(world, id);
  deleteMessage(world.workspace, conversation, own(world, conversation, root, activity), botId(world));
  return { status: 200, body: null };
}

function membersOf(world: World, id: string): readonly string[] {
  return reached(world, id).conversation.members;
}

function oneMember(world: World, id: string, member: string): Answered {
  const person = personBy(world, member);
  if (!person || !membersOf(world, id).includes(person.aadObjectId))
    throw new Refusal(404, 'MemberNotFoundInConversation', 'Member not found in conversation');
  return { status: 200, body: memberOf(world, person.aadObjectId) };
}

function teamOperation(
  world: World,
  id: string,
  part: string | undefined,
  read: (name: string, run: () => Answered) => Operation,
): Operation | null {
  const team = () => {
    const found = teamBy(world.workspace, id);
    if (!found) throw notFound();
    if (!found.installed) throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    return found;
  };
  if (part === undefined)
    return read('team.get', () => ({ status: 200, body: { id: team().id, name: team().name, aadGroupId: team().groupId } }));
  if (part !== 'conversations') return null;
  return read('team.channels', () => {
    const channels = [...world.workspace.conversations.values()].filter((one) => one.team === team().id);
    // The General channel's name is left to the client's language.
    return {
      status: 200,
      body: { conversations: channels.map(({ id: channel, name }) => ({ id: channel, name: channel === team().id ? null : name })) },
    };
  });
}
