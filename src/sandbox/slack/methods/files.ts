import { type Fields, fieldsOf, textOf } from '../../json.js';
import { nestedList, text } from '../args.js';
import { writableChannel } from '../conversation.js';
import { fileObject, isScanned } from '../file-store.js';
import { LIMITS } from '../limits.js';
import { appMessage, readContent, threadOf } from '../messages.js';
import { Refusal } from '../refusal.js';
import type { Channel, StoredFile } from '../shapes.js';
import { addMessage, newId } from '../workspace.js';
import type { World } from '../world.js';
import type { Call, Method } from './method.js';

function getUploadUrl({ args, world }: Call): Fields {
  const [name, size] = [text(args, 'filename'), Number(text(args, 'length'))];
  if (name === '' || !Number.isInteger(size) || size < 1) throw new Refusal('invalid_arguments');
  const id = newId('F');
  world.workspace.files.set(id, { id, name, title: name, owner: world.seed.bot.userId, size, channels: [] });
  return { upload_url: `${world.base()}/upload/${id}`, file_id: id };
}

function complete({ args, world }: Call): Fields {
  const asked = (nestedList(args, 'files', 'invalid_arguments') ?? []).map(fieldsOf);
  if (asked.length === 0) throw new Refusal('invalid_arguments');
  const ref = text(args, 'channel_id') || text(args, 'channels');
  const channel = ref === '' ? null : writableChannel(world, ref);
  const thread = channel ? threadOf(world, channel, text(args, 'thread_ts')) : {};
  const completed = asked.map((file) => completeOne(world, file, channel));
  const files = completed.map((file) => fileObject(world.workspace, file, world.base(), world.times.scanMs));
  if (channel) {
    const { blocks } = args.blocks === undefined ? {} : readContent(world, args, LIMITS.postText);
    const content = { text: text(args, 'initial_comment'), ...(blocks ? { blocks } : {}) };
    addMessage(world.workspace, channel, appMessage(world, content, { ...thread, files, subtype: 'file_share' }));
  }
  return { files };
}

function completeOne(world: World, asked: Fields, channel: Channel | null): StoredFile {
  const stored = world.workspace.files.get(textOf(asked.id));
  if (!stored?.bytes || stored.completedAt !== undefined) throw new Refusal('file_not_found');
  const file: StoredFile = {
    ...stored,
    title: textOf(asked.title) || stored.name,
    completedAt: world.now(),
    channels: channel ? [channel.id] : [],
  };
  world.workspace.files.set(file.id, file);
  return file;
}

function info({ args, world }: Call): Fields {
  const file = world.workspace.files.get(text(args, 'file'));
  if (!file || file.completedAt === undefined) throw new Refusal('file_not_found');
  const described = fileObject(world.workspace, file, world.base(), world.times.scanMs);
  return { file: described, comments: [], ...(isScanned(world.workspace, file, world.times.scanMs) ? {} : { warning: 'file_not_ready' }) };
}

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': { tier: 4, token: 'bot', scopes: ['files:write'], run: getUploadUrl },
  'files.completeUploadExternal': { tier: 4, token: 'bot', scopes: ['files:write'], run: complete },
  'files.info': { tier: 4, token: 'bot', scopes: ['files:read'], run: info },
};
