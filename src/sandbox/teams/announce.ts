import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fields } from '../json.js';
import { channelData, envelope, messageActivity } from './activities.js';
import { deliver } from './deliver.js';
import type { Change, Conversation, TeamsMessage } from './shapes.js';
import { botId, botIsIn, personalChat, personBy, personId, tell } from './workspace.js';
import type { World } from './world.js';

/** Tells the bot what people say, change and take back, as far as it hears them. Returns how to stop. */
export function announceMessages(world: World): () => void {
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  const listener = (change: Change): void => {
    const activity = activityOf(world, change);
    if (activity) void sendUntilTaken(world, activity, stopped.signal);
  };
  world.workspace.listeners.add(listener);
  return () => {
    world.workspace.listeners.delete(listener);
    stopped.abort();
  };
}

function activityOf(world: World, change: Change): Fields | null {
  if (change.type === 'message') {
    const author = personBy(world, change.message.from);
    if (!author || !isHeard(world, change.conversation, change.message)) return null;
    return messageActivity(world, 'message', author, change.conversation, change.message);
  }
  if (change.type !== 'changed' && change.type !== 'deleted') return null;
  const actor = personBy(world, change.by);
  if (!actor || !isHeard(world, change.conversation, change.message)) return null;
  return messageActivity(world, change.type === 'changed' ? 'messageUpdate' : 'messageDelete', actor, change.conversation, change.message);
}

/** Everything in its chats; in a channel what mentions it, or everything once the team consented. */
function isHeard(world: World, conversation: Conversation, message: TeamsMessage): boolean {
  if (conversation.kind === 'personal') return true;
  if (!botIsIn(world.workspace, conversation)) return false;
  return world.seed.rsc || mentionsBot(world, message);
}

function mentionsBot(world: World, { entities }: TeamsMessage): boolean {
  return entities.some(({ type, mentioned }) => type === 'mention' && (mentioned as Fields | undefined)?.id === botId(world));
}

async function sendUntilTaken(world: World, activity: Fields, signal: AbortSignal): Promise<void> {
  for (const [retry, pause] of [0, ...world.times.retriesMs].entries()) {
    if (retry > 0) await sleep(pause, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const { failure } = await deliver(world.courier, activity, retry);
    // What the bot refused it would refuse again.
    if (failure === null || failure === 'refused') return;
  }
}

/** Tells the bot that it was installed: in every team that has it, and for every person. Teams repeats this at will. */
export async function announceInstallation(world: World): Promise<void> {
  const { seed, workspace } = world;
  for (const team of seed.teams.filter(({ installed }) => installed)) {
    const general = workspace.conversations.get(team.id);
    const installer = personBy(world, team.members[0] ?? '');
    if (!general || !installer) continue;
    const bot = { id: botId(world), name: seed.app.name };
    const common = envelope(world, 'installationUpdate', installer, general);
    const data = { ...channelData(world, general), settings: { selectedChannel: { id: general.id } } };
    await deliver(world.courier, { ...common, action: 'add', channelData: data });
    const update = envelope(world, 'conversationUpdate', installer, general);
    await deliver(world.courier, { ...update, membersAdded: [bot], channelData: { ...data, eventType: 'teamMemberAdded' } });
  }
  for (const { aadObjectId } of seed.people) await installFor(world, aadObjectId);
}

async function installFor(world: World, aadObjectId: string): Promise<void> {
  const person = personBy(world, aadObjectId);
  if (!person) return;
  const chat = personalChat(world.workspace, aadObjectId);
  tell(world.workspace, { type: 'conversation', conversation: chat });
  await deliver(world.courier, { ...envelope(world, 'installationUpdate', person, chat), action: 'add' });
  const added = [
    { id: botId(world), name: world.seed.app.name },
    { id: personId(world, aadObjectId), aadObjectId },
  ];
  await deliver(world.courier, { ...envelope(world, 'conversationUpdate', person, chat), membersAdded: added });
}
