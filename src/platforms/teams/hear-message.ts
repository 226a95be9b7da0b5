import { createHash } from 'node:crypto';
import type { Correction, Remark, Removal, SentFile } from '../../chat/interaction.js';
import { type Fields, type Heard, part, word } from './activity.js';
import { decoded, plainWords, wordsOf } from './html.js';
import type { KnownFile } from './memory.js';
import { messageId, personId, readThread, sentFileId } from './refs.js';

/** What a message means to us. */
export type HeardMessage =
  | { readonly kind: 'remark'; readonly remark: Remark }
  | { readonly kind: 'command'; readonly words: string; readonly files: readonly ReceivedFile[] };

/** A file that came with a message, and where its bytes are. */
export interface ReceivedFile extends SentFile {
  readonly key: string;
  readonly place: KnownFile;
}

/**
 * Reads a message of a person. Below a post it is a remark, unless it calls us by our command's name; where only we are
 * spoken to it is a command. Undefined for what is neither.
 */
export function readMessage(heard: Heard, at: Date): HeardMessage | undefined {
  if (!isPerson(heard)) return undefined;
  const said = saidIn(heard);
  const files = receivedFiles(heard);
  const called = afterName(said);
  const thread = readThread(heard.conversation);
  const below = thread !== undefined && thread.root !== heard.id;
  const spokenTo = heard.personal || mentionsBot(heard);
  if (below && !(spokenTo && called !== undefined)) return { kind: 'remark', remark: remarkOf(heard, thread, said, at) };
  return spokenTo ? { kind: 'command', words: called ?? said, files } : undefined;
}

/** Somebody changed their words below a post; undefined elsewhere, and for other apps. */
export function readCorrection(heard: Heard, at: Date): Correction | undefined {
  const thread = readThread(heard.conversation);
  if (!isPerson(heard) || thread === undefined || thread.root === heard.id) return undefined;
  return remarkOf(heard, thread, saidIn(heard), at);
}

export function readRemoval(heard: Heard, at: Date): Removal {
  return { message: messageId({ conversation: heard.conversation, activity: heard.id }), at };
}

function remarkOf(heard: Heard, { root }: { readonly root: string }, text: string, at: Date): Remark {
  const { conversation, id, from } = heard;
  return {
    thread: messageId({ conversation, activity: root }),
    message: messageId({ conversation, activity: id }),
    text,
    // A bot is told of no files in a channel.
    files: [],
    actor: { person: personId(from.objectId), ...(from.name && { name: from.name }) },
    at,
  };
}

function isPerson({ from }: Heard): boolean {
  return from.objectId !== '' && !from.id.startsWith('28:');
}

function mentionsBot({ mentions, bot }: Heard): boolean {
  return mentions.some(({ id }) => id === bot);
}

/** The words, without the mention of us that made us hear them. */
function saidIn({ mentions, bot, attachments, text }: Heard): string {
  const ours = new Set(mentions.filter(({ id }) => id === bot).map(({ text: tag }) => decoded(tag.replace(/<\/?at>/g, ''))));
  const html = attachments.find(({ contentType }) => contentType === 'text/html')?.content;
  return typeof html === 'string' ? wordsOf(html, ours) : plainWords(text, ours);
}

/** What follows our command's name, as people know it from a slash command; undefined when it was not said. */
function afterName(said: string): string | undefined {
  return /^\/?lead\b[\s:]*(.*)$/is.exec(said)?.[1]?.trim();
}

const FILE = 'application/vnd.microsoft.teams.file.download.info';

/** Files come in personal chats only: those of a disk with an address of their own, pasted pictures at Teams' service. */
function receivedFiles({ attachments, personal }: Heard): ReceivedFile[] {
  if (!personal) return [];
  return attachments.flatMap((attachment) => {
    const url = word(part(attachment.content).downloadUrl);
    if (attachment.contentType === FILE && url !== '') return [received(nameOf(attachment), { url, ours: false })];
    const image = word(attachment.contentType).startsWith('image/') ? word(attachment.contentUrl) : '';
    return image === '' ? [] : [received(nameOf(attachment), { url: image, ours: true })];
  });
}

function received(name: string, place: KnownFile): ReceivedFile {
  const key = fileKey(place.url);
  return { key, name, place, file: sentFileId(key) };
}

/** An address is a secret that opens the file, so the file's id does not contain it. */
export function fileKey(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

function nameOf({ name }: Fields): string {
  return word(name) || 'image';
}
