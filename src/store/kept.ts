import type { Db } from './database.js';

/**
 * Small things that must be known again after a restart, by name; shared by every process. What lies under a name that
 * begins with `day:` is good for a day.
 */
export interface Kept {
  read(name: string): Promise<string | null>;
  /** Everything whose name begins so. */
  readAll(prefix: string): Promise<readonly string[]>;
  write(name: string, value: string): Promise<void>;
}

export function keptThings(db: Db): Kept {
  return {
    async read(name) {
      const found = await db.kept.findUnique({ where: { name }, select: { value: true } });
      return found?.value ?? null;
    },
    async readAll(prefix) {
      const found = await db.$queryRaw<{ value: string }[]>`SELECT value FROM kept WHERE starts_with(name, ${prefix}) ORDER BY name`;
      return found.map(({ value }) => value);
    },
    async write(name, value) {
      await db.$executeRaw`
        INSERT INTO kept (name, value, at) VALUES (${name}, ${value}, now())
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at`;
    },
  };
}

/** Forgets what was good for a day. */
export async function forgetKept(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM kept WHERE starts_with(name, 'day:') AND at < now() - interval '1 day'`;
}
