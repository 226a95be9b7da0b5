import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { faultBoard } from '../fault-board.js';
import { until } from '../until.js';
import { type Courier, type Delivery, verifyUrl } from './deliver.js';
import { answerEndpoint } from './endpoints.js';
import { announceEvents } from './events.js';
import { type Faults, OUTAGE } from './faults.js';
import { isImageFile } from './file-store.js';
import { TIMES, type Times } from './limits.js';
import { type Person, personOf } from './person.js';
import { RATE_LIMITS, type RateLimits, rateLimiter } from './rate.js';
import { newResponseUrls } from './response-urls.js';
import type { SlackSeed } from './seed.js';
import type { Change, Channel, SlackMessage, SlackView, StoredFile } from './shapes.js';
import { keepWorkspace } from './snapshot.js';
import { newSockets, type Sockets } from './socket.js';
import { newTriggers } from './triggers.js';
import { type ApiRequest, answerApi } from './web-api.js';
import { canSee, messagesOf, newWorkspace, tell } from './workspace.js';
import type { World } from './world.js';

const KEPT_RECORDS = 20_000;

export interface SimulatorOptions {
  /** Where signed requests go, unless a socket is connected. */
  readonly eventsUrl?: () => string;
  /** The address the simulator is mounted at, for the addresses it gives out. Absent: taken from the last request. */
  readonly baseUrl?: () => string;
  /** Keeps channels, messages and files in this file. */
  readonly dataFile?: string;
  readonly now?: () => number;
  readonly rate?: Partial<RateLimits> | 'off';
  readonly times?: Partial<Times>;
  /** How many calls and deliveries are kept for inspection, the newest; default 20,000. */
  readonly keep?: number;
  /** Seed of the faults' generator. */
  readonly faultSeed?: number;
}

/** A Slack workspace of one process, with one app in it. */
export interface SlackSimulator {
  /** Everything below the mount: `path` is what follows it, such as `api/chat.postMessage`. */
  handle(req: IncomingMessage, res: ServerResponse, path: string): Promise<void>;
  /** `POST <mount>/api/<method>` alone. */
  handleApi(req: IncomingMessage, res: ServerResponse, method: string): Promise<void>;
  /** Socket Mode's websocket, `<mount>/socket`. */
  handleUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  as(userId: string): Person;
  readonly faults: Faults;
  readonly sockets: Pick<Sockets, 'connected' | 'refresh' | 'drop'>;
  channels(): readonly Channel[];
  /** Channels and direct messages a person sees. */
  channelsOf(userId: string): readonly Channel[];
  /** Oldest first, thread replies included. */
  messages(channel: string): readonly SlackMessage[];
  ephemerals(userId: string): readonly { readonly channel: string; readonly message: SlackMessage }[];
  /** Open modals, the one on top last. */
  views(userId: string): readonly SlackView[];
  file(id: string): StoredFile | undefined;
  requests(): readonly ApiRequest[];
  readonly deliveries: readonly Delivery[];
  archive(channel: string): void;
  /** Does the app's address pass Slack's `url_verification`? */
  verifyUrl(): Promise<boolean>;
  subscribe(listener: (change: Change) => void): () => void;
  /** Resolves when the check answers something, asked now and after every change, call and delivery; rejects after `withinMs`, default 4 s. */
  until<T>(check: () => T | null | undefined | false, withinMs?: number): Promise<T>;
  close(): void;
}

export function createSlackSimulator(seed: SlackSeed, options: SimulatorOptions = {}): SlackSimulator {
  const requests: ApiRequest[] = [];
  const deliveries: Delivery[] = [];
  const watchers = new Set<() => void>();
  const look = (): void => {
    for (const watch of [...watchers]) watch();
  };
  const record = <T>(log: T[], entry: T): void => {
    log.push(entry);
    const kept = options.keep ?? KEPT_RECORDS;
    // In batches: removing one by one from the front of a long list is slow.
    if (log.length > kept * 1.1) log.splice(0, log.length - kept);
    look();
  };
  let lastBase = '';
  const world = newWorld(seed, options, () => options.baseUrl?.() ?? lastBase, look);
  const courier: Courier = {
    signingSecret: seed.signingSecret,
    ackMs: world.times.ackMs,
    eventsUrl: options.eventsUrl,
    sockets: world.sockets,
    delivered: (delivery) => record(deliveries, delivery),
  };
  const stopFile = options.dataFile === undefined ? () => undefined : keepWorkspace(world.workspace, options.dataFile);
  const stopEvents = announceEvents(world, courier);
  world.workspace.listeners.add(look);

  const handleApi: SlackSimulator['handleApi'] = async (req, res, method) => record(requests, await answerApi(world, req, res, method));
  return {
    ...inspection(world),
    deliveries,
    requests: () => requests,
    handleApi,
    async handle(req, res, path) {
      lastBase = mountOf(req, path);
      if (path.startsWith('api/')) return handleApi(req, res, path.slice('api/'.length).split('?')[0] ?? '');
      await answerEndpoint(world, req, res, path.split('?')[0] ?? '');
    },
    handleUpgrade: world.sockets.handleUpgrade,
    as: (userId) => personOf(world, courier, userId),
    verifyUrl: () => verifyUrl(courier, 'sandbox'),
    until: (check, withinMs = 4_000) => until(watchers, check, withinMs),
    close() {
      stopEvents();
      stopFile();
      world.faults.clear();
      world.sockets.close();
    },
  };
}

function newWorld(seed: SlackSeed, options: SimulatorOptions, base: () => string, look: () => void): World {
  const now = options.now ?? Date.now;
  const times = { ...TIMES, ...options.times };
  const workspace = newWorkspace(seed, now);
  return {
    seed,
    now,
    times,
    workspace,
    base,
    views: {
      stacks: new Map(),
      homes: new Map(),
      seed,
      tell: (change) => tell(workspace, change),
      isImageFile: (ref) => isImageFile(workspace, ref, times.scanMs),
    },
    triggers: newTriggers(now, times.triggerMs),
    responseUrls: newResponseUrls(now, times.responseUrlMs),
    sockets: newSockets(seed.bot.appId, look),
    faults: faultBoard(options.faultSeed ?? 1, OUTAGE),
    admit: rateLimiter(options.rate === 'off' ? 'off' : { ...RATE_LIMITS, ...options.rate }, now),
  };
}

type Inspection = Pick<
  SlackSimulator,
  'faults' | 'sockets' | 'channels' | 'channelsOf' | 'messages' | 'ephemerals' | 'views' | 'file' | 'archive' | 'subscribe'
>;

function inspection(world: World): Inspection {
  const { workspace } = world;
  return {
    faults: world.faults,
    sockets: world.sockets,
    channels: () => [...workspace.channels.values()],
    channelsOf: (userId) => [...workspace.channels.values()].filter((channel) => canSee(channel, userId)),
    messages: (channel) => messagesOf(workspace, channel).slice(),
    ephemerals: (userId) => (workspace.ephemerals.get(userId) ?? []).slice(),
    views: (userId) => (world.views.stacks.get(userId) ?? []).slice(),
    file: (id) => workspace.files.get(id),
    archive(id) {
      const channel = workspace.channels.get(id);
      if (channel) workspace.channels.set(id, { ...channel, archived: true });
    },
    subscribe(listener) {
      workspace.listeners.add(listener);
      return () => workspace.listeners.delete(listener);
    },
  };
}

/** Where the simulator is mounted, from the address a request came to. */
function mountOf(req: IncomingMessage, path: string): string {
  const whole = req.url ?? '';
  const at = whole.indexOf(path);
  return `http://${req.headers.host ?? 'localhost'}${whole.slice(0, Math.max(0, at)).replace(/\/$/, '')}`;
}
