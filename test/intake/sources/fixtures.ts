import { readdirSync, readFileSync } from 'node:fs';
import type { ParsedBody, Problem } from '../../../src/intake/sources/parsed.js';

const ROOT = new URL('../../fixtures/', import.meta.url);

/** The kinds of body and what they are sent as, unless the expectation says otherwise. */
export const KINDS = {
  adf: 'application/x-adf+xml',
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  mail: 'message/rfc822',
} as const;
export type Kind = keyof typeof KINDS;

/** `<name>.expected.json`, beside the body it describes. */
interface Expectation {
  /** What the fixture shows, where its name is not enough. */
  readonly shows?: string;
  readonly contentType?: string;
  readonly aliases?: Readonly<Record<string, string>>;
  /** Each lead as far as it matters here. */
  readonly leads: readonly Readonly<Record<string, unknown>>[];
  /** Paths of every problem, those of the body first. */
  readonly problems: readonly string[];
  /** Names of the photos. */
  readonly photos?: readonly string[];
  readonly text?: string | null;
}

export interface Fixture {
  readonly name: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly expected: Expectation;
}

export function fixturesOf(kind: Kind): readonly Fixture[] {
  const folder = new URL(`${kind}/`, ROOT);
  const files = readdirSync(folder).filter((file) => !file.endsWith('.expected.json'));
  return files.map((file) => {
    const name = file.replace(/\.\w+$/, '');
    const expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8')) as Expectation;
    const bytes = readFileSync(new URL(file, folder));
    return {
      name,
      body: asSent(file, bytes),
      contentType: expected.contentType ?? KINDS[kind],
      expected,
    };
  });
}

/** Mail and multipart end their lines with CR LF; the fixtures are kept with LF, so that editors leave them alone. */
function asSent(file: string, bytes: Buffer): Buffer {
  if (!/\.(?:eml|multipart)$/.test(file)) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

/** Everything that was noted, the body's own first. */
export function problemsOf(body: ParsedBody): readonly Problem[] {
  return [...body.problems, ...body.leads.flatMap((lead) => lead.problems)];
}
