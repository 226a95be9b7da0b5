import { randomUUID } from 'node:crypto';
import type { Fields } from '../json.js';
import type { SeedPerson } from './seed.js';
import type { Conversation, MessageAt, StoredFile, TeamsMessage } from './shapes.js';
import { botId, personId, teamBy } from './workspace.js';
import type { World } from './world.js';

/** What every activity of a person's says: who, where, when, through which service. */
export function envelope(world: World, type: string, person: SeedPerson, conversation: Conversation, root?: string): Fields {
  const at = world.now();
  const { seed } = world;
  return {
    type,
    id: `f:${randomUUID()}`,
    timestamp: new Date(at).toISOString(),
    localTimestamp: localTime(at, person.timeZone),
    localTimezone: person.timeZone,
    channelId: 'msteams',
    serviceUrl: world.serviceUrl(),
    from: { id: personId(world, person.aadObjectId), name: person.name, aadObjectId: person.aadObjectId },
    conversation: conversationAccount(world, conversation, root),
    recipient: { id: botId(world), name: seed.app.name },
    locale: person.locale,
    entities: [{ type: 'clientInfo', locale: person.locale, country: person.locale.slice(-2), platform: 'Web', timezone: person.timeZone }],
    channelData: channelData(world, conversation),
  };
}

function conversationAccount({ seed }: World, conversation: Conversation, root?: string): Fields {
  const common = { conversationType: conversation.kind, tenantId: seed.tenant.id };
  if (conversation.kind === 'personal') return { ...common, id: conversation.id };
  return { ...common, isGroup: true, id: root === undefined ? conversation.id : `${conversation.id};messageid=${root}` };
}

export function channelData({ seed, workspace }: World, conversation: Conversation): Fields {
  const tenant = { id: seed.tenant.id };
  const team = teamBy(workspace, conversation.team);
  if (!team) return { tenant };
  return {
    teamsChannelId: conversation.id,
    teamsTeamId: team.id,
    channel: { id: conversation.id },
    team: { id: team.id, aadGroupId: team.groupId, name: team.name },
    tenant,
  };
}

/** `2026-11-26T10:00:00.000+01:00` */
function localTime(at: number, timeZone: string): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '00', minutes = '00'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return new Date(at + offset * 60_000).toISOString().replace('Z', `${sign}${hours}:${minutes}`);
}

/** A person's message, new, changed (`messageUpdate`) or taken back (`messageDelete`), as the bot gets it. */
export function messageActivity(
  world: World,
  type: 'message' | 'messageUpdate' | 'messageDelete',
  person: SeedPerson,
  conversation: Conversation,
  message: TeamsMessage,
): Fields {
  const root = conversation.kind === 'channel' ? (message.root ?? message.id) : undefined;
  const common = envelope(world, type, person, conversation, root);
  const data = common.channelData as Fields;
  if (type === 'messageDelete') return { ...common, id: message.id, channelData: { ...data, eventType: 'softDeleteMessage' } };
  return {
    ...common,
    id: message.id,
    text: message.text,
    textFormat: 'plain',
    entities: [...message.entities, ...(common.entities as Fields[])],
    attachments: [...personalFiles(world, conversation, message), htmlOf(world, conversation, message)],
    ...(type === 'messageUpdate' ? { channelData: { ...data, eventType: 'editMessage' } } : {}),
  };
}

function filesOf(world: World, message: TeamsMessage): StoredFile[] {
  return (message.files ?? []).flatMap((id) => world.workspace.files.get(id) ?? []);
}

/** In a chat the bot gets addresses to fetch: without a token for a file, with its token for a pasted picture. In channels it gets none. */
function personalFiles(world: World, conversation: Conversation, message: TeamsMessage): Fields[] {
  if (conversation.kind !== 'personal') return [];
  return filesOf(world, message).map((file) => {
    if (file.pasted) return { contentType: 'image/*', contentUrl: `${world.serviceUrl()}v3/attachments/${file.id}/views/original` };
    const url = fileUrl(world, file);
    const fileType = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase() : '';
    return {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: `https://sandbox-my.sharepoint.com/personal/${file.owner}/Documents/${encodeURIComponent(file.name)}`,
      name: file.name,
      content: { downloadUrl: url, uniqueId: file.id, fileType },
    };
  });
}

/** Opens the file to whoever has the address. */
function fileUrl(world: World, file: StoredFile): string {
  return `${world.base()}/files/${file.id}/${encodeURIComponent(file.name)}?tempauth=${file.key}`;
}

function htmlOf(world: World, conversation: Conversation, message: TeamsMessage): Fields {
  const said = message.text
    .split(/(<at>[^<]*<\/at>)/)
    .map((part, index) =>
      index % 2 === 0
        ? escaped(part).replaceAll('\n', '<br>')
        : part.replace(/<at>/, '<span itemscope itemtype="http://schema.skype.com/Mention">').replace('</at>', '</span>'),
    )
    .join('');
  const files = filesOf(world, message).map((file) =>
    file.pasted ? hostedImage(world, conversation, message, file) : `<attachment id="${file.id}"></attachment>`,
  );
  return { contentType: 'text/html', content: `<p>${said}</p>${files.join('')}` };
}

/** Where Graph keeps a picture pasted into a channel message. */
function hostedImage(world: World, conversation: Conversation, message: TeamsMessage, file: StoredFile): string {
  const group = teamBy(world.workspace, conversation.team)?.groupId ?? '';
  const at = message.root === undefined ? message.id : `${message.root}/replies/${message.id}`;
  const src = `https://graph.microsoft.com/v1.0/teams/${group}/channels/${conversation.id}/messages/${at}/hostedContents/${file.id}/$value`;
  return `<img src="${src}" itemid="${file.id}">`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An invoke about a message's card, or the `message` that `Action.Submit` sends. */
export function actingActivity(
  world: World,
  person: SeedPerson,
  conversation: Conversation,
  at: MessageAt & { readonly root?: string },
  more: Fields,
): Fields {
  const root = conversation.kind === 'channel' ? (at.root ?? at.id) : undefined;
  return { ...envelope(world, textType(more), person, conversation, root), ...more };
}

function textType({ type }: Fields): string {
  return typeof type === 'string' ? type : 'invoke';
}
