import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PHOTO_NAME } from '../leads/photos.js';
import { isId } from '../leads/records.js';
import type { Db } from '../store/database.js';
import { newId } from '../store/id.js';
import { defineJob } from '../store/jobs.js';
import type { Signer } from './signature.js';

/** Throws away pictures nobody needs any more. */
export const sweepPictures = defineJob('pictures.sweep', z.object({}));

const KINDS = { jpg: 'image/jpeg', png: 'image/png' } as const;
/** A picture in an old message may still be looked at. */
const KEPT_DAYS = 400;
/** A photo's picture is shared before the photo says so. */
const PHOTO_GRACE_DAYS = 1;
const A_DAY_MS = 86_400_000;
const LONGEST_NAME = 200;

/**
 * Gives a picture of ours an address of its own, to be reached by whoever is told it. A picture under the name of photos
 * lasts as long as a photo says that it is shown there, any other for 400 days.
 * @returns the path and signature, from `/pictures/` on
 * @throws when it is neither JPEG nor PNG
 */
export async function sharePicture(db: Db, signer: Signer, now: Date, name: string, picture: Buffer): Promise<string> {
  const extension = extensionOf(picture);
  const id = newId();
  const data = { id, name: name.slice(0, LONGEST_NAME), type: KINDS[extension], bytes: new Uint8Array(picture), createdAt: now };
  await db.picture.create({ data, select: { id: true } });
  return `/pictures/${id}/${signer.sign('picture', id)}.${extension}`;
}

function extensionOf(picture: Buffer): keyof typeof KINDS {
  const start = picture.toString('latin1', 0, 8);
  if (start.startsWith('\xff\xd8\xff')) return 'jpg';
  if (start === '\x89PNG\r\n\x1a\n') return 'png';
  throw new Error('only JPEG and PNG pictures of ours are shared');
}

/** `GET /pictures/<id>/<signature>.<ext>`. What is wrong about an address that leads nowhere is not said. */
export async function pictureRoutes(server: FastifyInstance, db: Db, signer: Signer): Promise<void> {
  server.get('/pictures/:id/:file', async (request, reply) => {
    const { id, file } = request.params as { readonly id: string; readonly file: string };
    const [, signature = '', extension = ''] = /^([\w-]{22})\.(jpg|png)$/.exec(file) ?? [];
    const ours = isId(id) && signer.matches('picture', id, signature);
    const picture = ours ? await db.picture.findUnique({ where: { id } }) : null;
    if (!picture || picture.type !== KINDS[extension as keyof typeof KINDS]) return reply.callNotFound();
    return reply
      .headers({
        'cache-control': 'public, max-age=2592000, immutable',
        'content-security-policy': "default-src 'none'",
        'cross-origin-resource-policy': 'cross-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
      })
      .type(picture.type)
      .send(Buffer.from(picture.bytes));
  });
}

/** Throws away what has had its time, and photos' pictures no photo points to. */
export async function sweep(db: Db, now: Date): Promise<void> {
  const [old, settled] = [KEPT_DAYS, PHOTO_GRACE_DAYS].map((days) => new Date(now.getTime() - days * A_DAY_MS));
  await db.$executeRaw`
    WITH shown AS (
      SELECT DISTINCT substring(p.value FROM '/pictures/([0-9a-f-]{36})/') AS id FROM photo, jsonb_each_text(published) AS p
    )
    DELETE FROM picture WHERE CASE
      WHEN name = ${PHOTO_NAME} THEN created_at < ${settled} AND NOT EXISTS (SELECT 1 FROM shown WHERE shown.id = picture.id::text)
      ELSE created_at < ${old} END`;
}
