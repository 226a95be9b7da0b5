import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { IntakeSource } from './source.js';

/** Standard Webhooks allows five minutes either way. */
const TOLERANCE_S = 300;
/** A version and a signature, or several with a space between. A header sent twice reads as one with a comma, and is none. */
const SIGNATURES = /^v\d+[a-z]?,[\w+/=-]+(?: v\d+[a-z]?,[\w+/=-]+)*$/;

/** Does the bearer token belong to this source? In constant time, whatever its length. */
export function bearerMatches(source: IntakeSource, authorization: string | undefined): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (given === undefined) return false;
  let matches = false;
  for (const token of source.tokens) matches = same(digest(given), digest(token)) || matches;
  return matches;
}

/**
 * The id of a delivery signed as Standard Webhooks asks; null when the signature does not hold. Over the bytes as they
 * came: the reference library decodes them first, and two bodies that differ in invalid UTF-8 only would then pass for
 * one another.
 * @param now milliseconds since 1970
 */
export function verifiedWebhook(source: IntakeSource, headers: IncomingHttpHeaders, body: Buffer, now: number): string | null {
  const id = single(headers['webhook-id']);
  const timestamp = single(headers['webhook-timestamp']);
  const signatures = single(headers['webhook-signature']);
  if (!id || id.length > 256 || !SIGNATURES.test(signatures ?? '') || !signatures || !timestamp || !/^\d{1,12}$/.test(timestamp))
    return null;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_S) return null;
  const given = signatures
    .split(' ')
    .slice(0, 10)
    .filter((one) => one.startsWith('v1,'));
  let matches = false;
  for (const secret of source.secrets) {
    const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
    for (const one of given) matches = same(digest(one.slice(3)), digest(mac)) || matches;
  }
  return matches ? id : null;
}

/** `whsec_` secrets are base64; others are used as they are written. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function same(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b);
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
