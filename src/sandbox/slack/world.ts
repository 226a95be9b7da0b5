import type { FaultDraw, Faults } from './faults.js';
import type { Times } from './limits.js';
import type { Admit } from './rate.js';
import type { ResponseUrls } from './response-urls.js';
import type { SlackSeed } from './seed.js';
import type { Sockets } from './socket.js';
import type { Triggers } from './triggers.js';
import type { ViewStore } from './view-store.js';
import type { Workspace } from './workspace.js';

/** Everything one simulator is made of; handed to each part. */
export interface World {
  readonly seed: SlackSeed;
  readonly now: () => number;
  readonly times: Times;
  readonly workspace: Workspace;
  readonly views: ViewStore;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly sockets: Sockets;
  readonly faults: Faults & FaultDraw;
  readonly admit: Admit;
  /** The address the simulator is mounted at, without a slash at the end. */
  readonly base: () => string;
}
