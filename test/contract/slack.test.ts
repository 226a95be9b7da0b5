import { describe, expect, it } from 'vitest';
import type { MessageId, PersonId } from '../../src/chat/text.js';
import { slackPlatform } from '../../src/platforms/slack/index.js';
import {
  type FaultEffect,
  links,
  pings,
  type RunningSimulator,
  type SlackMessage,
  type SlackSeed,
  startSlackSimulator,
} from '../../src/sandbox/slack/index.js';
import { type Served, serve } from '../platforms/slack/wire.js';
import { platformContract } from './platform.js';
import type { ContractWorld, Outcome, Shown } from './world.js';

const SEED: SlackSeed = {
  workspace: { id: 'T0LUMIERE', name: 'Lumière', domain: 'lumiere' },
  users: [
    { id: 'U0ALICE', name: 'alice', realName: 'Alice Martin', locale: 'fr-FR', tz: 'Europe/Paris' },
    { id: 'U0ZOE', name: 'zoe', realName: 'Zoé Petit', locale: 'en-GB', tz: 'Europe/London' },
  ],
  channels: [
    { id: 'C0LEADS', name: 'leads', private: false, topic: '', members: ['U0ALICE'], botIsMember: true },
    { id: 'C0OTHER', name: 'other', private: false, topic: '', members: ['U0ALICE'], botIsMember: false },
  ],
  bot: { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0FORECOURT', name: 'forecourt' },
  botToken: 'xoxb-contract',
  appToken: 'xapp-contract',
  signingSecret: 'contract-secret',
  commands: [{ command: '/lead', hint: 'add | mine' }],
};

const SPOILS: Record<Parameters<ContractWorld['spoil']>[0], FaultEffect> = {
  refused: { kind: 'error', error: 'invalid_blocks' },
  down: { kind: 'status', status: 503, stored: false },
  busy: { kind: 'ratelimited', retryAfter: 1 },
  lost: { kind: 'lost', stored: true },
};

interface SlackWorld extends ContractWorld {
  readonly slack: RunningSimulator;
}

async function slackWorld(mode: 'http' | 'socket'): Promise<SlackWorld> {
  let front: Served | undefined;
  const slack = await startSlackSimulator(SEED, { rate: 'off', eventsUrl: () => `${front?.url}/slack/events`, times: { retriesMs: [] } });
  const platform = slackPlatform({
    botToken: SEED.botToken,
    ...(mode === 'http' ? { signingSecret: SEED.signingSecret } : { appToken: SEED.appToken }),
    apiUrl: slack.apiUrl,
    timeoutMs: 2_000,
    log: () => {},
    trouble: () => ({ summary: 'Sorry', elements: [], buttons: [] }),
    troubleText: () => 'Not saved',
  });
  front = await serve((req, res) => platform.handle(req, res));
  const { simulator } = slack;
  const find = (message: MessageId) => {
    const { channel, ts } = refOf(message);
    return simulator.messages(channel).find((one) => one.ts === ts);
  };
  return {
    slack,
    platform,
    channel: 'slack:C0LEADS',
    closedChannel: 'slack:C0OTHER',
    person: 'slack:U0ALICE',
    personName: 'Alice Martin',
    outsider: 'slack:U0ZOE',
    async shown(message) {
      const found = find(message);
      return found ? shownOf(found) : null;
    },
    count: async (channel) => simulator.messages(bare(channel)).length,
    async whispers(person) {
      const direct = simulator.channelsOf(bare(person)).filter((channel) => channel.kind === 'im');
      const messages = direct
        .flatMap((channel) => simulator.messages(channel.id))
        .concat(simulator.ephemerals(bare(person)).map((one) => one.message));
      return messages.sort((a, b) => Number(a.ts) - Number(b.ts)).map(shownOf);
    },
    async click(person, message, action) {
      return outcome(await simulator.as(bare(person)).click({ ...refOf(message), action_id: action }));
    },
    command: async (person, words) => outcome(await simulator.as(bare(person)).command('C0LEADS', `/lead ${words}`)),
    async openForm(person) {
      const view = simulator.as(bare(person)).modal();
      return (
        view && {
          id: view.callback_id,
          fields: view.blocks.filter((block) => block.type === 'input').map((block) => String(block.block_id)),
        }
      );
    },
    submit: async (person, values) =>
      outcome(
        await simulator
          .as(bare(person))
          .submit(Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value === '' ? null : value]))),
      ),
    async remove(person, message) {
      const { channel, ts } = refOf(message);
      simulator.as(bare(person)).remove(channel, ts);
    },
    spoil(how) {
      simulator.faults.add({ effect: SPOILS[how], method: 'chat.', times: 1 });
    },
    async stop() {
      await platform.stop();
      await front?.stop();
      await slack.stop();
    },
  };
}

function bare(id: PersonId): string {
  return id.replace(/^slack:/, '');
}

function refOf(message: MessageId): { channel: string; ts: string } {
  const [channel = '', ts = ''] = bare(message).split('/');
  return { channel, ts };
}

function outcome(shown: { ok: boolean; error?: string; fields?: Readonly<Record<string, string>> }): Outcome {
  if (shown.fields) return { faults: shown.fields };
  return shown.error === undefined ? {} : { error: shown.error };
}

function shownOf(message: SlackMessage): Shown {
  const blocks = message.blocks ?? [];
  const elements = everyObject(blocks);
  return {
    text: blocks.length === 0 ? message.text : elements.flatMap(visible).join(' '),
    buttons: elements.flatMap((element) => (element.type === 'button' ? [String(element.action_id)] : [])),
    pings: pings(message),
    links: links(message),
  };
}

type Found = Readonly<Record<string, unknown>>;

function everyObject(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Found, ...Object.values(value).flatMap(everyObject)];
}

function visible(element: Found): string[] {
  return [element.text, element.alt_text, element.fallback].filter((word) => typeof word === 'string');
}

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
      click: async (click) => {
        clicked.push(click.subject);
        return { kind: 'done' };
      },
      submit: async () => ({ kind: 'close' }),
      command: async () => ({ kind: 'done' }),
      removed: async () => {},
    });
    const { simulator } = world.slack;
    const asked = () => simulator.requests().filter((request) => request.method === 'apps.connections.open').length;
    const healthy = () =>
      world.platform.check().then(
        () => true,
        () => false,
      );
    const message = await world.platform.post(world.channel, NO_CARD, 'm');
    if (fault) simulator.faults.add({ effect: fault, method: 'apps.connections.open', times: 1 });
    simulator.sockets[how]();
    await simulator.until(() => asked() === (fault ? 3 : 2), 10_000);
    await expect.poll(healthy, { timeout: 10_000 }).toBe(true);
    expect(await world.click(world.person, message, 'claim.take')).toEqual({});
    expect(clicked).toEqual(['42']);
    await world.stop();
  });
});
