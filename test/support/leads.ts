import { readFileSync } from 'node:fs';

const EXAMPLE = JSON.parse(readFileSync(new URL('../fixtures/json/lead.json', import.meta.url), 'utf8')) as ExampleLead;

interface ExampleLead {
  readonly customer: object;
  readonly interest: object;
  readonly [key: string]: unknown;
}

let sent = 0;

/** An id no other lead of this run has. */
export function freshId(about = 'lead'): string {
  sent += 1;
  return `${about}-${process.pid}-${sent}`;
}

/** The example lead as a body, with an id of its own; `customer` and `interest` are changed field by field. */
export function jsonLead(changes: { customer?: object; interest?: object; [key: string]: unknown } = {}): string {
  const customer = { ...EXAMPLE.customer, ...changes.customer };
  const interest = { ...EXAMPLE.interest, ...changes.interest };
  return JSON.stringify({ ...EXAMPLE, externalId: freshId(), ...changes, customer, interest });
}

/** One enquiry of an ADF document. Texts are escaped here. */
export interface AdfProspect {
  readonly id?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly make?: string;
  readonly model?: string;
  readonly comments?: string;
  readonly vendor?: string;
}

/** An ADF 1.0 document. */
export function adfDocument(...prospects: readonly AdfProspect[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>\n<adf>${prospects.map(prospectElement).join('')}</adf>`;
}

function prospectElement(lead: AdfProspect): string {
  const contact = [
    lead.name === undefined ? '' : `<name part="full">${escaped(lead.name)}</name>`,
    lead.email === undefined ? '' : `<email>${escaped(lead.email)}</email>`,
    lead.phone === undefined ? '' : `<phone>${escaped(lead.phone)}</phone>`,
  ].join('');
  return [
    '<prospect>',
    lead.id === undefined ? '' : `<id source="portal">${escaped(lead.id)}</id>`,
    '<requestdate>2026-11-20T10:42:00+01:00</requestdate>',
    `<vehicle interest="buy" status="used"><make>${escaped(lead.make ?? 'Peugeot')}</make><model>${escaped(lead.model ?? '208')}</model></vehicle>`,
    `<customer><contact>${contact}</contact>${lead.comments === undefined ? '' : `<comments>${escaped(lead.comments)}</comments>`}</customer>`,
    `<vendor><vendorname>${escaped(lead.vendor ?? 'Lumière Lyon')}</vendorname></vendor>`,
    '</prospect>',
  ].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A mail as a gateway forwards it: UTF-8, one part. */
export function mailLead(mail: {
  readonly messageId: string;
  readonly text: string;
  readonly from?: string;
  readonly subject?: string;
}): string {
  return [
    `From: ${mail.from ?? 'Zoé Lefèvre <zoe.lefevre@example.org>'}`,
    'To: leads@forecourt.example.org',
    `Subject: ${mail.subject ?? 'Peugeot 208'}`,
    `Message-ID: ${mail.messageId}`,
    'Date: Fri, 20 Nov 2026 10:42:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    mail.text,
  ].join('\r\n');
}

/** What a hostile public writes: mentions, formatting, a disguised link, right-to-left text, emoji, NUL, and a great deal of it. */
export const HOSTILE = [
  '<!channel> <!here> <!everyone> <!subteam^S0TEAM> <@U0ALICE> <#C0LEADSLYON>',
  '*bold* _italic_ ~struck~ `code` > quote',
  '<https://evil.example|Bank> https://evil.example/x?a=1&b=2 www.evil.example evil.example mailto:x@evil.example',
  '😀👩‍👩‍👧‍👦 مرحبا \u202eevil\u202c \u2066isolate\u2069 \u0000 nul \ud800 &amp; &lt;!channel&gt; {{DATE(2026)}}',
].join(' ');

/** 5,000 characters of it. */
export const HOSTILE_AND_LONG = `${HOSTILE} `.repeat(30).slice(0, 5_000);
