import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../src/leads/email.js';

describe('an e-mail address', () => {
  it.each([
    ['Brigitte.Moreau@Example.org', 'brigitte.moreau@example.org'],
    ['  karim@example.org\n', 'karim@example.org'],
    ['mailto:karim@example.org', 'karim@example.org'],
    ['karim+vo@mail.example.co.uk', 'karim+vo@mail.example.co.uk'],
    ["o'neil@example.org", "o'neil@example.org"],
  ])('%j', (text, address) => {
    expect(normaliseEmail(text)).toBe(address);
  });

  it.each([
    '',
    'karim',
    'karim@',
    'karim@example',
    'karim@@example.org',
    'karim@example.org, sam@example.org',
    'karim@example.org\r\nBcc: all@example.org',
    '<!channel>@example.org',
    `${'a'.repeat(250)}@example.org`,
    'a'.repeat(100_000),
    `${'a@'.repeat(50_000)}example.org`,
  ])('is none in %.30j', (text) => {
    expect(normaliseEmail(text)).toBeNull();
  });
});
