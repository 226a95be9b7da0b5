import type { IncomingMessage } from 'node:http';
import { type Fields, isFields } from '../json.js';
import { Refusal } from './refusal.js';

const MAX_BODY = 20_000_000;

/** The whole body. Rejects when the caller goes away. @throws {Refusal} `request_too_large`. */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new Refusal('request_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Arguments from the query, a form or a JSON body. @throws {Refusal} on a body that is neither. */
export async function readArgs(req: IncomingMessage, body: Buffer): Promise<Fields> {
  const query = Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams);
  const type = req.headers['content-type'] ?? '';
  if (body.length === 0) return query;
  if (type.startsWith('application/json')) return { ...query, ...jsonArgs(body) };
  if (type.startsWith('application/x-www-form-urlencoded'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
  if (type.startsWith('multipart/form-data')) return { ...query, ...(await multipart(type, body)) };
  throw new Refusal(type === '' ? 'missing_post_type' : 'invalid_post_type');
}

function jsonArgs(body: Buffer): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch {
    throw new Refusal('invalid_json');
  }
  if (!isFields(parsed)) throw new Refusal('json_not_object');
  // A token inside a JSON body does not count: it belongs into the header.
  const { token: _ignored, ...args } = parsed;
  return args;
}

async function multipart(type: string, body: Buffer): Promise<Fields> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const entries = await Promise.all(
    [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer())]),
  );
  return Object.fromEntries(entries);
}

/** An argument as text; empty when absent. */
export function text(args: Fields, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function yes(args: Fields, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1;
}

/** A nested argument: an object or list, or its JSON as text. Undefined when absent. @throws {Refusal} with `code`. */
export function nested(args: Fields, name: string, code: string): unknown {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Refusal(code);
  }
}

/** A nested argument that must be a list. */
export function nestedList(args: Fields, name: string, code: string): readonly unknown[] | undefined {
  const value = nested(args, name, code);
  if (value !== undefined && !Array.isArray(value)) throw new Refusal(code);
  return value;
}

/** A whole number within bounds; `fallback` when absent. */
export function count(args: Fields, name: string, fallback: number, max: number): number {
  const value = text(args, name);
  if (value === '') return fallback;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1) throw new Refusal('invalid_limit');
  return Math.min(parsed, max);
}
