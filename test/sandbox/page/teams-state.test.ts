import { describe, expect, it } from 'vitest';
import { readSpot, spotAddress } from '../../../src/sandbox/page/teams/address.js';
import { emptyTenancy, fold, hasUnread, posts, repliesTo, type Tenancy } from '../../../src/sandbox/page/teams/state.js';
import type { TenantMessage } from '../../../src/sandbox/page/teams/wire.js';

const message = (id: string, more: Partial<TenantMessage> = {}): TenantMessage => ({
  conversation: '19:leads',
  id,
  from: 'bot',
  text: id,
  format: 'plain',
  cards: [],
  pictures: [],
  files: [],
  edited: false,
  deleted: false,
  mentionsMe: false,
  ...more,
});

const place = { id: '19:leads', kind: 'channel', name: 'Leads', description: '', team: 'Lyon', members: [] } as const;
const hello = (...messages: TenantMessage[]): Tenancy => fold(emptyTenancy({}), { type: 'hello', places: [place], messages, dialog: null });

describe('what a person of the tenant knows', () => {
  it('is told at once, in order, replies below their posts', () => {
    const state = hello(message('10'), message('9'), message('11', { root: '9' }));
    expect(posts(state, '19:leads').map(({ id }) => id)).toEqual(['9', '10']);
    expect(repliesTo(state, message('9')).map(({ id }) => id)).toEqual(['11']);
    expect(state.ready).toBe(true);
  });

  it('follows new messages and new states of old ones', () => {
    const state = [message('12'), message('9', { deleted: true, text: '' })].reduce(
      (before, one) => fold(before, { type: 'message', message: one }),
      hello(message('9'), message('10')),
    );
    expect(posts(state, '19:leads').map(({ id, deleted }) => [id, deleted])).toEqual([
      ['9', true],
      ['10', false],
      ['12', false],
    ]);
  });

  it('is unread when somebody else wrote, until it was seen', () => {
    const state = hello(message('9'));
    expect(hasUnread(state, '19:leads', 'aad-alice')).toBe(true);
    const seen = fold(state, { type: 'seen', conversation: '19:leads' });
    expect(hasUnread(seen, '19:leads', 'aad-alice')).toBe(false);
    expect(fold(seen, { type: 'seen', conversation: '19:leads' })).toBe(seen);
    expect(hasUnread(fold(seen, { type: 'message', message: message('10', { from: 'aad-alice' }) }), '19:leads', 'aad-alice')).toBe(false);
  });

  it('keeps words in passing where they belong, and only the newest', () => {
    const [first, second] = [
      { text: 'a', error: true, message: '9' },
      { text: 'b', error: false, message: '9' },
    ];
    const state = [first, second].reduce((before, toast) => fold(before, { type: 'toast', toast }), hello(message('9')));
    expect(state.toasts).toEqual({ 9: second });
    expect(fold(state, { type: 'toast-over', toast: first })).toBe(state);
    expect(fold(state, { type: 'toast-over', toast: second }).toasts).toEqual({});
    const below = fold(state, { type: 'toast', toast: { text: 'c', error: true } });
    expect(fold(below, { type: 'dialog', dialog: { title: 'Statut' } })).toMatchObject({
      toasts: { 9: second },
      dialog: { title: 'Statut' },
    });
  });
});

describe('the address of a spot', () => {
  it.each([
    { as: 'aad-alice' },
    { as: 'aad-alice', conversation: '19:leads-lyon@thread.tacv2' },
    { as: 'aad-alice', conversation: 'a:1x_-y', leads: true },
  ])('brings back %o', (spot) => {
    expect(readSpot(spotAddress(spot))).toEqual(spot);
  });
});
