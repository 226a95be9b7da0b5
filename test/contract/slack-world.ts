import type { Duplex } from 'node:stream';
import type { MessageId } from '../../src/chat/text.js';
import { slackPlatform } from '../../src/platforms/slack/index.js';
import {
  createSlackSimulator,
  type FaultEffect,
  links,
  pings,
  type RunningSimulator,
  type SlackMessage,
  type SlackSeed,
} from '../../src/sandbox/slack/index.js';
import { type Served, serve, signed } from '../platforms/slack/wire.js';
import { eventFrame, markedUp, noises } from './slack-events.js';
import type { ContractWorld, Outcome, Shown } from './world.js';

type Simulator = RunningSimulator['simulator'];

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
  readonly simulator: Simulator;
}

/** A simulated Slack, and the platform connected to it as a server with an address or over a socket. */
export async function slackWorld(mode: 'http' | 'socket'): Promise<SlackWorld> {
  const slack: { url: string; sockets: Set<Duplex> } = { url: '', sockets: new Set() };
  let front: Served | undefined;
  const eventsUrl = () => `${front?.url}/slack/events`;
  const simulator = createSlackSimulator(SEED, { rate: 'off', baseUrl: () => slack.url, eventsUrl, times: { retriesMs: [] } });
  const served = await serve(
    (req, res) => void simulator.handle(req, res, (req.url ?? '/').slice(1)),
    (req, socket, head) => {
      slack.sockets.add(socket);
      simulator.handleUpgrade(req, socket, head);
    },
  );
  slack.url = served.url;
  const platform = slackPlatform({
    botToken: SEED.botToken,
    ...(mode === 'http' ? { signingSecret: SEED.signingSecret } : { appToken: SEED.appToken }),
    apiUrl: `${slack.url}/api/`,
    timeoutMs: 2_000,
    log: () => {},
    trouble: () => ({ summary: 'Sorry', elements: [], buttons: [] }),
    troubleText: () => 'Not saved',
  });
  front = await serve((req, res) => platform.handle(req, res));
  /** Tells the platform of something the simulator does not play itself. */
  const tell = async (event: object): Promise<void> => {
    if (mode === 'http') await signed(eventsUrl(), JSON.stringify(event), { secret: SEED.signingSecret });
    else for (const socket of slack.sockets) socket.write(eventFrame(event));
  };
  return {
    simulator,
    platform,
    abilities: {
      ...{ searches: true, searchesInPrivate: true, keepsMarks: true, hearsDeletions: true, aloud: true },
      ...{ filesInThreads: true, threadsEnd: true, comparesEdits: true },
    },
    channel: 'slack:C0LEADS',
    closedChannel: 'slack:C0OTHER',
    person: 'slack:U0ALICE',
    personName: 'Alice Martin',
    outsider: 'slack:U0ZOE',
    departed: 'slack:U0GONE',
    whispersBelow: true,
    addressOf(message) {
      const { channel, ts } = refOf(message);
      return `https://${SEED.workspace.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
    },
    ...seen(simulator),
    ...done(simulator),
    async sayWithMarkup(person, under) {
      const { event, read } = markedUp(bare(person), refOf(under));
      await tell(event);
      return read;
    },
    async noise(under, remark) {
      for (const event of noises(refOf(under), refOf(remark))) await tell(event);
    },
    spoil(how) {
      simulator.faults.add({ effect: SPOILS[how], method: 'chat.', times: 1 });
    },
    async stop() {
      await platform.stop();
      await front?.stop();
      simulator.close();
      await served.stop();
    },
  };
}

/** What people see. */
function seen(simulator: Simulator): Pick<ContractWorld, 'shown' | 'count' | 'listed' | 'below' | 'whispers' | 'openForm'> {
  const idOf = (channel: string) => (message: SlackMessage) => `slack:${channel}/${message.ts}`;
  return {
    async shown(message) {
      const { channel, ts } = refOf(message);
      const found = simulator.messages(channel).find((one) => one.ts === ts);
      return found ? shownOf(found) : null;
    },
    count: async (channel) => simulator.messages(bare(channel)).length,
    async listed(channel) {
      const all = simulator.messages(bare(channel));
      return all.filter((one) => !isReply(one) || one.subtype === 'thread_broadcast').map(idOf(bare(channel)));
    },
    async below(message) {
      const { channel, ts } = refOf(message);
      const replies = simulator.messages(channel).filter((one) => isReply(one) && one.thread_ts === ts);
      return replies.map(idOf(channel));
    },
    async whispers(person) {
      const direct = simulator.channelsOf(bare(person)).filter((channel) => channel.kind === 'im');
      const letters = direct.flatMap(({ id }) => simulator.messages(id).map((message) => ({ channel: id, message })));
      return [...letters, ...simulator.ephemerals(bare(person))]
        .sort((a, b) => Number(a.message.ts) - Number(b.message.ts))
        .map(({ channel, message }) => ({
          ...shownOf(message),
          ...(isReply(message) && { under: `slack:${channel}/${message.thread_ts}` }),
        }));
    },
    async openForm(person) {
      const view = simulator.as(bare(person)).modal();
      const inputs = view?.blocks.filter((block) => block.type === 'input') ?? [];
      return view && { id: view.callback_id, fields: inputs.map((block) => String(block.block_id)) };
    },
  };
}

/** What people do. */
function done(simulator: Simulator): Pick<ContractWorld, 'click' | 'command' | 'typed' | 'submit' | 'say' | 'hand' | 'edit' | 'remove'> {
  return {
    async click(person, message, action) {
      return outcome(await simulator.as(bare(person)).click({ ...refOf(message), action_id: action }));
    },
    typed: async (person, text) => outcome(await simulator.as(bare(person)).command('C0LEADS', text)),
    command: async (person, words) => outcome(await simulator.as(bare(person)).command('C0LEADS', `/lead ${words}`)),
    async submit(person, values, files = {}) {
      const entered = Object.entries(values).map(([field, value]) => [field, value === '' ? null : value]);
      const sent = Object.entries(files).map(([field, ids]) => [field, ids.map(bare)]);
      return outcome(await simulator.as(bare(person)).submit(Object.fromEntries([...entered, ...sent])));
    },
    async say(person, { text, under, files = [] }) {
      const handed = files.flatMap((file) => simulator.file(bare(file)) ?? []);
      const thread = under === undefined ? {} : { thread_ts: refOf(under).ts };
      const { ts } = simulator.as(bare(person)).say('C0LEADS', text, { ...thread, files: handed });
      return `slack:C0LEADS/${ts}`;
    },
    hand: async (person, name, bytes) => `slack:${simulator.as(bare(person)).upload(name, bytes).id}`,
    async edit(person, message, text) {
      const { channel, ts } = refOf(message);
      simulator.as(bare(person)).edit(channel, ts, text);
    },
    async remove(person, message) {
      const { channel, ts } = refOf(message);
      simulator.as(bare(person)).remove(channel, ts);
    },
  };
}

function isReply(message: SlackMessage): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

function bare(id: string): string {
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
    pictures: elements.flatMap(({ slack_file: file }) => everyObject(file).map(({ id }) => `slack:${id}`)),
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
