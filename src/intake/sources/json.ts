import { BLANK_LEAD } from './blank.js';
import { cleanLines, LIMITS } from './clean.js';
import { decodeBytes } from './decode.js';
import { leadFrom } from './lead-fields.js';
import { shapeOf } from './lead-shape.js';
import { mediaType } from './media-type.js';
import { type Notes, takeNotes } from './notes.js';
import type { ParsedBody, ParsedLead } from './parsed.js';

const PARSER = 'json/1';

/** The shape is four levels deep; nothing honest is deeper than this. */
const DEEPEST = 32;

/** More than an honest body of 1 MB can hold. */
const MOST_LEADS = 10_000;

/**
 * Reads one enquiry, an array of them, or `{"leads": […]}`. A field of the wrong type costs that field; unknown names
 * are ignored. An unreadable entry among readable ones becomes a lead whose message is the entry itself.
 */
export function parseJson(body: Buffer, contentType: string): ParsedBody {
  const decoded = decodeBytes(body, mediaType(contentType).charset);
  const notes = takeNotes();
  if (decoded.problem !== null) notes.note('', decoded.problem);
  const value = jsonValue(decoded.text, notes);
  const leads = value === undefined ? [] : leadsIn(value, notes);
  const text = leads.length > 0 ? null : cleanLines(decoded.text, LIMITS.message).text;
  return { parser: PARSER, leads, photos: [], text, problems: notes.problems };
}

function jsonValue(text: string, notes: Notes): unknown {
  if (text.trim() === '') {
    notes.note('', 'The body is empty.');
    return undefined;
  }
  if (tooDeep(text)) {
    notes.note('', `The JSON is nested deeper than ${DEEPEST} levels.`);
    return undefined;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    notes.note('', 'The body is not valid JSON.');
    return undefined;
  }
}

/** Counts brackets outside strings, before anything is built. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') i += 1;
    else if (!quoted && (character === '{' || character === '[')) depth += 1;
    else if (!quoted && (character === '}' || character === ']')) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

function leadsIn(value: unknown, notes: Notes): readonly ParsedLead[] {
  const list = listIn(value);
  const entries = list?.entries ?? [value];
  if (entries.length === 0) notes.note('', 'The list of leads is empty.');
  if (entries.length > MOST_LEADS) {
    notes.note('', `The body holds more than ${MOST_LEADS} leads; send fewer at a time.`);
    return [];
  }
  const read = entries.map((entry, i) => leadIn(entry, list === null ? '' : `${list.path}[${i}].`));
  if (read.some((one) => one.lead !== null)) return read.map((one, i) => one.lead ?? unreadableEntry(entries[i], one.notes));
  for (const one of read) for (const { path, message } of one.notes.problems) notes.note(path, message);
  return [];
}

function listIn(value: unknown): { readonly path: string; readonly entries: readonly unknown[] } | null {
  if (Array.isArray(value)) return { path: '', entries: value };
  if (typeof value !== 'object' || value === null || !('leads' in value) || !Array.isArray(value.leads)) return null;
  return { path: 'leads', entries: value.leads };
}

function leadIn(value: unknown, prefix: string): { readonly lead: ParsedLead | null; readonly notes: Notes } {
  const notes = takeNotes();
  const shape = shapeOf(value, prefix, notes);
  if (shape !== null) return { lead: leadFrom(shape, prefix, notes), notes };
  if (notes.problems.length === 0) notes.note(prefix.replace(/\.$/, ''), 'There is no field of a lead in this object.');
  return { lead: null, notes };
}

/** One bad entry among good ones must not vanish: somebody has to see it, as it was sent. */
function unreadableEntry(value: unknown, notes: Notes): ParsedLead {
  return {
    ...BLANK_LEAD,
    message: cleanLines(JSON.stringify(value, null, 1), LIMITS.message).text,
    problems: notes.problems,
  };
}
