import { randomBytes } from 'node:crypto';

const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Four signs without look-alikes, by which a person can quote a failure and somebody find it in the log. */
export function newReference(): string {
  return [...randomBytes(4)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
}
