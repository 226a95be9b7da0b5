import { cleanLines, LIMITS } from './clean.js';
import { type FormParts, formParts } from './form-parts.js';
import { leadFrom } from './lead-fields.js';
import { LEAD_FIELDS, shapeOf } from './lead-shape.js';
import { type Notes, takeNotes } from './notes.js';
import type { ParsedBody, ParseOptions } from './parsed.js';

const PARSER = 'form/1';

const FIELDS: ReadonlyMap<string, string> = new Map(LEAD_FIELDS.map((field) => [field.toLowerCase(), field]));

/**
 * Reads a plain HTML form: the names of the JSON shape with dots (`customer.phone`) or brackets (`customer[phone]`),
 * in any case, or the source's aliases. Other fields are ignored; a form without one known field cannot be read and
 * is shown as `name: value` lines. Files are the photos.
 */
export async function parseForm(body: Buffer, contentType: string, options: ParseOptions): Promise<ParsedBody> {
  const notes = takeNotes();
  const parts = await formParts(body, contentType, notes);
  const shape = shapeOf(nested(known(parts, options, notes)), '', notes);
  if (shape !== null)
    return {
      parser: PARSER,
      leads: [leadFrom(shape, '', notes)],
      photos: parts.photos,
      text: null,
      problems: [],
    };
  notes.note('', parts.fields.length === 0 ? 'The form is empty.' : 'No field of the form has a known name.');
  return {
    parser: PARSER,
    leads: [],
    photos: parts.photos,
    text: shown(parts),
    problems: notes.problems,
  };
}

/** Our field to its value. The first value that says something wins; a checkbox's hidden twin comes before it, empty. */
function known(parts: FormParts, options: ParseOptions, notes: Notes): ReadonlyMap<string, string> {
  const aliases = new Map(Object.entries(options.aliases).map(([name, field]) => [dotted(name), field.toLowerCase()]));
  const values = new Map<string, string>();
  for (const { name, value } of parts.fields) {
    const field = FIELDS.get(aliases.get(dotted(name)) ?? dotted(name));
    if (field === undefined || value.trim() === '') continue;
    if (!values.has(field)) values.set(field, value);
    else if (values.get(field) !== value) notes.note(field, 'The form holds this field several times; the first value was used.');
  }
  return values;
}

/** `Customer[Phone]` is `customer.phone`. */
function dotted(name: string): string {
  return name.trim().toLowerCase().replaceAll(']', '').replaceAll('[', '.').replace(/\.$/, '');
}

function nested(values: ReadonlyMap<string, string>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [field, value] of values) {
    const names = field.split('.');
    let holder = root;
    for (const name of names.slice(0, -1)) {
      const inner = holder[name] ?? {};
      holder[name] = inner;
      holder = inner as Record<string, unknown>;
    }
    holder[names.at(-1) ?? field] = value;
  }
  return root;
}

function shown(parts: FormParts): string | null {
  const text = parts.fields.map(({ name, value }) => `${name}: ${value}`).join('\n');
  return cleanLines(text, LIMITS.message).text;
}
