import { type RunningSimulator, type SlackSeed, startSlackSimulator } from '../../src/sandbox/slack/index.js';
import { lead, median, quantile } from './load.js';
import { CHANNELS, PROGRAM, SALESPEOPLE, startChild } from './processes.js';

const BURST = 1_000;
const MANY = 1_000_000;
const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer bench' };

const SEED: SlackSeed = {
  workspace: { id: 'T0', name: 'Bench', domain: 'bench' },
  users: SALESPEOPLE.slice(0, 2).map((id) => ({ id, name: id.toLowerCase(), realName: id, locale: 'en-GB', tz: 'Europe/Paris' })),
  channels: CHANNELS.map((id) => ({ id, name: id.toLowerCase(), private: false, topic: '', members: [], botIsMember: true })),
  bot: { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0BOT', name: 'Forecourt' },
  botToken: 'xoxb-bench',
  appToken: 'xapp-bench',
  signingSecret: 'bench-signing-secret',
  commands: [],
};

/** (c) A burst at the pace Slack allows, and what one channel's limit costs the others; (d) one lead to an idle Slack. */
export async function burst(env: Record<string, string>, databaseUrl: string, say: (line: string) => void): Promise<void> {
  const slack = await startSlackSimulator(SEED, { rate: { perMinute: { 1: MANY, 2: MANY, 3: MANY, 4: MANY } } });
  const program = await startChild(PROGRAM, { ...env, SLACK_API_URL: slack.apiUrl, DATABASE_URL: databaseUrl }, '/healthz');
  const send = (leads: object) => fetch(`${program.url}/intake/bench`, { method: 'POST', headers: HEADERS, body: JSON.stringify(leads) });

  const idle: number[] = [];
  for (let n = 0; n < 60; n++) {
    const before = cards(slack);
    const begun = performance.now();
    await send(lead(`idle-${n}`, n % CHANNELS.length));
    await slack.simulator.until(() => cards(slack) > before, 10_000);
    idle.push(performance.now() - begun);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  say(`(d) lead sent to card shown, idle: p50 ${median(idle).toFixed(0)} ms, p90 ${quantile(idle, 0.9).toFixed(0)} ms`);

  const before = cards(slack);
  const refusedBefore = refusals(slack);
  const begun = performance.now();
  await send(Array.from({ length: BURST }, (_, n) => lead(`burst-${n}`, n % CHANNELS.length)));
  await slack.simulator.until(() => cards(slack) === before + BURST, 180_000);
  const took = (performance.now() - begun) / 1000;
  const allowed = BURST / CHANNELS.length - 1;
  say(
    `(c) burst of ${BURST} to ${CHANNELS.length} channels: ${took.toFixed(1)} s, allowed ${allowed} s, ratio ${(took / allowed).toFixed(3)}, needless 429s: ${refusals(slack) - refusedBefore}`,
  );

  await delayByOneChannel(slack, send, say);
  await program.stop();
  await slack.stop();
}

async function delayByOneChannel(
  slack: RunningSimulator,
  send: (leads: object) => Promise<unknown>,
  say: (line: string) => void,
): Promise<void> {
  const [limited] = CHANNELS;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const rule = slack.simulator.faults.add({
    effect: { kind: 'ratelimited', retryAfter: 3 },
    method: 'chat.postMessage',
    channel: limited ?? '',
    times: 1,
  });
  await send(lead('limited', 0));
  await slack.simulator.until(() => rule.hits() > 0, 5_000);
  const delays: number[] = [];
  for (let n = 1; n < CHANNELS.length; n++) {
    const before = cards(slack);
    const begun = performance.now();
    await send(lead(`other-${n}`, n));
    await slack.simulator.until(() => cards(slack) > before, 10_000);
    delays.push(performance.now() - begun);
  }
  rule.remove();
  say(
    `(c) while one channel is told to wait 3 s, cards of the others take p50 ${median(delays).toFixed(0)} ms, at most ${Math.max(...delays).toFixed(0)} ms`,
  );
}

function cards(slack: RunningSimulator): number {
  return CHANNELS.reduce((sum, channel) => sum + slack.simulator.messages(channel).length, 0);
}

function refusals(slack: RunningSimulator): number {
  return slack.simulator.requests().filter((request) => JSON.stringify(request).includes('ratelimited')).length;
}
