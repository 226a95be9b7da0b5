import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { newReference } from '../leads/reference.js';

/** An answer as RFC 9457 describes it. */
export interface Problem {
  readonly status: number;
  /** What happened and what to do, for the sender's developer. */
  readonly detail: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** What the log calls a failure of ours by; an extension member of the answer. */
  readonly reference?: string;
}

export function problem(status: number, detail: string): Problem {
  return { status, detail };
}

/** The answer to a failure of ours: nothing of what failed, and a reference to find it in the log. */
export function failure(status: number, detail: string): Problem & { readonly reference: string } {
  return { status, detail, reference: newReference() };
}

/** `application/problem+json`, with `Retry-After` where waiting helps. */
export function sendProblem(reply: FastifyReply, { status, detail, retryAfter, reference }: Problem): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  const title = STATUS_CODES[status] ?? 'Error';
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, reference }));
}
