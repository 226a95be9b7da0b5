import type { types } from '@slack/bolt';
import type { Field, Form } from '../../chat/form.js';
import { shorten } from '../../chat/text.js';
import { printable } from '../plain.js';
import { LIMITS } from './limits.js';
import { plain } from './render.js';

/** What the picker offers; the real check is of the bytes. iPhone's own format is among them so that it can be answered. */
const PICTURES = ['jpg', 'jpeg', 'png', 'webp', 'gif', 'heic', 'heif'] as const;

type Asked = Exclude<Field, { kind: 'remark' }>;
type Choice = Extract<Field, { kind: 'choice' }>;

/** Draws a form as a modal: callback id = form id, block id = action id = field id, private metadata = subject. Pure. */
export function renderForm(form: Form): types.ModalView {
  return {
    type: 'modal',
    callback_id: form.id,
    private_metadata: form.subject,
    title: plain(form.title, LIMITS.viewTitle),
    submit: plain(form.submit, LIMITS.viewButton),
    close: plain(form.cancel, LIMITS.viewButton),
    blocks: form.fields.flatMap((field) => fieldBlock(field) ?? []).slice(0, LIMITS.viewBlocks),
  };
}

function fieldBlock(field: Field): types.KnownBlock | undefined {
  if (field.kind === 'remark') return remark(field.text);
  const element = inputElement(field);
  if (element === undefined) return undefined;
  return {
    type: 'input',
    block_id: field.id,
    label: plain(field.label || field.id, LIMITS.label),
    optional: !field.required,
    element,
    ...(field.hint ? { hint: plain(field.hint, LIMITS.hint) } : {}),
  };
}

function remark(text: string): types.SectionBlock | undefined {
  const kept = shorten(printable(text).trim(), LIMITS.remark);
  return kept === ''
    ? undefined
    : {
        type: 'section',
        text: { type: 'plain_text', text: kept, emoji: false },
      };
}

function inputElement(field: Asked): types.InputBlock['element'] | undefined {
  switch (field.kind) {
    case 'text':
      return textInput(field);
    case 'choice':
      return select(field);
    case 'date':
      return {
        type: 'datepicker',
        action_id: field.id,
        ...(isDate(field.value) ? { initial_date: field.value } : {}),
      };
    case 'time':
      return {
        type: 'timepicker',
        action_id: field.id,
        ...(isTime(field.value) ? { initial_time: field.value } : {}),
      };
    case 'files':
      return { type: 'file_input', action_id: field.id, filetypes: [...PICTURES], max_files: Math.min(field.most, LIMITS.files) };
  }
}

function textInput(field: Extract<Field, { kind: 'text' }>): types.PlainTextInput {
  const max = Math.min(field.max ?? LIMITS.input, LIMITS.input);
  const value = shorten(printable(field.value ?? ''), max);
  return {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.long ?? false,
    max_length: max,
    ...(value === '' ? {} : { initial_value: value }),
    ...(field.placeholder ? { placeholder: plain(field.placeholder, LIMITS.placeholder) } : {}),
  };
}

/** A choice without options cannot be asked: Slack refuses the whole form for it. */
function select(field: Choice): types.StaticSelect | undefined {
  const kept = field.options.slice(0, LIMITS.options);
  const chosen = field.options.find((option) => option.value === field.value);
  if (chosen && !kept.includes(chosen)) kept.splice(-1, 1, chosen);
  if (kept.length === 0) return undefined;
  return {
    type: 'static_select',
    action_id: field.id,
    options: kept.map(optionObject),
    ...(chosen ? { initial_option: optionObject(chosen) } : {}),
  };
}

function optionObject(option: Choice['options'][number]): types.PlainTextOption {
  return {
    text: plain(option.label || option.value, LIMITS.optionText),
    value: option.value,
  };
}

function isDate(value: string | undefined): value is string {
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

function isTime(value: string | undefined): value is string {
  return value !== undefined && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}
