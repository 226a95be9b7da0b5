import { type Prospect, readProspect } from './adf-prospect.js';
import { repairAdf } from './adf-repair.js';
import { all, type Node, treeOf } from './adf-tree.js';
import { cleanLines, LIMITS } from './clean.js';
import { type Decoded, decodeBytes } from './decode.js';
import { unescapeHtml } from './markup.js';
import { mediaType } from './media-type.js';
import { takeNotes } from './notes.js';
import type { ParsedBody, ParsedLead, Problem } from './parsed.js';

const PARSER = 'adf/1';

/** The parts of a prospect; an `adf` that holds them without one is itself the prospect. */
const PARTS = new Set(['customer', 'vehicle', 'contact', 'vendor', 'provider', 'requestdate']);

export type AdfReading =
  /** The text holds no ADF. */
  | { readonly kind: 'none' }
  /** The text must not be read: it has a DTD, or is deeper or larger than any enquiry. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  /** At least one prospect. */
  | {
      readonly kind: 'read';
      readonly leads: readonly ParsedLead[];
      readonly problems: readonly Problem[];
    };

/**
 * Reads ADF/XML 1.0 with the deviations its senders are known for. Problems of one prospect stand with its lead,
 * those of the document (encoding, repairs) with the body.
 *
 * The external id is the text of the prospect's first id that says something. Where one document holds several
 * prospects of the same id from different issuers, the issuer stands in front (`Portail VO/77120`); different
 * enquiries under one id of one issuer are told apart by their place (`77120#2`).
 */
export function parseAdf(body: Buffer, contentType: string): ParsedBody {
  const { text, problem } = decodeXml(body, mediaType(contentType).charset);
  const encoding = problem === null ? [] : [{ path: '', message: problem }];
  const reading = readAdf(text);
  if (reading.kind === 'none') {
    const none = {
      path: '',
      message: text.trim() === '' ? 'The body is empty.' : 'There is no ADF document in the body.',
    };
    const shown = cleanLines(unescapeHtml(text), LIMITS.message).text;
    return {
      parser: PARSER,
      leads: [],
      photos: [],
      text: shown,
      problems: [...encoding, none],
    };
  }
  const leads = reading.kind === 'read' ? reading.leads : [];
  return {
    parser: PARSER,
    leads,
    photos: [],
    text: null,
    problems: [...encoding, ...reading.problems],
  };
}

/** Bytes of an XML document to text: the transport's charset, else the document's own declaration, else UTF-8. */
export function decodeXml(bytes: Buffer, charset: string | null): Decoded {
  const head = bytes.toString('latin1', 0, 300);
  const declared =
    /<\?xml[^>]{0,150}?encoding\s{0,3}=\s{0,3}["'](?<name>[\w.:-]{1,40})["']/i.exec(head)?.groups?.name?.toLowerCase() ?? null;
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  const narrow = declared !== null && !declared.startsWith('utf-16') ? declared : null;
  return decodeBytes(bytes, charset ?? narrow);
}

/** Finds and reads the ADF in a text: bare, among other words, between HTML tags, or escaped as HTML. */
export function readAdf(text: string): AdfReading {
  const bare = repairAdf(text);
  const found = bare.kind === 'none' && /&(?:lt|#60|#x3c);/i.test(text) ? repairAdf(unescapeHtml(text)) : bare;
  if (found.kind === 'none') return found;
  const notes = takeNotes();
  if (found.kind === 'refused') {
    notes.note('', found.message);
    return { kind: 'refused', problems: notes.problems };
  }
  for (const repair of found.repairs) notes.note('/adf', repair);
  const prospects = prospectsIn(treeOf(found.xml)).map((node, i) => readProspect(node, `/adf/prospect[${i + 1}]`));
  if (prospects.length === 0) return { kind: 'none' };
  return {
    kind: 'read',
    leads: withDistinctIds(prospects),
    problems: notes.problems,
  };
}

function prospectsIn(documents: Node): readonly Node[] {
  return documents.children.flatMap((root) => {
    if (root.name === 'prospect') return [root];
    const prospects = all(root, 'prospect');
    if (prospects.length > 0) return prospects;
    return root.children.some((child) => PARTS.has(child.name)) ? [root] : prospectsIn(root);
  });
}

function withDistinctIds(prospects: readonly Prospect[]): readonly ParsedLead[] {
  const issuers = new Map<string, Set<string>>();
  for (const { lead, issuer } of prospects) {
    if (lead.externalId !== null) issuers.set(lead.externalId, (issuers.get(lead.externalId) ?? new Set()).add(issuer));
  }
  const enquiries = new Map<string, string[]>();
  return prospects.map(({ lead, issuer }) => {
    if (lead.externalId === null) return lead;
    const shared = (issuers.get(lead.externalId)?.size ?? 0) > 1 && issuer !== '';
    const id = shared ? `${issuer}/${lead.externalId}` : lead.externalId;
    const seen = enquiries.get(id) ?? [];
    enquiries.set(id, seen);
    return { ...lead, externalId: numbered(id, lead, seen) };
  });
}

/** The second different enquiry under one id gets `#2`: as a repeat of the first it would be lost. */
function numbered(id: string, lead: ParsedLead, seen: string[]): string {
  const content = JSON.stringify([lead.customer, lead.interest, lead.tradeIn, lead.message]);
  const place = seen.includes(content) ? seen.indexOf(content) : seen.push(content) - 1;
  return place === 0 ? id : `${id}#${place + 1}`;
}
