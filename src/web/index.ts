import type { FastifyInstance } from 'fastify';
import { type PhotoParts, photoRoutes } from './photos.js';
import { pictureRoutes, sharePicture, sweep } from './pictures.js';
import { openSigner, wordFor } from './signature.js';

export { sweepPictures } from './pictures.js';

export interface WebParts extends Omit<PhotoParts, 'signer' | 'script'> {
  /**
   * Where people's browsers reach this program, without a trailing slash; null where they cannot. It is asked for when
   * an address is made.
   */
  readonly address: (() => string) | null;
  /** The compiled script of the photo page; by default where `tsc` puts it. */
  readonly script?: URL;
}

/** What people open in a browser. */
export interface Web {
  /** The address of the photo page for a link; null where nobody could open it. */
  readonly photoPage: ((linkId: string) => string) | null;
  /** Gives a JPEG or PNG of ours a public address nobody can guess; null where nobody could open it. */
  readonly share: ((name: string, picture: Buffer) => Promise<string>) | null;
  routes(server: FastifyInstance): Promise<void>;
  /** Throws away pictures nobody needs any more. */
  sweep(): Promise<void>;
}

/** Call once the schema is in place. */
export async function openWeb(parts: WebParts): Promise<Web> {
  const { store, address, script = new URL('./page/client.js', import.meta.url) } = parts;
  const signer = await openSigner(store.db);
  return {
    photoPage: address && ((linkId) => `${address()}/photos/${wordFor(signer, 'photos', linkId)}`),
    share: address && (async (name, picture) => `${address()}${await sharePicture(store.db, signer, parts.now(), name, picture)}`),
    async routes(server) {
      await server.register((inner) => photoRoutes(inner, { ...parts, signer, script }));
      await server.register((inner) => pictureRoutes(inner, store.db, signer));
    },
    sweep: () => sweep(store.db, parts.now()),
  };
}
