import type { Db } from '../store/database.js';
import type { Breakdown } from './figures.js';
import type { Window } from './period.js';

/**
 * The figures of dealerships, each over its own period; by dealership id. One statement a part whatever the number of
 * dealerships.
 */
export async function readFigures(_db: Db, _windows: readonly Window[], _now: Date): Promise<ReadonlyMap<string, Breakdown>> {
  throw new Error('being written');
}
