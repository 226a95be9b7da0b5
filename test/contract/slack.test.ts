import { describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../src/sandbox/slack/index.js';
import { DEAF } from '../support/ears.js';
import { platformContract } from './platform.js';
import { slackWorld } from './slack-world.js';

platformContract('Slack over HTTP', () => slackWorld('http'));
platformContract('Slack in Socket Mode', () => slackWorld('socket'));

const NO_CARD = { summary: 'x', elements: [], buttons: [{ action: 'claim.take', label: 'Take', subject: '42' }] };

describe('a Socket Mode connection', () => {
  it.each<['refresh' | 'drop', FaultEffect | null]>([
    ['refresh', null],
    ['drop', null],
    ['drop', { kind: 'status', status: 503, stored: false }],
    ['drop', { kind: 'error', error: 'invalid_auth' }],
  ])('comes back by itself after a %s, also when Slack first says %j', async (how, fault) => {
    const world = await slackWorld('socket');
    const clicked: string[] = [];
    await world.platform.start({
      ...DEAF,
      click: async (click) => {
        clicked.push(click.subject);
        return { kind: 'done' };
      },
    });
    const { simulator } = world;
    const asked = () => simulator.requests().filter((request) => request.method === 'apps.connections.open').length;
    const healthy = () =>
      world.platform.check().then(
        () => true,
        () => false,
      );
    const message = await world.platform.post({ channel: world.channel }, NO_CARD, 'm');
    if (fault) simulator.faults.add({ effect: fault, method: 'apps.connections.open', times: 1 });
    simulator.sockets[how]();
    await simulator.until(() => asked() === (fault ? 3 : 2), 10_000);
    await expect.poll(healthy, { timeout: 10_000 }).toBe(true);
    expect(await world.click(world.person, message, 'claim.take')).toEqual({});
    expect(clicked).toEqual(['42']);
    await world.stop();
  });
});
