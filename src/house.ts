import type { Platform } from './chat/platform.js';
import type { Config } from './config.js';
import { type Connected, connectPlatforms } from './connecting.js';
import type { Group } from './dealership/group.js';
import { createDesk } from './desk.js';
import { createHomes, type Homes } from './homes.js';
import { rateLimiter } from './intake/rate.js';
import type { Logger, Metrics } from './observe.js';
import { keptThings } from './store/kept.js';
import { type Lanes, openLanes } from './store/lanes.js';
import type { Store } from './store/store.js';
import { openWeb, type Web } from './web/index.js';
import type { Desk, Workflow } from './workflows/workflow.js';

/** What the program is told before it starts. */
export interface HouseParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly now?: () => Date;
  /** The compiled script of the photo page; by default beside this program. */
  readonly photoScript?: URL;
}

/** Everything that is looked up while the program runs. */
export interface House extends HouseParts {
  readonly now: () => Date;
  readonly store: Store;
  readonly group: Group;
  readonly desk: Desk;
  readonly lanes: Lanes;
  readonly homes: Homes;
  readonly workflows: readonly Workflow[];
  readonly web: Web;
  /** The address it listens on; null until it does. */
  readonly listening: { url: string | null };
  readonly connected: readonly Connected[];
  readonly platforms: ReadonlyMap<string, Platform>;
  platformOf(id: string): Platform | undefined;
}

/** Puts together what answers people; nothing is asked of a platform yet. `make`: every workflow there is. */
export async function furnish(parts: HouseParts, store: Store, group: Group, make: readonly ((desk: Desk) => Workflow)[]): Promise<House> {
  const { config, logger, now = store.now } = parts;
  const listening: House['listening'] = { url: null };
  const address = addressOf(config, listening);
  const web = await openWeb({
    ...{ store, group, now, limit: rateLimiter(), address },
    failed: (error) => logger.error({ err: error }, 'what the photo page sent could not be kept'),
    ...(parts.photoScript && { script: parts.photoScript }),
  });
  const languageOf = (account: string) => desk.languageFor(group.directory.byAccount(account));
  const connected = await connectPlatforms({
    ...{ config, logger, now, languageOf, address, kept: keptThings(store.db), share: web.share },
    homeOpened: (account) => homes.opened(account),
  });
  const platforms = new Map(connected.map(({ platform }) => [platform.name, platform]));
  const platformOf = (id: string) => platforms.get(id.slice(0, id.indexOf(':')));
  const tell: Desk['tell'] = (fact, dealership, language) =>
    workflows.map((one) => one.tells?.[fact.kind]?.(fact, dealership, language) ?? null).find((line) => line !== null) ?? null;
  const ending = () =>
    workflows.flatMap(({ draws = {} }) => Object.entries(draws).flatMap(([topic, one]) => ('endsWithTheLead' in one ? [topic] : [])));
  const { photoPage } = web;
  const failed: Desk['failed'] = (error, what) => logger.error({ err: error }, what);
  const offers: Desk['offers'] = (lead, dealership) => workflows.flatMap((workflow) => workflow.offers?.(lead, dealership) ?? []);
  const desk = createDesk({ store, group, now, platformOf, tell, ending, photoPage, failed, offers }, config.group.language);
  const workflows = make.map((workflow) => workflow(desk));
  const lanes = openLanes(store.db);
  const pagesOf = (account: string) => connected.find(({ platform }) => platform === platformOf(account))?.pages;
  const homes = createHomes({ store, lanes, desk, logger, pagesOf });
  return { ...parts, now, store, group, desk, lanes, homes, web, listening, connected, platforms, platformOf, workflows };
}

/** Where people's browsers reach this program; in the sandbox, without being told, where it listens. */
function addressOf({ publicUrl, mode, port }: Config, listening: House['listening']): (() => string) | null {
  if (publicUrl !== null) return () => publicUrl;
  if (mode !== 'sandbox') return null;
  return () => {
    if (listening.url !== null) return listening.url;
    // Cards are drawn before the port is open.
    if (port !== 0) return `http://127.0.0.1:${port}`;
    throw new Error('asked for an address before there is one');
  };
}
