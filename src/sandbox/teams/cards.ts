import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json.js';
import { cardSchema } from './card-schema.js';
import { LIMITS } from './limits.js';

export const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** Where a card stands: a dialog takes no `Action.Execute`. */
export type Surface = 'message' | 'dialog';

/** Everything Teams refuses in a card, each with its place; empty when it is accepted. */
export function cardFaults(card: unknown, surface: Surface): readonly string[] {
  const read = cardSchema.safeParse(card);
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.') || 'card'}: ${message}`);
  const version = textOf(fieldsOf(card).version).split('.').map(Number);
  const [major = 0, minor = 0] = version;
  const [mostMajor, mostMinor] = LIMITS.cardVersion;
  const faults: string[] = [];
  if (major > mostMajor || (major === mostMajor && minor > mostMinor))
    faults.push(`version: ${version.join('.')} is newer than what Teams draws (1.5)`);
  const parts = partsOf(card);
  if (surface === 'dialog' && parts.some(({ type }) => type === 'Action.Execute')) faults.push('Action.Execute does not work in a dialog');
  if (parts.some(({ type }) => type === 'Action.Execute') && (major < 1 || (major === 1 && minor < 4)))
    faults.push('Action.Execute needs version 1.4 or newer');
  return [...faults, ...twice(parts)];
}

/** An id names one element; answers are kept by it. */
function twice(parts: readonly Fields[]): string[] {
  const ids = parts
    .filter(({ type }) => !textOf(type).startsWith('Action.'))
    .map(({ id }) => textOf(id))
    .filter(Boolean);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `the id "${id}" is given twice`);
}

/** Every object with a type in a card, the card first, in reading order; what is only drawn by older clients (`fallback`) and data are left out. */
function partsOf(value: unknown): Fields[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (!isFields(value)) return [];
  const inside = Object.entries(value).filter(([name]) => name !== 'fallback' && name !== 'data' && name !== 'msteams');
  const below = inside.flatMap(([, part]) => partsOf(part));
  return typeof value.type === 'string' ? [value, ...below] : below;
}

/** The cards of a message, in order. */
export function cardsOf({ attachments }: { readonly attachments: readonly Fields[] }): Fields[] {
  return attachments.filter(({ contentType }) => contentType === ADAPTIVE).map(({ content }) => fieldsOf(content));
}

/** The buttons a client draws, with those in cards that open below, and the action each stands for. */
export function actionsOf(card: Fields): Fields[] {
  return partsOf(card).filter(({ type }) => textOf(type).startsWith('Action.'));
}

/** The public name of an action: its verb, or what its data says. */
export function nameOf(action: Fields): string {
  const data = fieldsOf(action.data);
  return textOf(action.verb) || textOf(data.verb) || textOf(data.action) || textOf(action.id) || textOf(action.title);
}

export function inputsOf(card: Fields): Fields[] {
  return partsOf(card).filter(({ type }) => textOf(type).startsWith('Input.'));
}

/** People a card mentions. */
export function mentionsIn(card: Fields): Fields[] {
  return listOf(fieldsOf(card.msteams).entities).map(fieldsOf);
}
