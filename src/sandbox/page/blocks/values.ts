import type { Words } from '../words.js';
import type { Block, BlockElement, InputElement, OptionObject } from './types.js';

/** One answer, as Slack's `view.state.values` carries it. */
export type Value =
  | {
      readonly type: 'plain_text_input' | 'email_text_input' | 'url_text_input' | 'number_input';
      readonly value: string | null;
    }
  | {
      readonly type: 'static_select' | 'radio_buttons';
      readonly selected_option: OptionObject | null;
    }
  | {
      readonly type: 'checkboxes';
      readonly selected_options: readonly OptionObject[];
    }
  | { readonly type: 'datepicker'; readonly selected_date: string | null }
  | { readonly type: 'timepicker'; readonly selected_time: string | null }
  | { readonly type: 'file_input'; readonly files: readonly EnteredFile[] };

/** Without an id while it is still on its way to the workspace. */
export interface EnteredFile {
  readonly id?: string;
  readonly name: string;
  readonly mimetype: string;
}

/** How many files Slack takes in one field that names no number. */
export const MOST_FILES = 10;

/** Block id, then action id. */
export type Values = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** The answers a view begins with; those in `typed` that still fit the view stay. */
export function valuesOf(blocks: readonly Block[], typed: Values = {}): Values {
  const values: Record<string, Record<string, Value>> = {};
  for (const { block, element } of askedIn(blocks)) {
    const kept = typed[block]?.[element.action_id];
    values[block] = {
      ...values[block],
      [element.action_id]: kept?.type === element.type ? kept : initial(element),
    };
  }
  return values;
}

/** The answers with one changed. */
export function withValue(values: Values, block: string, action: string, value: Value): Values {
  return { ...values, [block]: { ...values[block], [action]: value } };
}

/** What Slack's own client refuses before sending: a sentence by block id. */
export function faultsOf(blocks: readonly Block[], values: Values, words: Words): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || block.block_id === undefined) continue;
    const value = values[block.block_id]?.[block.element.action_id];
    const fault = isEmpty(value) ? (block.optional ? null : words.required) : faultOf(block.element, value, words);
    if (fault !== null) faults[block.block_id] = fault;
  }
  return faults;
}

function askedIn(blocks: readonly Block[]): { block: string; element: InputElement }[] {
  return blocks.flatMap((block) => {
    const id = block.block_id;
    if (id === undefined) return [];
    return elementsOf(block)
      .filter(isInput)
      .map((element) => ({ block: id, element }));
  });
}

function elementsOf(block: Block): readonly BlockElement[] {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements;
  if (block.type === 'section' && block.accessory !== undefined) return [block.accessory];
  return [];
}

const INPUTS: ReadonlySet<string> = new Set<InputElement['type']>([
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'static_select',
  'radio_buttons',
  'checkboxes',
  'datepicker',
  'timepicker',
  'file_input',
]);

export function isInput(element: BlockElement): element is InputElement {
  return INPUTS.has(element.type);
}

/** An element's answer before anybody touched it. */
export function initial(element: InputElement): Value {
  switch (element.type) {
    case 'static_select':
    case 'radio_buttons':
      return {
        type: element.type,
        selected_option: element.initial_option ?? null,
      };
    case 'checkboxes':
      return {
        type: element.type,
        selected_options: element.initial_options ?? [],
      };
    case 'datepicker':
      return {
        type: element.type,
        selected_date: element.initial_date ?? null,
      };
    case 'timepicker':
      return {
        type: element.type,
        selected_time: element.initial_time ?? null,
      };
    case 'file_input':
      return { type: element.type, files: [] };
    default:
      return { type: element.type, value: element.initial_value ?? null };
  }
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  switch (value.type) {
    case 'static_select':
    case 'radio_buttons':
      return value.selected_option === null;
    case 'checkboxes':
      return value.selected_options.length === 0;
    case 'datepicker':
      return value.selected_date === null;
    case 'timepicker':
      return value.selected_time === null;
    case 'file_input':
      return value.files.length === 0;
    default:
      return value.value === null || value.value.trim() === '';
  }
}

function faultOf(element: InputElement, value: Value | undefined, words: Words): string | null {
  if (value?.type !== 'file_input') return textFault(element, textOf(value), words);
  const most = element.type === 'file_input' ? (element.max_files ?? MOST_FILES) : MOST_FILES;
  if (value.files.length > most) return words.tooManyFiles(most);
  return value.files.every(({ id }) => id !== undefined) ? null : words.stillUploading;
}

function textOf(value: Value | undefined): string {
  return value !== undefined && 'value' in value ? (value.value ?? '') : '';
}

function textFault(element: InputElement, text: string, words: Words): string | null {
  switch (element.type) {
    case 'plain_text_input':
      if (text.length < (element.min_length ?? 0)) return words.tooShort(element.min_length ?? 0);
      return text.length > (element.max_length ?? 3000) ? words.tooLong(element.max_length ?? 3000) : null;
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? null : words.badEmail;
    case 'url_text_input':
      return URL.canParse(text.trim()) ? null : words.badUrl;
    case 'number_input':
      return numberFault(element, text.trim(), words);
    default:
      return null;
  }
}

function numberFault(element: Extract<InputElement, { type: 'number_input' }>, text: string, words: Words): string | null {
  const pattern = element.is_decimal_allowed ? /^-?\d+(?:[.,]\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text)) return words.badNumber;
  const number = Number(text.replace(',', '.'));
  if (element.min_value !== undefined && number < Number(element.min_value)) return words.tooSmall(element.min_value);
  if (element.max_value !== undefined && number > Number(element.max_value)) return words.tooLarge(element.max_value);
  return null;
}
