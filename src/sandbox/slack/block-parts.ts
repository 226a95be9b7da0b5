import { type Fields, isFields, listOf } from '../json.js';
import { LIMITS } from './limits.js';
import { address, both, byType, type Check, flag, items, object, oneOf, rule, words } from './schema.js';

/** Text objects, options, confirmations and pictures: what blocks and elements are made of. */

export const id = words({ min: 1, max: LIMITS.id });

export function plainText(max: number, min = 1): Check {
  return byType({
    plain_text: object({ text: words({ min, max }) }, { emoji: flag }),
  });
}

export function anyText(max: number): Check {
  return byType({
    plain_text: object({ text: words({ min: 1, max }) }, { emoji: flag }),
    mrkdwn: object({ text: words({ min: 1, max }) }, { verbatim: flag }),
  });
}

export const placeholder = plainText(LIMITS.placeholder);
export const buttonAddress = address(LIMITS.buttonUrl, 'http', 'https', 'mailto', 'tel');
export const colour = oneOf('primary', 'danger');

export const confirm = object(
  {
    title: plainText(LIMITS.confirmTitle),
    text: anyText(LIMITS.confirmText),
    confirm: plainText(LIMITS.confirmButton),
    deny: plainText(LIMITS.confirmButton),
  },
  { style: colour },
);

function option(text: Check, optional: Readonly<Record<string, Check>> = {}): Check {
  return object(
    { text, value: words({ min: 1, max: LIMITS.optionValue }) },
    { description: plainText(LIMITS.optionDescription), ...optional },
  );
}

export const selectOption = option(plainText(LIMITS.optionText));
export const choiceOption = option(anyText(LIMITS.optionText));
export const overflowOption = option(plainText(LIMITS.optionText), {
  url: address(LIMITS.optionUrl, 'http', 'https', 'mailto', 'tel'),
});

const optionGroup = object({
  label: plainText(LIMITS.groupLabel),
  options: items(selectOption, { min: 1, max: LIMITS.optionsSelect }),
});

/** Fields shared by `static_select` and `multi_static_select`. */
export const selectFields: Readonly<Record<string, Check>> = {
  options: items(selectOption, { min: 1, max: LIMITS.optionsSelect }),
  option_groups: items(optionGroup, { min: 1, max: LIMITS.optionGroups }),
};

/** A select has options or groups, never both; what is chosen at first is among them. */
export const selectRule = both(
  rule((element) => {
    const given = ['options', 'option_groups'].filter((name) => element[name] !== undefined);
    return given.length === 1 ? undefined : 'must define either `options` or `option_groups`';
  }),
  rule(initialAmongOptions),
);

/** What is chosen at first must be one of the options, word for word. */
export function initialAmongOptions(element: Fields): string | undefined {
  const values = optionsOf(element).map((choice) => choice.value);
  const initial = [element.initial_option, ...listOf(element.initial_options)].filter(isFields);
  return initial.every((choice) => values.includes(choice.value)) ? undefined : 'initial option must match one of the options';
}

/** Every option of an element, in groups or not. */
export function optionsOf(element: Fields): readonly Fields[] {
  const groups = listOf(element.option_groups).filter(isFields);
  return [...listOf(element.options), ...groups.flatMap((group) => listOf(group.options))].filter(isFields);
}

const slackFile: Check = both(
  object({}, { id: words({ min: 1 }), url: words({ min: 1 }) }),
  rule((file, { isImageFile }) => {
    const ref = file.id ?? file.url;
    if (typeof ref !== 'string' || (file.id !== undefined && file.url !== undefined)) return 'must define either `id` or `url`';
    return isImageFile(ref) ? undefined : 'invalid slack file';
  }),
);

/** `image_url` or `slack_file`, exactly one. */
export const pictureFields: Readonly<Record<string, Check>> = {
  image_url: address(LIMITS.imageUrl, 'http', 'https'),
  slack_file: slackFile,
};

export const pictureRule = rule((picture) => {
  const given = ['image_url', 'slack_file'].filter((name) => picture[name] !== undefined);
  return given.length === 1 ? undefined : 'must define either `slack_file` or `image_url`';
});
