import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSlackSimulator } from '../../../src/sandbox/slack/index.js';
import { answerOf, client, seed, town } from './town.js';

const post = (web: Awaited<ReturnType<typeof town>>['web'], text = 'a', channel = 'C0LEADS') =>
  answerOf(web.chat.postMessage({ channel, text }));

describe('the pace Slack allows', () => {
  it('is one post a second for each channel, from one accepted to the next', async () => {
    let clock = 1_000_000;
    const { web, simulator } = await town({ rate: {}, now: () => clock });
    const refused = await web.chat
      .postMessage({ channel: 'C0LEADS', text: '1' })
      .then(() => web.chat.postMessage({ channel: 'C0LEADS', text: '2' }).catch((error: unknown) => error));
    expect(refused).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    expect(await post(web, 'other channel', 'C0CHIEFS')).toBe('ok');
    clock += 999;
    expect(await post(web)).toBe('slack_webapi_rate_limited_error');
    clock += 1;
    expect(await post(web, '2')).toBe('ok');
    expect(simulator.messages('C0LEADS').map((message) => message.text)).toEqual(['1', '2']);
    expect(simulator.requests().filter((request) => request.status === 429)).toHaveLength(2);
  });

  it('is counted by method and minute elsewhere, with a burst', async () => {
    let clock = 1_000_000;
    const { web } = await town({ rate: { perMinute: { 1: 1, 2: 2, 3: 3, 4: 4 }, burst: 1 }, now: () => clock });
    const ask = () => answerOf(web.conversations.info({ channel: 'C0LEADS' }));
    const answers = [await ask(), await ask(), await ask(), await ask(), await ask()];
    expect(answers).toEqual(['ok', 'ok', 'ok', 'ok', 'slack_webapi_rate_limited_error']);
    expect(await answerOf(web.users.info({ user: 'U0ALICE' }))).toBe('ok');
    clock += 20_000;
    expect(await ask()).toBe('ok');
  });
});

describe('faults', () => {
  it('lose an answer after or before the message was stored', async () => {
    const { web, simulator } = await town();
    simulator.faults.add({ method: 'chat.postMessage', times: 1, effect: { kind: 'lost', stored: true } });
    simulator.faults.add({ method: 'chat.postMessage', times: 1, effect: { kind: 'lost', stored: false } });
    expect(await post(web, 'stored')).toBe('slack_webapi_request_error');
    expect(await post(web, 'not stored')).toBe('slack_webapi_request_error');
    expect(await post(web, 'fine')).toBe('ok');
    expect(simulator.messages('C0LEADS').map((message) => message.text)).toEqual(['stored', 'fine']);
    expect(simulator.requests().map((request) => [request.fault, request.status, request.answer !== null])).toEqual([
      ['lost', null, true],
      ['lost', null, false],
      [null, 200, true],
    ]);
  });

  it('answer 503 after storing, hang, slow down, refuse, ask to wait', async () => {
    const { web, simulator } = await town();
    const { faults } = simulator;
    faults.add({ method: 'chat.', times: 1, effect: { kind: 'status', status: 503, stored: true } });
    expect(await post(web, 'stored')).toBe('slack_webapi_http_error');
    faults.add({ channel: 'C0LEADS', times: 1, effect: { kind: 'error', error: 'internal_error' } });
    expect(await post(web, 'elsewhere', 'C0CHIEFS')).toBe('ok');
    expect(await post(web)).toBe('internal_error');
    faults.add({ times: 1, effect: { kind: 'ratelimited', retryAfter: 7 } });
    expect(await web.chat.postMessage({ channel: 'C0LEADS', text: 'a' }).catch((error: unknown) => error)).toMatchObject({ retryAfter: 7 });
    faults.add({ times: 1, effect: { kind: 'hang', stored: true } });
    const hanging = post(web, 'hanging');
    await simulator.until(() => simulator.messages('C0LEADS').length === 2);
    faults.clear();
    expect(await hanging).toBe('slack_webapi_request_error');
    faults.add({ times: 1, effect: { kind: 'slow', ms: 30 } });
    expect(await post(web)).toBe('ok');
    expect(simulator.requests().at(-1)?.ms).toBeGreaterThanOrEqual(29);
  });

  it('strike by chance, and the same way again from the same seed', async () => {
    const draw = async () => {
      const { web, simulator } = await town({ faultSeed: 42 });
      const fault = simulator.faults.add({ probability: 0.2, effect: { kind: 'error', error: 'fatal_error' } });
      const answers = [];
      for (let turn = 0; turn < 100; turn += 1) answers.push(await answerOf(web.api.test()));
      return { answers, hits: fault.hits() };
    };
    const [first, second] = [await draw(), await draw()];
    expect(second).toEqual(first);
    expect(first.hits).toBeGreaterThan(8);
    expect(first.hits).toBeLessThan(35);
  });

  it('take the whole platform down and up again', async () => {
    const { web, simulator, slack } = await town();
    simulator.faults.down();
    expect(await post(web)).toBe('slack_webapi_http_error');
    expect((await fetch(`${slack.url}/response/any`, { method: 'POST' })).status).toBe(503);
    simulator.faults.up();
    expect(await post(web)).toBe('ok');
  });
});

describe('a workspace kept in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slack-sandbox-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is there again after a restart, with its direct messages and files, and goes on counting', async () => {
    const dataFile = join(folder, 'workspace.json');
    const before = await town({ dataFile });
    const { ts = '' } = await before.web.chat.postMessage({
      channel: 'C0LEADS',
      text: 'une piste',
      metadata: { event_type: 'a', event_payload: { mark: 'm' } },
    });
    await before.web.chat.postMessage({ channel: 'U0CLARE', text: 'en privé' });
    await before.web.filesUploadV2({ channel_id: 'C0LEADS', filename: 'a.png', file: Buffer.from('pixels') });
    await before.slack.stop();
    expect(JSON.parse(readFileSync(dataFile, 'utf8'))).toMatchObject({ version: 1 });
    expect(readFileSync(dataFile, 'utf8')).not.toContain(Buffer.from('pixels').toString('base64'));

    const after = await town({ dataFile, now: () => 0 });
    expect(after.simulator.messages('C0LEADS')[0]).toMatchObject({ ts, text: 'une piste', metadata: { event_payload: { mark: 'm' } } });
    expect(after.simulator.messages('D0CLARE').map((message) => message.text)).toEqual(['en privé']);
    const file = after.simulator.file(String(after.simulator.messages('C0LEADS')[1]?.files?.[0]?.id));
    expect(file).toMatchObject({ size: 6, bytes: Buffer.from('pixels').toString('base64') });
    const next = await after.web.chat.postMessage({ channel: 'C0LEADS', text: 'suite' });
    expect(Number(next.ts)).toBeGreaterThan(Number(ts));
  });

  it('sets an unreadable file aside and starts anew', () => {
    const dataFile = join(folder, 'broken.json');
    writeFileSync(dataFile, '{"version":');
    const simulator = createSlackSimulator(seed, { dataFile });
    expect(simulator.messages('C0LEADS')).toEqual([]);
    expect(readFileSync(`${dataFile}.unreadable`, 'utf8')).toBe('{"version":');
    simulator.close();
  });
});

describe('mounted below a path of another server', () => {
  it('gives out addresses of that path', async () => {
    const { createServer } = await import('node:http');
    const simulator = createSlackSimulator(seed, { rate: 'off' });
    const server = createServer((req, res) => void simulator.handle(req, res, (req.url ?? '').slice('/sandbox/slack/'.length)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const base = `http://127.0.0.1:${port}/sandbox/slack`;
    const { upload_url } = await client(`${base}/api/`).files.getUploadURLExternal({ filename: 'a.png', length: 1 });
    expect(upload_url).toMatch(new RegExp(`^${base}/upload/F`));
    const { url } = (await client(`${base}/api/`, seed.appToken).apps.connections.open({})) as { url?: string };
    expect(url).toMatch(new RegExp(`^${base.replace('http', 'ws')}/socket\\?ticket=`));
    simulator.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
