import { PlatformFailure } from '../../chat/platform.js';
import { bytesOf, deadline } from '../deadline.js';
import { isRecord } from './activity.js';
import { refusal, toFailure } from './errors.js';

/** The bot's registration in Microsoft Entra ID. */
export interface Registration {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
}

/** The token our calls to one of Microsoft's services carry. */
export interface Tokens {
  /** One that is still good for some minutes. Throws only `PlatformFailure`. */
  get(signal?: AbortSignal): Promise<string>;
  /**
   * The service refused this one. @returns was it an old one, so that a new one may help?
   */
  refused(token: string): boolean;
}

const LOGIN_URL = 'https://login.microsoftonline.com';
/** Whom a token is for: each service takes its own alone, whoever asks for it by whatever address. */
const SCOPES = { connector: 'https://api.botframework.com/.default', graph: 'https://graph.microsoft.com/.default' } as const;
/** Renewed that long before its end. */
const SPARE_MS = 300_000;
/** A token younger than this is not refused for its age. */
const FRESH_MS = 10_000;

interface Granted {
  readonly token: string;
  readonly at: number;
  readonly until: number;
}

/**
 * The client credentials grant, in one bounded request. Microsoft's own library for it takes no time limit, asks two more
 * servers on the way, and speaks to no simulator.
 */
export function tokenSource(
  registration: Registration,
  loginUrl: string | undefined,
  timeoutMs: number,
  audience: keyof typeof SCOPES = 'connector',
): Tokens {
  const address = `${(loginUrl ?? LOGIN_URL).replace(/\/+$/, '')}/${encodeURIComponent(registration.tenantId)}/oauth2/v2.0/token`;
  let granted: Granted | undefined;
  let asking: Promise<Granted> | undefined;
  return {
    async get(signal) {
      if (signal?.aborted) throw new PlatformFailure('later', 'aborted');
      if (granted && Date.now() < granted.until - SPARE_MS) return granted.token;
      asking ??= grant(address, registration, SCOPES[audience], timeoutMs).finally(() => {
        asking = undefined;
      });
      granted = await asking;
      return granted.token;
    },
    refused(token) {
      if (granted?.token !== token) return true;
      const { at } = granted;
      granted = undefined;
      return Date.now() - at > FRESH_MS;
    },
  };
}

async function grant(address: string, { appId, appPassword }: Registration, scope: string, timeoutMs: number): Promise<Granted> {
  const at = Date.now();
  const time = deadline(timeoutMs, undefined);
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: appId, client_secret: appPassword, scope });
  try {
    const response = await fetch(address, { method: 'POST', body, redirect: 'manual', signal: time.signal });
    const answer = await readJson(response, time.signal);
    const { access_token: token, expires_in: seconds, error } = answer;
    if (response.ok && typeof token === 'string' && token !== '') return { token, at, until: at + Number(seconds ?? 3_600) * 1_000 };
    // Entra ID refuses a wrong id, password or tenant with 400 as well as 401: somebody must act.
    if (response.status >= 400 && response.status < 429) throw new PlatformFailure('unreachable', codeOf(error));
    throw refusal({ status: response.status, code: codeOf(error), retryAfter: response.headers.get('retry-after') }, 'read');
  } catch (error) {
    throw toFailure(error, 'read');
  } finally {
    time.met();
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : 'no_token';
}

/** The JSON object of an answer; empty when it is none. */
async function readJson(response: Response, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  const parts: Uint8Array[] = [];
  for await (const part of bytesOf(response, signal)) parts.push(part);
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
