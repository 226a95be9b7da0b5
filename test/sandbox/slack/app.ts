import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach } from 'vitest';
import type { SimulatorOptions, SlackSeed } from '../../../src/sandbox/slack/index.js';
import { seed, town } from './town.js';

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const authorize = async () => ({ botToken: seed.botToken, botId: seed.bot.botId, botUserId: seed.bot.userId });
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, setLevel: quiet, setName: quiet, getLevel: () => LogLevel.ERROR };

function quiet(): void {
  // What Bolt says in the middle of a test is read from the answers.
}

/** A town whose app is a real Bolt app behind signed HTTP. */
export async function boltOverHttp(options: SimulatorOptions = {}, more: Partial<SlackSeed> = {}) {
  let url = '';
  const where = await town({ eventsUrl: () => url, ...options }, more);
  const receiver = new HTTPReceiver({ signingSecret: seed.signingSecret, logger });
  const app = new App({ receiver, authorize, logger, clientOptions: { slackApiUrl: where.slack.apiUrl, retryConfig: { retries: 0 } } });
  const server = createServer(receiver.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { ...where, app, url };
}

/** A town whose app is a real Bolt app over Socket Mode. */
export async function boltOverSocket(options: SimulatorOptions = {}) {
  const where = await town(options);
  const clientOptions = { slackApiUrl: where.slack.apiUrl, retryConfig: { retries: 0 } };
  const receiver = new SocketModeReceiver({ appToken: seed.appToken, logger, installerOptions: { clientOptions }, clientPingTimeout: 300 });
  const app = new App({ receiver, authorize, logger, clientOptions });
  stops.push(() => app.stop());
  return { ...where, app, start: () => app.start() };
}
