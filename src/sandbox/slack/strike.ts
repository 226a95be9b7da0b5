import type { ServerResponse } from 'node:http';
import type { Fields } from '../json.js';
import type { FaultDraw, FaultEffect } from './faults.js';

/** An answer of the Web API. */
export interface Answered {
  readonly status: number;
  readonly answer: Fields;
  /** Seconds. */
  readonly retryAfter?: number;
}

export function tooMany(retryAfter: number): Answered {
  return { status: 429, answer: { ok: false, error: 'ratelimited' }, retryAfter };
}

interface Call {
  readonly faults: FaultDraw;
  readonly res: ServerResponse;
  readonly effects: readonly FaultEffect[];
  /** Does what was asked, and says what Slack would answer. */
  readonly run: () => Answered;
  readonly send: (answered: Answered) => void;
}

interface Struck {
  /** What was or would have been answered; null when the method never ran. */
  readonly answer: Answered | null;
  /** Null when no answer was sent. */
  readonly status: number | null;
  readonly fault: FaultEffect['kind'] | null;
}

/** Plays the faults drawn for a call: first the delays, then the one that decides, before or after the method ran. */
export async function strike(call: Call): Promise<Struck> {
  const { res, effects, run } = call;
  let fault: FaultEffect['kind'] | null = null;
  for (const effect of effects) {
    fault = effect.kind;
    if (effect.kind === 'slow') {
      await new Promise((resolve) => setTimeout(resolve, effect.ms));
      continue;
    }
    if (effect.kind === 'error') return sent(call, { status: 200, answer: { ok: false, error: effect.error } }, fault);
    if (effect.kind === 'ratelimited') return sent(call, tooMany(effect.retryAfter), fault);
    const answer = effect.stored ? run() : null;
    if (effect.kind === 'status') {
      res.writeHead(effect.status, { 'content-type': 'text/html' }).end('Server Error');
      return { answer, status: effect.status, fault };
    }
    if (effect.kind === 'hang') void call.faults.released().then(() => res.destroy());
    else res.destroy();
    return { answer, status: null, fault };
  }
  return sent(call, run(), fault);
}

function sent(call: Call, answer: Answered, fault: FaultEffect['kind'] | null): Struck {
  call.send(answer);
  return { answer, status: answer.status, fault };
}
