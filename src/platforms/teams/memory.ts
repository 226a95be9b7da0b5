import { type Heard, isRecord, word } from './activity.js';
import { readThread } from './refs.js';

/**
 * Where a platform keeps what it must know again after a restart, shared by every process. What lies under a name that
 * begins with `day:` may be forgotten after a day.
 */
export interface Memory {
  read(key: string): Promise<string | null>;
  /** Everything whose key begins so. */
  readAll(prefix: string): Promise<readonly string[]>;
  write(key: string, value: string): Promise<void>;
}

/** Where to reach Teams, and as whom. */
export interface KnownService {
  readonly serviceUrl: string;
  /** `28:…`, the bot as Teams names it. */
  readonly bot: string;
}

/** A channel in which something was heard. */
export interface KnownChannel extends KnownService {
  readonly team: string;
}

/** A team in which something was heard. */
interface KnownTeam {
  /** In Entra ID. */
  readonly group: string;
}

/** Somebody who was heard, or looked up. */
export interface KnownPerson {
  /** `29:…`, the person as this bot knows them. */
  readonly id: string;
  readonly name: string;
  /** Their conversation with the bot; empty until there is one. */
  readonly conversation: string;
}

/** A file somebody sent: where its bytes are. */
export interface KnownFile {
  readonly url: string;
  /** Is our token needed to fetch it? */
  readonly ours: boolean;
}

/** What Teams tells only as people speak, kept by kind. Reading what was never written gives null. */
export interface Known {
  service(): Promise<KnownService | null>;
  channel(id: string): Promise<KnownChannel | null>;
  person(objectId: string): Promise<KnownPerson | null>;
  file(key: string): Promise<KnownFile | null>;
  /** The groups a channel may belong to: that of its team, or, where nothing was heard in it yet, of every team heard of. */
  groupsOf(channel: string): Promise<readonly string[]>;
  keepPerson(objectId: string, person: KnownPerson): Promise<void>;
  keepFile(key: string, file: KnownFile): Promise<void>;
  /** Keeps everything an activity says about where it came from. Cheap when nothing is new. */
  learn(heard: Heard): Promise<void>;
}

const MOST_REMEMBERED = 5_000;
const TEAM = 'teams:team:';

/**
 * `isTrusted`: may our token go to a service at this address? What was kept of any other, in other times or by other
 * settings, is as if it had never been heard, until the next activity teaches it anew.
 */
export function knownThings(memory: Memory, isTrusted: (address: string) => boolean): Known {
  const cache = new Map<string, string>();

  async function read<T>(key: string, names: readonly (keyof T & string)[]): Promise<T | null> {
    const kept = cache.get(key) ?? (await memory.read(key));
    if (kept === null) return null;
    hold(key, kept);
    const value: unknown = JSON.parse(kept);
    return isRecord(value) && names.every((name) => value[name] !== undefined) ? (value as T) : null;
  }

  function trusted<T extends KnownService>(kept: T | null): T | null {
    return kept !== null && isTrusted(kept.serviceUrl) ? kept : null;
  }

  async function write(key: string, value: object): Promise<void> {
    const written = JSON.stringify(value);
    if ((cache.get(key) ?? (await memory.read(key))) === written) return hold(key, written);
    await memory.write(key, written);
    hold(key, written);
  }

  function hold(key: string, value: string): void {
    if (cache.size >= MOST_REMEMBERED) cache.clear();
    cache.set(key, value);
  }

  const known: Known = {
    service: async () => trusted(await read<KnownService>('teams:service', ['serviceUrl', 'bot'])),
    channel: async (id) => trusted(await read<KnownChannel>(`teams:channel:${id}`, ['serviceUrl', 'bot', 'team'])),
    person: (objectId) => read<KnownPerson>(personKey(objectId), ['id', 'name', 'conversation']),
    file: (key) => read<KnownFile>(`day:teams:file:${key}`, ['url', 'ours']),
    async groupsOf(channel) {
      const own = await read<KnownTeam>(`${TEAM}${(await known.channel(channel))?.team}`, ['group']);
      if (own !== null) return [own.group];
      const all = (await memory.readAll(TEAM)).map((kept): unknown => JSON.parse(kept));
      return [...new Set(all.flatMap((one) => (isRecord(one) ? [word(one.group)] : [])))].filter((group) => group !== '');
    },
    keepPerson: (objectId, person) => write(personKey(objectId), person),
    keepFile: (key, file) => write(`day:teams:file:${key}`, file),
    async learn(heard) {
      const { serviceUrl, bot, from } = heard;
      await write('teams:service', { serviceUrl, bot } satisfies KnownService);
      if (heard.team && heard.group) await write(`${TEAM}${heard.team}`, { group: heard.group } satisfies KnownTeam);
      const channel = channelOf(heard);
      if (channel !== undefined)
        await write(`teams:channel:${channel}`, { serviceUrl, bot, team: heard.team ?? '' } satisfies KnownChannel);
      if (from.objectId === '') return;
      const before = await known.person(from.objectId);
      const conversation = heard.personal ? heard.conversation : (before?.conversation ?? '');
      await known.keepPerson(from.objectId, { id: from.id, name: from.name || (before?.name ?? ''), conversation });
    },
  };
  return known;
}

function personKey(objectId: string): string {
  return `teams:person:${objectId.toLowerCase()}`;
}

/** The channel an activity belongs to; undefined in personal chats. */
export function channelOf({ conversation, personal }: Pick<Heard, 'conversation' | 'personal'>): string | undefined {
  if (personal) return undefined;
  const bare = readThread(conversation)?.channel ?? conversation;
  return /^19:[^\s;/]+@thread\.(?:tacv2|skype)$/.test(word(bare)) ? bare : undefined;
}
