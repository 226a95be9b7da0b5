import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fields } from '../json.js';
import { type Courier, deliver } from './deliver.js';
import { publicMessage } from './messages.js';
import type { Change, Channel, SlackMessage } from './shapes.js';
import { newId, nextTs } from './workspace.js';
import type { World } from './world.js';

const DEFAULT_SUBSCRIPTIONS = ['app_home_opened', 'member_joined_channel', 'message.channels', 'message.groups'];
const CHANNEL_TYPES = { channel: 'channel', group: 'group', im: 'im' } as const;

/** Announces what happens in the workspace to the app, as far as it subscribed and may see it. Returns how to stop. */
export function announceEvents(world: World, courier: Courier): () => void {
  const subscriptions = new Set(world.seed.events ?? DEFAULT_SUBSCRIPTIONS);
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  const listener = (change: Change): void => {
    const event = eventOf(world, change, subscriptions);
    if (event) void sendUntilTaken(world, courier, envelope(world, event), stopped.signal);
  };
  world.workspace.listeners.add(listener);
  return () => {
    world.workspace.listeners.delete(listener);
    stopped.abort();
  };
}

function eventOf(world: World, change: Change, subscriptions: ReadonlySet<string>): Fields | null {
  if (change.type === 'home_opened') {
    if (!subscriptions.has('app_home_opened')) return null;
    const view = world.views.homes.get(change.user);
    const event = {
      type: 'app_home_opened',
      user: change.user,
      channel: change.channel.id,
      tab: 'home',
      event_ts: nextTs(world.workspace),
    };
    return view ? { ...event, view } : event;
  }
  if (change.type === 'joined') {
    const { channel, user, inviter } = change;
    if (!subscriptions.has('member_joined_channel') || !botIsIn(world, channel)) return null;
    const common = { user, channel: channel.id, channel_type: channel.kind === 'group' ? 'G' : 'C', team: world.seed.workspace.id };
    return { type: 'member_joined_channel', ...common, ...(inviter ? { inviter } : {}), event_ts: nextTs(world.workspace) };
  }
  if (change.type !== 'message' && change.type !== 'changed' && change.type !== 'deleted') return null;
  const { channel } = change;
  const subscription = channel.kind === 'im' ? 'message.im' : channel.kind === 'group' ? 'message.groups' : 'message.channels';
  return subscriptions.has(subscription) && botIsIn(world, channel) ? messageEvent(world, change) : null;
}

function botIsIn(world: World, channel: Channel): boolean {
  return channel.members.includes(world.seed.bot.userId);
}

function messageEvent(world: World, change: Extract<Change, { type: 'message' | 'changed' | 'deleted' }>): Fields {
  const where = { channel: change.channel.id, channel_type: CHANNEL_TYPES[change.channel.kind] };
  if (change.type === 'message') return { ...inEvent(change.message), ...where, event_ts: change.message.ts };
  const ts = nextTs(world.workspace);
  const hidden = { type: 'message', hidden: true, ...where, ts, event_ts: ts, previous_message: inEvent(change.previous) };
  if (change.type === 'deleted') return { ...hidden, subtype: 'message_deleted', deleted_ts: change.previous.ts };
  return { ...hidden, subtype: 'message_changed', message: inEvent(change.message) };
}

function inEvent(message: SlackMessage): Fields {
  return publicMessage(message, true);
}

function envelope(world: World, event: Fields): Fields {
  const { workspace, bot } = world.seed;
  return {
    token: 'sandbox',
    team_id: workspace.id,
    context_team_id: workspace.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: workspace.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `4-${newId('')}`,
  };
}

/** Delivered once, and again after each pause while the app does not answer with success. */
async function sendUntilTaken(world: World, courier: Courier, body: Fields, stopped: AbortSignal): Promise<void> {
  let reason = '';
  for (const [attempt, pause] of [0, ...world.times.retriesMs].entries()) {
    if (!(await waited(attempt === 0 ? 0 : pause, stopped))) return;
    const outcome = await deliver(courier, 'events_api', body, attempt === 0 ? undefined : { number: attempt, reason });
    if (outcome.failure === null || outcome.final) return;
    reason =
      outcome.failure === 'operation_timeout' ? 'http_timeout' : outcome.failure === 'dispatch_failed' ? 'connection_failed' : 'http_error';
  }
}

/** Answers whether the pause passed without a stop. */
async function waited(ms: number, stopped: AbortSignal): Promise<boolean> {
  if (stopped.aborted) return false;
  if (ms === 0) return true;
  return sleep(ms, true, { signal: stopped, ref: false }).catch(() => false);
}
