import type { Fields } from '../json.js';
import { LIMITS } from './limits.js';
import type { Answered } from './strike.js';
import { personBy, personId } from './workspace.js';
import type { World } from './world.js';

/** A person as the roster names them. */
export function memberOf(world: World, aadObjectId: string): Fields {
  const person = personBy(world, aadObjectId);
  const [givenName = '', ...rest] = (person?.name ?? '').split(' ');
  return {
    id: personId(world, aadObjectId),
    name: person?.name ?? '',
    aadObjectId,
    objectId: aadObjectId,
    givenName,
    surname: rest.join(' '),
    email: person?.email ?? '',
    userPrincipalName: person?.email ?? '',
    tenantId: world.seed.tenant.id,
    userRole: 'user',
  };
}

/** One page of a roster; `continuationToken` leads to the next. */
export function pageOf(world: World, members: readonly string[], query: URLSearchParams): Answered {
  const size = Math.min(Math.max(50, Number(query.get('pageSize')) || LIMITS.pageSize), LIMITS.pageSize);
  const start = Number(query.get('continuationToken')) || 0;
  const end = start + size;
  const more = end < members.length ? { continuationToken: String(end) } : {};
  return { status: 200, body: { ...more, members: members.slice(start, end).map((one) => memberOf(world, one)) } };
}
