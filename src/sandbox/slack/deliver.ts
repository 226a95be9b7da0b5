import { createHmac } from 'node:crypto';
import type { Fields } from '../json.js';
import type { Sockets } from './socket.js';

export type DeliveryKind = 'interactive' | 'slash_commands' | 'events_api';

/** How the app answered, or how it failed to, in the words Slack's client shows. */
export interface Outcome {
  readonly failure: null | 'operation_timeout' | 'dispatch_failed' | 'http_client_error' | 'http_service_error';
  readonly status: number | null;
  /** Parsed JSON, or the text; empty text when there was no body. */
  readonly answer: unknown;
  /** The app asked for no retry. */
  readonly final: boolean;
}

/** One request sent to the app. */
export interface Delivery {
  readonly at: number;
  readonly kind: DeliveryKind;
  readonly via: 'http' | 'socket';
  readonly body: Fields;
  readonly retry: number;
  readonly outcome: Outcome;
  readonly ms: number;
}

/** What is needed to reach the app. */
export interface Courier {
  readonly signingSecret: string;
  readonly ackMs: number;
  /** Where signed requests go when no socket is connected. */
  readonly eventsUrl: (() => string) | undefined;
  readonly sockets: Sockets;
  readonly delivered: (delivery: Delivery) => void;
}

export interface Retry {
  readonly number: number;
  readonly reason: string;
}

/** Sends one request to the app and waits for its acknowledgement, at most as long as Slack does. */
export async function deliver(courier: Courier, kind: DeliveryKind, body: Fields, retry?: Retry): Promise<Outcome> {
  const at = Date.now();
  const via = courier.sockets.connected() > 0 ? 'socket' : 'http';
  const outcome =
    via === 'socket'
      ? await courier.sockets.send(kind, body, courier.ackMs, retry)
      : await post(courier, encode(kind, body), kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded', retry);
  courier.delivered({ at, kind, via, body, retry: retry?.number ?? 0, outcome, ms: Date.now() - at });
  return outcome;
}

function encode(kind: DeliveryKind, body: Fields): string {
  if (kind === 'events_api') return JSON.stringify(body);
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  return new URLSearchParams(Object.entries(body).map(([name, value]): [string, string] => [name, String(value)])).toString();
}

/** Slack's signature headers for a body. `seconds` is real time whatever clock the workspace runs on: the app checks it against its own. */
export function signature(secret: string, body: string, seconds = Math.floor(Date.now() / 1000)): Readonly<Record<string, string>> {
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${digest}` };
}

async function post(courier: Courier, body: string, contentType: string, retry?: Retry): Promise<Outcome> {
  const url = courier.eventsUrl?.();
  if (!url) return failed('dispatch_failed');
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(courier.ackMs),
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (sandbox)',
        ...signature(courier.signingSecret, body),
        ...(retry ? { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason } : {}),
      },
    });
    const text = await response.text();
    const failure = response.ok ? null : response.status >= 500 ? 'http_service_error' : 'http_client_error';
    return { failure, status: response.status, answer: parsed(text), final: response.headers.get('x-slack-no-retry') === '1' };
  } catch (error) {
    return failed(error instanceof Error && error.name === 'TimeoutError' ? 'operation_timeout' : 'dispatch_failed');
  }
}

export function failed(failure: Outcome['failure']): Outcome {
  return { failure, status: null, answer: '', final: false };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The handshake by which Slack makes sure that an address belongs to the app. */
export async function verifyUrl(courier: Courier, token: string): Promise<boolean> {
  const challenge = createHmac('sha256', courier.signingSecret).update(String(Date.now())).digest('hex');
  const body = JSON.stringify({ type: 'url_verification', token, challenge });
  const { answer } = await post(courier, body, 'application/json');
  return answer === challenge || (typeof answer === 'object' && answer !== null && 'challenge' in answer && answer.challenge === challenge);
}
