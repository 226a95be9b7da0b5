import type { Field, Form, FormValues } from '../../chat/form.js';
import { type Fields, isRecord, part, word } from './activity.js';

/** What somebody did with a button or a form of ours, by whichever route their client took. All of it is untrusted. */
export type Pressed =
  | { readonly kind: 'button'; readonly action: string; readonly subject: string }
  /** Asks for a command again, whose form could not be opened by a message. */
  | { readonly kind: 'command'; readonly words: string }
  | { readonly kind: 'form'; readonly form: string; readonly subject: string; readonly values: FormValues; readonly drawn?: Form };

/** Reads the data a button or form sent. Undefined for what is none of ours. */
export function readPressed(data: Fields): Pressed | undefined {
  const { form, verb, subject, command, drawn } = data;
  if (typeof form === 'string' && /^[\w.-]{1,80}$/.test(form)) {
    const sent = { kind: 'form', form, subject: word(subject).slice(0, MOST_WORDS) } as const;
    // A client of others may send the fields alone.
    if (!isForm(drawn) || drawn.id !== form) return { ...sent, values: entriesOf(data) };
    return { ...sent, values: valuesOf(data, drawn), drawn };
  }
  if (typeof command === 'string') return { kind: 'command', words: command.slice(0, MOST_WORDS) };
  if (typeof verb === 'string' && /^[\w.-]{1,80}$/.test(verb))
    return { kind: 'button', action: verb, subject: word(subject).slice(0, MOST_WORDS) };
  return undefined;
}

const MOST_WORDS = 2_000;

/** An execute names its verb beside its data. */
export function readExecuted(value: Fields): Pressed | undefined {
  const action = part(value.action);
  const data = part(action.data);
  return readPressed({ ...data, ...(typeof action.verb === 'string' && { verb: action.verb }) });
}

/** What was entered in the fields the form has; nothing else that came along. */
function valuesOf(data: Fields, form: Form): FormValues {
  const values: Record<string, string> = {};
  for (const field of form.fields) {
    const entered = 'id' in field ? data[field.id] : undefined;
    if ('id' in field && typeof entered === 'string' && entered !== '') values[field.id] = entered;
  }
  return values;
}

function entriesOf({ form: _form, subject: _subject, drawn: _drawn, ...entered }: Fields): FormValues {
  const values = Object.entries(entered).flatMap(([field, value]) => (typeof value === 'string' && value !== '' ? [[field, value]] : []));
  return Object.fromEntries(values.slice(0, MOST_FIELDS));
}

/** The fields a fault can stand under, in order. */
export function inputIds(form: Form): string[] {
  return form.fields.flatMap((field) => (field.kind === 'remark' || field.kind === 'files' ? [] : [field.id]));
}

const MOST_FIELDS = 60;
const MOST_OPTIONS = 200;

/** A form comes back as the client has it: it is shown again to the same person, and must not break us. */
function isForm(value: unknown): value is Form {
  if (!isRecord(value) || !Array.isArray(value.fields) || value.fields.length > MOST_FIELDS) return false;
  return words(value, ['id', 'title', 'submit', 'cancel', 'subject'], []) && value.fields.every(isField);
}

function isField(value: unknown): value is Field {
  if (!isRecord(value)) return false;
  switch (value.kind) {
    case 'remark':
      return words(value, ['text'], []);
    case 'text':
      return labelled(value) && words(value, [], ['placeholder']) && (value.max === undefined || isCount(value.max));
    case 'choice':
      return labelled(value) && Array.isArray(value.options) && value.options.length <= MOST_OPTIONS && value.options.every(isOption);
    case 'date':
    case 'time':
      return labelled(value);
    case 'files':
      return labelled(value) && words(value, [], ['page']);
    default:
      return false;
  }
}

function labelled(value: Fields): boolean {
  return words(value, ['id', 'label'], ['hint', 'value']);
}

function isOption(value: unknown): boolean {
  return isRecord(value) && words(value, ['value', 'label'], []);
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function words(value: Fields, wanted: readonly string[], possible: readonly string[]): boolean {
  return (
    wanted.every((name) => typeof value[name] === 'string') &&
    possible.every((name) => value[name] === undefined || typeof value[name] === 'string')
  );
}
