import { randomBytes } from 'node:crypto';
import { type Fields, fieldsOf, textOf } from '../json.js';
import { clientWords } from './client-words.js';
import type { Entered } from './inputs.js';
import { type Client, click, type Pressing, type Shown, submitDialog } from './interact.js';
import type { Conversation, Dialog, MessageAt, StoredFile, TeamsMessage, Toast } from './shapes.js';
import {
  addMessage,
  botId,
  canSee,
  changeMessage,
  deleteMessage,
  findMessage,
  messageFor,
  messagesOf,
  newFileId,
  nextId,
  personalChat,
  personBy,
  personId,
  showDialog,
} from './workspace.js';
import type { World } from './world.js';

/** How something is said. */
export interface Saying {
  /** Below this post. */
  readonly under?: string;
  /** Begins with a mention of the bot. */
  readonly mention?: boolean;
  /** Object ids of people whose `@Name` in the text is a mention. */
  readonly mentions?: readonly string[];
  readonly files?: readonly StoredFile[];
}

/** Everything a person can do in the client. Acts resolve when the client has its answer, at most after the client's patience. */
export interface Person {
  /** Object id. */
  readonly id: string;
  /** Presses a button, by the route it demands. `old`: a client without `Action.Execute`. */
  click(message: MessageAt, action: Pressing, entered?: Entered, more?: { readonly old?: boolean }): Promise<Shown>;
  dialog(): Dialog | null;
  /** Fills the dialog and presses its button: the first that sends, unless named. */
  submit(entered?: Entered, action?: Pressing): Promise<Shown>;
  /** Closes the dialog; the bot is not told. */
  close(): void;
  /** Writes in a channel, or in the chat with the bot; answers it as stored. */
  say(conversation: string, text: string, more?: Saying): TeamsMessage;
  edit(message: MessageAt, text: string): void;
  /** Deletes a message; the bot's own too, as a team's owner may. */
  remove(message: MessageAt): void;
  /** Makes a file ready to be said; `pasted` into the message, or else chosen from a disk. */
  upload(name: string, bytes: Uint8Array, pasted?: boolean): StoredFile;
  /** The id of the chat with the bot. */
  chat(): string;
  /** What stands in a conversation as this person sees it, oldest first. */
  messages(conversation: string): readonly TeamsMessage[];
  /** The same, with what was deleted. */
  everything(conversation: string): readonly TeamsMessage[];
  /** What stands below a post. */
  replies(post: MessageAt): readonly TeamsMessage[];
  toasts(): readonly Toast[];
}

export function personOf(world: World, id: string): Person {
  const person = personBy(world, id);
  if (!person) throw new RangeError(`no such person in the sandbox: ${id}`);
  const { workspace } = world;
  const { aadObjectId } = person;
  const client: Client = { world, person, words: clientWords(person.locale) };
  const me = personId(world, aadObjectId);
  const seen = (message: TeamsMessage) => messageFor(workspace, aadObjectId, message);
  return {
    id: aadObjectId,
    click: (message, action, entered = {}, { old = false } = {}) => click(client, message, action, entered, old),
    dialog: () => workspace.dialogs.get(aadObjectId) ?? null,
    submit: (entered = {}, action) => submitDialog(client, entered, action),
    close: () => showDialog(workspace, aadObjectId, null),
    say: (conversation, text, more = {}) => say(client, conversation, text, more),
    edit(at, text) {
      const { where, message } = pointed(client, at);
      if (message.from !== me) throw new RangeError(`${aadObjectId} did not write ${at.id}`);
      changeMessage(workspace, where, { ...message, text: rewritten(message, text), editedAt: world.now() }, me);
    },
    remove(at) {
      const { where, message } = pointed(client, at);
      deleteMessage(workspace, where, message, me);
    },
    upload(name, bytes, pasted = false) {
      const key = randomBytes(18).toString('base64url');
      const file: StoredFile = { id: newFileId(), name, owner: aadObjectId, bytes: Buffer.from(bytes).toString('base64'), key };
      workspace.files.set(file.id, pasted ? { ...file, pasted } : file);
      return workspace.files.get(file.id) ?? file;
    },
    chat: () => personalChat(workspace, aadObjectId).id,
    messages: (conversation) => messagesOf(workspace, conversationSeen(client, conversation).id).map(seen),
    everything: (conversation) => (workspace.messages.get(conversationSeen(client, conversation).id) ?? []).map(seen),
    replies: ({ conversation, id: post }) =>
      messagesOf(workspace, conversationSeen(client, conversation).id)
        .filter(({ root }) => root === post)
        .map(seen),
    toasts: () => (workspace.toasts.get(aadObjectId) ?? []).slice(),
  };
}

/** @throws {RangeError} when this person cannot see it */
function conversationSeen({ world, person }: Client, id: string): Conversation {
  const conversation = world.workspace.conversations.get(id);
  if (!conversation || !canSee(conversation, person.aadObjectId)) throw new RangeError(`${person.aadObjectId} cannot see ${id}`);
  return conversation;
}

function pointed(client: Client, at: MessageAt): { readonly where: Conversation; readonly message: TeamsMessage } {
  const where = conversationSeen(client, at.conversation);
  const message = findMessage(client.world.workspace, at);
  if (!message) throw new RangeError(`there is no message ${at.id}`);
  return { where, message };
}

function say(client: Client, id: string, text: string, { under, mention = false, mentions = [], files = [] }: Saying): TeamsMessage {
  const { world, person } = client;
  const { workspace } = world;
  const conversation = conversationSeen(client, id);
  const root = under === undefined ? undefined : pointed(client, { conversation: id, id: under }).message;
  const bot = mention ? [{ id: botId(world), name: world.seed.app.name }] : [];
  const people = mentions.map((one) => ({ id: personId(world, one), name: personBy(world, one)?.name ?? '' }));
  const written = people.reduce((said, { name }) => said.replace(`@${name}`, marked(name)), text);
  const message: TeamsMessage = {
    id: nextId(workspace),
    conversation: id,
    ...(root === undefined ? {} : { root: root.root ?? root.id }),
    from: personId(world, person.aadObjectId),
    text: [...bot.map(({ name }) => marked(name)), written].filter(Boolean).join(' '),
    textFormat: 'plain',
    attachments: [],
    entities: [...bot, ...people].map((mentioned): Fields => ({ type: 'mention', text: marked(mentioned.name), mentioned })),
    ...(files.length === 0 ? {} : { files: files.map((file) => file.id) }),
    createdAt: world.now(),
  };
  addMessage(workspace, conversation, message);
  return message;
}

/** The new words, with the mentions the old ones began with, and those they repeat as `@Name`. */
function rewritten({ text: before, entities }: TeamsMessage, text: string): string {
  const [opening = ''] = /^(?:<at>[^<]*<\/at> )*/.exec(before) ?? [];
  const names = entities.map(({ mentioned }) => textOf(fieldsOf(mentioned).name));
  return opening + names.reduce((said, name) => said.replace(`@${name}`, marked(name)), text);
}

function marked(name: string): string {
  return `<at>${name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</at>`;
}
