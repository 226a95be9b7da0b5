import type { Fields } from '../json.js';
import { publicMessage } from './messages.js';
import type { Channel, SlackMessage, SlackView } from './shapes.js';
import { nextTs, userById } from './workspace.js';
import type { World } from './world.js';

/** What every interaction says about where it comes from. The `token` is the legacy verification token. */
function common(world: World, userId: string): Fields {
  const { workspace, bot } = world.seed;
  const name = userById(world.workspace, userId)?.name ?? '';
  return {
    user: { id: userId, username: name, name, team_id: workspace.id },
    api_app_id: bot.appId,
    token: 'sandbox',
    team: { id: workspace.id, domain: workspace.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export interface Acted {
  readonly element: Fields;
  readonly blockId: string;
  /** The element's new value, as Slack's state; absent for buttons. */
  readonly state?: Fields;
}

function actionOf(world: World, { element, blockId, state }: Acted): Fields {
  const { type, action_id, text, value, style, url, placeholder, confirm } = element;
  const said = { text, value, style, url, placeholder, confirm };
  const present = Object.fromEntries(Object.entries(said).filter(([, field]) => field !== undefined));
  return { type, action_id, block_id: blockId, ...present, ...state, action_ts: nextTs(world.workspace) };
}

/** `block_actions` in a message. Slack leaves `message` out for ephemeral ones. */
export function messageAction(
  world: World,
  userId: string,
  channel: Channel,
  message: SlackMessage,
  acted: Acted,
  responseUrl: string,
): Fields {
  const ephemeral = message.is_ephemeral === true;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    type: 'block_actions',
    ...common(world, userId),
    container: { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral, ...thread },
    trigger_id: world.triggers.issue(userId, null),
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'group' ? 'privategroup' : channel.name },
    ...(ephemeral ? {} : { message: publicMessage(message, true) }),
    state: { values: acted.state ? { [acted.blockId]: { [String(acted.element.action_id)]: acted.state } } : {} },
    response_url: responseUrl,
    actions: [actionOf(world, acted)],
  };
}

/** `block_actions` in a modal or on the Home tab. */
export function viewAction(world: World, userId: string, view: SlackView, acted: Acted): Fields {
  return {
    type: 'block_actions',
    ...common(world, userId),
    container: { type: 'view', view_id: view.id },
    trigger_id: world.triggers.issue(userId, view.id),
    view,
    actions: [actionOf(world, acted)],
  };
}

export function submission(world: World, userId: string, view: SlackView): Fields {
  return {
    type: 'view_submission',
    ...common(world, userId),
    trigger_id: world.triggers.issue(userId, view.id),
    view,
    response_urls: [],
  };
}

export function closing(world: World, userId: string, view: SlackView, all: boolean): Fields {
  return { type: 'view_closed', ...common(world, userId), view, is_cleared: all };
}

/** The form fields of a slash command. */
export function slashCommand(world: World, userId: string, channel: Channel, command: string, words: string, responseUrl: string): Fields {
  const { workspace, bot } = world.seed;
  return {
    token: 'sandbox',
    team_id: workspace.id,
    team_domain: workspace.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'group' ? 'privategroup' : channel.name,
    user_id: userId,
    user_name: userById(world.workspace, userId)?.name ?? '',
    command,
    text: words,
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: world.triggers.issue(userId, null),
  };
}
