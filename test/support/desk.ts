import type { Config } from '../../src/config.js';
import { groupOf } from '../../src/dealership/group.js';
import { directory } from '../../src/dealership/people.js';
import { createDesk } from '../../src/desk.js';
import type { Store } from '../../src/store/store.js';
import type { Desk } from '../../src/workflows/workflow.js';

/** A desk over a store, as the program makes it, that speaks on no platform. */
export function silentDesk(store: Store, config: Pick<Config, 'group' | 'dealerships' | 'people' | 'sources'>): Desk {
  const { group, dealerships, people, sources } = config;
  const house = groupOf(group.name, dealerships, directory(people, dealerships), sources);
  const mute = { platformOf: () => undefined, tell: () => null, ending: () => [], photoPage: null, failed: () => {} };
  return createDesk({ store, group: house, now: () => new Date(), ...mute }, group.language);
}
