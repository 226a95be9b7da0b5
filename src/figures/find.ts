import type { Dealership } from '../dealership/dealership.js';
import type { Lead } from '../leads/lead.js';
import type { Db } from '../store/database.js';

/** Where somebody may look, and whose phone numbers they may search and see there: everybody's, or those of their own leads. */
export interface Scope {
  readonly dealership: Dealership;
  readonly contacts: 'all' | 'own';
}

export interface Found {
  readonly lead: Lead;
  /** What the words were found in. */
  readonly by: 'name' | 'phone' | 'plate' | 'stock';
  /** The one who asked may see phone and e-mail of this lead. */
  readonly contact: boolean;
}

/** Leads by name, phone, plate or stock number, newest first, at most `limit`. */
export async function findLeads(
  _db: Db,
  _words: string,
  _who: { readonly personId: string; readonly scopes: readonly Scope[] },
  _limit: number,
): Promise<readonly Found[]> {
  throw new Error('being written');
}
