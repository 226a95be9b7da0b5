import type { ClientWords } from './client-words.js';
import type { Outcome } from './deliver.js';

/** What the client shows a person after an act. `fields` are errors by block id. */
export type Shown =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: string; readonly sentence: string; readonly fields?: Readonly<Record<string, string>> };

/** What an outcome means to the person when there is nothing more to it. */
export function shown(outcome: Outcome, words: ClientWords): Shown {
  return outcome.failure === null ? { ok: true } : { ok: false, error: outcome.failure, sentence: words.failed(outcome.failure) };
}
