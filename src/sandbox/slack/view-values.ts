import { type Fields, fieldsOf, isFields, listOf, textOf } from '../json.js';
import { optionsOf } from './block-parts.js';
import { elementsOf } from './blocks.js';

/** What each kind of element calls its value, and where its first value stands. */
const SHAPES: Readonly<Record<string, { readonly field: string; readonly initial: string; readonly empty: unknown }>> = {
  plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
  email_text_input: { field: 'value', initial: 'initial_value', empty: null },
  url_text_input: { field: 'value', initial: 'initial_value', empty: null },
  number_input: { field: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', empty: null },
  datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', empty: null },
  static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
  overflow: { field: 'selected_option', initial: '', empty: null },
  checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', empty: null },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', empty: [] },
  file_input: { field: 'files', initial: '', empty: [] },
};

export type Values = Readonly<Record<string, Readonly<Record<string, Fields>>>>;

/** The state of a view nobody has touched, as a submission would send it. */
export function startingValues(blocks: readonly Fields[]): Values {
  return Object.fromEntries(
    blocks
      .map((block): [string, Record<string, Fields>] => [textOf(block.block_id), startingActions(block)])
      .filter(([, actions]) => Object.keys(actions).length > 0),
  );
}

function startingActions(block: Fields): Record<string, Fields> {
  const entries = elementsOf(block).flatMap((element): [string, Fields][] => {
    const shape = SHAPES[textOf(element.type)];
    if (!shape || element.type === 'overflow') return [];
    return [[textOf(element.action_id), { type: element.type, [shape.field]: element[shape.initial] ?? shape.empty }]];
  });
  return Object.fromEntries(entries);
}

/** The bare value inside a state value: text, option, list… */
export function bareValue(state: Fields): unknown {
  const shape = SHAPES[textOf(state.type)];
  return shape ? state[shape.field] : null;
}

/**
 * What a person enters, as Slack's state value for that element: text for most, an option's value (or a list of them)
 * where there are options, files for a file input. A ready state value is read for the bare value inside.
 * Answers null when the element has no such option.
 */
export function stateValue(element: Fields, entered: unknown): Fields | null {
  const type = textOf(element.type);
  const shape = SHAPES[type];
  if (!shape) return null;
  const bare = isFields(entered) && entered.type === type ? entered[shape.field] : entered;
  if (bare === '' || bare === null || bare === undefined) return { type, [shape.field]: shape.empty };
  if (shape.field === 'selected_option') {
    const chosen = optionNamed(element, bare);
    return chosen && { type, selected_option: chosen };
  }
  if (shape.field === 'selected_options') {
    const chosen = listOf(Array.isArray(bare) ? bare : [bare]).map((one) => optionNamed(element, one));
    return chosen.includes(null) ? null : { type, selected_options: chosen };
  }
  if (Array.isArray(shape.empty)) return { type, [shape.field]: Array.isArray(bare) ? bare : [bare] };
  return { type, [shape.field]: shape.field === 'value' ? String(bare) : bare };
}

/** External selects take whatever the app offered; every other option must be there. */
function optionNamed(element: Fields, named: unknown): Fields | null {
  const value = isFields(named) ? named.value : named;
  if (textOf(element.type).endsWith('external_select')) return fieldsOf(named);
  return optionsOf(element).find((option) => option.value === value) ?? null;
}
