import type { Db } from '../store/database.js';
import type { Dealership } from './dealership.js';
import type { Person } from './people.js';

/**
 * Writes the configured dealerships and people beside the leads, so that facts keep their names and figures can join.
 * Those no longer configured stay, marked inactive.
 */
export async function mirrorGroup(db: Db, dealerships: readonly Dealership[], people: readonly Person[]): Promise<void> {
  const sites = dealerships.map(({ id, name, timeZone, language }) => ({ id, name, timeZone, language }));
  await db.$executeRaw`
    INSERT INTO dealership (id, name, time_zone, language, active)
    SELECT id, name, "timeZone", language, true FROM jsonb_to_recordset(${JSON.stringify(sites)}::jsonb) AS d(id text, name text, "timeZone" text, language text)
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, time_zone = EXCLUDED.time_zone, language = EXCLUDED.language, active = true`;
  await db.dealership.updateMany({ where: { id: { notIn: sites.map((site) => site.id) } }, data: { active: false } });
  const listed = people.map(({ id, name, language, accounts, roles }) => ({ id, name, language, accounts, roles }));
  await db.$executeRaw`
    INSERT INTO person (id, name, language, listed, active, accounts, roles)
    SELECT id, name, language, true, true, accounts, roles
    FROM jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) AS p(id text, name text, language text, accounts text[], roles jsonb)
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, language = EXCLUDED.language, listed = true, active = true,
      accounts = EXCLUDED.accounts, roles = EXCLUDED.roles`;
  await db.person.updateMany({ where: { listed: true, id: { notIn: listed.map((person) => person.id) } }, data: { active: false } });
}

/** Remembers somebody configuration does not list, by the name their platform gives. */
export async function rememberPerson(db: Db, person: Person): Promise<void> {
  await db.$executeRaw`
    INSERT INTO person (id, name, listed, accounts) VALUES (${person.id}, ${person.name}, false, ${[...person.accounts]})
    ON CONFLICT (id) DO NOTHING`;
}

/** The name remembered for somebody; null when they never acted. */
export async function rememberedName(db: Db, id: string): Promise<string | null> {
  const row = await db.person.findUnique({ where: { id }, select: { name: true } });
  return row?.name ?? null;
}
