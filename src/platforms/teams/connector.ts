import { ConnectorClient } from 'botframework-connector';
import { PlatformFailure } from '../../chat/platform.js';
import { bytesOf, deadline } from '../deadline.js';
import { isRecord, word } from './activity.js';
import { type Act, malformed, refusal, toFailure } from './errors.js';
import { isTrusted, type Trust } from './service.js';
import type { Tokens } from './token.js';

/** One call of the Bot Connector: one attempt, bounded in time. Throws only `PlatformFailure`. */
export type Ask = <T>(
  serviceUrl: string,
  act: Act,
  call: (conversations: ConnectorClient['conversations']) => Promise<T>,
  signal?: AbortSignal,
) => Promise<T>;

interface ConnectorSettings extends Trust {
  /** Undefined where nobody proves who they are. */
  readonly tokens: Tokens | undefined;
  readonly timeoutMs: number;
}

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConnectorClient>[1]>['httpClient']>;
type Request = Parameters<HttpClient['sendRequest']>[0];
type Answer = Awaited<ReturnType<HttpClient['sendRequest']>>;

/**
 * The Bot Connector's client over a transport of ours. Its own repeats a post up to three times, waits for ever, and
 * follows redirections with our token.
 */
export function connectorCaller(settings: ConnectorSettings): Ask {
  return async (serviceUrl, act, call, signal) => {
    if (signal?.aborted) throw new PlatformFailure('later', 'aborted');
    if (!isTrusted(serviceUrl, settings)) throw new PlatformFailure('never', 'foreign_service');
    const time = deadline(settings.timeoutMs, signal);
    try {
      return await call(newClient(settings, serviceUrl, act, time.signal).conversations);
    } catch (error) {
      throw toFailure(error, act);
    } finally {
      time.met();
    }
  };
}

// A client per call: it is the only way to hand its requests a signal and a meaning of their own.
function newClient({ tokens }: ConnectorSettings, serviceUrl: string, act: Act, signal: AbortSignal): ConnectorClient {
  let token: string | undefined;
  const credentials = {
    async signRequest(request: Request) {
      token = await tokens?.get(signal);
      if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
      return request;
    },
  };
  const sendRequest = async (request: Request): Promise<Answer> => {
    const { response, body } = await exchange(request, signal);
    if (response.ok) return { status: response.status, headers: headersOf(response), request, bodyAsText: body };
    // An old token may have been withdrawn; the next attempt brings a new one.
    if (response.status === 401 && token !== undefined && tokens?.refused(token)) throw new PlatformFailure('later', 'token_refused');
    const { status, headers } = response;
    throw refusal({ status, code: codeOf(body), retryAfter: headers.get('retry-after') }, act);
  };
  return new ConnectorClient(credentials, { baseUri: serviceUrl, httpClient: { sendRequest } });
}

async function exchange(request: Request, signal: AbortSignal): Promise<{ readonly response: Response; readonly body: string }> {
  const { method, url, headers, body } = request;
  const init = { method, headers: headers.rawHeaders(), redirect: 'manual', signal } as const;
  const response = await fetch(url, typeof body === 'string' ? { ...init, body } : init);
  const parts: Uint8Array[] = [];
  for await (const bytes of bytesOf(response, signal)) parts.push(bytes);
  return { response, body: Buffer.concat(parts).toString('utf8') };
}

/** The client copies the headers out, and asks nothing else of them. */
function headersOf({ headers }: Response): Answer['headers'] {
  return { toJson: () => Object.fromEntries(headers) } as Answer['headers'];
}

function codeOf(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    return isRecord(answer) && isRecord(answer.error) ? word(answer.error.code) : '';
  } catch {
    return '';
  }
}

/** Reads a string out of an answer; an answer without it is not the Connector's. */
export function text(value: unknown, act: Act): string {
  if (typeof value !== 'string' || value === '') throw malformed(act);
  return value;
}
