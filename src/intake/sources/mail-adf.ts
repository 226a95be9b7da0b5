import type { ParsedMail } from 'mailparser';
import { type AdfReading, decodeXml, readAdf } from './adf.js';
import type { ParsedLead, Problem } from './parsed.js';

type MailAttachment = ParsedMail['attachments'][number];

const XML_TYPES = new Set(['application/xml', 'text/xml', 'application/x-adf+xml', 'application/adf+xml']);

/** The ADF in a mail: that of every attachment, else the plain text, else the HTML; refused when any of them is. */
export function adfInMail(mail: ParsedMail): AdfReading {
  const leads: ParsedLead[] = [];
  const problems: Problem[] = [];
  for (const attachment of mail.attachments.filter(isXml)) {
    const reading = readAdf(decodeXml(attachment.content, charsetOf(attachment)).text);
    if (reading.kind === 'refused') return reading;
    if (reading.kind === 'none') continue;
    leads.push(...reading.leads);
    problems.push(...reading.problems);
  }
  if (leads.length > 0) return { kind: 'read', leads, problems };
  for (const text of [mail.text, mail.html]) {
    const reading = typeof text === 'string' && mentionsAdf(text) ? readAdf(text) : null;
    if (reading !== null && reading.kind !== 'none') return reading;
  }
  return { kind: 'none' };
}

/** Is it worth looking? A mail that merely quotes a DTD is no attack. */
function mentionsAdf(text: string): boolean {
  return /[<:;](?:adf|prospect)\b/i.test(text);
}

function isXml(attachment: MailAttachment): boolean {
  return XML_TYPES.has(attachment.contentType) || /\.(?:xml|adf)$/i.test(attachment.filename ?? '');
}

function charsetOf(attachment: MailAttachment): string | null {
  const type = attachment.headers.get('content-type');
  if (typeof type !== 'object' || !('params' in type) || typeof type.params !== 'object') return null;
  const charset = (type.params as Readonly<Record<string, string>>).charset;
  return charset === undefined ? null : charset.toLowerCase();
}
