import { type Fields, listOf, textOf } from '../json.js';
import { Refusal } from './refusal.js';
import type { Conversation, TeamsMessage } from './shapes.js';
import type { Answered } from './strike.js';
import { personBy, teamBy } from './workspace.js';
import type { World } from './world.js';

const MOST = 50;

/** Microsoft Graph, as far as resource-specific consent opens it: the messages of a team's channels, and pictures pasted into them. */
export function answerGraph(world: World, steps: readonly string[], query: URLSearchParams): Answered {
  const [teams, group = '', channels, channel = '', messages, id, part, reply, hosted, file, value] = steps;
  const team = teamBy(world.workspace, group);
  const where = world.workspace.conversations.get(channel);
  if (teams !== 'teams' || channels !== 'channels' || messages !== 'messages') throw notFound();
  if (!world.seed.rsc || !team?.installed)
    throw new Refusal(403, 'Forbidden', "Missing role permissions on the request. 'ChannelMessage.Read.Group'");
  if (!where || where.team !== team.id) throw notFound();
  const path = steps.map(encodeURIComponent).join('/');
  if (id === undefined) return list(world, { where, path, wanted: ({ root }) => root === undefined }, query);
  if (part === 'replies' && reply === undefined) return list(world, { where, path, wanted: ({ root }) => root === id }, query);
  const at = part === 'replies' ? reply : id;
  const message = world.workspace.messages.get(where.id)?.find((one) => one.id === at);
  if (!message) throw notFound();
  const [holds, wanted, end] = part === 'replies' ? [hosted, file, value] : [part, reply, hosted];
  if (holds === undefined) return { status: 200, body: chatMessage(world, where, message) };
  const picture = message.files?.includes(wanted ?? '') ? world.workspace.files.get(wanted ?? '') : undefined;
  if (holds !== 'hostedContents' || end !== '$value' || !picture?.pasted) throw notFound();
  return { status: 200, body: Buffer.from(picture.bytes, 'base64') };
}

function notFound(): Refusal {
  return new Refusal(404, 'NotFound', 'Resource not found.');
}

interface Listed {
  readonly where: Conversation;
  /** Below `v1.0/`. */
  readonly path: string;
  readonly wanted: (message: TeamsMessage) => boolean;
}

/** The newest first, so many at once, and where the next are. */
function list(world: World, { where, path, wanted }: Listed, query: URLSearchParams): Answered {
  const most = Math.min(Number(query.get('$top')) || 20, MOST);
  const past = Number(query.get('$skiptoken')) || 0;
  const found = (world.workspace.messages.get(where.id) ?? []).filter(wanted).toReversed();
  const value = found.slice(past, past + most).map((message) => chatMessage(world, where, message));
  const next = `${world.base()}/graph/v1.0/${path}?$top=${most}&$skiptoken=${past + most}`;
  return { status: 200, body: { value, ...(found.length > past + most && { '@odata.nextLink': next }) } };
}

function chatMessage(world: World, where: Conversation, message: TeamsMessage): Fields {
  const attachments = listOf(message.attachments).map((attachment, index) => {
    const { contentType, content } = attachment as Fields;
    return { id: `${message.id}-${index}`, contentType: textOf(contentType), content: JSON.stringify(content) };
  });
  const held = attachments.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
  return {
    id: message.id,
    replyToId: message.root ?? null,
    etag: String(message.editedAt ?? message.createdAt),
    messageType: 'message',
    createdDateTime: new Date(message.createdAt).toISOString(),
    lastModifiedDateTime: new Date(message.editedAt ?? message.createdAt).toISOString(),
    deletedDateTime: message.deletedAt === undefined ? null : new Date(message.deletedAt).toISOString(),
    summary: message.summary ?? null,
    from: author(world, message),
    body: { contentType: 'html', content: `${message.text}${held}` },
    channelIdentity: { teamId: teamBy(world.workspace, where.team)?.groupId, channelId: where.id },
    attachments,
    mentions: [],
  };
}

function author(world: World, { from }: TeamsMessage): Fields {
  const person = personBy(world, from);
  if (person) return { application: null, user: { id: person.aadObjectId, displayName: person.name, userIdentityType: 'aadUser' } };
  return { application: { id: world.seed.app.id, displayName: world.seed.app.name, applicationIdentityType: 'bot' }, user: null };
}
