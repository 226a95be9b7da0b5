import { Prisma } from './generated/client.js';
import type { JobKind } from './jobs.js';

/** A piece of a statement, its values bound. */
export type Sql = Prisma.Sql;
export const sql = Prisma.sql;

/** Which kind of job a statement asks after. */
type Kind = Pick<JobKind<unknown>, 'name'>;

/** Keys of a job's payload, and the value each must have to be about the row at hand. */
export type About = Readonly<Record<string, Sql | string>>;

/** Part of a WHERE clause: no job of this kind is about these values, neither waiting nor under way nor given up on. */
export function unattended(kind: Kind, about: About): Sql {
  return sql`(
    NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = ${kind.name} AND j.state < 'completed' AND ${same(sql`j.data`, about)})
    AND NOT EXISTS (
      SELECT 1 FROM pgboss.job j
      WHERE j.name = 'buried' AND j.state < 'completed' AND j.data->>'kind' = ${kind.name} AND ${same(sql`j.data->'payload'`, about)}))`;
}

/** The same, and none was done in the last hours either: for work whose end leaves no trace of its own. */
export function untouched(kind: Kind, about: About): Sql {
  return sql`(${unattended(kind, about)}
    AND NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = ${kind.name} AND ${same(sql`j.data`, about)}))`;
}

function same(payload: Sql, about: About): Sql {
  return Prisma.join(
    Object.entries(about).map(([key, value]) => sql`${payload}->>${key}::text = ${value}`),
    ' AND ',
  );
}
