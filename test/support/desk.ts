import type { Config } from '../../src/config.js';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { createDesk } from '../../src/desk.js';
import type { Store } from '../../src/store/store.js';
import type { Desk } from '../../src/workflows/workflow.js';

type Settings = Pick<Config, 'group' | 'dealerships' | 'people' | 'sources'>;

/** A desk over a store that speaks on no platform. */
export function silentDesk(store: Store, config: Settings): Desk {
  return deskOver(store, config, () => undefined);
}

/** A desk over a store, as the program makes it, by itself. */
export function deskOver(store: Store, config: Settings, platformOf: Desk['platformOf']): Desk {
  const { group, dealerships, people, sources } = config;
  const house = groupOf(group.name, dealerships, directory(people, dealerships), sources);
  const mute = { platformOf, tell: () => null, ending: () => [], photoPage: null, failed: () => {}, offers: () => [] };
  return createDesk({ store, group: house, now: () => new Date(), ...mute }, group.language);
}
