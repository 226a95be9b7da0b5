import {
  buttonAddress,
  choiceOption,
  colour,
  confirm,
  id,
  initialAmongOptions,
  overflowOption,
  pictureFields,
  pictureRule,
  placeholder,
  plainText,
  selectFields,
  selectOption,
  selectRule,
} from './block-parts.js';
import { LIMITS } from './limits.js';
import { blame, both, type Check, flag, items, matching, number, object, oneOf, rule, words } from './schema.js';

const acting = { action_id: id };
const confirmable = { ...acting, confirm };
const focusable = { focus_on_load: flag };
const dispatch = {
  dispatch_action_config: object(
    {},
    {
      trigger_actions_on: items(oneOf('on_enter_pressed', 'on_character_entered')),
    },
  ),
};
const several = { max_selected_items: number({ min: 1 }, true) };
const date = matching(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
const numeral = matching(/^-?\d+(\.\d+)?$/, 'a number written as a string');
const conversationFilter = object(
  {},
  {
    include: items(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);

function picker(fields: Readonly<Record<string, Check>>): Check {
  return object({}, { ...confirmable, ...focusable, placeholder, ...fields });
}

function typed(fields: Readonly<Record<string, Check>>, required: Readonly<Record<string, Check>> = {}): Check {
  return object(required, {
    ...acting,
    ...focusable,
    ...dispatch,
    placeholder,
    ...fields,
  });
}

const modalOnly: Check = (_value, at, checking) => {
  if (checking.surface !== 'modal') blame(checking, at, 'unsupported type: file_input');
};

export const image = both(object({ alt_text: words({ min: 1, max: LIMITS.imageAlt }) }, pictureFields), pictureRule);

const button = object(
  { text: plainText(LIMITS.buttonText) },
  {
    ...confirmable,
    value: words({ max: LIMITS.buttonValue }),
    url: buttonAddress,
    style: colour,
    accessibility_label: words({ max: LIMITS.accessibilityLabel }),
  },
);

const workflowButton = object(
  {
    text: plainText(LIMITS.buttonText),
    workflow: object({
      trigger: object(
        { url: buttonAddress },
        {
          customizable_input_parameters: items(object({}, { name: words(), value: words() })),
        },
      ),
    }),
  },
  {
    ...acting,
    style: colour,
    accessibility_label: words({ max: LIMITS.accessibilityLabel }),
  },
);

const choiceList = items(choiceOption, { min: 1, max: LIMITS.optionsChoice });
const radio = both(
  object({ options: choiceList }, { ...confirmable, ...focusable, initial_option: choiceOption }),
  rule(initialAmongOptions),
);
const checkboxes = both(
  object(
    { options: choiceList },
    {
      ...confirmable,
      ...focusable,
      initial_options: items(choiceOption, { min: 1 }),
    },
  ),
  rule(initialAmongOptions),
);

const pickers: Readonly<Record<string, Check>> = {
  datepicker: picker({ initial_date: date }),
  timepicker: picker({
    initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm'),
    timezone: words(),
  }),
  datetimepicker: object(
    {},
    {
      ...confirmable,
      ...focusable,
      initial_date_time: number({ min: 1_000_000_000, max: 9_999_999_999 }, true),
    },
  ),
  radio_buttons: radio,
  checkboxes,
  static_select: both(picker({ ...selectFields, initial_option: selectOption }), selectRule),
  external_select: picker({
    initial_option: selectOption,
    min_query_length: number({ min: 0 }, true),
  }),
  users_select: picker({ initial_user: words() }),
  conversations_select: picker({
    initial_conversation: words(),
    default_to_current_conversation: flag,
    response_url_enabled: flag,
    filter: conversationFilter,
  }),
  channels_select: picker({
    initial_channel: words(),
    response_url_enabled: flag,
  }),
  multi_static_select: both(
    picker({
      ...several,
      ...selectFields,
      initial_options: items(selectOption),
    }),
    selectRule,
  ),
  multi_external_select: picker({
    ...several,
    initial_options: items(selectOption),
    min_query_length: number({ min: 0 }, true),
  }),
  multi_users_select: picker({ ...several, initial_users: items(words()) }),
  multi_conversations_select: picker({
    ...several,
    initial_conversations: items(words()),
    default_to_current_conversation: flag,
    filter: conversationFilter,
  }),
  multi_channels_select: picker({
    ...several,
    initial_channels: items(words()),
  }),
};

const numberInput = both(
  typed({ initial_value: numeral, min_value: numeral, max_value: numeral }, { is_decimal_allowed: flag }),
  rule((element) => (Number(element.min_value) > Number(element.max_value) ? '`min_value` must not exceed `max_value`' : undefined)),
);

const plainInput = both(
  typed({
    initial_value: words({ max: LIMITS.inputLength }),
    multiline: flag,
    min_length: number({ min: 0, max: LIMITS.inputLength }, true),
    max_length: number({ min: 1, max: LIMITS.inputLength }, true),
  }),
  rule((element) => (Number(element.min_length) > Number(element.max_length) ? '`min_length` must not exceed `max_length`' : undefined)),
);

const overflow = object({ options: items(overflowOption, { min: 1, max: LIMITS.optionsOverflow }) }, confirmable);

/** Elements of an `actions` block. */
export const actionElements: Readonly<Record<string, Check>> = {
  ...pickers,
  button,
  overflow,
  workflow_button: workflowButton,
};

/** Elements beside a `section`. */
export const accessories: Readonly<Record<string, Check>> = {
  ...actionElements,
  image,
};

/** Elements of an `input` block. */
export const inputElements: Readonly<Record<string, Check>> = {
  ...pickers,
  plain_text_input: plainInput,
  email_text_input: typed({ initial_value: words() }),
  url_text_input: typed({ initial_value: words() }),
  number_input: numberInput,
  file_input: both(
    modalOnly,
    object(
      {},
      {
        ...acting,
        filetypes: items(words({ min: 1 })),
        max_files: number({ min: 1, max: LIMITS.filesPerInput }, true),
      },
    ),
  ),
  rich_text_input: typed({
    initial_value: object({
      elements: items(object({ elements: items(() => undefined) })),
    }),
  }),
};

const feedbackButton = object(
  {
    text: plainText(LIMITS.buttonText),
    value: words({ max: LIMITS.buttonValue }),
  },
  { accessibility_label: words({ max: LIMITS.accessibilityLabel }) },
);

/** Elements of a `context_actions` block. */
export const contextActionElements: Readonly<Record<string, Check>> = {
  feedback_buttons: object({ positive_button: feedbackButton, negative_button: feedbackButton }, acting),
  icon_button: object(
    { icon: words({ min: 1 }), text: plainText(LIMITS.buttonText) },
    {
      ...confirmable,
      value: words({ max: LIMITS.buttonValue }),
      accessibility_label: words({ max: LIMITS.accessibilityLabel }),
      visible_to_user_ids: items(words()),
    },
  ),
};
