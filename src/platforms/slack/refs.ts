import type { ChannelId, FileId, MessageId, PersonId } from '../../chat/text.js';

/** A message as Slack addresses it. */
export interface SlackMessageRef {
  readonly channel: string;
  readonly ts: string;
}

const PREFIX = 'slack:';
const CHANNEL = /^slack:([CDG][A-Z0-9]+)$/;
const PERSON = /^slack:([UW][A-Z0-9]+)$/;
const FILE = /^slack:(F[A-Z0-9]+)$/;
const MESSAGE = /^slack:([CDG][A-Z0-9]+)\/(\d+\.\d+)$/;

/** `C0LEADS` → `slack:C0LEADS`. */
export function channelId(channel: string): ChannelId {
  return `${PREFIX}${channel}`;
}

/** `U0ALICE` → `slack:U0ALICE`. */
export function personId(user: string): PersonId {
  return `${PREFIX}${user}`;
}

/** `F0123` → `slack:F0123`. */
export function fileId(file: string): FileId {
  return `${PREFIX}${file}`;
}

/** Slack's own file id; undefined when the file is not one of Slack's. */
export function readFile(id: FileId): string | undefined {
  return FILE.exec(id)?.[1];
}

/** → `slack:C0LEADS/1763800000.000100`. */
export function messageId(ref: SlackMessageRef): MessageId {
  return `${PREFIX}${ref.channel}/${ref.ts}`;
}

/** Slack's own channel id; undefined when the channel is not one of Slack's. */
export function readChannel(id: ChannelId): string | undefined {
  return CHANNEL.exec(id)?.[1];
}

/** Slack's own user id; undefined when the person is not one of Slack's. */
export function readPerson(id: PersonId): string | undefined {
  return PERSON.exec(id)?.[1];
}

/** Undefined when the message was not minted here. */
export function readMessage(id: MessageId): SlackMessageRef | undefined {
  const [, channel, ts] = MESSAGE.exec(id) ?? [];
  return channel && ts ? { channel, ts } : undefined;
}
