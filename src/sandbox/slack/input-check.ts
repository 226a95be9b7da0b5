import { type Fields, fieldsOf, textOf } from '../json.js';
import type { ClientWords } from './client-words.js';
import { LIMITS } from './limits.js';
import type { SlackView } from './shapes.js';
import { bareValue, stateValue, type Values } from './view-values.js';

/** What a person enters: block id to a bare value, or Slack's own `state.values`. What is absent stays as it is. */
export type Entered = Readonly<Record<string, unknown>>;

export interface Checked {
  readonly values: Values;
  /** By block id; when any is there, the client does not send the form. */
  readonly faults: Readonly<Record<string, string>>;
}

/** Fills a view with what was entered, and checks it as Slack's own client does before it asks the app. */
export function fillIn(view: SlackView, entered: Entered, words: ClientWords): Checked {
  const values: Record<string, Record<string, Fields>> = structuredClone(view.state.values) as Record<string, Record<string, Fields>>;
  const faults: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input') continue;
    const blockId = textOf(block.block_id);
    const element = fieldsOf(block.element);
    const actionId = textOf(element.action_id);
    const given = Object.hasOwn(entered, blockId) ? stateValue(element, oneOf(entered[blockId], actionId)) : values[blockId]?.[actionId];
    if (given) values[blockId] = { ...values[blockId], [actionId]: given };
    const fault = given ? faultIn(block, element, bareValue(given), words) : words.noSuchOption;
    if (fault !== null) faults[blockId] = fault;
  }
  return { values, faults };
}

/** `{action_id: state}` as the page sends it, or the bare value. */
function oneOf(entered: unknown, actionId: string): unknown {
  const actions = fieldsOf(entered);
  return Object.hasOwn(actions, actionId) ? actions[actionId] : entered;
}

function faultIn(block: Fields, element: Fields, value: unknown, words: ClientWords): string | null {
  const empty =
    value === null ||
    value === undefined ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0);
  if (empty) return block.optional === true ? null : words.required;
  if (Array.isArray(value)) return tooMany(element, value.length, words);
  return typeof value === 'string' ? textFault(element, value, words) : null;
}

function tooMany(element: Fields, chosen: number, words: ClientWords): string | null {
  const max =
    element.type === 'file_input'
      ? Number(element.max_files ?? LIMITS.filesPerInput)
      : Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
  return chosen > max ? words.tooMany(max) : null;
}

function textFault(element: Fields, value: string, words: ClientWords): string | null {
  switch (element.type) {
    case 'plain_text_input': {
      const [min, max] = [Number(element.min_length ?? 0), Number(element.max_length ?? LIMITS.inputLength)];
      if (value.length < min) return words.tooShort(min);
      return value.length > max ? words.tooLong(max) : null;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : words.email;
    case 'url_text_input':
      return /^https?:\/\/\S+$/i.test(value) ? null : words.url;
    case 'number_input':
      return numberFault(element, value, words);
    default:
      return null;
  }
}

function numberFault(element: Fields, value: string, words: ClientWords): string | null {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return words.number;
  if (element.is_decimal_allowed !== true && value.includes('.')) return words.whole;
  const [min, max] = [textOf(element.min_value), textOf(element.max_value)];
  if (min !== '' && Number(value) < Number(min)) return words.atLeast(min);
  return max !== '' && Number(value) > Number(max) ? words.atMost(max) : null;
}
