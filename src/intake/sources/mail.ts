import type { AddressObject, EmailAddress, ParsedMail } from 'mailparser';
import { BLANK_CUSTOMER, BLANK_LEAD } from './blank.js';
import { cleanLine, cleanLines, LIMITS } from './clean.js';
import { decodeBytes } from './decode.js';
import { identifier, line, lines } from './fields.js';
import { adfInMail } from './mail-adf.js';
import { unescapeHtml } from './markup.js';
import { type Notes, takeNotes } from './notes.js';
import type { ParsedBody, ParsedLead, ParsedPhoto, Problem } from './parsed.js';

const PARSER = 'mail/1';

const PHOTOS = { most: 20, bytes: 10 * 1024 * 1024 } as const;
/** Addresses a mail went to; more say nothing about the dealership. */
const MOST_HINTS = 10;

const OPTIONS = {
  skipTextToHtml: true,
  skipImageLinks: true,
  checksumAlgo: false,
  /** A gateway may forward the portal's mail as an attachment. */
  defaultInlineEmbedded: true,
  /** Characters; a longer HTML part is stripped of its tags by us instead. */
  maxHtmlLengthToParse: 200_000,
} as const;

/**
 * Reads a raw e-mail. ADF in an attachment or the body makes the leads; else the subject and text are the message of
 * one lead, from the person replies go to. A prospect without id is known by the `Message-ID`.
 */
export async function parseMail(body: Buffer): Promise<ParsedBody> {
  const notes = takeNotes();
  const mail = await opened(body);
  if (mail === null) return unreadable(body, 'The body is not an e-mail message.');
  const photos = photosIn(mail, notes);
  const reading = adfInMail(mail);
  if (reading.kind === 'refused')
    return {
      parser: PARSER,
      leads: [],
      photos,
      text: null,
      problems: reading.problems,
    };
  if (reading.kind === 'read') {
    return {
      parser: PARSER,
      leads: fromAdf(reading.leads, mail),
      photos,
      text: null,
      problems: [...notes.problems, ...reading.problems],
    };
  }
  const lead = plainLead(mail, notes);
  return lead === null
    ? unreadable(body, 'The message has no sender and no text.')
    : { parser: PARSER, leads: [lead], photos, text: null, problems: [] };
}

async function opened(body: Buffer): Promise<ParsedMail | null> {
  try {
    // Loaded with the first mail: it brings many packages, and most installations never see one.
    const { simpleParser } = await import('mailparser');
    const mail = await simpleParser(body, OPTIONS);
    return mail.headers === undefined ? null : mail;
  } catch {
    return null;
  }
}

function unreadable(body: Buffer, message: string): ParsedBody {
  const problems: readonly Problem[] = [{ path: '', message }];
  return {
    parser: PARSER,
    leads: [],
    photos: [],
    text: cleanLines(decodeBytes(body, null).text, LIMITS.message).text,
    problems,
  };
}

/** What the mail around an ADF document knows better than nothing: its id, date, sender and the mailbox it went to. */
function fromAdf(leads: readonly ParsedLead[], mail: ParsedMail): readonly ParsedLead[] {
  const messageId = idOf(mail, takeNotes());
  const sent = sentAt(mail);
  const sender = addressIn(mail.from);
  let nameless = 0;
  return leads.map((lead) => {
    if (lead.externalId === null) nameless += 1;
    const ownId = messageId === null || nameless <= 1 ? messageId : `${messageId}#${nameless}`;
    return {
      ...lead,
      externalId: lead.externalId ?? ownId,
      requestedAt: lead.requestedAt ?? (lead.requestedAtLocal === null ? sent : null),
      provider: lead.provider ?? textOf(sender?.address),
      dealershipHints: [...new Set([...lead.dealershipHints, ...mailboxes(mail)])],
    };
  });
}

function plainLead(mail: ParsedMail, notes: Notes): ParsedLead | null {
  const message = lines(messageIn(mail), { path: 'message', notes }, LIMITS.message);
  const customer = addressIn(mail.replyTo) ?? addressIn(mail.from);
  if (message === null && customer === null) return null;
  const address = line(customer?.address, { path: 'from', notes }, LIMITS.email);
  const name = line(customer?.name || addressIn(mail.from)?.name, {
    path: 'from',
    notes,
  });
  return {
    ...BLANK_LEAD,
    externalId: idOf(mail, notes),
    dealershipHints: mailboxes(mail),
    requestedAt: sentAt(mail),
    customer: {
      ...BLANK_CUSTOMER,
      name: name === address ? null : name,
      email: address,
    },
    message,
    problems: notes.problems,
  };
}

/** The subject often names the car, so it comes first unless the text says it again. */
function messageIn(mail: ParsedMail): string {
  const html = typeof mail.html === 'string' ? mail.html : '';
  const text = (mail.text ?? '').trim() === '' ? unescapeHtml(html) : (mail.text ?? '');
  const subject = (mail.subject ?? '').trim();
  return subject === '' || text.includes(subject) ? text : `${subject}\n\n${text}`;
}

function idOf(mail: ParsedMail, notes: Notes): string | null {
  const id = (mail.messageId ?? '').trim().replace(/^<|>$/g, '');
  return identifier(id, { path: 'message-id', notes });
}

/** The `Date` header in UTC. Read from the header itself: the parser puts the present in place of a bad date. */
function sentAt(mail: ParsedMail): string | null {
  const header = mail.headerLines.find(({ key }) => key === 'date')?.line.slice(5, 100) ?? '';
  if (!/(?:[+-]\d{4}|\b(?:GMT|UTC?|Z))\b/i.test(header)) return null;
  const date = new Date(header.replace(/\([^)]*\)/, ''));
  return Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}Z`;
}

function mailboxes(mail: ParsedMail): readonly string[] {
  const to = [mail.to ?? []].flat().flatMap(({ value }) => value);
  return to.slice(0, MOST_HINTS).flatMap(({ address }) => textOf(address?.toLowerCase()) ?? []);
}

function addressIn(header: AddressObject | undefined): EmailAddress | null {
  return header?.value.find(({ address }) => address !== undefined && address !== '') ?? null;
}

function textOf(text: string | undefined): string | null {
  return text === undefined ? null : cleanLine(text, LIMITS.email).text;
}

/** Pictures somebody attached; those that belong to the layout of the mail (signatures, logos) are not photos. */
function photosIn(mail: ParsedMail, notes: Notes): readonly ParsedPhoto[] {
  // For a part that breaks off inside its header the library says the type is `false`, whatever its typings promise.
  const pictures = mail.attachments.filter(({ contentType, related }) => /^image\//.test(String(contentType)) && related !== true);
  const small = pictures.filter(({ content }) => content.length > 0 && content.length <= PHOTOS.bytes);
  if (small.length < pictures.length) notes.note('photos', 'A picture is empty or larger than 10 MB and was left out.');
  if (small.length > PHOTOS.most) notes.note('photos', `There are more than ${PHOTOS.most} pictures; the rest was left out.`);
  return small.slice(0, PHOTOS.most).map(({ filename, contentType, content }) => ({
    filename: filename ?? '',
    contentType,
    bytes: content,
  }));
}
