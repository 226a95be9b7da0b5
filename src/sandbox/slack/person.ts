import type { Fields } from '../json.js';
import { type ClientWords, clientWords } from './client-words.js';
import type { Courier } from './deliver.js';
import { fileObject } from './file-store.js';
import type { Entered } from './input-check.js';
import { type ClickTarget, click, command, seen } from './interact.js';
import { closeModal, submitModal } from './modal.js';
import type { Channel, SlackMessage, SlackView, StoredFile } from './shapes.js';
import type { Shown } from './shown.js';
import { topView } from './view-store.js';
import {
  addMessage,
  addReaction,
  changeMessage,
  deleteMessage,
  directMessage,
  findMessage,
  newId,
  nextTs,
  putChannel,
  removeEphemeral,
  tell,
  userById,
} from './workspace.js';
import type { World } from './world.js';

/** Everything a person can do in the client. Acts resolve when the client has its answer, at most after Slack's 3 s. */
export interface Person {
  readonly id: string;
  /** Presses a button, or chooses in a menu. */
  click(target: ClickTarget, choice?: unknown): Promise<Shown>;
  /** The modal on top, or null. */
  modal(): SlackView | null;
  home(): SlackView | null;
  /** Fills and sends the modal on top. */
  submit(entered?: Entered): Promise<Shown>;
  /** Closes the modal on top, or the whole stack. */
  close(all?: boolean): Promise<Shown>;
  /** `/lead add …`, typed in a channel. */
  command(channel: string, line: string): Promise<Shown>;
  /** Writes a message; answers it as stored. */
  say(channel: string, text: string, more?: { readonly thread_ts?: string; readonly files?: readonly StoredFile[] }): SlackMessage;
  edit(channel: string, ts: string, text: string): void;
  /** Deletes a message, the app's own included (as a workspace owner may), or dismisses an ephemeral one. */
  remove(channel: string, ts: string): Shown;
  /** Uploads a file, ready to be said or entered in a form. */
  upload(name: string, bytes: Uint8Array): StoredFile;
  react(channel: string, ts: string, name: string): void;
  join(channel: string): void;
  leave(channel: string): void;
  openHome(): void;
}

export function personOf(world: World, courier: Courier, id: string): Person {
  const user = userById(world.workspace, id);
  if (!user) throw new RangeError(`no such person in the sandbox: ${id}`);
  const words = clientWords(user.locale);
  return {
    id,
    click: (target, choice) => click(world, courier, id, words, target, choice),
    modal: () => topView(world.views, id),
    home: () => world.views.homes.get(id) ?? null,
    submit: (entered = {}) => submitModal(world, courier, id, words, entered),
    close: (all = false) => closeModal(world, courier, id, words, all),
    command: (channel, line) => command(world, courier, id, words, channel, line),
    say: (channel, text, more = {}) => say(world, id, channel, text, more),
    edit(channel, ts, text) {
      const { where, message } = mine(world, id, channel, ts);
      changeMessage(world.workspace, where, {
        ...message,
        text: escaped(text),
        blocks: composed(text),
        edited: { user: id, ts: nextTs(world.workspace) },
      });
    },
    remove: (channel, ts) => remove(world, id, words, channel, ts),
    upload: (name, bytes) => upload(world, id, name, bytes),
    react(channel, ts, name) {
      const where = seen(world, id, channel);
      const message = findMessage(world.workspace, where.id, ts);
      if (message) addReaction(world.workspace, where, message, name, id);
    },
    join(channel) {
      const where = seen(world, id, channel);
      if (where.members.includes(id)) return;
      const joined = { ...where, members: [...where.members, id] };
      putChannel(world.workspace, joined);
      tell(world.workspace, { type: 'joined', channel: joined, user: id });
    },
    leave(channel) {
      const where = seen(world, id, channel);
      putChannel(world.workspace, { ...where, members: where.members.filter((member) => member !== id) });
    },
    openHome: () => tell(world.workspace, { type: 'home_opened', user: id, channel: directMessage(world.workspace, id) }),
  };
}

function mine(world: World, id: string, ref: string, ts: string): { where: Channel; message: SlackMessage } {
  const where = seen(world, id, ref);
  const message = findMessage(world.workspace, where.id, ts);
  if (message?.user !== id) throw new RangeError(`${id} did not write ${ts}`);
  return { where, message };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The composer's own block. */
function composed(text: string): readonly Fields[] {
  if (text === '') return [];
  return [
    { type: 'rich_text', block_id: newId('').slice(0, 5), elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
  ];
}

function say(
  world: World,
  id: string,
  ref: string,
  text: string,
  more: { readonly thread_ts?: string; readonly files?: readonly StoredFile[] },
): SlackMessage {
  const channel = seen(world, id, ref);
  const files = (more.files ?? []).map((file) => share(world, file, channel));
  const parent = more.thread_ts === undefined ? undefined : findMessage(world.workspace, channel.id, more.thread_ts);
  const blocks = composed(text);
  const message: SlackMessage = {
    type: 'message',
    ...(files.length > 0 ? { subtype: 'file_share', files } : {}),
    ts: nextTs(world.workspace),
    user: id,
    team: world.seed.workspace.id,
    client_msg_id: crypto.randomUUID(),
    text: escaped(text),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(parent ? { thread_ts: parent.thread_ts ?? parent.ts, parent_user_id: parent.user } : {}),
  };
  addMessage(world.workspace, channel, message);
  return message;
}

function share(world: World, file: StoredFile, channel: Channel): Fields {
  const shared = { ...file, channels: [...new Set([...file.channels, channel.id])] };
  world.workspace.files.set(file.id, shared);
  return fileObject(world.workspace, shared, world.base(), world.times.scanMs);
}

function upload(world: World, id: string, name: string, bytes: Uint8Array): StoredFile {
  const file: StoredFile = {
    id: newId('F'),
    name,
    title: name,
    owner: id,
    size: bytes.length,
    bytes: Buffer.from(bytes).toString('base64'),
    // The client waits for the scan before it lets the person send.
    completedAt: world.now() - world.times.scanMs,
    channels: [],
  };
  world.workspace.files.set(file.id, file);
  return file;
}

function remove(world: World, id: string, words: ClientWords, ref: string, ts: string): Shown {
  const channel = seen(world, id, ref);
  const private_ = world.workspace.ephemerals.get(id)?.some((one) => one.message.ts === ts);
  const message = findMessage(world.workspace, channel.id, ts);
  if (private_) removeEphemeral(world.workspace, id, ts);
  else if (message) deleteMessage(world.workspace, channel, message);
  else return { ok: false, error: 'message_not_found', sentence: words.gone };
  return { ok: true };
}
