import { createHmac, randomBytes } from 'node:crypto';
import { bad, type Finding, good, note } from './finding.js';

const ANSWER_WITHIN_MS = 5_000;

/**
 * Can people's clicks come in over HTTP? Asks the public address itself, and sends it what Slack sends to verify an
 * address, signed as Slack signs.
 */
export async function* examineAddress(publicUrl: string | null, signingSecret: string): AsyncGenerator<Finding> {
  if (publicUrl === null) {
    yield note(
      'PUBLIC_URL is not set, so nobody tried whether clicks can come in.',
      "Set PUBLIC_URL to the address this installation has on the Internet; in the Slack app's settings, every Request URL is that address followed by /slack/events.",
    );
    return;
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    yield bad(
      'PUBLIC_URL is not an https address, and Slack sends to no other.',
      'Put a reverse proxy with a certificate in front of Forecourt and write its https address.',
    );
  const alive = await ask(`${publicUrl}/healthz`);
  if (alive.status !== 200 || field(alive.body, 'status') !== 'ok') {
    yield bad(`${publicUrl} does not lead to a running Forecourt: ${alive.said}.`, lostRemedy(alive));
    return;
  }
  yield good(`${publicUrl} leads to a running Forecourt.`);
  yield await eventsFinding(`${publicUrl}/slack/events`, signingSecret);
}

async function eventsFinding(url: string, signingSecret: string): Promise<Finding> {
  const challenge = randomBytes(16).toString('hex');
  const body = JSON.stringify({ type: 'url_verification', challenge });
  const answer = await ask(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...signature(signingSecret, body) },
  });
  if (answer.status === 200 && field(answer.body, 'challenge') === challenge)
    return good(
      `${url} answers a signed request as Slack expects: buttons can be clicked once the Slack app's settings name this address.`,
    );
  switch (answer.status) {
    case 401:
      return bad(
        `${url} refuses a request signed with SLACK_SIGNING_SECRET.`,
        'The running Forecourt has another secret, or its clock is wrong by minutes. Copy the Signing Secret from the app\'s "Basic Information", set the clock, restart Forecourt.',
      );
    case 404:
      return bad(
        `${url} is not served by the running Forecourt.`,
        'It runs without Slack, or in Socket Mode. Start it with the settings the doctor was given: SLACK_SIGNING_SECRET and no SLACK_APP_TOKEN.',
      );
    case 503:
      return bad(`The Forecourt behind ${url} is starting or stopping.`, 'Run the doctor again in a moment.');
    default:
      return bad(`${url} does not answer Slack's verification: ${answer.said}.`, lostRemedy(answer));
  }
}

/** Slack's own scheme: HMAC-SHA256 of `v0:<seconds>:<body>`. */
function signature(secret: string, body: string): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${digest}` };
}

/** What came back. */
export interface Heard {
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly body: string;
  /** In words, for a sentence. */
  readonly said: string;
}

/** One request, as chat platforms make them: redirects are not followed. */
export async function ask(url: string, init: RequestInit = {}): Promise<Heard> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const moved = response.status >= 300 && response.status < 400 ? `, a redirection to ${response.headers.get('location')}` : '';
    return { status: response.status, body: await response.text(), said: `it answers ${response.status}${moved}` };
  } catch (error) {
    return { status: null, body: '', said: `no answer (${reason(error)})` };
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `none within ${ANSWER_WITHIN_MS / 1000} s`;
  const cause = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
  return typeof cause === 'string' ? cause : error.name;
}

/** What to do when an address does not lead here. */
export function lostRemedy({ status }: Heard): string {
  if (status !== null && status >= 300 && status < 400)
    return 'Write the final address in PUBLIC_URL: chat platforms follow no redirection.';
  return 'Start Forecourt; check PUBLIC_URL, and that the reverse proxy passes every path on to its PORT.';
}

/** A text field of a JSON object; undefined when the text is none. */
function field(json: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  } catch {
    return undefined;
  }
}
