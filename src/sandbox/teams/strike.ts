import type { ServerResponse } from 'node:http';
import type { Fields } from '../json.js';
import type { FaultDraw, FaultEffect } from './faults.js';

/** An answer of the service. */
export interface Answered {
  readonly status: number;
  /** Null: no body. Bytes go out as they are. */
  readonly body: Fields | readonly Fields[] | Buffer | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refused(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Answered {
  return { status, body: { error: { code, message } }, headers };
}

export function tooMany(retryAfter: number): Answered {
  return refused(429, 'TooManyRequests', 'API calls quota exceeded', { 'retry-after': String(retryAfter) });
}

function send(res: ServerResponse, { status, body, headers = {} }: Answered): void {
  if (Buffer.isBuffer(body)) res.writeHead(status, { 'content-type': 'application/octet-stream', ...headers }).end(body);
  else if (body === null) res.writeHead(status, headers).end();
  else res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
}

interface Struck {
  /** What was or would have been answered; null when nothing was done. */
  readonly answer: Answered | null;
  /** Null when no answer was sent. */
  readonly status: number | null;
  readonly fault: FaultEffect['kind'] | null;
}

/** Plays the faults drawn for a call: first the delays, then the one that decides, before or after the call was done. */
export async function strike(
  faults: FaultDraw,
  res: ServerResponse,
  effects: readonly FaultEffect[],
  run: () => Answered,
): Promise<Struck> {
  let fault: FaultEffect['kind'] | null = null;
  const sent = (answer: Answered): Struck => {
    send(res, answer);
    return { answer, status: answer.status, fault };
  };
  for (const effect of effects) {
    fault = effect.kind;
    if (effect.kind === 'slow') {
      await new Promise((resolve) => setTimeout(resolve, effect.ms));
      continue;
    }
    if (effect.kind === 'refused') return sent(refused(effect.status, effect.code, 'Refused by the sandbox'));
    if (effect.kind === 'throttled') return sent(tooMany(effect.retryAfter));
    const answer = effect.stored ? run() : null;
    if (effect.kind === 'status') {
      send(res, refused(effect.status, effect.status === 412 ? 'PreconditionFailed' : 'ServiceError', 'Refused by the sandbox'));
      return { answer, status: effect.status, fault };
    }
    if (effect.kind === 'hang') void faults.released().then(() => res.destroy());
    else res.destroy();
    return { answer, status: null, fault };
  }
  return sent(run());
}
