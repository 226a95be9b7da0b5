import type { PersonId } from '../chat/text.js';
import type { Language } from '../language/locale.js';
import type { Dealership } from './dealership.js';

export const ROLES = ['salesperson', 'sales-manager', 'used-car-manager', 'reception', 'director'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody of the group, as configuration lists them, or somebody it does not. */
export interface Person {
  /** Configuration's id; for people it does not list, their platform id (`slack:U0X`). */
  readonly id: string;
  readonly name: string;
  readonly language: Language | null;
  /** Platform ids: `slack:U0ALICE`, `teams:aad-alice`. */
  readonly accounts: readonly PersonId[];
  /** Dealership id, or `*`, to roles. */
  readonly roles: Readonly<Record<string, readonly Role[]>>;
  readonly listed: boolean;
}

/** The people of a group and their rights. Immutable; built from configuration. */
export interface Directory {
  readonly people: readonly Person[];
  byId(id: string): Person | undefined;
  /** The person behind a platform account; an unlisted `Person` when configuration does not know it. */
  byAccount(account: PersonId, name?: string): Person;
  /** Roles held at a dealership, `*` included. */
  rolesAt(person: Person, dealership: Dealership): ReadonlySet<Role>;
  /** Sales managers and directors of a dealership. */
  managersOf(dealership: Dealership): readonly Person[];
  /** A salesperson or manager of the dealership; anybody, where the configuration lists no salesperson there. */
  maySell(person: Person, dealership: Dealership): boolean;
  isManager(person: Person, dealership: Dealership): boolean;
  /** Listed with any role there, or `maySell`. */
  belongs(person: Person, dealership: Dealership): boolean;
}

/** The people configuration lists, with the rights of spec's second section: who may claim, decide, see. */
export function directory(people: readonly Person[], dealerships: readonly Dealership[]): Directory {
  const byId = new Map(people.map((person) => [person.id, person]));
  const byAccount = new Map(people.flatMap((person) => person.accounts.map((account) => [account, person])));
  const withoutSalesperson = dealerships.filter((site) => !people.some((person) => heldAt(person, site, ['salesperson'])));
  const openToAll = new Set(withoutSalesperson.map(({ id }) => id));
  const isManager = (person: Person, dealership: Dealership) => heldAt(person, dealership, MANAGERS);
  const maySell = (person: Person, dealership: Dealership) => heldAt(person, dealership, SELLERS) || openToAll.has(dealership.id);
  return {
    people,
    byId: (id) => byId.get(id),
    byAccount: (account, name) => byAccount.get(account) ?? stranger(account, name),
    rolesAt,
    // Sales managers first: they are who one asks.
    managersOf: (dealership) => {
      const first = people.filter((person) => heldAt(person, dealership, ['sales-manager']));
      return [...first, ...people.filter((person) => isManager(person, dealership) && !first.includes(person))];
    },
    maySell,
    isManager,
    belongs: (person, dealership) => (person.listed && rolesAt(person, dealership).size > 0) || maySell(person, dealership),
  };
}

const MANAGERS: readonly Role[] = ['sales-manager', 'director'];
const SELLERS: readonly Role[] = ['salesperson', ...MANAGERS];

function heldAt(person: Person, dealership: Dealership, wanted: readonly Role[]): boolean {
  const held = rolesAt(person, dealership);
  return wanted.some((role) => held.has(role));
}

function rolesAt(person: Person, dealership: Dealership): ReadonlySet<Role> {
  const roles = new Set([...rolesUnder(person, dealership.id), ...rolesUnder(person, '*')]);
  // A director is one everywhere, whichever site the role was written under.
  if (Object.values(person.roles).some((held) => held.includes('director'))) roles.add('director');
  return roles;
}

function rolesUnder({ roles }: Person, key: string): readonly Role[] {
  // A dealership may be called `constructor`.
  return Object.hasOwn(roles, key) ? (roles[key] ?? []) : [];
}

function stranger(account: PersonId, name: string | undefined): Person {
  const shown = name?.trim() || account.slice(account.indexOf(':') + 1);
  return { id: account, name: shown, language: null, accounts: [account], roles: {}, listed: false };
}
