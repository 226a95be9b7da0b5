import type { ChannelId, FileId, MessageId, PersonId } from '../../chat/text.js';

/** A message as the Bot Connector addresses it. */
export interface TeamsMessageRef {
  /** Of a channel: with the root of the thread, `19:…@thread.tacv2;messageid=1763800000000`. */
  readonly conversation: string;
  readonly activity: string;
}

const PREFIX = 'teams:';
const CHANNEL = /^teams:(19:[^\s;/]+@thread\.(?:tacv2|skype))$/;
const PERSON = /^teams:([0-9A-Za-z][0-9A-Za-z-]{0,63})$/;
const MESSAGE = /^teams:([^\s/]{1,512})\/([^\s/]{1,256})$/;
const PICTURE = /^teams:(\/[\w\-./~%]{1,500})$/;
const SENT = /^teams:sent\/([0-9a-f]{32})$/;
const THREAD = /^(19:[^\s;/]+@thread\.(?:tacv2|skype));messageid=(\d{1,20})$/;

/** `19:abc@thread.tacv2` → `teams:19:abc@thread.tacv2`. */
export function channelId(channel: string): ChannelId {
  return `${PREFIX}${channel}`;
}

/** The Entra object id of somebody → `teams:7f3c1e9a-…`. */
export function personId(objectId: string): PersonId {
  return `${PREFIX}${objectId.toLowerCase()}`;
}

/** → `teams:19:abc@thread.tacv2;messageid=1763800000000/1763800000000`. */
export function messageId(ref: TeamsMessageRef): MessageId {
  return `${PREFIX}${ref.conversation}/${ref.activity}`;
}

/** A picture of ours, by its path below our public address → `teams:/p/…`. */
export function pictureId(path: string): FileId {
  return `${PREFIX}${path}`;
}

/** A file somebody sent, by the key under which we remember where it is → `teams:sent/…`. */
export function sentFileId(key: string): FileId {
  return `${PREFIX}sent/${key}`;
}

/** The Bot Connector's channel id; undefined when the channel is not one of Teams. */
export function readChannel(id: ChannelId): string | undefined {
  return CHANNEL.exec(id)?.[1];
}

/** Undefined when the person is not one of Teams. */
export function readPerson(id: PersonId): string | undefined {
  return PERSON.exec(id)?.[1];
}

/** Undefined when the message was not minted here. */
export function readMessage(id: MessageId): TeamsMessageRef | undefined {
  const [, conversation, activity] = MESSAGE.exec(id) ?? [];
  return conversation && activity ? { conversation, activity } : undefined;
}

/** The path of a picture of ours; undefined for any other file. */
export function readPicture(id: FileId): string | undefined {
  return PICTURE.exec(id)?.[1];
}

/** The key of a file somebody sent; undefined for any other file. */
export function readSentFile(id: FileId): string | undefined {
  return SENT.exec(id)?.[1];
}

/** A thread of a channel: where it is and the activity it hangs on; undefined for other conversations. */
export function readThread(conversation: string): { readonly channel: string; readonly root: string } | undefined {
  const [, channel, root] = THREAD.exec(conversation) ?? [];
  return channel && root ? { channel, root } : undefined;
}

/** The conversation of a thread. */
export function threadOf(channel: string, root: string): string {
  return `${channel};messageid=${root}`;
}
