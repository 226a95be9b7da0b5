import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultBoard } from '../fault-board.js';
import type { Fields } from '../json.js';
import { until } from '../until.js';
import { envelope } from './activities.js';
import { announceInstallation, announceMessages } from './announce.js';
import { type Delivery, deliver, type Forgery, type Outcome } from './deliver.js';
import { answerRequest, type ServiceRequest } from './endpoints.js';
import { type Faults, OUTAGE } from './faults.js';
import { newIdentity } from './identity.js';
import { TIMES, type Times } from './limits.js';
import { type Person, personOf } from './person.js';
import { RATE_LIMITS, type RateLimits, rateLimiter } from './rate.js';
import type { TeamsSeed } from './seed.js';
import type { Change, Conversation, MessageAt, StoredFile, TeamsMessage } from './shapes.js';
import { keepTenant } from './snapshot.js';
import { newTokens } from './tokens.js';
import { canSee, conversationBy, findMessage, messagesOf, newWorkspace, personBy, personId } from './workspace.js';
import type { World } from './world.js';

const KEPT_RECORDS = 20_000;

export interface SimulatorOptions {
  /** The bot's `…/api/messages`. */
  readonly botUrl?: () => string;
  /** The address the simulator is mounted at, for the addresses it gives out. */
  readonly baseUrl: () => string;
  /** Keeps conversations, messages and files in this file. */
  readonly dataFile?: string;
  readonly now?: () => number;
  readonly rate?: Partial<RateLimits> | 'off';
  readonly times?: Partial<Times>;
  /** How many requests and deliveries are kept for inspection, the newest; default 20,000. */
  readonly keep?: number;
  /** Seed of the faults' generator. */
  readonly faultSeed?: number;
}

/** A Microsoft 365 tenant of one process, with one bot in it. */
export interface TeamsSimulator {
  /** Everything below the mount: `path` is what follows it, such as `/teams/v3/conversations`. */
  handle(req: IncomingMessage, res: ServerResponse, path: string): Promise<void>;
  /** Where the OpenID metadata lies, below the mount. */
  readonly openIdPath: string;
  as(aadObjectId: string): Person;
  readonly faults: Faults;
  /** Tells the bot of its installation, everywhere; repeatable, as Teams repeats it. */
  install(): Promise<void>;
  /** Sends an activity the service would not send, or not so: signed wrongly, or not what it says. `more` replaces fields of a message of this person's in this conversation. */
  forge(person: string, conversation: string, more: Fields, forgery?: Forgery): Promise<Outcome>;
  conversations(): readonly Conversation[];
  conversationsOf(aadObjectId: string): readonly Conversation[];
  /** Oldest first, replies included, deleted ones left out. */
  messages(conversation: string): readonly TeamsMessage[];
  message(at: MessageAt): TeamsMessage | undefined;
  /** The message an id of the Connector's means: `19:…;messageid=NNN` or `a:…`, and the activity's id. */
  resolve(conversation: string): { readonly conversation: string; readonly root?: string } | null;
  file(id: string): StoredFile | undefined;
  /** `29:…` */
  idOf(aadObjectId: string): string;
  /** Ends every token the bot holds. */
  revokeTokens(): void;
  readonly requests: readonly ServiceRequest[];
  readonly deliveries: readonly Delivery[];
  subscribe(listener: (change: Change) => void): () => void;
  /** Resolves when the check answers something, asked now and after every change, request and delivery; rejects after `withinMs`, default 4 s. */
  until<T>(check: () => T | null | undefined | false, withinMs?: number): Promise<T>;
  close(): void;
}

export function createTeamsSimulator(seed: TeamsSeed, options: SimulatorOptions): TeamsSimulator {
  const requests: ServiceRequest[] = [];
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
  const world = newWorld(seed, options, (delivery) => record(deliveries, delivery));
  const stopFile = options.dataFile === undefined ? () => undefined : keepTenant(world.workspace, options.dataFile);
  const stopMessages = announceMessages(world);
  world.workspace.listeners.add(look);
  return {
    ...inspection(world),
    openIdPath: world.identity.metadataPath,
    requests,
    deliveries,
    async handle(req, res, path) {
      record(requests, await answerRequest(world, req, res, path));
    },
    as: (id) => personOf(world, id),
    install: () => announceInstallation(world),
    forge(person, where, more, forgery = {}) {
      const found = conversationBy(world.workspace, where);
      const author = personBy(world, person);
      if (!found || !author) throw new RangeError(`nothing to forge as ${person} in ${where}`);
      return deliver(world.courier, { ...envelope(world, 'message', author, found.conversation, found.root), ...more }, 0, forgery);
    },
    until: (check, withinMs = 4_000) => until(watchers, check, withinMs),
    close() {
      stopMessages();
      stopFile();
      world.faults.clear();
    },
  };
}

function newWorld(seed: TeamsSeed, options: SimulatorOptions, delivered: (delivery: Delivery) => void): World {
  const now = options.now ?? Date.now;
  const times = { ...TIMES, ...options.times };
  const identity = newIdentity(seed);
  return {
    seed,
    now,
    times,
    identity,
    workspace: newWorkspace(seed, now),
    tokens: newTokens(seed),
    faults: faultBoard(options.faultSeed ?? 1, OUTAGE),
    admit: rateLimiter(options.rate === 'off' ? 'off' : { ...RATE_LIMITS, ...options.rate }, now),
    courier: { identity, times, botUrl: options.botUrl, delivered },
    base: options.baseUrl,
    serviceUrl: () => `${options.baseUrl()}/teams/`,
  };
}

type Inspection = Pick<
  TeamsSimulator,
  'faults' | 'conversations' | 'conversationsOf' | 'messages' | 'message' | 'resolve' | 'file' | 'idOf' | 'revokeTokens' | 'subscribe'
>;

function inspection(world: World): Inspection {
  const { workspace } = world;
  return {
    faults: world.faults,
    conversations: () => [...workspace.conversations.values()],
    conversationsOf: (id) => [...workspace.conversations.values()].filter((one) => canSee(one, id)),
    messages: (conversation) => messagesOf(workspace, conversation),
    message: (at) => findMessage(workspace, at),
    resolve(id) {
      const found = conversationBy(workspace, id);
      return found && { conversation: found.conversation.id, ...(found.root === undefined ? {} : { root: found.root }) };
    },
    file: (id) => workspace.files.get(id),
    idOf: (aadObjectId) => personId(world, aadObjectId),
    revokeTokens: world.tokens.revoke,
    subscribe(listener) {
      workspace.listeners.add(listener);
      return () => workspace.listeners.delete(listener);
    },
  };
}
