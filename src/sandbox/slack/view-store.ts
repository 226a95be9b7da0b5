import { randomBytes } from 'node:crypto';
import { type Fields, isFields, listOf, textOf } from '../json.js';
import { completeBlocks } from './complete.js';
import { LIMITS } from './limits.js';
import { Refusal, refusalOf } from './refusal.js';
import type { SlackSeed } from './seed.js';
import type { Change, SlackView } from './shapes.js';
import { viewFaults } from './view-check.js';
import { startingValues } from './view-values.js';
import { newId } from './workspace.js';

/** The open modals of every person, as stacks, and the Home tabs. Nothing of it outlives the process, as in Slack. */
export interface ViewStore {
  readonly stacks: Map<string, SlackView[]>;
  readonly homes: Map<string, SlackView>;
  readonly tell: (change: Change) => void;
  readonly seed: SlackSeed;
  readonly isImageFile: (idOrUrl: string) => boolean;
}

/** The modal the person sees, or null. */
export function topView(store: ViewStore, user: string): SlackView | null {
  return store.stacks.get(user)?.at(-1) ?? null;
}

/** Opens a modal, in place of those that were open. */
export function openView(store: ViewStore, user: string, payload: unknown): SlackView {
  const fields = accepted(store, payload, 'modal');
  ownExternalId(store, fields);
  const view = makeView(store, fields, null);
  setStack(store, user, [view]);
  return view;
}

/** Lays a modal over the ones already open. @throws {Refusal} `push_limit_reached`, `not_found` when none is open. */
export function pushView(store: ViewStore, user: string, payload: unknown): SlackView {
  const stack = store.stacks.get(user) ?? [];
  const below = stack.at(-1);
  if (!below) throw new Refusal('not_found');
  if (stack.length >= LIMITS.modalStack) throw new Refusal('push_limit_reached');
  const fields = accepted(store, payload, 'modal');
  ownExternalId(store, fields);
  const view = makeView(store, fields, below);
  setStack(store, user, [...stack, view]);
  return view;
}

/** Replaces an open view. What was entered stays where block and action ids are the same. */
export function updateView(store: ViewStore, where: { id?: string; externalId?: string; hash?: string }, payload: unknown): SlackView {
  const payloadView = accepted(store, payload, 'modal');
  const found = findView(store, (view) => (where.id ? view.id === where.id : view.external_id === where.externalId));
  if (!found) throw new Refusal('not_found');
  if (where.hash && where.hash !== found.view.hash) throw new Refusal('hash_conflict');
  return replaceView(store, found.user, found.view, payloadView);
}

/** Shows a person's Home tab. */
export function publishHome(store: ViewStore, user: string, payload: unknown, hash: string): SlackView {
  const payloadView = accepted(store, payload, 'home');
  const current = store.homes.get(user);
  if (hash !== '' && current && current.hash !== hash) throw new Refusal('hash_conflict');
  const view = { ...makeView(store, payloadView, null), ...(current ? { id: current.id, root_view_id: current.id } : {}) };
  store.homes.set(user, view);
  store.tell({ type: 'home', user, view });
  return view;
}

/** Closes the top modal of a person, or all of them. */
export function closeViews(store: ViewStore, user: string, all: boolean): void {
  setStack(store, user, all ? [] : (store.stacks.get(user) ?? []).slice(0, -1));
}

/** Keeps what a person has entered, so that nothing is lost when the app answers with errors. */
export function keepValues(store: ViewStore, user: string, id: string, values: SlackView['state']['values']): SlackView | null {
  const stack = store.stacks.get(user) ?? [];
  const kept = stack.map((view) => (view.id === id ? { ...view, state: { values } } : view));
  store.stacks.set(user, kept);
  return kept.find((view) => view.id === id) ?? null;
}

/** Replaces one open view by the app's answer to its submission. */
export function replaceView(store: ViewStore, user: string, old: SlackView, payload: Fields): SlackView {
  const made = makeView(store, payload, null);
  const starting = startingValues(made.blocks);
  const values = Object.fromEntries(
    Object.entries(starting).map(([block, actions]) => [
      block,
      Object.fromEntries(Object.entries(actions).map(([action, value]) => [action, old.state.values[block]?.[action] ?? value])),
    ]),
  );
  const view: SlackView = {
    ...made,
    id: old.id,
    root_view_id: old.root_view_id,
    previous_view_id: old.previous_view_id,
    state: { values },
  };
  setStack(
    store,
    user,
    (store.stacks.get(user) ?? []).map((one) => (one.id === old.id ? view : one)),
  );
  return view;
}

/** The payload, once Slack would accept it as a view. */
export function accepted(store: ViewStore, payload: unknown, type: 'modal' | 'home'): Fields {
  if (!isFields(payload))
    throw new Refusal('invalid_arguments', { response_metadata: { messages: ['[ERROR] must provide an object [json-pointer:/view]'] } });
  if (Buffer.byteLength(JSON.stringify(payload)) > LIMITS.viewBytes) throw new Refusal('view_too_large');
  const faults = [...viewFaults(payload, store.isImageFile)];
  if (payload.type !== type) faults.push({ pointer: '/view/type', message: `must be ${type}` });
  if (faults.length > 0) throw refusalOf('invalid_arguments', faults);
  return payload;
}

/** No two open views share an external id. */
function ownExternalId(store: ViewStore, payload: Fields): void {
  const externalId = textOf(payload.external_id);
  if (externalId !== '' && findView(store, (view) => view.external_id === externalId)) throw new Refusal('duplicate_external_id');
}

function setStack(store: ViewStore, user: string, stack: SlackView[]): void {
  store.stacks.set(user, stack);
  store.tell({ type: 'view', user, view: stack.at(-1) ?? null });
}

function findView(store: ViewStore, wanted: (view: SlackView) => boolean): { user: string; view: SlackView } | undefined {
  for (const [user, stack] of store.stacks) {
    const view = stack.find(wanted);
    if (view) return { user, view };
  }
  return undefined;
}

function makeView(store: ViewStore, payload: Fields, below: SlackView | null): SlackView {
  const { seed } = store;
  const id = newId('V');
  const blocks = completeBlocks(listOf(payload.blocks));
  return {
    id,
    team_id: seed.workspace.id,
    app_id: seed.bot.appId,
    app_installed_team_id: seed.workspace.id,
    bot_id: seed.bot.botId,
    type: textOf(payload.type),
    title: payload.title ?? null,
    submit: payload.submit ?? null,
    close: payload.close ?? null,
    blocks,
    callback_id: textOf(payload.callback_id),
    external_id: textOf(payload.external_id),
    private_metadata: textOf(payload.private_metadata),
    clear_on_close: payload.clear_on_close === true,
    notify_on_close: payload.notify_on_close === true,
    root_view_id: below?.root_view_id ?? id,
    previous_view_id: below?.id ?? null,
    hash: `${Math.floor(Date.now() / 1000)}.${randomBytes(6).toString('hex')}`,
    state: { values: startingValues(blocks) },
  };
}
