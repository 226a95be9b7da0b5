import { afterEach, describe, expect, it } from 'vitest';
import type { Ears } from '../../../src/chat/interaction.js';
import { slackPlatform } from '../../../src/platforms/slack/index.js';
import { DEAF } from '../../support/ears.js';
import { interaction, mounted, SECRET, scriptedApi, signed } from './wire.js';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listening(click: Ears['click'] = async () => ({ kind: 'done' })) {
  const api = await scriptedApi({});
  const { platform, url, logged, stop } = await mounted(api.url);
  stops.push(stop, api.stop);
  let clicks = 0;
  await platform.start({
    ...DEAF,
    click: (heard) => {
      clicks++;
      return click(heard);
    },
  });
  return { platform, url, logged, clicks: () => clicks };
}

const CLICK = {
  type: 'block_actions',
  team: { id: 'T0' },
  user: { id: 'U0ALICE', username: 'alice' },
  container: {},
  trigger_id: 't',
  actions: [
    { type: 'button', action_id: 'claim.take', block_id: 'b', value: '42', text: { type: 'plain_text', text: 'x' }, action_ts: '1.3' },
  ],
};
const FORM = 'application/x-www-form-urlencoded';
const BODY = new URLSearchParams({ payload: JSON.stringify(CLICK) }).toString();

describe('requests from Slack', () => {
  it.each<[string, number, { at?: number; secret?: string }]>([
    ['signed now', 200, {}],
    ['290 s old', 200, { at: Date.now() - 290_000 }],
    ['302 s old', 401, { at: Date.now() - 302_000 }],
    ['half a minute ahead', 200, { at: Date.now() + 30_000 }],
    ['62 s ahead', 401, { at: Date.now() + 62_000 }],
    ['a day ahead', 401, { at: Date.now() + 86_400_000 }],
    ['signed by somebody else', 401, { secret: 'another' }],
  ])('%s: %i', async (_, status, options) => {
    const { url, clicks } = await listening();
    expect((await signed(url, BODY, { type: FORM, ...options })).status).toBe(status);
    expect(clicks()).toBe(status === 200 ? 1 : 0);
  });

  it('without a signature are refused', async () => {
    const { url, clicks } = await listening();
    expect((await fetch(url, { method: 'POST', headers: { 'content-type': FORM }, body: BODY })).status).toBe(401);
    expect(clicks()).toBe(0);
  });

  it('over a megabyte are refused with 413, without an explanation', async () => {
    const { url } = await listening();
    const response = await signed(url, 'x'.repeat(1_100_000), { type: FORM });
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 413, body: '' });
  });

  it.each([
    ['not JSON', '{"payload', 400],
    ['JSON of no request', '"hello"', 200],
  ])('that are %s: %i', async (_, body, status) => {
    const { url } = await listening();
    const response = await signed(url, body);
    expect({ status: response.status, body: await response.text() }).toEqual({ status, body: '' });
  });

  it('that verify the address are answered by the challenge', async () => {
    const { url } = await listening();
    const response = await signed(url, JSON.stringify({ type: 'url_verification', challenge: 'abc' }));
    expect(await response.json()).toEqual({ challenge: 'abc' });
  });

  it('of another method or path are not found', async () => {
    const { url } = await listening();
    expect((await fetch(url)).status).toBe(404);
    expect((await signed(`${url}/other`, BODY)).status).toBe(404);
  });

  it('log no word of the request', async () => {
    const { url, logged } = await listening();
    await signed(url, '{"customer": "Brigitte Moreau"', {});
    await signed(url, BODY, { secret: 'another' });
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(logged)).not.toMatch(/Brigitte|payload|claim/);
  });

  it('before the start and after the stop are told to come back', async () => {
    const api = await scriptedApi({});
    const { platform, url, stop } = await mounted(api.url);
    stops.push(stop, api.stop);
    expect((await interaction(url, CLICK)).status).toBe(503);
    await platform.stop();
    expect((await interaction(url, CLICK)).status).toBe(503);
  });

  it('being answered are finished before the stop', async () => {
    let decide = () => {};
    const decided = new Promise<void>((resolve) => {
      decide = resolve;
    });
    let asked = () => {};
    const heard = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { platform, url } = await listening(async () => {
      asked();
      await decided;
      return { kind: 'done' };
    });
    const answered = interaction(url, CLICK);
    await heard;
    let stopped = false;
    const stopping = platform.stop().then(() => {
      stopped = true;
    });
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    decide();
    expect((await answered).status).toBe(200);
    await stopping;
  });
});

describe('a start', () => {
  it('needs a signing secret or an app token', () => {
    const settings = {
      botToken: 'xoxb',
      log: () => {},
      trouble: () => ({ summary: '', elements: [], buttons: [] }),
      troubleText: () => '',
    };
    expect(() => slackPlatform(settings)).toThrow(/signing secret/);
    expect(() => slackPlatform({ ...settings, signingSecret: SECRET })).not.toThrow();
  });

  it.each([[{}], [{ appToken: 'xapp-tests' }]])('does not wait for a Slack that is away, nor end the process: %j', async (settings) => {
    const api = await scriptedApi({});
    await api.stop();
    const { platform, stop } = await mounted(api.url, { timeoutMs: 50, ...settings });
    stops.push(stop);
    await platform.start(DEAF);
    await expect(platform.check()).rejects.toMatchObject({ name: 'PlatformFailure', kind: 'later' });
  });
});
