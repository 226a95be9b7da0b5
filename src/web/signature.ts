import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Db } from '../store/database.js';

/** What an address of ours leads to; a signature for one is none for another. */
export type Purpose = 'photos' | 'picture';

/** Signs ids so that an address nobody gave out cannot be guessed. */
export interface Signer {
  /** 22 letters, digits, `-` and `_`: 128 bits. */
  sign(purpose: Purpose, id: string): string;
  /** Compares in a time that says nothing. */
  matches(purpose: Purpose, id: string, signature: string): boolean;
}

const SECRET = 'addresses';
const SECRET_BYTES = 32;
const SIGNATURE_BYTES = 16;

/** The signer every process on this database shares; whichever starts first makes its secret. */
export async function openSigner(db: Db): Promise<Signer> {
  await db.$executeRaw`
    INSERT INTO secret (name, value) VALUES (${SECRET}, ${new Uint8Array(randomBytes(SECRET_BYTES))}) ON CONFLICT (name) DO NOTHING`;
  const { value } = await db.secret.findUniqueOrThrow({ where: { name: SECRET } });
  return signerWith(Buffer.from(value));
}

export function signerWith(secret: Buffer): Signer {
  const digest = (purpose: Purpose, id: string) =>
    createHmac('sha256', secret).update(`${purpose}\n${id}`).digest().subarray(0, SIGNATURE_BYTES).toString('base64url');
  return {
    sign: digest,
    matches(purpose, id, signature) {
      const [wanted, given] = [Buffer.from(digest(purpose, id)), Buffer.from(signature)];
      return wanted.length === given.length && timingSafeEqual(wanted, given);
    },
  };
}

const ID_LENGTH = 22;

/** An id and its signature as one short word, for an address people pass on by text message. */
export function wordFor(signer: Signer, purpose: Purpose, id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') + signer.sign(purpose, id);
}

/** The id in such a word; null when we did not write it. */
export function idIn(signer: Signer, purpose: Purpose, word: string): string | null {
  if (!/^[\w-]{44}$/.test(word)) return null;
  const hex = Buffer.from(word.slice(0, ID_LENGTH), 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  // The last letter of the id has spare bits: only the spelling that we use counts.
  const spelling = Buffer.from(hex, 'hex').toString('base64url') === word.slice(0, ID_LENGTH);
  return signer.matches(purpose, id, word.slice(ID_LENGTH)) && spelling ? id : null;
}
