import type { Courier } from './deliver.js';
import type { FaultDraw, Faults } from './faults.js';
import type { Identity } from './identity.js';
import type { Times } from './limits.js';
import type { Admit } from './rate.js';
import type { TeamsSeed } from './seed.js';
import type { Tokens } from './tokens.js';
import type { Workspace } from './workspace.js';

/** Everything one simulator is made of; handed to each part. */
export interface World {
  readonly seed: TeamsSeed;
  readonly now: () => number;
  readonly times: Times;
  readonly workspace: Workspace;
  readonly identity: Identity;
  readonly tokens: Tokens;
  readonly faults: Faults & FaultDraw;
  readonly admit: Admit;
  readonly courier: Courier;
  /** The address the simulator is mounted at, without a slash at the end. */
  readonly base: () => string;
  /** The address of the Bot Connector, as activities name it: with a slash at the end. */
  readonly serviceUrl: () => string;
}
