import { isDeepStrictEqual } from 'node:util';
import { type Fields, fieldsOf, isFields, textOf } from '../json.js';
import { actingActivity } from './activities.js';
import { ADAPTIVE, actionsOf, cardFaults, cardsOf, nameOf } from './cards.js';
import type { ClientWords } from './client-words.js';
import { deliver, type Outcome } from './deliver.js';
import { type Entered, gather } from './inputs.js';
import type { SeedPerson } from './seed.js';
import type { Conversation, Dialog, MessageAt, TeamsMessage } from './shapes.js';
import { addMessage, canSee, findMessage, messageFor, nextId, personId, showDialog, showToast, showView } from './workspace.js';
import type { World } from './world.js';

/** What the client shows a person after an act. `fields` are sentences under inputs, by id; nothing was sent then. */
export type Shown =
  | { readonly ok: true; readonly toast?: string; readonly opens?: string; readonly dialog?: true }
  | { readonly ok: false; readonly error: string; readonly sentence: string; readonly fields?: Readonly<Record<string, string>> };

/** Which button: by its name (its verb, or what its data calls `verb` or `action`), or by what it is. */
export type Pressing =
  | string
  | { readonly type: string; readonly title?: string; readonly verb?: string; readonly url?: string; readonly data?: unknown };

function fits(action: Fields, pressing: Pressing): boolean {
  if (typeof pressing === 'string') return nameOf(action) === pressing && action.type !== 'Action.ShowCard';
  return Object.entries(pressing).every(([name, value]) => isDeepStrictEqual(action[name], value));
}

/** A person at their client. */
export interface Client {
  readonly world: World;
  readonly person: SeedPerson;
  readonly words: ClientWords;
}

interface Pressed {
  readonly client: Client;
  readonly conversation: Conversation;
  readonly message: TeamsMessage;
  readonly action: Fields;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Presses a button of a message. What follows is what the action demands: an invoke, a dialog, a message with a value,
 * or an address to open. `old`: a client that knows no `Action.Execute` and takes its fallback.
 */
export async function click(client: Client, at: MessageAt, pressing: Pressing, entered: Entered, old: boolean): Promise<Shown> {
  const { world, person, words } = client;
  const conversation = world.workspace.conversations.get(at.conversation);
  const stored = conversation && canSee(conversation, person.aadObjectId) ? findMessage(world.workspace, at) : undefined;
  if (!conversation || !stored) return { ok: false, error: 'not_found', sentence: words.gone };
  const message = messageFor(world.workspace, person.aadObjectId, stored);
  const card = cardsOf(message).find((one) => actionsOf(one).some((action) => fits(action, pressing)));
  const drawn = card && actionsOf(card).find((action) => fits(action, pressing));
  if (!card || !drawn || drawn.isEnabled === false) return { ok: false, error: 'not_found', sentence: words.gone };
  const action = old && drawn.type === 'Action.Execute' ? fieldsOf(drawn.fallback) : drawn;
  const gathered = action.associatedInputs === 'none' ? { values: {} } : gather(card, entered, words);
  if ('fields' in gathered) return { ok: false, error: 'invalid_inputs', sentence: words.fieldsAtFault, fields: gathered.fields };
  return press({ client, conversation, message, action, values: gathered.values });
}

async function press(pressed: Pressed): Promise<Shown> {
  const { action, client } = pressed;
  switch (action.type) {
    case 'Action.OpenUrl':
      return { ok: true, opens: textOf(action.url) };
    case 'Action.Execute':
      return execute(pressed);
    case 'Action.Submit':
      return submitted(pressed);
    default:
      return { ok: false, error: 'not_supported', sentence: client.words.failed };
  }
}

async function execute(pressed: Pressed): Promise<Shown> {
  const { action, values, message, client } = pressed;
  const { verb, id } = action;
  const sent = { type: 'Action.Execute', ...(id === undefined ? {} : { id }), verb, data: { ...fieldsOf(action.data), ...values } };
  const outcome = await deliver(
    client.world.courier,
    acting(pressed, { name: 'adaptiveCard/action', value: { action: sent, trigger: 'manual' } }),
  );
  return executed(client, message, outcome);
}

function acting({ client: { world, person }, conversation, message }: Pressed, more: Fields): Fields {
  return actingActivity(world, person, conversation, message, { replyToId: message.id, ...more });
}

/** What the answer to `adaptiveCard/action` does: words below the card, another card for this person, or an error. */
function executed(client: Client, message: TeamsMessage, outcome: Outcome): Shown {
  if (outcome.failure !== null) return complain(client, message, outcome.failure, client.words.failed);
  const { statusCode, type, value } = fieldsOf(outcome.answer);
  if (typeof statusCode !== 'number') return complain(client, message, 'bad_answer', client.words.failed);
  if (statusCode !== 200 || type === 'application/vnd.microsoft.error') {
    const { code, message: sentence } = fieldsOf(value);
    return complain(client, message, textOf(code) || `status ${statusCode}`, textOf(sentence) || client.words.failed);
  }
  if (type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    showToast(client.world.workspace, client.person.aadObjectId, { text: value, error: false, at: message });
    return { ok: true, toast: value };
  }
  if (type !== ADAPTIVE || cardFaults(value, 'message').length > 0) return complain(client, message, 'bad_answer', client.words.failed);
  showView(client.world.workspace, client.person.aadObjectId, { ...message, attachments: [{ contentType: ADAPTIVE, content: value }] });
  return { ok: true };
}

function complain({ world, person }: Client, at: MessageAt | null, error: string, sentence: string): Shown {
  showToast(world.workspace, person.aadObjectId, { text: sentence, error: true, at });
  return { ok: false, error, sentence };
}

async function submitted(pressed: Pressed): Promise<Shown> {
  const { action, values, client } = pressed;
  const data = isFields(action.data) ? { ...action.data, ...values } : Object.keys(values).length > 0 ? values : action.data;
  const asked = fieldsOf(fieldsOf(action.data).msteams);
  switch (asked.type) {
    case 'task/fetch': {
      const value = { data, context: { theme: 'default' } };
      const outcome = await deliver(client.world.courier, acting(pressed, { name: 'task/fetch', value }));
      return taskAnswered(client, pressed.message, outcome);
    }
    case 'imBack':
      return sayFor(pressed, textOf(asked.value));
    case 'messageBack':
      return sayFor(pressed, textOf(asked.displayText) || textOf(asked.text), { text: asked.text, value: asked.value });
    case undefined: {
      const outcome = await deliver(client.world.courier, acting(pressed, { type: 'message', value: data ?? {} }));
      return outcome.failure === null ? { ok: true } : complain(client, pressed.message, outcome.failure, client.words.failed);
    }
    default:
      return complain(client, pressed.message, 'not_supported', client.words.failed);
  }
}

/** Some actions speak for the person: the words stand in the conversation, and go to the bot. */
async function sayFor(pressed: Pressed, text: string, back?: Fields): Promise<Shown> {
  const { client, conversation, message } = pressed;
  const { workspace } = client.world;
  if (back) await deliver(client.world.courier, acting(pressed, { type: 'message', ...back }));
  const root = conversation.kind === 'channel' ? { root: message.root ?? message.id } : {};
  const said = { id: nextId(workspace), conversation: conversation.id, ...root, from: personId(workspace, client.person.aadObjectId) };
  const content = { text, textFormat: 'plain' as const, attachments: [], entities: [], createdAt: client.world.now() };
  if (text !== '') addMessage(workspace, conversation, { ...said, ...content });
  return { ok: true };
}

/** What the answer to `task/fetch` or `task/submit` does: another dialog, a sentence in it, or an end to it. */
function taskAnswered(client: Client, from: MessageAt, outcome: Outcome): Shown {
  const { workspace } = client.world;
  const { aadObjectId } = client.person;
  if (outcome.failure !== null) return complain(client, null, outcome.failure, client.words.unreachable);
  const task = fieldsOf(fieldsOf(outcome.answer).task);
  if (task.type === 'message' && typeof task.value === 'string') {
    const title = workspace.dialogs.get(aadObjectId)?.title ?? client.world.seed.app.name;
    showDialog(workspace, aadObjectId, { title, message: task.value, from });
    return { ok: true, dialog: true };
  }
  if (task.type === 'continue') {
    const dialog = dialogOf(fieldsOf(task.value), from);
    if (!dialog) return complain(client, null, 'bad_answer', client.words.badAnswer);
    showDialog(workspace, aadObjectId, dialog);
    return { ok: true, dialog: true };
  }
  if (task.type !== undefined) return complain(client, null, 'bad_answer', client.words.badAnswer);
  showDialog(workspace, aadObjectId, null);
  return { ok: true };
}

function dialogOf({ title, card, url, width, height }: Fields, { conversation, id }: MessageAt): Dialog | null {
  const { contentType, content } = fieldsOf(card);
  const sizes = { ...(isSize(width) ? { width } : {}), ...(isSize(height) ? { height } : {}) };
  const common = { title: textOf(title), ...sizes, from: { conversation, id } };
  if (typeof url === 'string') return /^(https:|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(url) ? { ...common, url } : null;
  if (contentType !== ADAPTIVE || cardFaults(content, 'dialog').length > 0) return null;
  return { ...common, card: fieldsOf(content) };
}

function isSize(value: unknown): value is string | number {
  return typeof value === 'number' || value === 'small' || value === 'medium' || value === 'large';
}

/** Fills the open dialog and presses one of its buttons: the first that sends, unless named. */
export async function submitDialog(client: Client, entered: Entered, pressing?: Pressing): Promise<Shown> {
  const { world, person, words } = client;
  const dialog = world.workspace.dialogs.get(person.aadObjectId);
  const conversation = dialog && world.workspace.conversations.get(dialog.from.conversation);
  if (!dialog?.card || !conversation) return { ok: false, error: 'not_found', sentence: words.gone };
  const action = actionsOf(dialog.card).find((one) => (pressing === undefined ? one.type === 'Action.Submit' : fits(one, pressing)));
  if (!action) return { ok: false, error: 'not_found', sentence: words.gone };
  if (action.type === 'Action.OpenUrl') return { ok: true, opens: textOf(action.url) };
  const gathered = action.associatedInputs === 'none' ? { values: {} } : gather(dialog.card, entered, words);
  if ('fields' in gathered) return { ok: false, error: 'invalid_inputs', sentence: words.fieldsAtFault, fields: gathered.fields };
  const opened = world.workspace.messages.get(conversation.id)?.find(({ id }) => id === dialog.from.id);
  const data = { ...fieldsOf(action.data), ...gathered.values };
  const again = fieldsOf(fieldsOf(action.data).msteams).type === 'task/fetch';
  const value = { data, context: { theme: 'default' } };
  const at = { ...dialog.from, ...(opened?.root === undefined ? {} : { root: opened.root }) };
  const outcome = await deliver(
    world.courier,
    actingActivity(world, person, conversation, at, { name: again ? 'task/fetch' : 'task/submit', value }),
  );
  return taskAnswered(client, dialog.from, outcome);
}
