import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { ConfigProblem, Given } from '../config.js';
import { contentOf, type FileContent } from './content.js';
import { referenceFaults } from './references.js';
import { fileSchema } from './schema.js';
import { type Fault, faultsOf, pathText } from './shape.js';

/** Reads `forecourt.yaml`; `given` is where its `env:NAME`s are looked up. */
export function parseConfigFile(
  path: string,
  text: string,
  given: Given,
): { readonly content: FileContent | null; readonly problems: readonly ConfigProblem[] } {
  const lines = new LineCounter();
  // Without excerpts of the file in the messages: a line may hold somebody's forgotten secret.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const unreadable = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    path,
    line: lines.linePos(pos[0]).line,
    message: `${sentence(message)} Correct the YAML here.`,
  }));
  if (unreadable.length > 0) return { content: null, problems: unreadable };
  const written = plainValue(document);
  if (written === undefined) {
    return { content: null, problems: [{ path, line: 1, message: 'The file is empty, or its aliases have no end.' }] };
  }
  const read = fileSchema(given).safeParse(written);
  const faults = [...(read.success ? [] : faultsOf(read.error)), ...referenceFaults(written)];
  if (read.success && faults.length === 0) return { content: contentOf(read.data), problems: [] };
  const problems = faults.map((fault) => ({
    path: pathText(fault.path) || path,
    line: lineOf(fault, document, lines),
    message: fault.message,
  }));
  return { content: null, problems: problems.sort((a, b) => a.line - b.line) };
}

/** The document as plain values; undefined when there is none or its aliases multiply beyond reason. */
function plainValue(document: Document): unknown {
  try {
    return withoutNulls(document.toJS({ maxAliasCount: 100 }));
  } catch {
    return undefined;
  }
}

/** A key with nothing behind it counts as left out. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNulls(item)]));
}

/** The line of a fault, or of the nearest thing around it that was written. */
function lineOf({ path }: Fault, document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
