import { describe, expect, it } from 'vitest';
import type { Dealership } from '../../src/dealership/dealership.js';
import { directory, type Person } from '../../src/dealership/people.js';
import { accepted, EXAMPLE, example, read } from '../config/read.js';

function group(yaml: string = EXAMPLE) {
  const { people, dealerships } = accepted(read(yaml));
  const [lyon, annecy] = dealerships;
  if (!lyon || !annecy) throw new Error('The example has two dealerships.');
  return { rights: directory(people, dealerships), lyon, annecy };
}

describe('the people of the example', () => {
  const { rights, lyon, annecy } = group();
  const named = (id: string): Person => {
    const person = rights.byId(id);
    if (!person) throw new Error(`${id} is not listed`);
    return person;
  };
  const names = (people: readonly Person[]) => people.map(({ id }) => id);
  const allowed = (may: (person: Person, dealership: Dealership) => boolean, dealership: Dealership) =>
    names(rights.people.filter((person) => may(person, dealership)));

  it('are found by id and by either account', () => {
    expect(named('alice').name).toBe('Alice Martin');
    expect(rights.byAccount('slack:U0ALICE')).toBe(named('alice'));
    expect(rights.byAccount('teams:aad-alice', 'Somebody else')).toBe(named('alice'));
    expect(rights.byId('nobody')).toBeUndefined();
  });

  it('sell where they are salespeople, managers or directors', () => {
    expect(allowed(rights.maySell, lyon)).toEqual(['alice', 'bruno', 'martine', 'didier']);
    expect(allowed(rights.maySell, annecy)).toEqual(['bruno', 'chloe', 'martine', 'didier']);
  });

  it('manage where they are sales managers or directors, those one asks first coming first', () => {
    expect(allowed(rights.isManager, lyon)).toEqual(['martine', 'didier']);
    expect(names(rights.managersOf(annecy))).toEqual(['martine', 'didier']);
    const directorFirst = directory([named('didier'), named('martine')], [lyon, annecy]);
    expect(names(directorFirst.managersOf(lyon))).toEqual(['martine', 'didier']);
  });

  it('belong where they have any role', () => {
    expect(allowed(rights.belongs, lyon)).toEqual(['alice', 'bruno', 'martine', 'omar', 'sophie', 'didier']);
    expect(allowed(rights.belongs, annecy)).toEqual(['bruno', 'chloe', 'martine', 'omar', 'didier']);
  });

  it('hold the roles written for a site and for all sites', () => {
    expect([...rights.rolesAt(named('omar'), lyon)]).toEqual(['used-car-manager']);
    expect([...rights.rolesAt(named('didier'), annecy)]).toEqual(['director']);
    expect([...rights.rolesAt(named('alice'), annecy)]).toEqual([]);
  });
});

describe('a director', () => {
  it('is one in every dealership of the group, wherever the role was written', () => {
    const { rights, annecy } = group(example('{ "*": [director] }', '{ lyon: [director] }'));
    expect(rights.managersOf(annecy).map(({ id }) => id)).toEqual(['martine', 'didier']);
  });
});

describe('somebody configuration does not list', () => {
  const { rights, lyon } = group();

  it('is known by the account alone, with the name the platform gives', () => {
    expect(rights.byAccount('slack:U0NEW', 'Nina')).toEqual({
      id: 'slack:U0NEW',
      name: 'Nina',
      language: null,
      accounts: ['slack:U0NEW'],
      roles: {},
      listed: false,
    });
    expect(rights.byAccount('teams:29:abc').name).toBe('29:abc');
  });

  it('has no right where salespeople are listed', () => {
    const stranger = rights.byAccount('slack:U0NEW');
    expect([rights.maySell(stranger, lyon), rights.isManager(stranger, lyon), rights.belongs(stranger, lyon)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('a dealership for which no salesperson is listed', () => {
  const { rights, lyon, annecy } = group(EXAMPLE.replaceAll(/lyon: \[salesperson\](, )?/g, ''));
  const stranger = rights.byAccount('slack:U0NEW');

  it('lets everybody sell, and nobody but those listed manage', () => {
    expect(rights.maySell(stranger, lyon)).toBe(true);
    expect(rights.belongs(stranger, lyon)).toBe(true);
    expect(rights.isManager(stranger, lyon)).toBe(false);
    expect(rights.managersOf(lyon).map(({ id }) => id)).toEqual(['martine', 'didier']);
  });

  it('changes nothing at the others', () => {
    expect(rights.maySell(stranger, annecy)).toBe(false);
  });

  it('is every dealership when no people are listed at all', () => {
    const empty = directory([], [lyon, annecy]);
    expect(empty.maySell(stranger, annecy)).toBe(true);
    expect(empty.managersOf(annecy)).toEqual([]);
  });
});

describe('a dealership called like a word of the language', () => {
  it('gives nobody a role by its name', () => {
    const { rights, lyon } = group();
    const odd = { ...lyon, id: 'constructor' };
    expect(rights.maySell(rights.byAccount('slack:U0ALICE'), odd)).toBe(false);
  });
});
