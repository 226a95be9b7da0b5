import { parseAdf } from './adf.js';
import { parseForm } from './form.js';
import { parseJson } from './json.js';
import { parseMail } from './mail.js';
import { mediaType } from './media-type.js';
import type { Parser } from './parsed.js';

/** A new kind of source is one file and one line here. */
const PARSERS: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['application/json', parseJson],
  ['application/xml', parseAdf],
  ['text/xml', parseAdf],
  ['application/x-adf+xml', parseAdf],
  ['application/x-www-form-urlencoded', parseForm],
  ['multipart/form-data', parseForm],
  ['message/rfc822', parseMail],
]);

/** The parser for a `Content-Type` header; null when the intake does not take such bodies. */
export function parserFor(contentType: string | undefined): { readonly parse: Parser } | null {
  const parse = PARSERS.get(mediaType(contentType).type);
  return parse === undefined ? null : { parse };
}
