import { type Fields, listOf, textOf } from '../json.js';
import { inputsOf } from './cards.js';
import type { ClientWords } from './client-words.js';

/** What a person enters, by input id; null empties a field, a list chooses several. Absent: what stands there already. */
export type Entered = Readonly<Record<string, string | readonly string[] | null>>;

/** What a card's inputs send, or the sentences under those at fault; the client sends nothing then. */
export type Gathered = { readonly values: Readonly<Record<string, string>> } | { readonly fields: Readonly<Record<string, string>> };

/** Reads the inputs of a card as the client does: each is checked, and left out when it is empty. @throws {RangeError} for an input that is not there */
export function gather(card: Fields, entered: Entered, words: ClientWords): Gathered {
  const inputs = inputsOf(card);
  const strange = Object.keys(entered).find((id) => !inputs.some((input) => input.id === id));
  if (strange !== undefined) throw new RangeError(`the card has no input "${strange}"`);
  const values: Record<string, string> = {};
  const fields: Record<string, string> = {};
  for (const input of inputs) {
    const id = textOf(input.id);
    const value = entered[id] === undefined ? standing(input) : written(input, entered[id]);
    const fault = value === '' ? missing(input, words) : faultOf(input, value, words);
    if (fault !== null) fields[id] = textOf(input.errorMessage) || fault;
    else if (value !== '') values[id] = value;
  }
  return Object.keys(fields).length > 0 ? { fields } : { values };
}

/** What stands in an input before anybody touches it. */
function standing(input: Fields): string {
  if (input.type === 'Input.Toggle') return textOf(input.value) || textOf(input.valueOff) || 'false';
  return typeof input.value === 'number' ? String(input.value) : textOf(input.value);
}

function written(input: Fields, value: string | readonly string[] | null): string {
  if (typeof value === 'string') return value;
  if (value !== null) return value.join(',');
  return input.type === 'Input.Toggle' ? textOf(input.valueOff) || 'false' : '';
}

function missing(input: Fields, words: ClientWords): string | null {
  return input.isRequired === true ? words.required : null;
}

function faultOf(input: Fields, value: string, words: ClientWords): string | null {
  switch (input.type) {
    case 'Input.Text':
      if (typeof input.maxLength === 'number' && value.length > input.maxLength) return words.tooLong(input.maxLength);
      return typeof input.regex === 'string' && !new RegExp(input.regex).test(value) ? words.pattern : null;
    case 'Input.Number':
      return numberFault(input, value, words);
    case 'Input.Date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? within(input, value, words) : words.date;
    case 'Input.Time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? within(input, value, words) : words.time;
    case 'Input.Toggle':
      if (value === (textOf(input.valueOn) || 'true')) return null;
      return input.isRequired === true ? words.required : null;
    default:
      return choiceFault(input, value, words);
  }
}

function numberFault({ min, max }: Fields, value: string, words: ClientWords): string | null {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return words.number;
  if (typeof min === 'number' && number < min) return words.atLeast(String(min));
  return typeof max === 'number' && number > max ? words.atMost(String(max)) : null;
}

/** Dates and times are written so that their order is that of the alphabet. */
function within({ min, max }: Fields, value: string, words: ClientWords): string | null {
  if (typeof min === 'string' && value < min) return words.atLeast(min);
  return typeof max === 'string' && value > max ? words.atMost(max) : null;
}

function choiceFault(input: Fields, value: string, words: ClientWords): string | null {
  const known = listOf(input.choices).map((choice) => textOf((choice as Fields).value));
  const chosen = input.isMultiSelect === true ? value.split(',') : [value];
  return chosen.every((one) => known.includes(one)) ? null : words.noSuchChoice;
}
