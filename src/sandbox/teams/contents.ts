import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json.js';
import { ADAPTIVE, cardFaults, mentionsIn } from './cards.js';
import { LIMITS } from './limits.js';
import { Refusal } from './refusal.js';
import type { TeamsMessage } from './shapes.js';
import { botId, personBy, type Workspace } from './workspace.js';

/** What a message of the bot's says, as Teams accepted it. */
export type Content = Pick<TeamsMessage, 'text' | 'textFormat' | 'attachments' | 'entities'> & { readonly summary?: string };

/** @throws {Refusal} when Teams would not accept the activity as a message. */
export function readContent(workspace: Workspace, activity: Fields): Content {
  const text = textOf(activity.text);
  const attachments = listOf(activity.attachments).map(fieldsOf);
  const entities = listOf(activity.entities).map(fieldsOf);
  const format = textOf(activity.textFormat) || 'markdown';
  if (format !== 'plain' && format !== 'markdown' && format !== 'xml') throw badSyntax(`textFormat "${format}" is not known`);
  if (text.trim() === '' && attachments.length === 0) throw badSyntax('Activity must include text or attachments');
  const size = JSON.stringify({ text, attachments, entities }).length * 2;
  if (size > LIMITS.messageBytes) throw new Refusal(413, 'MessageSizeTooBig', 'Message size too large.');
  for (const attachment of attachments) checkAttachment(workspace, attachment);
  checkMentions(workspace, entities, text);
  const summary = textOf(activity.summary);
  return { text, textFormat: format, attachments, entities, ...(summary === '' ? {} : { summary }) };
}

function badSyntax(message: string): Refusal {
  return new Refusal(400, 'BadSyntax', message);
}

function checkAttachment(workspace: Workspace, { contentType, contentUrl, content }: Fields): void {
  const type = textOf(contentType);
  if (type.startsWith('image/')) {
    if (!/^(https:|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(textOf(contentUrl)))
      throw badSyntax('contentUrl of an image must be an https address');
    return;
  }
  if (type !== ADAPTIVE) throw badSyntax(`Attachment type "${type}" is not supported`);
  const faults = cardFaults(content, 'message');
  if (faults.length > 0) throw new Refusal(400, 'BadArgument', `Invalid Adaptive Card: ${faults.join('; ')}`);
  const card = fieldsOf(content);
  checkMentions(workspace, mentionsIn(card), JSON.stringify({ body: card.body }));
}

/** A mention names somebody of the tenant, and stands in the text word for word. */
function checkMentions(workspace: Workspace, entities: readonly Fields[], text: string): void {
  for (const entity of entities) {
    if (entity.type !== 'mention') continue;
    const mentioned = isFields(entity.mentioned) ? textOf(entity.mentioned.id) : '';
    const known = mentioned === botId(workspace) || personBy(workspace, mentioned) !== undefined || workspace.conversations.has(mentioned);
    if (!known) throw new Refusal(400, 'BadArgument', 'Bad format of mention: nobody has this id');
    const said = textOf(entity.text);
    if (!/^<at>[^<]*<\/at>$/.test(said) || !(text.includes(said) || text.includes(JSON.stringify(said).slice(1, -1))))
      throw badSyntax('Mention text is not in the message');
  }
}
