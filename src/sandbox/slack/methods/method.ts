import type { Fields } from '../../json.js';
import type { Tier } from '../rate.js';
import type { World } from '../world.js';

/** One call, its token already checked. */
export interface Call {
  readonly args: Fields;
  readonly world: World;
}

/** One Web API method. It answers what stands beside `ok: true`, or throws a `Refusal`. */
export interface Method {
  readonly tier: Tier;
  /** Which token it takes; `none`: it takes any, or no token. */
  readonly token: 'bot' | 'app' | 'none';
  /** One of these scopes is needed; a channel's kind decides which when there are several. */
  readonly scopes?: readonly string[];
  readonly run: (call: Call) => Fields;
}
