import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json.js';
import type { ClientWords } from './client-words.js';
import { type Courier, deliver } from './deliver.js';
import { fileObject } from './file-store.js';
import { type Entered, fillIn } from './input-check.js';
import { closing, submission } from './payloads.js';
import { Refusal } from './refusal.js';
import type { SlackView } from './shapes.js';
import { type Shown, shown } from './shown.js';
import { accepted, closeViews, keepValues, pushView, replaceView, topView } from './view-store.js';
import type { Values } from './view-values.js';
import type { World } from './world.js';

/** Checks and sends the modal on top, and does what the app answers. What was entered is kept unless it closes. */
export async function submitModal(world: World, courier: Courier, id: string, words: ClientWords, entered: Entered): Promise<Shown> {
  const view = topView(world.views, id);
  if (!view) return { ok: false, error: 'not_found', sentence: words.gone };
  const { values, faults } = fillIn(view, entered, words);
  const filled = keepValues(world.views, id, view.id, withFiles(world, values)) ?? view;
  if (Object.keys(faults).length > 0) return { ok: false, error: 'invalid_input', sentence: words.fieldsAtFault, fields: faults };
  const outcome = await deliver(courier, 'interactive', submission(world, id, filled));
  if (outcome.failure !== null) return shown(outcome, words);
  try {
    return follow(world, id, words, filled, outcome.answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: error.code, sentence: words.badAnswer };
  }
}

/** Files entered by id or as stored become Slack's file objects. */
function withFiles(world: World, values: Values): Values {
  const described = (file: unknown): unknown => {
    const stored = world.workspace.files.get(typeof file === 'string' ? file : textOf(fieldsOf(file).id));
    return stored ? fileObject(world.workspace, stored, world.base(), world.times.scanMs) : file;
  };
  const each = (value: Fields): Fields => (value.type === 'file_input' ? { ...value, files: listOf(value.files).map(described) } : value);
  return mapValues(values, (actions) => mapValues(actions, each));
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Does what the app answered to a submission. @throws {Refusal} when Slack would not take that answer. */
function follow(world: World, id: string, words: ClientWords, view: SlackView, answer: unknown): Shown {
  const { response_action, errors, view: next } = fieldsOf(answer);
  if (answer !== '' && !isFields(answer)) throw new Refusal('invalid_response');
  switch (response_action) {
    case undefined:
      closeViews(world.views, id, false);
      return { ok: true };
    case 'clear':
      closeViews(world.views, id, true);
      return { ok: true };
    case 'update':
      replaceView(world.views, id, view, accepted(world.views, next, 'modal'));
      return { ok: true };
    case 'push':
      pushView(world.views, id, next);
      return { ok: true };
    case 'errors':
      return { ok: false, error: 'invalid_input', sentence: words.fieldsAtFault, fields: fieldErrors(view, errors) };
    default:
      throw new Refusal('invalid_response_action');
  }
}

/** Errors must each stand under an input of the view, and say something. */
function fieldErrors(view: SlackView, errors: unknown): Readonly<Record<string, string>> {
  const inputs = new Set(view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id));
  const entries = Object.entries(fieldsOf(errors));
  if (entries.length === 0) throw new Refusal('invalid_response_errors');
  for (const [block, message] of entries) {
    if (!inputs.has(block) || typeof message !== 'string' || message === '') throw new Refusal('invalid_response_errors');
  }
  return Object.fromEntries(entries.map(([block, message]) => [block, String(message)]));
}

/** Closes the modal on top, or all; the app hears of it only where the view asked for it. */
export async function closeModal(world: World, courier: Courier, id: string, words: ClientWords, all: boolean): Promise<Shown> {
  const view = topView(world.views, id);
  if (!view) return { ok: false, error: 'not_found', sentence: words.gone };
  const every = all || view.clear_on_close;
  const closed = every ? (world.views.stacks.get(id) ?? []) : [view];
  closeViews(world.views, id, every);
  for (const one of closed) if (one.notify_on_close) await deliver(courier, 'interactive', closing(world, id, one, every));
  return { ok: true };
}
