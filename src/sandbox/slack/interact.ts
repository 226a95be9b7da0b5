import { type Fields, isFields } from '../json.js';
import { elementsOf } from './blocks.js';
import type { ClientWords } from './client-words.js';
import { type Courier, deliver } from './deliver.js';
import { respond } from './endpoints.js';
import { type Acted, messageAction, slashCommand, viewAction } from './payloads.js';
import { Refusal } from './refusal.js';
import type { ResponseTarget } from './response-urls.js';
import type { Channel, SlackMessage, SlackView } from './shapes.js';
import { type Shown, shown } from './shown.js';
import { keepValues, topView } from './view-store.js';
import { stateValue } from './view-values.js';
import { canSee, findMessage } from './workspace.js';
import type { World } from './world.js';

/** What to click: an element of a message, or of the open modal, or of the Home tab. */
export interface ClickTarget {
  readonly channel?: string;
  readonly ts?: string;
  /** A view's id; absent together with `channel`: the modal on top. */
  readonly view?: string;
  readonly action_id: string;
  readonly block_id?: string;
}

/** The channel, if the person may read it. @throws {RangeError} */
export function seen(world: World, id: string, ref: string): Channel {
  const channel = world.workspace.channels.get(ref);
  if (!channel || !canSee(channel, id)) throw new RangeError(`${id} cannot see ${ref}`);
  return channel;
}

/** Sends a click to the app, with everything Slack says about it. */
export async function click(
  world: World,
  courier: Courier,
  id: string,
  words: ClientWords,
  target: ClickTarget,
  choice: unknown,
): Promise<Shown> {
  const gone: Shown = { ok: false, error: 'not_found', sentence: words.gone };
  const channel = target.channel === undefined ? undefined : world.workspace.channels.get(target.channel);
  if (target.channel !== undefined) {
    const message = channel && canSee(channel, id) ? messageSeen(world, id, channel, target.ts ?? '') : undefined;
    const acted = message && actedUpon(message.blocks ?? [], target, choice);
    if (!channel || !message || !acted) return gone;
    const thread = message.thread_ts === undefined ? {} : { threadTs: message.thread_ts };
    const responseUrl = responseUrlOf(world, {
      channel: channel.id,
      user: id,
      ts: message.ts,
      ephemeral: message.is_ephemeral === true,
      ...thread,
    });
    return shown(await deliver(courier, 'interactive', messageAction(world, id, channel, message, acted, responseUrl)), words);
  }
  const view = viewSeen(world, id, target.view);
  const acted = view && actedUpon(view.blocks, target, choice);
  if (!view || !acted) return gone;
  return shown(await deliver(courier, 'interactive', viewAction(world, id, chosen(world, id, view, acted), acted)), words);
}

/** A choice made in a modal becomes part of what its submission sends. */
function chosen(world: World, id: string, view: SlackView, { state, blockId, element }: Acted): SlackView {
  if (!state) return view;
  const actions = { ...view.state.values[blockId], [String(element.action_id)]: state };
  return keepValues(world.views, id, view.id, { ...view.state.values, [blockId]: actions }) ?? view;
}

function messageSeen(world: World, id: string, channel: Channel, ts: string): SlackMessage | undefined {
  const private_ = world.workspace.ephemerals.get(id)?.find((one) => one.channel === channel.id && one.message.ts === ts);
  return private_?.message ?? findMessage(world.workspace, channel.id, ts);
}

function viewSeen(world: World, id: string, viewId: string | undefined): SlackView | undefined {
  const home = world.views.homes.get(id);
  if (viewId === undefined) return topView(world.views, id) ?? home;
  return home?.id === viewId ? home : world.views.stacks.get(id)?.find((view) => view.id === viewId);
}

function actedUpon(blocks: readonly Fields[], target: ClickTarget, choice: unknown): Acted | undefined {
  for (const block of blocks) {
    if (target.block_id !== undefined && block.block_id !== target.block_id) continue;
    const element = elementsOf(block).find((one) => one.action_id === target.action_id);
    if (!element) continue;
    const state = choice === undefined ? undefined : stateValue(element, choice);
    if (state === null) return undefined;
    return { element, blockId: String(block.block_id), ...(state ? { state } : {}) };
  }
  return undefined;
}

function responseUrlOf(world: World, target: ResponseTarget): string {
  return `${world.base()}/response/${world.responseUrls.issue(target)}`;
}

/** Sends a slash command; what the app answers directly is shown to the person, or to all when it says so. */
export async function command(world: World, courier: Courier, id: string, words: ClientWords, ref: string, line: string): Promise<Shown> {
  const channel = seen(world, id, ref);
  const [name = '', ...rest] = line.trim().split(/\s+/);
  const known = world.seed.commands.some((one) => one.command === name);
  if (!known) return { ok: false, error: 'unknown_command', sentence: words.unknownCommand(name) };
  const target: ResponseTarget = { channel: channel.id, user: id, ephemeral: false };
  const said = line.trim().slice(name.length).trimStart();
  const body = slashCommand(world, id, channel, name, rest.length > 0 ? said : '', responseUrlOf(world, target));
  const outcome = await deliver(courier, 'slash_commands', body);
  if (outcome.failure !== null || outcome.answer === '') return shown(outcome, words);
  try {
    respond(world, target, isFields(outcome.answer) ? outcome.answer : { text: String(outcome.answer) });
    return { ok: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: error.code, sentence: words.badAnswer };
  }
}
