import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { cleanLine } from './clean.js';
import { decodeBytes } from './decode.js';
import { type MediaType, mediaType } from './media-type.js';
import type { Notes } from './notes.js';
import type { ParsedPhoto } from './parsed.js';

/** What a form carried, in the order it came. */
export interface FormParts {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly photos: readonly ParsedPhoto[];
}

/** Longest field in bytes, most fields, most files and their size in bytes. */
const LIMITS = {
  fieldNameSize: 200,
  fieldSize: 256 * 1024,
  fields: 500,
  files: 20,
  fileSize: 10 * 1024 * 1024,
  parts: 600,
} as const;

const UNREADABLE = 'The form could not be read to its end.';

/** Values arrive as one character per byte, and are decoded here, where every character set is known. */
const BYTES = 'latin1';

/** Bytes given to the splitter at a time, so that it can be stopped, and others get their turn. */
const BITE = 64 * 1024;

type Splitter = InstanceType<typeof Busboy>;

/** Splits a form body into fields and files. Resolves for every input; what went wrong is noted, the rest kept. */
export function formParts(body: Buffer, contentType: string, notes: Notes): Promise<FormParts> {
  const media = mediaType(contentType);
  const fields: { name: string; value: string }[] = [];
  const photos: ParsedPhoto[] = [];
  const splitter = newSplitter(media, contentType);
  splitter?.on('field', (name: string | undefined, value, _nameCut, valueCut) => {
    const field = fieldName(name, media, notes);
    if (valueCut) notes.note(field, 'The value is too long; the rest was cut off.');
    fields.push({ name: field, value: decoded(value, media, notes) });
  });
  splitter?.on('file', (name: string | undefined, stream, filename, _encoding, type) => {
    collect(stream, fieldName(name, media, notes), notes, (bytes) => {
      if (bytes.length > 0) photos.push({ filename: filename ?? '', contentType: type, bytes });
    });
  });
  return new Promise((resolve) => {
    const stop = (message?: string) => {
      if (message !== undefined) notes.note('', message);
      resolve({ fields: [...fields], photos: [...photos] });
    };
    if (splitter === null) stop(UNREADABLE);
    else split(splitter, body, notes, stop);
  });
}

function split(splitter: Splitter, body: Buffer, notes: Notes, stop: (message?: string) => void): void {
  let stopped = false;
  const end = (message?: string) => {
    stopped = true;
    stop(message);
  };
  splitter.on('filesLimit', () => notes.note('', `The form has more than ${LIMITS.files} files; the rest was left out.`));
  splitter.on('fieldsLimit', () => end(`The form has more than ${LIMITS.fields} fields; the rest was left out.`));
  splitter.on('partsLimit', () => end(`The form has more than ${LIMITS.parts} parts; the rest was left out.`));
  splitter.on('error', () => end(UNREADABLE));
  splitter.on('finish', () => end());
  const feed = (from: number) => {
    if (stopped) return;
    if (from >= body.length) splitter.end();
    else splitter.write(body.subarray(from, from + BITE), () => setImmediate(feed, from + BITE));
  };
  feed(0);
}

function newSplitter(media: MediaType, contentType: string): Splitter | null {
  // A charset in the header would make the splitter decode by itself.
  const type = media.type === 'multipart/form-data' ? contentType : media.type;
  try {
    return new Busboy({
      headers: { 'content-type': type },
      defCharset: BYTES,
      limits: LIMITS,
      isPartAFile,
    });
  } catch {
    return null;
  }
}

function isPartAFile(_name: string | undefined, type: string | undefined, filename: string | undefined): boolean {
  return filename !== undefined || type === 'application/octet-stream' || (type ?? '').startsWith('image/');
}

function collect(stream: BusboyFileStream, field: string, notes: Notes, keep: (bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let complete = true;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('error', () => {
    complete = false;
    notes.note(field, 'The file is not complete and was left out.');
  });
  stream.on('end', () => {
    if (stream.truncated) notes.note(field, 'The file is larger than 10 MB and was left out.');
    else if (complete) keep(Buffer.concat(chunks));
  });
}

/** Names end up in the paths of problems, and anybody can post any name. */
function fieldName(name: string | undefined, media: MediaType, notes: Notes): string {
  return cleanLine(decoded(name ?? '', media, notes), LIMITS.fieldNameSize).text ?? '';
}

/** A part that names its own charset has been decoded already; it shows by characters no byte has. */
function decoded(value: string, media: MediaType, notes: Notes): string {
  if (/^[\0-\x7f]*$/.test(value) || /[^\0-\xff]/.test(value)) return value;
  const { text, problem } = decodeBytes(Buffer.from(value, 'latin1'), media.charset);
  if (problem !== null && media.charset !== null) notes.note('', problem);
  return text;
}
