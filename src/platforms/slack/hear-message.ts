import type { Correction, Remark, Removal, SentFile } from '../../chat/interaction.js';
import { isRecord, part } from './client.js';
import type { Names } from './names.js';
import { mentions, plainMessage } from './plain.js';
import { fileId, messageId, personId } from './refs.js';

/** What a message event means to us. */
export type HeardMessage =
  | { readonly kind: 'remark'; readonly remark: Remark }
  | { readonly kind: 'correction'; readonly correction: Correction }
  | { readonly kind: 'removal'; readonly removal: Removal };

type Found = Readonly<Record<string, unknown>>;

/** Words and files of people; other subtypes are Slack's own notices. */
const SPOKEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** Whom somebody mentions in a message event. */
export function mentionedIn(event: unknown): readonly string[] {
  const message = isRecord(event) && event.subtype === 'message_changed' ? part(event, 'message') : event;
  return isRecord(message) && isHuman(message) && typeof message.text === 'string' ? mentions(message.text) : [];
}

/** Reads a message event. Undefined for what is not in a thread, not of people, or no change of words. */
export function readMessageEvent(event: unknown, at: Date, names: Names): HeardMessage | undefined {
  if (!isRecord(event)) return undefined;
  const channel = word(event.channel);
  if (channel === undefined) return undefined;
  if (event.subtype === 'message_deleted') return removal(channel, word(event.deleted_ts), at);
  if (event.subtype === 'message_changed') return changed(channel, part(event, 'message'), part(event, 'previous_message'), at, names);
  return remark(channel, event, at, names);
}

function removal(channel: string, ts: string | undefined, at: Date): HeardMessage | undefined {
  return ts === undefined ? undefined : { kind: 'removal', removal: { message: messageId({ channel, ts }), at } };
}

/** A card with a thread leaves a tombstone behind, which Slack tells as a change. Previews of links are changes too. */
function changed(channel: string, message: Found, before: Found, at: Date, names: Names): HeardMessage | undefined {
  const ts = word(message.ts);
  if (message.subtype === 'tombstone') return removal(channel, ts, at);
  if (before.text === message.text || (!before.text && !message.text)) return undefined;
  const correction = said(channel, message, at, names);
  return correction && { kind: 'correction', correction };
}

function remark(channel: string, message: Found, at: Date, names: Names): HeardMessage | undefined {
  const remark = said(channel, message, at, names);
  return remark && { kind: 'remark', remark };
}

/** The words of a person below a message. */
function said(channel: string, message: Found, at: Date, names: Names): Remark | undefined {
  const [ts, thread, user] = [word(message.ts), word(message.thread_ts), word(message.user)];
  if (!isHuman(message) || !SPOKEN.has(message.subtype as string | undefined)) return undefined;
  if (ts === undefined || user === undefined || thread === undefined || thread === ts) return undefined;
  const text = plainMessage(typeof message.text === 'string' ? message.text : '', names);
  const place = { thread: messageId({ channel, ts: thread }), message: messageId({ channel, ts }) };
  return { ...place, text, files: sentFiles(message), actor: { person: personId(user) }, at };
}

/** Messages of apps carry the app's bot, ours included, also where they speak in somebody's name. */
function isHuman(message: Found): boolean {
  return message.bot_id === undefined && word(message.user) !== undefined;
}

/** The files of a message or of a field. */
export function sentFiles(holder: unknown): readonly SentFile[] {
  const files = isRecord(holder) && Array.isArray(holder.files) ? holder.files.filter(isRecord) : [];
  return files.flatMap((file) => {
    const id = word(file.id);
    return id === undefined || !/^F[A-Z0-9]+$/.test(id) ? [] : [{ file: fileId(id), name: word(file.name) ?? id }];
  });
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
