import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { boltOverHttp, boltOverSocket } from './app.js';
import { button, card, client, modal, seed, town } from './town.js';

describe('events', () => {
  it('announce messages, edits, deletions, replies, photos and people joining', async () => {
    const { app, web, simulator } = await boltOverHttp();
    const heard: string[] = [];
    app.event(
      'message',
      async ({ event }) => void heard.push(event.subtype ?? ('thread_ts' in event && event.thread_ts ? 'reply' : 'message')),
    );
    app.event('member_joined_channel', async ({ event }) => void heard.push(`${event.user} joined`));
    app.event('app_home_opened', async ({ event }) => void heard.push(`home ${event.user}`));
    const alice = simulator.as('U0ALICE');
    const said = alice.say('C0LEADS', 'bonjour <!channel>');
    const acts: (() => unknown)[] = [
      () => alice.say('C0LEADS', 'suite', { thread_ts: said.ts }),
      () => alice.say('C0LEADS', '', { files: [alice.upload('avant.jpg', Buffer.from('x'))] }),
      () => alice.edit('C0LEADS', said.ts, 'bonsoir'),
      () => alice.remove('C0LEADS', simulator.messages('C0LEADS').at(-1)?.ts ?? ''),
      () => simulator.as('U0CLARE').join('C0LEADS'),
      () => alice.openHome(),
      () => web.chat.postMessage({ channel: 'C0LEADS', text: 'de l’app' }),
    ];
    for (const [index, act] of acts.entries()) {
      await simulator.until(() => simulator.deliveries.length === index + 1);
      await act();
    }
    await simulator.until(() => simulator.deliveries.length === acts.length + 1);
    await simulator.until(() => heard.length >= 7);
    expect(heard).toEqual(['message', 'reply', 'file_share', 'message_changed', 'message_deleted', 'U0CLARE joined', 'home U0ALICE']);
    expect(simulator.messages('C0LEADS')[0]?.text).toBe('bonsoir');
    const last = simulator.deliveries.at(-1)?.body;
    expect(last).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: 'U0BOT', is_bot: true }],
      event: { type: 'message', bot_id: 'B0BOT', channel: 'C0LEADS', channel_type: 'channel' },
    });
  });

  it('say nothing of channels the app is not in, nor of direct messages it did not subscribe to', async () => {
    const { web, simulator } = await boltOverHttp();
    simulator.as('U0ALICE').say('C0OUTSIDE', 'entre nous');
    await web.chat.postMessage({ channel: 'U0ALICE', text: 'bonjour' });
    simulator.as('U0CLARE').say('C0CHIEFS', 'chefs');
    await simulator.until(() => simulator.deliveries.length > 0);
    expect(simulator.deliveries.map((one) => (one.body.event as { text: string }).text)).toEqual(['chefs']);
  });

  it('announce a deleted thread parent as a change into a tombstone', async () => {
    const { web, simulator } = await boltOverHttp();
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'carte' });
    simulator.as('U0ALICE').say('C0LEADS', 'vu', { thread_ts: ts });
    simulator.as('U0BRUNO').remove('C0LEADS', ts);
    const event = await simulator.until(
      () => simulator.deliveries.find((one) => (one.body.event as { hidden?: boolean }).hidden)?.body.event,
    );
    expect(event).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone', ts },
      previous_message: { bot_id: 'B0BOT' },
    });
  });

  it('are sent again, with their number and reason, until the app takes them', async () => {
    const app = await stubbornApp([500, 404, 200]);
    const { simulator } = await town({ times: { retriesMs: [0, 5, 5] }, eventsUrl: () => app.url });
    simulator.as('U0ALICE').say('C0LEADS', 'bonjour');
    await simulator.until(() => simulator.deliveries.length === 3);
    expect(app.seen).toEqual([' ', '1 http_error', '2 http_error']);
    expect(new Set(simulator.deliveries.map((one) => one.body.event_id)).size).toBe(1);
    await app.stop();
  });

  it('are given up after three more attempts, or at once when the app asks for no retry', async () => {
    const { simulator } = await town({ times: { retriesMs: [0, 5, 5] }, eventsUrl: () => 'http://127.0.0.1:1/' });
    simulator.as('U0ALICE').say('C0LEADS', 'bonjour');
    await simulator.until(() => simulator.deliveries.length === 4);
    expect(simulator.deliveries.map((one) => [one.retry, one.outcome.failure])).toEqual(
      [0, 1, 2, 3].map((retry) => [retry, 'dispatch_failed']),
    );
    const app = await stubbornApp([500, 200], { 'x-slack-no-retry': '1' });
    const other = await town({ times: { retriesMs: [0, 0, 0] }, eventsUrl: () => app.url });
    for (const text of ['un', 'deux']) {
      other.simulator.as('U0ALICE').say('C0LEADS', text);
      await other.simulator.until(
        () => other.simulator.deliveries.at(-1)?.body.event && other.simulator.deliveries.length === (text === 'un' ? 1 : 2),
      );
    }
    expect(app.seen).toEqual([' ', ' ']);
    await app.stop();
  });
});

/** An app that answers each request with the next status, and notes the headers of retries. */
async function stubbornApp(statuses: number[], headers: Record<string, string> = {}) {
  const seen: string[] = [];
  const server = createServer((req, res) => {
    seen.push(`${req.headers['x-slack-retry-num'] ?? ''} ${req.headers['x-slack-retry-reason'] ?? ''}`);
    req.resume().on('end', () => res.writeHead(statuses.shift() ?? 200, headers).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen, stop };
}

describe('Socket Mode', () => {
  it('carries clicks, modals, commands and events to a real Bolt app, and their answers back', async () => {
    const { app, web, simulator, start } = await boltOverSocket();
    const heard: string[] = [];
    app.event('message', async ({ event }) => void heard.push(String('text' in event && event.text)));
    app.action('status.open', async ({ ack, body }) => {
      await ack();
      await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal() as never });
    });
    app.view('status', async ({ ack, view }) => {
      await (view.state.values.note?.note?.value === 'encore'
        ? ack({ response_action: 'errors', errors: { note: 'Dites-en plus.' } })
        : ack());
    });
    app.command('/lead', async ({ ack }) => ack('bonjour'));
    await start();
    expect(simulator.sockets.connected()).toBe(1);
    const alice = simulator.as('U0ALICE');
    const { ts = '' } = await web.chat.postMessage({ channel: 'C0LEADS', text: 'carte', blocks: card(button('status.open')) as never });
    expect(await alice.click({ channel: 'C0LEADS', ts, action_id: 'status.open' })).toEqual({ ok: true });
    await simulator.until(() => alice.modal());
    expect(await alice.submit({ note: 'encore' })).toMatchObject({ fields: { note: 'Dites-en plus.' } });
    expect(await alice.submit({ note: 'rappelé' })).toEqual({ ok: true });
    expect(await alice.command('C0LEADS', '/lead help')).toEqual({ ok: true });
    expect(simulator.ephemerals('U0ALICE').at(-1)?.message.text).toBe('bonjour');
    alice.say('C0LEADS', 'salut');
    await simulator.until(() => heard.includes('salut'));
    expect(new Set(simulator.deliveries.map((one) => one.via))).toEqual(new Set(['socket']));
  });

  it('comes back after Slack asks for it, and after a broken connection', async () => {
    const { app, simulator, start } = await boltOverSocket();
    const heard: string[] = [];
    app.event('message', async ({ event }) => void heard.push(String('text' in event && event.text)));
    await start();
    const connections = () => simulator.requests().filter((request) => request.method === 'apps.connections.open').length;
    for (const [index, disturb] of [() => simulator.sockets.refresh(), () => simulator.sockets.drop()].entries()) {
      disturb();
      await simulator.until(() => connections() === index + 2 && simulator.sockets.connected() === 1);
    }
    simulator.as('U0ALICE').say('C0LEADS', 'toujours là');
    await simulator.until(() => heard.includes('toujours là'));
  });

  it('lets in only who holds a fresh ticket, once', async () => {
    const { slack } = await town();
    const knock = (url: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.on('error', () => resolve('refused'));
        socket.on('message', (data) => {
          socket.close();
          resolve(String((JSON.parse(String(data)) as { type: string }).type));
        });
      });
    const { url = '' } = (await client(slack.apiUrl, seed.appToken).apps.connections.open({})) as { url?: string };
    expect(await knock(`${slack.url.replace('http', 'ws')}/socket?ticket=guess`)).toBe('refused');
    expect(await knock(url)).toBe('hello');
    expect(await knock(url)).toBe('refused');
  });
});
