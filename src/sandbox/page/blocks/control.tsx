import type { JSX } from 'preact';
import { useDesk } from '../desk.js';
import { FileControl } from './file-input.js';
import { Text } from './text.js';
import type { InputElement, OptionObject } from './types.js';
import type { Value } from './values.js';

interface ControlProperties {
  readonly element: InputElement;
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  /** Unique on the page; the label points to it. */
  readonly id: string;
  readonly name: string;
  /** The ids of what explains or faults it. */
  readonly describedBy?: string;
  readonly invalid?: boolean;
  readonly required?: boolean;
}

/** What one enters something with: the browser's own controls, so that phones bring their own keyboards and wheels. */
export function Control(properties: ControlProperties): JSX.Element {
  const { element } = properties;
  switch (element.type) {
    case 'static_select':
      return <Select {...properties} element={element} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <Ticks {...properties} element={element} />;
    case 'datepicker':
    case 'timepicker':
      return <DateOrTime {...properties} element={element} />;
    case 'file_input':
      return <FileControl {...properties} element={element} marks={marks(properties)} />;
    default:
      return <TextInput {...properties} element={element} />;
  }
}

type Of<T extends InputElement['type']> = Omit<ControlProperties, 'element'> & {
  readonly element: Extract<InputElement, { type: T }>;
};
type TextType = 'plain_text_input' | 'email_text_input' | 'url_text_input' | 'number_input';

function marks({ id, name, describedBy, invalid, required }: Omit<ControlProperties, 'element'>) {
  return {
    id,
    name,
    'data-field': name,
    'aria-invalid': invalid === true,
    'aria-required': required === true,
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
  };
}

const KEYBOARDS = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'decimal',
} as const;

function TextInput(properties: Of<TextType>): JSX.Element {
  const { element, value, onChange } = properties;
  const type: TextType = element.type;
  const shared = {
    ...marks(properties),
    class: 'control',
    value: value !== undefined && 'value' in value ? (value.value ?? '') : '',
    placeholder: element.placeholder?.text ?? '',
    autoComplete: 'off',
    onInput: (event: { currentTarget: { value: string } }) =>
      onChange({
        type,
        value: event.currentTarget.value === '' ? null : event.currentTarget.value,
      }),
  };
  if (element.type !== 'number_input' && element.multiline) return <textarea {...shared} rows={4} />;
  return <input {...shared} type="text" inputMode={KEYBOARDS[type]} />;
}

function Select(properties: Of<'static_select'>): JSX.Element {
  const { element, value, onChange } = properties;
  const { words } = useDesk();
  const options = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
  const chosen = value !== undefined && 'selected_option' in value ? value.selected_option : null;
  return (
    <select
      {...marks(properties)}
      class={chosen === null ? 'control unset' : 'control'}
      value={chosen?.value ?? ''}
      onChange={(event) => {
        const option = options.find((each) => each.value === event.currentTarget.value) ?? null;
        onChange({ type: 'static_select', selected_option: option });
      }}
    >
      <option value="">{element.placeholder?.text ?? words.choose}</option>
      {(element.options ?? []).map(optionView)}
      {(element.option_groups ?? []).map((group) => (
        <optgroup key={group.label.text} label={group.label.text}>
          {group.options.map(optionView)}
        </optgroup>
      ))}
    </select>
  );
}

function optionView(option: OptionObject): JSX.Element {
  return (
    <option key={option.value} value={option.value}>
      {option.text.text}
    </option>
  );
}

function Ticks(properties: Of<'radio_buttons' | 'checkboxes'>): JSX.Element {
  const { element, value, onChange, id, name } = properties;
  const several = element.type === 'checkboxes';
  const chosen = chosenOptions(value);
  const toggle = (option: OptionObject) => {
    if (!several) return onChange({ type: 'radio_buttons', selected_option: option });
    const rest = chosen.filter((each) => each.value !== option.value);
    onChange({
      type: 'checkboxes',
      selected_options: rest.length < chosen.length ? rest : [...chosen, option],
    });
  };
  return (
    <fieldset class="ticks" aria-labelledby={`${id}-label`}>
      {element.options.map((option, index) => (
        <label class="tick" key={option.value}>
          <input
            {...marks({
              ...properties,
              id: index === 0 ? id : `${id}-${index}`,
            })}
            type={several ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.some((each) => each.value === option.value)}
            onChange={() => toggle(option)}
          />
          <span>
            <Text object={option.text} />
            {option.description !== undefined && (
              <small>
                <Text object={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function chosenOptions(value: Value | undefined): readonly OptionObject[] {
  if (value === undefined) return [];
  if ('selected_options' in value) return value.selected_options;
  return 'selected_option' in value && value.selected_option !== null ? [value.selected_option] : [];
}

function DateOrTime(properties: Of<'datepicker' | 'timepicker'>): JSX.Element {
  const { element, value, onChange } = properties;
  const isDate = element.type === 'datepicker';
  const shown = value !== undefined && 'selected_date' in value ? value.selected_date : timeOf(value);
  return (
    <input
      {...marks(properties)}
      class="control control-short"
      type={isDate ? 'date' : 'time'}
      value={shown ?? ''}
      onInput={(event) => {
        const entered = event.currentTarget.value === '' ? null : event.currentTarget.value;
        onChange(isDate ? { type: 'datepicker', selected_date: entered } : { type: 'timepicker', selected_time: entered });
      }}
    />
  );
}

function timeOf(value: Value | undefined): string | null {
  return value !== undefined && 'selected_time' in value ? value.selected_time : null;
}
