import type { Db, Place } from '../../store/database.js';
import { type Outcome, readingFrom } from './database.js';
import { wholeLead } from './whole.js';

export const USAGE = `Usage: npm run --silent export -- lead <id>     everything known of one lead, as JSON
       npm run --silent export -- figures --from YYYY-MM-DD --to YYYY-MM-DD [--dealership <id>]
                                                the figures of each day, as CSV
`;

/** Prints everything known of one lead. Changes nothing. */
export async function runExport(words: readonly string[], place: Place): Promise<Outcome> {
  const [what, id, ...more] = words;
  if (what !== 'lead' || id === undefined || more.length > 0) return { code: 2, text: USAGE };
  return readingFrom(place, 'is no lead', (db) => exportLead(db, id.toLowerCase()));
}

async function exportLead(db: Db, id: string): Promise<Outcome> {
  const lead = await wholeLead(db, id);
  if (!lead) return { code: 1, text: `There is no lead ${id} here. The id stands in the answer of the intake and in the logs.\n` };
  return { code: 0, text: `${JSON.stringify(lead, plain, 2)}\n` };
}

/** Ids of facts are larger than a JSON number is sure to hold. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
