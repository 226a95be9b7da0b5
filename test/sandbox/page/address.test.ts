import { expect, it } from 'vitest';
import { placeAddress, readPlace } from '../../../src/sandbox/page/address.js';

it.each([
  { as: 'U0ALICE' },
  { as: 'U0ALICE', channel: 'C0LEADS' },
  { as: 'U0ALICE', channel: 'C0LEADS', thread: '1795345320.000100' },
  { as: 'U0ALICE', channel: 'C0LEADS', leads: true },
  { as: 'U0ALICE', home: true },
  { as: 'U0ALICE', home: true, leads: true },
])('a place survives the address bar: %j', (place) => {
  expect(readPlace(placeAddress(place))).toEqual(place);
});

it('an empty address is nobody in particular', () => {
  expect(readPlace('')).toEqual({ as: '' });
});
