import type { Fields } from '../../json.js';
import { text, yes } from '../args.js';
import { Refusal } from '../refusal.js';
import type { SeedUser } from '../seed.js';
import { userById } from '../workspace.js';
import type { World } from '../world.js';
import type { Call, Method } from './method.js';

function describe(world: World, user: SeedUser, withLocale: boolean): Fields {
  const isBot = user.id === world.seed.bot.userId;
  const [first = '', ...last] = user.realName.split(' ');
  const names = { real_name: user.realName, display_name: user.realName, first_name: first, last_name: last.join(' ') };
  return {
    id: user.id,
    team_id: world.seed.workspace.id,
    name: user.name,
    deleted: false,
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetSeconds(user.tz, world.now()),
    profile: { ...names, title: user.job ?? '', team: world.seed.workspace.id, ...(user.email ? { email: user.email } : {}) },
    is_admin: false,
    is_owner: false,
    is_bot: isBot,
    is_app_user: false,
    updated: 0,
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

function offsetSeconds(tz: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
  if (!hours || !minutes) return 0;
  return (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
}

function info({ args, world }: Call): Fields {
  const user = userById(world.workspace, text(args, 'user'));
  if (!user) throw new Refusal('user_not_found');
  return { user: describe(world, user, yes(args, 'include_locale')) };
}

function list({ args, world }: Call): Fields {
  const all = [...world.seed.users.map((user) => user.id), world.seed.bot.userId];
  const users = all.map((id) => userById(world.workspace, id)).filter((user) => user !== undefined);
  const members = users.map((user) => describe(world, user, yes(args, 'include_locale')));
  return { members, cache_ts: Math.floor(world.now() / 1000), response_metadata: { next_cursor: '' } };
}

function lookupByEmail({ args, world }: Call): Fields {
  const email = text(args, 'email').toLowerCase();
  const user = world.seed.users.find((one) => email !== '' && one.email?.toLowerCase() === email);
  if (!user) throw new Refusal('users_not_found');
  return { user: describe(world, user, false) };
}

export const userMethods: Readonly<Record<string, Method>> = {
  'users.info': { tier: 4, token: 'bot', scopes: ['users:read'], run: info },
  'users.list': { tier: 2, token: 'bot', scopes: ['users:read'], run: list },
  'users.lookupByEmail': { tier: 3, token: 'bot', scopes: ['users:read.email'], run: lookupByEmail },
};
