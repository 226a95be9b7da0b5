import { WebClient } from '@slack/web-api';
import { afterEach } from 'vitest';
import { type RunningSimulator, type SimulatorOptions, type SlackSeed, startSlackSimulator } from '../../../src/sandbox/slack/index.js';

/** A dealership's workspace: two salespeople, a manager who is not in the leads channel, one app. */
export const seed: SlackSeed = {
  workspace: { id: 'T0LUMIERE', name: 'Groupe Lumière', domain: 'groupe-lumiere' },
  users: [
    { id: 'U0ALICE', name: 'alice', realName: 'Alice Martin', email: 'alice@example.org', locale: 'fr-FR', tz: 'Europe/Paris' },
    { id: 'U0BRUNO', name: 'bruno', realName: 'Bruno Petit', email: 'bruno@example.org', locale: 'fr-FR', tz: 'Europe/Paris' },
    { id: 'U0CLARE', name: 'clare', realName: 'Clare Byrne', locale: 'en-GB', tz: 'Europe/London', job: 'Sales manager' },
  ],
  channels: [
    { id: 'C0LEADS', name: 'leads', private: false, topic: 'Leads of Lyon', members: ['U0ALICE', 'U0BRUNO'], botIsMember: true },
    { id: 'C0CHIEFS', name: 'chiefs', private: true, topic: '', members: ['U0CLARE'], botIsMember: true },
    { id: 'C0OUTSIDE', name: 'outside', private: false, topic: '', members: ['U0ALICE'], botIsMember: false },
    { id: 'C0SECRET', name: 'secret', private: true, topic: '', members: ['U0CLARE'], botIsMember: false },
  ],
  bot: { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0FORECOURT', name: 'Forecourt' },
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
  signingSecret: 'sandbox-signing-secret',
  commands: [{ command: '/lead', hint: 'add | stats | help' }],
};

const running: RunningSimulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

/** A simulator with Slack's own client; limits of rate are off unless asked for. Stopped after the test. */
export async function town(options: SimulatorOptions = {}, more: Partial<SlackSeed> = {}) {
  const slack = await startSlackSimulator({ ...seed, ...more }, { rate: 'off', ...options });
  running.push(slack);
  return { slack, simulator: slack.simulator, web: client(slack.apiUrl) };
}

export function client(apiUrl: string, token = seed.botToken): WebClient {
  const logger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    setName: nothing,
    getLevel: () => 'error' as never,
  };
  return new WebClient(token, { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 2_000, logger });
}

function nothing(): void {
  // Slack's client talks to the console unless it is given somebody to talk to.
}

/** Slack's word for why it refused, or `ok`. */
export async function answerOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof Error && 'data' in error) return String((error.data as { error?: unknown }).error);
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    },
  );
}

export const button = (action_id: string, value = 'lead-1') => ({
  type: 'button',
  action_id,
  value,
  style: 'primary',
  text: { type: 'plain_text', text: 'Je prends' },
});

export const card = (...elements: unknown[]) => [
  { type: 'header', text: { type: 'plain_text', text: 'VO · Citroën C3' } },
  { type: 'actions', block_id: 'acts', elements: elements.length > 0 ? elements : [button('claim.take')] },
];

const plain = (text: string) => ({ type: 'plain_text', text });

export const modal = (...blocks: unknown[]) => ({
  type: 'modal',
  callback_id: 'status',
  private_metadata: 'lead-1',
  title: plain('Statut'),
  submit: plain('Enregistrer'),
  blocks: blocks.length > 0 ? blocks : [noteInput],
});

export const noteInput = {
  type: 'input',
  block_id: 'note',
  label: plain('Note'),
  element: { type: 'plain_text_input', action_id: 'note', min_length: 3, max_length: 20 },
};
