import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/store/id.js';
import type { Store } from '../../src/store/store.js';
import { idIn, openSigner, signerWith, wordFor } from '../../src/web/signature.js';
import { freshStore } from '../support/database.js';

const signer = signerWith(randomBytes(32));
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('the word in an address', () => {
  it('leads to its id, with this secret and for this purpose alone', () => {
    for (let n = 0; n < 500; n++) {
      const id = newId();
      const word = wordFor(signer, 'photos', id);
      expect(word).toMatch(/^[\w-]{44}$/);
      expect(idIn(signer, 'photos', word)).toBe(id);
      expect(idIn(signer, 'picture', word)).toBeNull();
      expect(idIn(signerWith(randomBytes(32)), 'photos', word)).toBeNull();
    }
  });

  it('leads nowhere with any one letter changed, added or left out', () => {
    const word = wordFor(signer, 'photos', newId());
    for (let at = 0; at < word.length; at++) {
      for (const letter of ALPHABET) {
        const changed = word.slice(0, at) + letter + word.slice(at + 1);
        if (changed !== word) expect(idIn(signer, 'photos', changed), `${at} ${letter}`).toBeNull();
      }
      expect(idIn(signer, 'photos', word.slice(0, at) + word.slice(at + 1))).toBeNull();
    }
    for (const more of ['A', '=', '\n', '%00', '/..']) expect(idIn(signer, 'photos', word + more)).toBeNull();
  });

  it('does not carry its signature over to another id', () => {
    const [one, other] = [wordFor(signer, 'photos', newId()), wordFor(signer, 'photos', newId())];
    expect(idIn(signer, 'photos', one.slice(0, 22) + other.slice(22))).toBeNull();
  });
});

describe('the secret', () => {
  let store: Store;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ store, drop } = await freshStore());
  });
  afterAll(() => drop?.());

  it('is made once, however many start at the same time', async () => {
    const signers = await Promise.all(Array.from({ length: 8 }, () => openSigner(store.db)));
    const id = newId();
    expect(new Set(signers.map((one) => one.sign('photos', id))).size).toBe(1);
    expect(await store.db.secret.count()).toBe(1);
    expect((await openSigner(store.db)).sign('photos', id)).toBe(signers[0]?.sign('photos', id));
  });
});
