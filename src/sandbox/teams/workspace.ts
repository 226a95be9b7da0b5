import { createHash, randomUUID } from 'node:crypto';
import type { SeedPerson, SeedTeam, TeamsSeed } from './seed.js';
import type { Change, Conversation, Dialog, MessageAt, StoredFile, TeamsMessage, Toast } from './shapes.js';

/** Everything a tenant remembers. Values inside the maps are replaced, never changed. */
export interface Workspace {
  readonly seed: TeamsSeed;
  readonly now: () => number;
  readonly conversations: Map<string, Conversation>;
  /** By conversation, oldest first. */
  readonly messages: Map<string, TeamsMessage[]>;
  readonly files: Map<string, StoredFile>;
  /** Cards replaced for one person alone, by person and message; gone when the message changes. */
  readonly views: Map<string, TeamsMessage>;
  /** The open dialog of each person. */
  readonly dialogs: Map<string, Dialog>;
  readonly toasts: Map<string, Toast[]>;
  readonly listeners: Set<(change: Change) => void>;
  lastId: number;
}

export function newWorkspace(seed: TeamsSeed, now: () => number): Workspace {
  const conversations = seed.teams.flatMap(channelsOf).map((channel): [string, Conversation] => [channel.id, channel]);
  return {
    seed,
    now,
    conversations: new Map(conversations),
    messages: new Map(),
    files: new Map(),
    views: new Map(),
    dialogs: new Map(),
    toasts: new Map(),
    listeners: new Set(),
    lastId: 0,
  };
}

function channelsOf(team: SeedTeam): Conversation[] {
  const common = { kind: 'channel', team: team.id } as const;
  const listed = team.channels.map(
    ({ id, name, description, members }): Conversation => ({
      ...common,
      id,
      name,
      description,
      members: members ?? team.members,
      private: members !== undefined,
    }),
  );
  if (listed.some(({ id }) => id === team.id)) return listed;
  return [{ ...common, id: team.id, name: 'General', description: '', members: team.members, private: false }, ...listed];
}

export function tell(workspace: Workspace, change: Change): void {
  for (const listener of [...workspace.listeners]) listener(change);
}

/** A new message id, later than every other of the tenant. */
export function nextId(workspace: Workspace): string {
  workspace.lastId = Math.max(Math.floor(workspace.now()), workspace.lastId + 1);
  return String(workspace.lastId);
}

/** `28:…`, as Teams calls the bot in activities. */
export function botId({ seed }: Pick<Workspace, 'seed'>): string {
  return `28:${seed.app.id}`;
}

/** `29:…`: a person as this bot knows them; the same person has another one for another bot. */
export function personId({ seed }: Pick<Workspace, 'seed'>, aadObjectId: string): string {
  const digest = createHash('sha256').update(`${seed.app.id}/${seed.tenant.id}/${aadObjectId}`).digest('base64url');
  return `29:1${digest}`;
}

/** By object id or by `29:…`. */
export function personBy(workspace: Pick<Workspace, 'seed'>, id: string): SeedPerson | undefined {
  return workspace.seed.people.find(({ aadObjectId }) => aadObjectId === id || personId(workspace, aadObjectId) === id);
}

export function teamBy(workspace: Workspace, id: string | null): SeedTeam | undefined {
  return workspace.seed.teams.find((team) => team.id === id || team.groupId === id);
}

/** Somebody's chat with the bot; opened when there is none yet. */
export function personalChat(workspace: Workspace, aadObjectId: string): Conversation {
  const digest = createHash('sha256').update(`${workspace.seed.app.id}/${aadObjectId}/chat`).digest('base64url');
  const id = `a:1${digest}`;
  const known = workspace.conversations.get(id);
  if (known) return known;
  const chat: Conversation = { id, kind: 'personal', name: '', description: '', team: null, members: [aadObjectId], private: true };
  workspace.conversations.set(id, chat);
  tell(workspace, { type: 'conversation', conversation: chat });
  return chat;
}

/** `19:…;messageid=NNN` apart; null when it is no conversation of this tenant. */
export function conversationBy(workspace: Workspace, id: string): { readonly conversation: Conversation; readonly root?: string } | null {
  const [bare = '', root] = id.split(';messageid=');
  const conversation = workspace.conversations.get(bare);
  if (!conversation || (root !== undefined && conversation.kind !== 'channel')) return null;
  return { conversation, ...(root === undefined ? {} : { root }) };
}

/** What was not deleted, oldest first. */
export function messagesOf(workspace: Workspace, conversation: string): readonly TeamsMessage[] {
  return (workspace.messages.get(conversation) ?? []).filter(({ deletedAt }) => deletedAt === undefined);
}

/** A message that was not deleted. */
export function findMessage(workspace: Workspace, { conversation, id }: MessageAt): TeamsMessage | undefined {
  const found = workspace.messages.get(conversation)?.findLast((message) => message.id === id);
  return found?.deletedAt === undefined ? found : undefined;
}

export function addMessage(workspace: Workspace, conversation: Conversation, message: TeamsMessage): void {
  const kept = workspace.messages.get(conversation.id) ?? [];
  workspace.messages.set(conversation.id, kept);
  kept.push(message);
  tell(workspace, { type: 'message', conversation, message });
}

/** Replaces a message by a new state of it; whoever had a card of their own sees the common one again. */
export function changeMessage(workspace: Workspace, conversation: Conversation, message: TeamsMessage, by: string): void {
  if (replace(workspace, message)) tell(workspace, { type: 'changed', conversation, message, by });
}

/** Empties a message; its place remains, as "This message has been deleted.", and whom it mentioned. */
export function deleteMessage(workspace: Workspace, conversation: Conversation, message: TeamsMessage, by: string): void {
  const { summary: _summary, files: _files, ...kept } = message;
  const emptied: TeamsMessage = { ...kept, text: '', attachments: [], deletedAt: workspace.now() };
  if (replace(workspace, emptied)) tell(workspace, { type: 'deleted', conversation, message: emptied, by });
}

function replace(workspace: Workspace, message: TeamsMessage): boolean {
  const kept = workspace.messages.get(message.conversation) ?? [];
  const index = kept.findLastIndex(({ id }) => id === message.id);
  if (index < 0) return false;
  kept[index] = message;
  for (const { aadObjectId } of workspace.seed.people) workspace.views.delete(viewKey(aadObjectId, message));
  return true;
}

function viewKey(person: string, { conversation, id }: MessageAt): string {
  return `${person} ${conversation} ${id}`;
}

/** The message as one person sees it: the answer to an action of theirs may have replaced the card for them alone. */
export function messageFor(workspace: Workspace, person: string, message: TeamsMessage): TeamsMessage {
  return workspace.views.get(viewKey(person, message)) ?? message;
}

export function showView(workspace: Workspace, person: string, message: TeamsMessage): void {
  workspace.views.set(viewKey(person, message), message);
  tell(workspace, { type: 'view', person, message });
}

export function showDialog(workspace: Workspace, person: string, dialog: Dialog | null): void {
  if (dialog) workspace.dialogs.set(person, dialog);
  else workspace.dialogs.delete(person);
  tell(workspace, { type: 'dialog', person, dialog });
}

export function showToast(workspace: Workspace, person: string, toast: Toast): void {
  workspace.toasts.set(person, [...(workspace.toasts.get(person) ?? []), toast]);
  tell(workspace, { type: 'toast', person, toast });
}

/** May this person read the conversation? */
export function canSee(conversation: Conversation, aadObjectId: string): boolean {
  return conversation.members.includes(aadObjectId);
}

/** May the bot act here? Where it is not installed Teams refuses it; its chats with people are always its own. */
export function botIsIn(workspace: Workspace, conversation: Conversation): boolean {
  return conversation.kind === 'personal' || teamBy(workspace, conversation.team)?.installed === true;
}

export function newFileId(): string {
  return randomUUID();
}
