import { describe, expect, it } from 'vitest';
import { directory, type Person, type Role } from '../../../src/dealership/people.js';
import { colleaguesFor } from '../../../src/leads/colleagues.js';
import { readHandover } from '../../../src/workflows/handover/read.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';

const { dealerships } = accepted(read(EXAMPLE));

function person(id: string, roles: Readonly<Record<string, readonly Role[]>>): Person {
  return { id, name: id, language: null, accounts: [`slack:${id}`], roles, listed: true };
}

const colleagues = (people: readonly Person[], owner: string) => {
  const [lyon] = dealerships;
  if (!lyon) throw new Error('no dealership');
  return colleaguesFor({ owner: { id: owner, name: owner } }, lyon, directory(people, dealerships));
};

describe('the colleagues a lead may go to', () => {
  it('are all who may sell there except its owner, salespeople first', () => {
    const people = [
      person('director', { '*': ['director'] }),
      person('chief', { lyon: ['sales-manager'] }),
      person('reception', { lyon: ['reception'] }),
      person('appraiser', { lyon: ['used-car-manager'] }),
      person('elsewhere', { annecy: ['salesperson'] }),
      person('owner', { lyon: ['salesperson'] }),
      person('seller', { lyon: ['reception', 'salesperson'] }),
      person('both', { annecy: ['salesperson'], lyon: ['salesperson', 'sales-manager'] }),
    ];
    expect(colleagues(people, 'owner').map(({ id }) => id)).toEqual(['seller', 'both', 'director', 'chief']);
    expect(colleagues(people, 'slack:U0STRANGER').map(({ id }) => id)).toContain('owner');
  });

  it('are a hundred at most, and no salesperson is left out for a manager', () => {
    const managers = Array.from({ length: 60 }, (_, n) => person(`m${n}`, { lyon: ['sales-manager'] }));
    const sellers = Array.from({ length: 90 }, (_, n) => person(`s${n}`, { lyon: ['salesperson'] }));
    const offered = colleagues([...managers, ...sellers], 's0').map(({ id }) => id);
    expect(offered).toHaveLength(100);
    expect(offered.filter((id) => id.startsWith('s'))).toHaveLength(89);
  });

  it('are nobody where nobody is listed', () => {
    expect(colleagues([], 'slack:U0STRANGER')).toEqual([]);
  });
});

describe('the form handover is read', () => {
  const offered = [person('bruno', { lyon: ['salesperson'] })];
  const owner = { id: 'alice', name: 'Alice Martin' };

  it('with its note', () => {
    const result = readHandover({ colleague: 'bruno', note: ' En congés. ' }, { owner }, offered, 'fr');
    expect(result).toEqual({ kind: 'read', to: offered[0], note: 'En congés.' });
    expect(readHandover({ colleague: 'bruno' }, { owner }, offered, 'fr')).toMatchObject({ note: null });
  });

  it.each(['', 'alice', 'chloe', 'slack:bruno', '__proto__', 'x'.repeat(100_000)])('and never to %.20s', (colleague) => {
    const result = readHandover({ colleague }, { owner }, offered, 'fr');
    expect(result.kind === 'faults' && Object.keys(result.faults)).toEqual(['colleague']);
  });
});
