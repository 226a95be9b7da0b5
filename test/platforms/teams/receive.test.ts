import { afterEach, describe, expect, it } from 'vitest';
import type { Click } from '../../../src/chat/interaction.js';
import { type TeamsSettings, teamsPlatform } from '../../../src/platforms/teams/index.js';
import { DEAF } from '../../support/ears.js';
import { memoryIn } from '../../support/kept.js';
import { serve } from '../slack/wire.js';
import { LEADS, town } from './town.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A platform that nobody has to prove anything to. */
async function anonymous(settings: Partial<TeamsSettings> = {}) {
  const kept = new Map<string, string>();
  const platform = teamsPlatform({
    memory: memoryIn(kept),
    channels: [`teams:${LEADS}`],
    log: () => {},
    trouble: () => ({ summary: 'Sorry', elements: [], buttons: [] }),
    troubleText: () => 'Not saved',
    requiredText: () => 'Fill this in',
    doneText: () => 'Noted',
    ...settings,
  });
  const front = await serve((req, res) => platform.handle(req, res));
  stops.push(front.stop);
  const post = async (activity: unknown, headers = {}) => {
    const response = await fetch(`${front.url}/api/messages`, { method: 'POST', body: JSON.stringify(activity), headers });
    return { status: response.status, text: await response.text() };
  };
  return { platform, post, kept, url: front.url };
}

const press = (serviceUrl: string) => ({
  ...{ type: 'invoke', name: 'adaptiveCard/action', id: 'f:1', channelId: 'msteams', serviceUrl, replyToId: '17' },
  from: { id: '29:alice', name: 'Alice', aadObjectId: 'aad-alice' },
  recipient: { id: 'bot', name: 'Forecourt' },
  conversation: { id: `${LEADS};messageid=17`, conversationType: 'channel' },
  value: { action: { type: 'Action.Execute', verb: 'claim.take', data: { subject: '42' } } },
});

describe('the door for Teams', () => {
  it('is closed before it is opened, and after', async () => {
    const { platform, post } = await anonymous();
    expect((await post(press('http://127.0.0.1:1/'))).status).toBe(503);
    await platform.start(DEAF);
    expect((await post(press('http://127.0.0.1:1/'))).status).toBe(200);
    await platform.stop();
    expect((await post(press('http://127.0.0.1:1/'))).status).toBe(503);
  });

  it('counts as answering before a simulator has said where it is, and asks it from then on', async () => {
    const { platform, post } = await anonymous();
    await platform.start(DEAF);
    expect(await platform.check()).toEqual({ bot: 'anonymous', workspace: 'anonymous' });
    const connector = await serve((_, res) => void res.writeHead(503).end());
    stops.push(connector.stop);
    expect((await post(press(`${connector.url}/`))).status).toBe(200);
    await expect(platform.check()).rejects.toMatchObject({ kind: 'later' });
  });

  it('lets a simulator on this machine in without a token, and answers it there, without one', async () => {
    const clicks: Click[] = [];
    const authorizations: (string | undefined)[] = [];
    const connector = await serve((req, res) => {
      authorizations.push(req.headers.authorization);
      res.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `${LEADS};messageid=99` }));
    });
    stops.push(connector.stop);
    const { platform, post } = await anonymous();
    await platform.start({
      ...DEAF,
      click: async (click) => {
        clicks.push(click);
        return { kind: 'done' };
      },
    });
    await expect(platform.post({ channel: `teams:${LEADS}` }, { summary: 'x', elements: [], buttons: [] }, 'x')).rejects.toMatchObject({
      kind: 'later',
      code: 'service_unknown',
    });
    const answered = await post(press(`${connector.url}/`));
    expect(JSON.parse(answered.text)).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
    expect(clicks).toMatchObject([{ action: 'claim.take', subject: '42', actor: { person: 'teams:aad-alice' } }]);
    await expect
      .poll(() => platform.post({ channel: `teams:${LEADS}` }, { summary: 'x', elements: [], buttons: [] }, 'x').catch(() => null))
      .toBe(`teams:${LEADS};messageid=99/99`);
    expect(new Set(authorizations)).toEqual(new Set([undefined]));
  });

  it.each(['https://smba.trafficmanager.net/emea/', 'http://10.0.0.1/', 'https://evil.example.org/'])(
    'takes nobody elsewhere for that simulator: %s',
    async (serviceUrl) => {
      const { platform, post, kept } = await anonymous();
      await platform.start(DEAF);
      expect((await post(press(serviceUrl))).status).toBe(403);
      expect(kept.size).toBe(0);
    },
  );

  it('answers 503 when the keys to check with are out of reach: Teams asks again', async () => {
    const { platform, running, log } = await town();
    await platform.start(DEAF);
    running.simulator.faults.add({ effect: { kind: 'status', status: 503, stored: false }, method: 'openid' });
    const front = await serve((req, res) => platform.handle(req, res));
    stops.push(front.stop);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'https://api.botframework.com', aud: 'app', serviceurl: running.serviceUrl, exp: Date.now() / 1_000 + 60 };
    const authorization = `Bearer ${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.AAAA`;
    const body = JSON.stringify({ ...press(running.serviceUrl), channelData: { tenant: { id: 'tenant' } } });
    const { status } = await fetch(`${front.url}/api/messages`, { method: 'POST', body, headers: { authorization } });
    expect(status).toBe(503);
    expect(log.join()).toContain('keys out of reach');
  });

  it('lets the person know when the program is too slow, and does not wait for it', async () => {
    const { platform, post } = await anonymous({ answerWithinMs: 50 });
    await platform.start({ ...DEAF, click: () => new Promise(() => {}) });
    expect(JSON.parse((await post(press('http://127.0.0.1:1/'))).text)).toMatchObject({ value: 'Sorry' });
  });
});
