import { WebClient } from '@slack/web-api';
import { PlatformFailure } from '../../chat/platform.js';
import { bytesOf, deadline } from '../deadline.js';
import { type Act, malformed, toFailure } from './errors.js';
import { silentLogger } from './log.js';

/** What Slack answered; every part of it is checked where it is read. */
export type Answer = Readonly<Record<string, unknown>>;

/** One call of a Web API method: one attempt, bounded in time. Throws only `PlatformFailure`. */
export type Call = (method: string, args: Record<string, unknown>, act: Act, signal?: AbortSignal) => Promise<Answer>;

interface ClientSettings {
  readonly token: string;
  readonly apiUrl: string | undefined;
  readonly timeoutMs: number;
}

/**
 * The Web API without the client's own retries and queue pauses: a second attempt could post a second card, and one
 * channel's "too many requests" would hold every other.
 */
export function slackCaller(settings: ClientSettings): Call {
  return async (method, args, act, signal) => {
    if (signal?.aborted) throw new PlatformFailure('later', 'aborted');
    const time = deadline(settings.timeoutMs, signal);
    try {
      return { ...(await newClient(settings, time.signal).apiCall(method, args)) };
    } catch (error) {
      throw toFailure(error, act);
    } finally {
      time.met();
    }
  };
}

/** Reads a string out of an answer; an answer without it is not Slack's. */
export function text(value: unknown, act: Act): string {
  if (typeof value !== 'string' || value === '') throw malformed(act);
  return value;
}

/** The part of an answer under `key`, as an object; empty when there is none. */
export function part(value: unknown, key: string): Answer {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
}

export function isRecord(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A client per call (a tenth of a millisecond): it is the only way to hand its requests a signal of their own.
function newClient(settings: ClientSettings, signal: AbortSignal): WebClient {
  return new WebClient(settings.token, {
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silentLogger(),
    fetch: (url, init) => request(url, init, signal),
  });
}

async function request(url: string | URL | Request, init: RequestInit | undefined, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { ...init, signal });
  // Without a number of seconds the client would call this an error of its own.
  if (response.status === 429 && !/^\d+$/.test(response.headers.get('retry-after') ?? ''))
    throw new PlatformFailure('wait', 'ratelimited', 1_000);
  const parts: Uint8Array[] = [];
  for await (const part of bytesOf(response, signal)) parts.push(part);
  const { status, statusText, headers } = response;
  return new Response(parts.length === 0 ? null : Buffer.concat(parts), { status, statusText, headers });
}
