import type { IncomingMessage, ServerResponse } from 'node:http';
import { within } from '../deadline.js';
import { errorName, type Log } from '../log.js';
import { type Heard, isRecord, readActivity } from './activity.js';
import type { Gate } from './gate.js';
import { LIMITS } from './limits.js';

interface Receiving {
  readonly gate: Gate;
  readonly log: Log;
  /** Called for what was let in, beside the listeners. */
  readonly admitted: (heard: Heard) => void;
  /** Runs the listeners. @returns the body of an invoke's answer */
  readonly run: (activity: object) => Promise<{ readonly status: number; readonly body?: unknown } | undefined>;
  /** How long asking whether somebody may speak may take. */
  readonly timeoutMs: number;
}

/** `POST /api/messages`. The body must not have been read. Answers every request. */
export async function receive(receiving: Receiving, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    if (req.method !== 'POST') return answer(res, 405);
    const body = await readBody(req);
    if (body === undefined) return answer(res, 413);
    const activity = parsed(body);
    const heard = readActivity(activity);
    if (!isRecord(activity) || heard === undefined) return answer(res, 400);
    const refusal = await within(receiving.timeoutMs, receiving.gate.refuses(heard, activity, req.headers.authorization ?? ''));
    if (refusal !== null) {
      const { type, conversation, from } = heard;
      receiving.log('warn', 'activity refused', {
        reason: refusal.reason,
        type: known(type),
        conversation: short(conversation),
        from: short(from.id),
      });
      return answer(res, refusal.status);
    }
    receiving.admitted(heard);
    const answered = await receiving.run(activity);
    answer(res, answered?.status ?? 200, answered?.body);
  } catch (error) {
    receiving.log('error', 'request from teams failed', { error: errorName(error) });
    answer(res, 500);
  }
}

/** Ends a request, unless it has been answered. */
export function answer(res: ServerResponse, status: number, body?: unknown): void {
  if (res.headersSent) return;
  // Of a request that was not read to its end the connection is of no more use.
  if (status === 413) res.writeHead(status, { connection: 'close' }).end();
  else if (body === undefined) res.writeHead(status).end();
  else res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** Undefined when it is larger than anything Teams sends. What follows is thrown away, up to a point. */
function readBody(req: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    req.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= LIMITS.requestBody) parts.push(part);
      else resolve(undefined);
      if (size > MOST_THROWN_AWAY) req.destroy();
    });
    req.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    req.once('close', () => reject(new Error('the request broke off')));
    req.once('error', reject);
  });
}

/** Whoever sends more is cut off in the middle. */
const MOST_THROWN_AWAY = 16 * LIMITS.requestBody;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** What a stranger wrote stays out of the log, but for ids, cut short. */
function short(id: string): string {
  return id.replace(/[^\w:;@.=-]/g, '').slice(0, 80);
}

function known(type: string): string {
  return /^[a-zA-Z]{1,30}$/.test(type) ? type : 'other';
}
