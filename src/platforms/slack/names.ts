import { type Call, part, text } from './client.js';

/** Names by user id; who is not in it is called by the id. */
export type Names = ReadonlyMap<string, string>;

/** Somebody's words wait no longer than this for the names in them. */
const WITHIN_MS = 800;
const MOST_ASKED = 10;
const MOST_REMEMBERED = 5_000;

/** What somebody calls themselves. */
export async function displayName(call: Call, user: string, signal?: AbortSignal): Promise<string> {
  const found = part(await call('users.info', { user }, 'read', signal), 'user');
  const profile = part(found, 'profile');
  const names = [profile.display_name, profile.real_name, found.real_name, found.name];
  return text(
    names.find((name) => typeof name === 'string' && name !== ''),
    'read',
  );
}

/** The names of people mentioned, each asked for once. Never fails: a name that does not come in time is left out. */
export function nameBook(call: Call): (users: readonly string[]) => Promise<Names> {
  const known = new Map<string, string>();
  const ask = async (user: string, signal: AbortSignal): Promise<void> => {
    const name = await displayName(call, user, signal).catch(() => undefined);
    if (name === undefined) return;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(user, name);
  };
  return async (users) => {
    const unknown = [...new Set(users)].filter((user) => !known.has(user)).slice(0, MOST_ASKED);
    if (unknown.length === 0) return known;
    const signal = AbortSignal.timeout(WITHIN_MS);
    await Promise.all(unknown.map((user) => ask(user, signal)));
    return known;
  };
}
