import { describe, expect, it } from 'vitest';
import { placeAddress, placeOf, readPlace } from '../../../src/sandbox/page/address.js';

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

describe('the address of a message at Slack', () => {
  it('leads to its thread on this page', () => {
    const place = { as: 'U0ALICE', channel: 'C0LEADS', thread: '1763800000.000100' };
    expect(placeOf('https://groupe-lumiere.slack.com/archives/C0LEADS/p1763800000000100', 'U0ALICE')).toEqual(place);
  });

  it.each([
    'https://evil.example.org/archives/C0LEADS/p1763800000000100',
    'https://x.slack.com/archives/C0LEADS/p1',
    'https://x.slack.com/',
    '',
  ])('is not "%s"', (url) => {
    expect(placeOf(url, 'U0ALICE')).toBeNull();
  });
});
