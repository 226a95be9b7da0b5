import { attributesOf, characterAt, escaped, nextMark, tagEnd } from './markup.js';

/*
 * Finds the ADF documents in a text and makes them well-formed, so that an XML parser can read them. ADF arrives
 * between HTML tags, with raw ampersands, upper-case names, namespace prefixes, and from builders that concatenate
 * text; all of that is mended here, in one pass whose time is linear in the text.
 */

/** Deeper and larger documents are attacks, not enquiries. */
const DEEPEST = 64;
const MOST_ELEMENTS = 30_000;

/** What mail programs put between and inside ADF tags. `address`, `option` and `id` are ADF's own. */
const HTML = new Set(
  (
    'a b big blockquote body br center code div em font h1 h2 h3 head hr html i img li link meta ol p pre s small span strong style ' +
    'table tbody td th thead title tr tt u ul'
  ).split(' '),
);
/** Taking these out would glue words together. */
const BREAKING = new Set('blockquote br center div h1 h2 h3 hr li p table td th tr'.split(' '));
const ROOTS = new Set(['adf', 'prospect']);

/** Names longer than this are not names. */
const TAG = /<(?<slash>\/?)(?:[A-Za-z_][\w.-]{0,60}:)?(?<local>[A-Za-z_][\w.-]{0,60})(?![\w.:-])/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML allows no control characters, so out they go.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const REPAIRS = {
  ampersand: 'An ampersand is not escaped.',
  bracket: 'A "<" is not escaped.',
  html: 'Markup that is not ADF stands in the document; it was left out.',
  noOpening: 'A closing tag has no opening tag; it was left out.',
  notClosed: 'An element is not closed before its parent.',
  unfinished: 'The document ends before its last element is closed.',
} as const;

type Repaired =
  /** There is no ADF in the text. */
  | { readonly kind: 'none' }
  /** The text must not be read; `message` says why. */
  | { readonly kind: 'refused'; readonly message: string }
  /** One root, `documents`, holding every `adf` or bare `prospect` found; `repairs` are sentences for the sender. */
  | { readonly kind: 'found'; readonly xml: string; readonly repairs: readonly string[] };

interface Scan {
  readonly text: string;
  at: number;
  readonly out: string[];
  /** Names of the elements that are open, outermost first; none outside a document. */
  readonly open: string[];
  elements: number;
  refused: string | null;
  readonly repairs: Set<string>;
  /** Terminators known not to occur any more, so that no search runs to the end twice. */
  readonly missing: Set<string>;
}

/** Locates and mends the ADF in `source`. Never throws; an XML parser has nothing to complain of in the result. */
export function repairAdf(source: string): Repaired {
  const text = source.replace(NOT_XML, '').toWellFormed();
  const scan: Scan = { text, at: 0, out: [], open: [], elements: 0, refused: null, repairs: new Set(), missing: new Set() };
  while (scan.at < text.length && scan.refused === null) step(scan);
  if (scan.refused !== null) return { kind: 'refused', message: scan.refused };
  if (scan.elements === 0) return { kind: 'none' };
  if (scan.open.length > 0) scan.repairs.add(REPAIRS.unfinished);
  for (const name of scan.open.toReversed()) scan.out.push('</', name, '>');
  return { kind: 'found', xml: `<documents>${scan.out.join('')}</documents>`, repairs: [...scan.repairs] };
}

function step(scan: Scan): void {
  const { text, at } = scan;
  if (text[at] === '<') markup(scan);
  else if (text[at] === '&') reference(scan);
  else {
    scan.at = nextMark(text, at);
    write(scan, text.slice(at, scan.at).replaceAll(']]>', ']]&gt;'));
  }
}

/** Text outside the documents is somebody's greeting or signature. */
function write(scan: Scan, xml: string): void {
  if (scan.open.length > 0) scan.out.push(xml);
}

function repaired(scan: Scan, repair: string): void {
  if (scan.open.length > 0) scan.repairs.add(repair);
}

function markup(scan: Scan): void {
  const { text, at } = scan;
  if (text.startsWith('<!--', at)) comment(scan);
  else if (text.startsWith('<![CDATA[', at)) characterData(scan);
  else if (text.startsWith('<?', at)) instruction(scan);
  else if (text.startsWith('<!', at)) declaration(scan);
  else {
    TAG.lastIndex = at;
    const groups = TAG.exec(text)?.groups;
    const end = groups === undefined ? null : tagEnd(text, TAG.lastIndex);
    if (end === null) stray(scan);
    else tag(scan, (groups?.local ?? '').toLowerCase(), groups?.slash === '/', text.slice(TAG.lastIndex, end), end + 1);
  }
}

function tag(scan: Scan, name: string, closing: boolean, attributes: string, next: number): void {
  scan.at = next;
  if (HTML.has(name)) {
    repaired(scan, REPAIRS.html);
    if (BREAKING.has(name)) write(scan, '\n');
    return;
  }
  if (scan.open.length === 0 && (closing || !ROOTS.has(name))) return;
  if (!closing) {
    open(scan, name, attributes);
    if (attributes.endsWith('/')) close(scan, name);
  } else if (scan.open.includes(name)) close(scan, name);
  else repaired(scan, REPAIRS.noOpening);
}

function open(scan: Scan, name: string, attributes: string): void {
  scan.open.push(name);
  scan.elements += 1;
  if (scan.elements > MOST_ELEMENTS) scan.refused = `The document has more than ${MOST_ELEMENTS} elements.`;
  if (scan.open.length > DEEPEST) scan.refused = `The document is nested deeper than ${DEEPEST} elements.`;
  scan.out.push(
    '<',
    name,
    attributesOf(attributes, () => repaired(scan, REPAIRS.ampersand)),
    '>',
  );
}

/** Closes `name`, which is open, and whatever was left open inside it. */
function close(scan: Scan, name: string): void {
  for (let last = scan.open.pop(); last !== undefined; last = scan.open.pop()) {
    scan.out.push('</', last, '>');
    if (last === name) return;
    scan.repairs.add(REPAIRS.notClosed);
  }
}

function reference(scan: Scan): void {
  const read = characterAt(scan.text, scan.at);
  if (read === null) repaired(scan, REPAIRS.ampersand);
  write(scan, escaped(read?.character ?? '&'));
  scan.at = read?.end ?? scan.at + 1;
}

function stray(scan: Scan): void {
  repaired(scan, REPAIRS.bracket);
  write(scan, '&lt;');
  scan.at += 1;
}

function comment(scan: Scan): void {
  const end = find(scan, '-->', scan.at + 4);
  if (end < 0) stray(scan);
  else scan.at = end + 3;
}

function characterData(scan: Scan): void {
  const end = find(scan, ']]>', scan.at + 9);
  if (end < 0) {
    stray(scan);
    return;
  }
  write(scan, scan.text.slice(scan.at, end + 3));
  scan.at = end + 3;
}

/** Ends at its first `>`: senders forget the question mark, and the search for one would swallow the document. */
function instruction(scan: Scan): void {
  const end = tagEnd(scan.text, scan.at + 2);
  if (end === null) stray(scan);
  else scan.at = end + 1;
}

/** HTML's own doctype may stand in front of a mail; any other brings a DTD, and a DTD is never read. */
function declaration(scan: Scan): void {
  const end = nextMark(scan.text, scan.at + 1);
  const head = scan.text.slice(scan.at + 2, Math.min(end, scan.at + 300)).toLowerCase();
  const html = /^doctype\s+html\b[^[]*>/.test(head);
  if (!html && /^(?:doctype|entity|element|attlist|notation)\b/.test(head)) {
    scan.refused = 'The document has a DTD or declares entities; documents with a DTD are not read.';
  }
  stray(scan);
}

function find(scan: Scan, terminator: string, from: number): number {
  if (scan.missing.has(terminator)) return -1;
  const end = scan.text.indexOf(terminator, from);
  if (end < 0) scan.missing.add(terminator);
  return end;
}
