import type { Fields } from '../json.js';
import type { Identity, WrongToken } from './identity.js';
import type { Times } from './limits.js';

/** How the bot answered, or how it failed to. */
export interface Outcome {
  readonly failure: null | 'timeout' | 'unreachable' | 'refused' | 'failed';
  readonly status: number | null;
  /** Parsed JSON, or the text; null when there was no body. */
  readonly answer: unknown;
}

/** One activity sent to the bot. */
export interface Delivery {
  readonly at: number;
  readonly activity: Fields;
  readonly retry: number;
  readonly outcome: Outcome;
  readonly ms: number;
}

/** What is needed to reach the bot. */
export interface Courier {
  readonly identity: Identity;
  readonly times: Times;
  /** `…/api/messages`; absent or empty: nobody listens. */
  readonly botUrl: (() => string) | undefined;
  readonly delivered: (delivery: Delivery) => void;
}

/** A delivery that differs from what the service would send, for tests that play an attacker. */
export interface Forgery {
  readonly token?: WrongToken;
  /** Instead of the whole header; null sends none. */
  readonly authorization?: string | null;
}

/** Sends one activity to the bot, signed as the service signs, and waits for its answer at most as long as the service does. */
export async function deliver(courier: Courier, activity: Fields, retry = 0, forgery: Forgery = {}): Promise<Outcome> {
  const at = Date.now();
  const outcome = await post(courier, activity, forgery);
  courier.delivered({ at, activity, retry, outcome, ms: Date.now() - at });
  return outcome;
}

async function post({ identity, times, botUrl }: Courier, activity: Fields, forgery: Forgery): Promise<Outcome> {
  const url = botUrl?.();
  if (!url) return { failure: 'unreachable', status: null, answer: null };
  const { authorization = identity.authorization(String(activity.serviceUrl), forgery.token) } = forgery;
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(activity),
      redirect: 'manual',
      signal: AbortSignal.timeout(activity.type === 'invoke' ? times.invokeMs : times.messageMs),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0, sandbox)',
        ...(authorization === null ? {} : { authorization }),
      },
    });
    const text = await response.text();
    const failure = response.ok ? null : response.status >= 500 ? 'failed' : 'refused';
    return { failure, status: response.status, answer: parsed(text) };
  } catch (error) {
    const failure = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable';
    return { failure, status: null, answer: null };
  }
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
