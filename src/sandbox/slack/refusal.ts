import type { Fields } from '../json.js';
import type { Fault } from './schema.js';

/** Slack's `{ok: false}`: a code, and what comes with it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    readonly extra: Fields = {},
  ) {
    super(code);
  }
}

/** A refusal that says what is wrong and where, in the form Slack's API gives it. */
export function refusalOf(code: string, faults: readonly Fault[]): Refusal {
  const errors = faults.map(({ message, pointer }) => `${message} [json-pointer:${pointer}]`);
  return new Refusal(code, { errors, response_metadata: { messages: errors.map((error) => `[ERROR] ${error}`) } });
}
