import { describe, expect, it } from 'vitest';
import { decidersOf, remindedOf } from '../../../src/workflows/abandonment/who.js';
import { sites, without } from './sites.js';

const ids = (people: readonly { id: string }[]) => people.map(({ id }) => id);

describe('who may decide a request', () => {
  it.each([
    ['a salesperson’s: every manager', 'alice', [], ['martine', 'didier']],
    ['a manager’s own: the others', 'martine', [], ['didier']],
    ['the director’s own: the others', 'didier', [], ['martine']],
    ['the only manager’s own: that manager', 'martine', ['didier'], ['martine']],
    ['a salesperson’s, where there is one manager', 'alice', ['didier'], ['martine']],
    ['anybody’s, where nobody manages: nobody', 'alice', ['martine', 'didier'], []],
    ['of somebody not listed', 'slack:U0X', [], ['martine', 'didier']],
  ])('%s', (_, requester, missing, expected) => {
    const { lyon, rights } = sites(without(...missing));
    expect(ids(decidersOf(requester, lyon, rights))).toEqual(expected);
  });
});

describe('who is reminded', () => {
  it.each([
    ['managers first', 'managers', 'alice', [], ['martine']],
    ['then directors', 'directors', 'alice', [], ['didier']],
    ['never the requester', 'directors', 'didier', [], []],
    ['directors from the first, where nobody else decides', 'managers', 'martine', [], ['didier']],
    ['the requester, where nobody else is there to decide', 'managers', 'martine', ['didier'], ['martine']],
  ] as const)('%s', (_, to, requester, missing, expected) => {
    const { lyon, rights } = sites(without(...missing));
    expect(ids(remindedOf(to, requester, lyon, rights))).toEqual(expected);
  });
});
