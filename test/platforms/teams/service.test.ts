import { expect, it } from 'vitest';
import { isTrusted } from '../../../src/platforms/teams/service.js';

const MICROSOFT = { anonymous: false };
const ANONYMOUS = { anonymous: true };
const SIMULATOR = { anonymous: false, serviceUrl: 'http://127.0.0.1:4010/teams/' };

it.each([
  'https://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net/teams/',
  'https://smba.infra.gcc.teams.microsoft.com/x/',
])('believes Microsoft: %s', (address) => {
  expect(isTrusted(address, MICROSOFT)).toBe(true);
  expect(isTrusted(address, ANONYMOUS)).toBe(false);
  expect(isTrusted(address, SIMULATOR)).toBe(false);
});

it.each([
  'http://smba.trafficmanager.net/emea/',
  'https://evil.trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example.org/',
  'https://smba.trafficmanager.net@evil.example.org/',
  'https://x:y@smba.trafficmanager.net/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net./',
  'https://evil.example.org/?smba.trafficmanager.net',
  'https://evil.example.org#smba.trafficmanager.net',
  'ftp://smba.trafficmanager.net/',
  'javascript:alert(1)',
  '//smba.trafficmanager.net/',
  '',
])('believes nobody else: %s', (address) => {
  for (const trust of [MICROSOFT, ANONYMOUS, SIMULATOR]) expect(isTrusted(address, trust)).toBe(false);
});

it.each(['http://127.0.0.1:56150/', 'http://localhost:3978/x', 'http://[::1]:1/', 'http://127.9.9.9/'])(
  'believes this machine where nobody proves who they are: %s',
  (address) => {
    expect(isTrusted(address, ANONYMOUS)).toBe(true);
    expect(isTrusted(address, MICROSOFT)).toBe(false);
  },
);

it.each([
  'http://169.254.169.254/',
  'http://10.0.0.1/',
  'http://127.0.0.1.evil.example.org/',
  'http://0.0.0.0/',
  'http://localhost.evil.example.org/',
])('takes nothing else for this machine: %s', (address) => expect(isTrusted(address, ANONYMOUS)).toBe(false));

it('believes a simulator where one is named, and nothing beside it', () => {
  expect(isTrusted('http://127.0.0.1:4010/teams/', SIMULATOR)).toBe(true);
  expect(isTrusted('http://127.0.0.1:4011/teams/', SIMULATOR)).toBe(false);
});
