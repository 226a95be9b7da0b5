import type { Field, Form } from '../../chat/form.js';
import { shorten } from '../../chat/text.js';
import { webAddress } from '../addresses.js';
import { printable } from '../plain.js';
import { LIMITS } from './limits.js';
import { inert, words } from './plain.js';
import { cardOf } from './render.js';
import type { AdaptiveCard, Input, Item, RichTextBlock } from './shapes.js';

type Asked = Exclude<Field, { kind: 'remark' | 'files' }>;
type Choice = Extract<Field, { kind: 'choice' }>;

/** What a drawn form shows beside its fields. */
export interface Filled {
  /** What was typed, by field; a form opened for the first time shows its own values instead. */
  readonly values?: Readonly<Record<string, string>>;
  /** A sentence under each field at fault. */
  readonly faults?: Readonly<Record<string, string>>;
  /** What the client itself says under a field that must not be empty. */
  readonly required: string;
}

/** What a form sends besides its fields: which it is, what it is about, and itself, so that it can be shown again. */
export interface FormData {
  readonly form: string;
  readonly subject: string;
  readonly drawn: Form;
}

/** Draws a form as the card of a dialog: input id = field id. Pure. */
export function renderForm(form: Form, filled: Filled): { readonly title: string; readonly card: AdaptiveCard } {
  const body = form.fields.flatMap((field) => fieldItems(field, filled));
  const data = { form: form.id, subject: form.subject, drawn: withoutValues(form) } satisfies FormData;
  const title = words(form.submit, LIMITS.buttonText) || form.id;
  const submit = { type: 'ActionSet', actions: [{ type: 'Action.Submit', title, style: 'positive', data: { ...data } }] } as const;
  return { title: words(form.title, LIMITS.dialogTitle) || form.id, card: cardOf([...body, submit]) };
}

/** What was typed stands in the fields themselves; there is no need to send it twice. */
function withoutValues(form: Form): Form {
  return { ...form, fields: form.fields.map(withoutValue) };
}

function withoutValue(field: Field): Field {
  if (!('value' in field)) return field;
  const { value: _, ...rest } = field;
  return rest;
}

function fieldItems(field: Field, filled: Filled): Item[] {
  if (field.kind === 'remark') return note(shorten(printable(field.text).trim(), LIMITS.remark));
  if (field.kind === 'files') return sendElsewhere(field);
  const input = inputOf(field, filled);
  if (input === undefined) return [];
  const fault = words(filled.faults?.[field.id] ?? '', LIMITS.fault);
  return [
    input,
    ...(fault === '' ? [] : note(fault, { color: 'Attention' })),
    ...(field.hint ? note(words(field.hint, LIMITS.hint), { size: 'Small', isSubtle: true }) : []),
  ];
}

function note(text: string, look: { size?: 'Small'; isSubtle?: true; color?: 'Attention' } = {}): RichTextBlock[] {
  const spacing = look.size || look.color ? { spacing: 'Small' as const } : {};
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: inert(line), ...look }], ...spacing }));
}

/** Teams' forms take no files: they are sent from a browser, on the page the field names. */
function sendElsewhere(field: Extract<Field, { kind: 'files' }>): Item[] {
  const url = webAddress(field.page ?? '');
  if (url === undefined || url.length > LIMITS.linkUrl) return [];
  const title = words(field.label, LIMITS.buttonText) || field.id;
  return [
    ...(field.hint ? note(words(field.hint, LIMITS.hint), { size: 'Small', isSubtle: true }) : []),
    { type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title, url }] },
  ];
}

function inputOf(field: Asked, filled: Filled): Input | undefined {
  const value = filled.values ? (filled.values[field.id] ?? '') : (field.value ?? '');
  const asked = {
    id: field.id,
    label: words(field.label, LIMITS.label) || field.id,
    ...(field.required && { isRequired: true as const, errorMessage: words(filled.required, LIMITS.fault) }),
  };
  switch (field.kind) {
    case 'text':
      return { type: 'Input.Text', ...asked, ...textInput(field, value) };
    case 'choice':
      return choiceInput(field, value, asked);
    case 'date':
      return { type: 'Input.Date', ...asked, ...(isDate(value) && { value }) };
    case 'time':
      return { type: 'Input.Time', ...asked, ...(isTime(value) && { value }) };
  }
}

function textInput(field: Extract<Field, { kind: 'text' }>, typed: string) {
  const maxLength = Math.min(field.max ?? LIMITS.input, LIMITS.input);
  // Given back as it stands: cards replace nothing inside a field.
  const value = shorten(printable(typed), maxLength);
  return {
    maxLength,
    ...(field.long && { isMultiline: true }),
    ...(value !== '' && { value }),
    ...(field.placeholder && { placeholder: words(field.placeholder, LIMITS.placeholder) }),
  };
}

/** A choice without options cannot be asked. */
function choiceInput(field: Choice, value: string, asked: { id: string; label: string }): Input | undefined {
  const kept = field.options.slice(0, LIMITS.options);
  const chosen = field.options.find((option) => option.value === value);
  if (chosen && !kept.includes(chosen)) kept.splice(-1, 1, chosen);
  if (kept.length === 0) return undefined;
  const choices = kept.map((option) => ({ title: words(option.label || option.value, LIMITS.optionText), value: option.value }));
  return { type: 'Input.ChoiceSet', style: 'compact', ...asked, choices, ...(chosen && { value: chosen.value }) };
}

function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

function isTime(value: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}
