import { z } from 'zod';

/** The longest address mail can carry (RFC 5321, path of 256 with its angle brackets). */
const LONGEST = 254;

const address = z.email();

/** The address in lower case, or null when it is none. Never throws. */
export function normaliseEmail(text: string): string | null {
  if (text.length > LONGEST + 100) return null;
  const written = text
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase();
  return written.length <= LONGEST && address.safeParse(written).success ? written : null;
}
