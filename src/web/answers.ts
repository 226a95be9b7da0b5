import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Language } from '../language/locale.js';
import { pageWords } from './messages.js';
import { saying } from './page/html.js';
import { STYLE } from './page/style.js';

const TEAMS = 'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft';
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What goes with every answer about a link: kept by nobody, told to nobody, read as nothing else. */
export const SAFE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

/** A page that runs `script` and nothing else, in no frame but ours and Teams'. */
export function page(reply: FastifyReply, status: number, html: string, script?: string): FastifyReply {
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hash(script)}`, "connect-src 'self'"]),
    `style-src ${hash(STYLE)}`,
    'img-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${TEAMS}`,
  ].join('; ');
  return reply
    .code(status)
    .headers({ ...SAFE, 'content-security-policy': policy })
    .type('text/html; charset=utf-8')
    .send(html);
}

/** A page that only says something. `dealership`: null where it is not known whose link it was. */
export function words(
  reply: FastifyReply,
  status: number,
  language: Language,
  dealership: string | null,
  what: 'unknown' | 'over' | 'busy',
) {
  const say = pageWords[language];
  const sentence = what === 'over' ? say.over(dealership ?? '') : say[what];
  return page(reply, status, saying(language, dealership, say[`${what}Title`], sentence));
}

/** An answer to the page's script. */
export function said(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).headers(SAFE).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

/** The same again, after so many seconds. */
export function later(reply: FastifyReply, status: number, seconds: number): FastifyReply {
  return said(reply.header('retry-after', String(seconds)), status, {});
}
