import { expect } from 'vitest';
import { parserFor } from '../../src/intake/sources/choose.js';
import type { ParsedBody } from '../../src/intake/sources/parsed.js';
import { fixturesOf, KINDS, type Kind } from '../intake/sources/fixtures.js';

/** Every body there is an example of. */
export const FIXTURES = (Object.keys(KINDS) as Kind[]).flatMap((kind) => fixturesOf(kind));

/** Every content type the intake takes, with every parameter an example carries. */
export const TYPES = [
  ...new Set([...Object.values(KINDS), 'multipart/form-data; boundary=x', ...FIXTURES.map(({ contentType }) => contentType)]),
];

/** Reads a body as the intake would. */
export async function parse(bytes: Buffer, contentType: string): Promise<ParsedBody> {
  const body = await parserFor(contentType)?.parse(bytes, contentType, { aliases: { nom: 'customer.name' } });
  if (body === undefined) throw new Error(`no parser for ${contentType}`);
  return body;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
const CONTROLS = /[\0-\x09\x0b-\x1f\x7f\u202a-\u202e]/;

/** What holds for every body there is: a lead or a reason, and nothing but text that can be stored and shown. */
export function holds(body: ParsedBody): void {
  if (body.leads.length === 0) expect(body.problems).not.toHaveLength(0);
  for (const text of textsIn({ ...body, photos: [] })) {
    if (text === '' || !text.isWellFormed() || CONTROLS.test(text))
      expect.unreachable(`cannot be stored or shown: ${JSON.stringify(text)}`);
  }
  for (const lead of body.leads) {
    for (const vehicle of [lead.interest, lead.tradeIn]) {
      expect(vehicle?.year ?? 2000).toSatisfy((year: number) => year >= 1900 && year <= 2100);
      expect(vehicle?.price ?? 1).toBeGreaterThan(0);
      expect(vehicle?.mileage ?? 0).toBeGreaterThanOrEqual(0);
    }
    expect(['trade-in', 'sell']).not.toContain(lead.interest?.type);
    expect((lead.customer.phone ?? '').length).toBeLessThanOrEqual(64);
    expect((lead.message ?? '').length).toBeLessThanOrEqual(20_000);
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'path' && inner === '' ? [] : textsIn(inner)));
}

/** One way to spoil a body. */
export interface Injury {
  readonly act: (typeof ACTS)[number];
  /** Where, from 0 to 1. */
  readonly at: number;
  readonly length: number;
  readonly junk: string;
}

export const ACTS = ['drop', 'repeat', 'flip', 'insert', 'truncate', 'splice'] as const;

/** What stands for something in one of the formats. */
export const JUNK = [
  ...['<', '>', '"', '&', ']]>', '<!--', '<![CDATA[', '<?', '</adf>', '<prospect>', '&#0;', '&#xD800;', '&lt;', '<!DOCTYPE adf ['],
  ...[
    '\0',
    '\\',
    '\\u0000',
    '\\ud800',
    '{',
    '}',
    '[',
    ',',
    ':',
    'null',
    '1e999',
    '%',
    '%00',
    '%F',
    '=',
    '+',
    '[]',
    '--',
    '\r\n\r\n',
    '\r',
    '\n ',
  ],
  ...[
    '\ufffd',
    '\ufeff',
    '\u202e',
    '😀',
    '=?utf-8?B?',
    '=E9=',
    'Content-Type: multipart/mixed; boundary=x\r\n',
    '--x\r\n',
    'base64',
    'utf-16',
  ],
] as const;

/** The body after the injury; `other` is what a splice goes on with. */
export function injured(body: Buffer, { act, at, length, junk }: Injury, other: Buffer): Buffer {
  const from = Math.floor(at * body.length);
  const [head, cut, tail] = [body.subarray(0, from), body.subarray(from, from + length), body.subarray(from + length)];
  switch (act) {
    case 'drop':
      return Buffer.concat([head, tail]);
    case 'repeat':
      return Buffer.concat([head, cut, cut, cut, tail]);
    case 'flip':
      return Buffer.concat([head, Buffer.from(cut.map((byte) => byte ^ length)), tail]);
    case 'insert':
      return Buffer.concat([head, Buffer.from(junk), cut, tail]);
    case 'truncate':
      return head;
    case 'splice':
      return Buffer.concat([head, other.subarray(Math.min(from, other.length))]);
  }
}
