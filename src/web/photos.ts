import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tidy } from '../chat/text.js';
import { localeOf } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import { day } from '../language/format.js';
import { LANGUAGES, type Language } from '../language/locale.js';
import { objectionAtSight } from '../leads/photo-file.js';
import { VIEWS } from '../leads/photos.js';
import { isId, lockLead } from '../leads/records.js';
import { keepSent, nameView, sentBy } from '../leads/sent-photos.js';
import { carToShow } from '../leads/trade-in.js';
import type { Store, Unit } from '../store/store.js';
import { pageWords } from './messages.js';
import { type OpenLink, type OverLink, openLink } from './opening.js';
import { photoPage, saying } from './page/html.js';
import { STYLE } from './page/style.js';
import { idIn, type Signer } from './signature.js';

export interface PhotoParts {
  readonly store: Store;
  readonly group: Group;
  readonly signer: Signer;
  now(): Date;
  /** Seconds to wait before the next request of this key, 0 when it may pass. */
  limit(key: string, rate: { readonly perSecond: number; readonly burst: number }, now: number): number;
  /** Where the page's compiled script lies. */
  readonly script: URL;
}

/** One file, with room for nothing else. */
const LARGEST = 10_000_000;
/** Bodies of ten megabytes being received at once: by this process, and by one link. */
const MOST_AT_ONCE = 12;
const MOST_AT_ONCE_BY_LINK = 4;
const UPLOADS = { perSecond: 2, burst: 20 };
const QUESTIONS = { perSecond: 5, burst: 50 };
/** Wrong addresses from one connection, before it has to wait. */
const STRANGERS = { perSecond: 1, burst: 30 };

const TEAMS = 'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft';
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** `/photos/<word>`: the page on which somebody with a link sends photos, and what it sends. */
export async function photoRoutes(server: FastifyInstance, parts: PhotoParts): Promise<void> {
  const { store, group, signer, now, limit } = parts;
  const busy = new Map<string, number>();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: unknown, _request, reply) => {
    const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
    if (status !== 413) throw error;
    return said(reply, 413, { refused: 'too-large' });
  });

  const opened = async (request: FastifyRequest): Promise<OpenLink | OverLink | 'busy' | null> => {
    const { word = '' } = request.params as { word?: string };
    const id = idIn(signer, 'photos', word);
    if (id !== null) return openLink(store.db, group, id, now());
    return limit(`wrong photo link ${request.ip}`, STRANGERS, now().getTime()) > 0 ? 'busy' : null;
  };

  /** What stands in the way of a request that is no page; undefined when it was answered. */
  const admitted = async (request: FastifyRequest, reply: FastifyReply): Promise<OpenLink | undefined> => {
    const link = await opened(request);
    if (link !== null && typeof link === 'object' && 'link' in link) return link;
    await (link === 'busy' ? later(reply, 429, 60) : said(reply, link === null ? 404 : 410, { refused: 'over' }));
    return undefined;
  };

  server.get('/photos/:word', async (request, reply) => {
    const link = await opened(request);
    const chosen = chosenLanguage(request);
    if (link === 'busy') return words(reply.header('retry-after', '60'), 429, chosen ?? preferred(request), null, 'busy');
    if (link === null) return words(reply, 404, chosen ?? preferred(request), null, 'unknown');
    if ('over' in link) return words(reply, 410, chosen ?? link.language, link.dealership, 'over');
    const language = chosen ?? link.link.language;
    const { audience, expiresAt } = link.link;
    const script = (await readFile(parts.script, 'utf8')).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
    const validUntil = day(expiresAt, localeOf(link.dealership, language));
    const car = await carToShow(store.db, link.lead, language);
    const html = photoPage({ language, audience, dealership: link.dealership.name, car, validUntil, script });
    return page(reply, 200, html, script);
  });

  server.get('/photos/:word/sent', async (request, reply) => {
    const link = await admitted(request, reply);
    if (!link) return reply;
    const wait = limit(`photos of ${link.link.id}`, QUESTIONS, now().getTime());
    return wait > 0 ? later(reply, 429, wait) : said(reply, 200, await sentBy(store.db, link.link.id));
  });

  /** Everything that can be refused is refused before the body is read. */
  const beforeBody = async (request: FastifyRequest, reply: FastifyReply) => {
    const { photo = '' } = request.params as { photo?: string };
    const link = await admitted(request, reply);
    if (!link) return reply;
    if (!isId(photo)) return said(reply, 400, { refused: 'gone' });
    if (Number(request.headers['content-length'] ?? 0) > LARGEST) return said(reply, 413, { refused: 'too-large' });
    if (request.headers['content-encoding'] !== undefined) return said(reply, 415, { refused: 'not-a-picture' });
    const { id } = link.link;
    const wait = limit(`photo to ${id}`, UPLOADS, now().getTime());
    if (wait > 0) return later(reply, 429, wait);
    const total = [...busy.values()].reduce((sum, one) => sum + one, 0);
    const own = busy.get(id) ?? 0;
    if (total >= MOST_AT_ONCE || own >= MOST_AT_ONCE_BY_LINK) return later(reply, 503, 2);
    busy.set(id, own + 1);
    reply.raw.once('close', () => {
      const left = (busy.get(id) ?? 1) - 1;
      if (left > 0) busy.set(id, left);
      else busy.delete(id);
    });
  };

  server.put('/photos/:word/:photo', { onRequest: beforeBody }, async (request, reply) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const objection = objectionAtSight(bytes);
    if (objection) return said(reply, 422, objection);
    const { name, view } = request.query as { name?: unknown; view?: unknown };
    const photo = { clientId: photoOf(request), name: tidy(text(name)) || 'photo', view: viewIn(view), bytes, at: now() };
    const kept = await alone(request, reply, (unit, { link }) => keepSent(unit, link, photo));
    if (kept === undefined) return reply;
    return kept ? said(reply, 201, { photo: photo.clientId }) : said(reply, 409, { refused: 'too-many' });
  });

  server.patch('/photos/:word/:photo', { onRequest: beforeBody, bodyLimit: 1_000 }, async (request, reply) => {
    const view = viewIn(fieldIn(request.body, 'view'));
    const named = await alone(request, reply, (unit, { link, dealership }) =>
      nameView(unit, link, dealership, { clientId: photoOf(request), view }),
    );
    if (named === undefined) return reply;
    return named ? reply.code(204).headers(SAFE).send() : said(reply, 404, { refused: 'gone' });
  });

  /** Works with the lead locked, on the link as it is by then; undefined when it was answered instead. */
  const alone = async <T>(request: FastifyRequest, reply: FastifyReply, work: (unit: Unit, link: OpenLink) => Promise<T>) => {
    const before = await admitted(request, reply);
    if (!before) return undefined;
    const done = await store.courtesy.serve(() =>
      store.transact(async (unit) => {
        await lockLead(unit.db, before.lead.id);
        const link = await openLink(unit.db, group, before.link.id, now());
        return link && 'link' in link ? { answer: await work(unit, link) } : null;
      }),
    );
    if (done) return done.answer;
    await said(reply, 410, { refused: 'over' });
    return undefined;
  };
}

const SAFE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

function page(reply: FastifyReply, status: number, html: string, script?: string): FastifyReply {
  const policy = [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src ${hash(script)}`, "connect-src 'self'"]),
    `style-src ${hash(STYLE)}`,
    'img-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${TEAMS}`,
  ].join('; ');
  return reply
    .code(status)
    .headers({ ...SAFE, 'content-security-policy': policy })
    .type('text/html; charset=utf-8')
    .send(html);
}

function words(reply: FastifyReply, status: number, language: Language, dealership: string | null, what: 'unknown' | 'over' | 'busy') {
  const say = pageWords[language];
  const sentence = what === 'over' ? say.over(dealership ?? '') : say[what];
  return page(reply, status, saying(language, dealership, say[`${what}Title`], sentence));
}

function said(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).headers(SAFE).type('application/json; charset=utf-8').send(JSON.stringify(body));
}

function later(reply: FastifyReply, status: number, seconds: number): FastifyReply {
  return said(reply.header('retry-after', String(seconds)), status, {});
}

function photoOf(request: FastifyRequest): string {
  return (request.params as { photo?: string }).photo ?? '';
}

/** Asked for twice in an address, a value is a list: that is no text. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function viewIn(value: unknown) {
  return VIEWS.find((view) => view === value) ?? null;
}

function fieldIn(body: unknown, name: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  } catch {
    return undefined;
  }
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
