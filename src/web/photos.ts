import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { localeOf } from '../dealership/dealership.js';
import { day } from '../language/format.js';
import { LANGUAGES, type Language } from '../language/locale.js';
import { carToShow } from '../leads/trade-in.js';
import { page, said, words } from './answers.js';
import { createDoor, type DoorParts } from './door.js';
import { photoPage } from './page/html.js';
import { LARGEST, uploadRoutes } from './uploads.js';

export interface PhotoParts extends DoorParts {
  /** Where the page's compiled script lies. */
  readonly script: URL;
}

/** `/photos/<word>`: the page on which somebody with a link sends photos, and what it sends. */
export async function photoRoutes(server: FastifyInstance, parts: PhotoParts): Promise<void> {
  const door = createDoor(parts);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: unknown, _request, reply) => {
    const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
    if (status !== 413) throw error;
    return said(reply, 413, { refused: 'too-large' });
  });
  server.get('/photos/:word', async (request, reply) => {
    const link = await door.opened(request);
    const chosen = chosenLanguage(request);
    if (link === 'busy') return words(reply.header('retry-after', '60'), 429, chosen ?? preferred(request), null, 'busy');
    if (link === null) return words(reply, 404, chosen ?? preferred(request), null, 'unknown');
    if ('over' in link) return words(reply, 410, chosen ?? link.language, link.dealership, 'over');
    const language = chosen ?? link.link.language;
    const { audience, expiresAt } = link.link;
    const script = (await readFile(parts.script, 'utf8')).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
    const validUntil = day(expiresAt, localeOf(link.dealership, language));
    const car = await carToShow(parts.store.db, link.lead, language);
    const html = photoPage({ language, audience, dealership: link.dealership.name, car, validUntil, script });
    return page(reply, 200, html, script);
  });
  uploadRoutes(server, parts, door);
}

function chosenLanguage(request: FastifyRequest): Language | undefined {
  const { lang } = request.query as { lang?: unknown };
  return LANGUAGES.find((language) => language === lang);
}

/** French or English, whichever the browser names first. */
function preferred(request: FastifyRequest): Language {
  const [, named] = /\b(fr|en)\b/i.exec(request.headers['accept-language'] ?? '') ?? [];
  return named?.toLowerCase() === 'en' ? 'en' : 'fr';
}
