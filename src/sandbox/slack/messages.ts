import { type Fields, isFields, textOf } from '../json.js';
import { nested, nestedList, text, yes } from './args.js';
import { visibleLength } from './block-tables.js';
import { blockFaults } from './blocks.js';
import { completeBlocks } from './complete.js';
import { LIMITS } from './limits.js';
import { Refusal, refusalOf } from './refusal.js';
import type { Channel, SlackMessage } from './shapes.js';
import { findMessage, nextTs } from './workspace.js';
import type { World } from './world.js';

/** What a message says, as the app sent it and Slack accepted it. Fields not sent are absent. */
export interface Content {
  readonly text?: string;
  readonly blocks?: readonly Fields[];
  readonly metadata?: Fields;
  readonly parsing?: 'names' | 'full';
}

/** @throws {Refusal} when Slack would not accept it as a message. `maxText` differs between posting and updating. */
export function readContent(world: World, args: Fields, maxText: number): Content {
  const said = text(args, 'text');
  const markdown = text(args, 'markdown_text');
  const blocks = readBlocks(world, args);
  if (markdown !== '' && (said !== '' || blocks !== undefined)) throw new Refusal('markdown_text_conflict');
  if (said.length > maxText || markdown.length > LIMITS.markdown) throw new Refusal('msg_too_long');
  const written = said === '' ? markdown : said;
  const metadata = readMetadata(args);
  const parsing = text(args, 'parse') === 'full' ? 'full' : yes(args, 'link_names') ? 'names' : undefined;
  return {
    ...(written === '' ? {} : { text: written }),
    ...(blocks ? { blocks } : {}),
    ...(metadata ? { metadata } : {}),
    ...(parsing ? { parsing } : {}),
  };
}

function readBlocks(world: World, args: Fields): readonly Fields[] | undefined {
  const blocks = nestedList(args, 'blocks', 'invalid_blocks_format');
  if (!blocks) return undefined;
  const faults = blockFaults(blocks, 'message', '/blocks', world.views.isImageFile);
  if (faults.length > 0) throw refusalOf('invalid_blocks', faults);
  if (visibleLength(blocks) > LIMITS.blockTextPerMessage) throw new Refusal('msg_blocks_too_long');
  return completeBlocks(blocks);
}

function readMetadata(args: Fields): Fields | undefined {
  const metadata = nested(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return undefined;
  if (!isFields(metadata) || textOf(metadata.event_type) === '' || !isFields(metadata.event_payload))
    throw new Refusal('invalid_metadata_format');
  if (textOf(metadata.event_type).length > LIMITS.id) throw new Refusal('invalid_metadata_format');
  if (JSON.stringify(metadata.event_payload).length > LIMITS.metadata) throw new Refusal('metadata_too_large');
  return { event_type: metadata.event_type, event_payload: metadata.event_payload };
}

/** @throws {Refusal} `no_text` when there is nothing to show. */
export function somethingToShow(content: Content, args: Fields): void {
  const attachments = nestedList(args, 'attachments', 'invalid_attachments') ?? [];
  if (attachments.length > LIMITS.attachments) throw new Refusal('too_many_attachments');
  const shown = content.text !== undefined || (content.blocks?.length ?? 0) > 0 || attachments.length > 0;
  if (!shown) throw new Refusal('no_text');
}

/** A new message of the app. */
export function appMessage(world: World, content: Content, more: Partial<SlackMessage> = {}): SlackMessage {
  const { bot, workspace } = world.seed;
  const { text: said = '', blocks, ...rest } = content;
  return {
    type: 'message',
    ts: nextTs(world.workspace),
    user: bot.userId,
    bot_id: bot.botId,
    app_id: bot.appId,
    team: workspace.id,
    bot_profile: { id: bot.botId, app_id: bot.appId, name: bot.name, team_id: workspace.id, deleted: false, updated: 0 },
    text: said,
    ...(blocks && blocks.length > 0 ? { blocks } : {}),
    ...rest,
    ...more,
  };
}

/** Where a reply goes. @throws {Refusal} when the thread does not exist, or `thread_ts` is not its parent's. */
export function threadOf(world: World, channel: Channel, threadTs: string): Partial<SlackMessage> {
  if (threadTs === '') return {};
  const parent = findMessage(world.workspace, channel.id, threadTs);
  if (!parent) throw new Refusal('thread_not_found');
  if (parent.thread_ts !== undefined && parent.thread_ts !== parent.ts) throw new Refusal('cannot_reply_to_message');
  return { thread_ts: threadTs, parent_user_id: parent.user };
}

/** A message as the API gives it out: metadata only for those who ask. */
export function publicMessage(message: SlackMessage, withMetadata: boolean): Fields {
  const { parsing: _parsing, metadata, reply_users, ...rest } = message;
  return {
    ...rest,
    ...(reply_users ? { reply_users, reply_users_count: reply_users.length } : {}),
    ...(withMetadata && metadata ? { metadata } : {}),
  };
}
