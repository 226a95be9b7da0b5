import type { Dealership } from '../dealership/dealership.js';
import type { Lead } from '../leads/lead.js';
import { normalisePhone } from '../leads/phone.js';
import { readLeads } from '../leads/records.js';
import type { Db } from '../store/database.js';

/** Where somebody may look, and whose phone numbers they may look for and see there: everybody's, or those of their own leads. */
export interface Scope {
  readonly dealership: Dealership;
  readonly contacts: 'all' | 'own';
}

export interface Found {
  readonly lead: Lead;
  /** What the words were found in. */
  readonly by: 'name' | 'phone' | 'plate' | 'stock';
  /** Whoever asked may see phone and e-mail of this lead. */
  readonly contact: boolean;
}

/** Longer than any name, number or plate; the rest of what somebody types is not looked for. */
const LONGEST = 80;
const MOST_WORDS = 6;
/** So few digits are in every number. */
const FEWEST_DIGITS = 4;
/** Shorter words are in every name. */
const FEWEST_CHARACTERS = 2;
/** Leads looked at by one statement. */
const PAGE = 4_000;
/** Leads looked at in all. */
const MOST_LEADS = 240_000;

/**
 * Leads by name, phone, plate, stock number or VIN, newest first, at most `limit`. Capitals and accents do not matter;
 * all words of a name must be there, in any order and cut short. A phone is found as it is written in the dealership's
 * country, and by four of its digits in a row. Looks back over so many leads at most, the newest first.
 */
export async function findLeads(
  db: Db,
  written: string,
  who: { readonly personId: string; readonly scopes: readonly Scope[] },
  limit: number,
): Promise<readonly Found[]> {
  const hits: Hit[] = [];
  const pages = Math.ceil(MOST_LEADS / PAGE / Math.max(1, who.scopes.length));
  for (const { dealership, contacts } of who.scopes) {
    const where = { dealership: dealership.id, all: contacts === 'all', personId: who.personId };
    hits.push(...(await search(db, wantedOf(written, dealership), where, { limit, pages })));
  }
  const newest = hits.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)).slice(0, limit);
  const leads = await readLeads(
    db,
    newest.map(({ id }) => id),
  );
  return newest.flatMap(({ id, by, contact }) => {
    const lead = leads.get(id);
    return lead ? [{ lead, by, contact }] : [];
  });
}

interface Hit {
  readonly id: string;
  readonly at: Date;
  readonly by: Found['by'];
  readonly contact: boolean;
}

async function search(db: Db, wanted: Wanted, where: Where, most: { readonly limit: number; readonly pages: number }): Promise<Hit[]> {
  const hits: Hit[] = [];
  if (wanted.names.length === 0 && wanted.phone === null && wanted.mark === null) return hits;
  let before: Cursor | null = { at: new Date('9999-01-01T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  for (let page = 0; before !== null && page < most.pages && hits.length < most.limit; page++) {
    const rows: readonly Row[] = await readPage(db, wanted, where, before);
    for (const { id, at, by, contact } of rows) if (by !== null) hits.push({ id, at, by, contact });
    before = rows.find(({ nth }) => nth === PAGE) ?? null;
  }
  return hits;
}

interface Wanted {
  /** LIKE patterns, every one of which the name must match; none when there is nothing to look for. */
  readonly names: readonly string[];
  /** Of phones; null when too few digits were written. */
  readonly phone: string | null;
  /** Of plates, stock numbers and VINs, without what stands between their characters; null without a digit. */
  readonly mark: string | null;
}

/** What to look for, in the forms the database compares. */
function wantedOf(written: string, { country }: Dealership): Wanted {
  const text = written.slice(0, LONGEST).replaceAll('\u0000', '');
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const digits = text.replace(/\D/g, '');
  // Within the country a zero is dialled that an international number does not have.
  const national = digits.replace(/^0+/, '');
  const isNumber = national.length >= FEWEST_DIGITS && !/\p{L}/u.test(text);
  const mark = plain(text).replace(/[^a-z0-9]/g, '');
  return {
    names: words.some((word) => word.length >= FEWEST_CHARACTERS) ? words.slice(0, MOST_WORDS).map(containing) : [],
    phone: isNumber ? containing(normalisePhone(text, country) ?? national) : null,
    mark: mark.length >= FEWEST_DIGITS && digits !== '' ? containing(mark) : null,
  };
}

/** Without capitals and accents, as the statement below writes names. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll('ß', 'ss');
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Latin letters with accents and the letters they are read as; then accents of their own, which are left out. */
const [ACCENTED, LETTERS] = letters();

function letters(): readonly [string, string] {
  const all = Array.from({ length: 0x180 - 0xc0 }, (_, n) => String.fromCharCode(0xc0 + n)).filter((one) => /^[a-z]$/.test(plain(one)));
  const marks = Array.from({ length: 0x70 }, (_, n) => String.fromCharCode(0x300 + n));
  return [all.join('') + marks.join(''), all.map(plain).join('')];
}

interface Where {
  readonly dealership: string;
  /** Everybody's phone, or only that of this person's own leads. */
  readonly all: boolean;
  readonly personId: string;
}

interface Cursor {
  readonly at: Date;
  readonly id: string;
}

interface Row extends Cursor {
  readonly nth: number;
  readonly by: Found['by'] | null;
  readonly contact: boolean;
}

/** One page of a dealership's leads, newest first: those found, and the last one looked at. */
async function readPage(db: Db, { names, phone, mark }: Wanted, { dealership, all, personId }: Where, before: Cursor): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    WITH page AS MATERIALIZED (
      SELECT id, received_at, owner_id, stage, name, phone, interest, trade_in, ${all} OR COALESCE(owner_id = ${personId}, false) AS contact,
        row_number() OVER (ORDER BY received_at DESC, id DESC)::int AS nth
      FROM lead WHERE dealership_id = ${dealership} AND received_at <= ${before.at} AND (received_at, id) < (${before.at}, ${before.id}::uuid)
      ORDER BY received_at DESC, id DESC LIMIT ${PAGE}
    ), read AS (
      SELECT p.*,
        CASE WHEN octet_length(p.name) = length(p.name) THEN lower(p.name)
          ELSE translate(replace(replace(replace(lower(p.name), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), ${ACCENTED}, ${LETTERS}) END AS plain,
        CASE WHEN ${mark}::text IS NOT NULL THEN concat_ws('|', p.interest->>'stockNumber', p.interest->>'vin', s.reference) END AS stock,
        CASE WHEN ${mark}::text IS NOT NULL THEN concat_ws('|', p.interest->>'plate', p.trade_in->>'plate', a.plates) END AS plates
      FROM page p
      LEFT JOIN sale s ON ${mark}::text IS NOT NULL AND p.stage = 'won' AND s.lead_id = p.id
      LEFT JOIN LATERAL (
        SELECT string_agg(vehicle->>'plate', '|') AS plates FROM appraisal WHERE ${mark}::text IS NOT NULL AND lead_id = p.id
      ) a ON true
    ), found AS (
      SELECT id, received_at, nth, contact, CASE
        WHEN contact AND phone LIKE ${phone}::text THEN 'phone'
        WHEN translate(lower(plates), ' -._/', '') LIKE ${mark}::text THEN 'plate'
        WHEN translate(lower(stock), ' -._/', '') LIKE ${mark}::text THEN 'stock'
        WHEN cardinality(${[...names]}::text[]) > 0 AND plain LIKE ALL (${[...names]}::text[]) THEN 'name' END AS by
      FROM read
    )
    SELECT id::text AS id, received_at AS at, nth, by, contact FROM found WHERE by IS NOT NULL OR nth = ${PAGE} ORDER BY nth`;
}
