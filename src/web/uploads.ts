import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tidy } from '../chat/text.js';
import { objectionAtSight } from '../leads/photo-file.js';
import { VIEWS } from '../leads/photos.js';
import { isId } from '../leads/records.js';
import { keepSent, nameView, sentBy } from '../leads/sent-photos.js';
import { later, SAFE, said } from './answers.js';
import type { Door, DoorParts } from './door.js';

/** One file, with room for nothing else; bytes. */
export const LARGEST = 10_000_000;
/** Bodies of that size being received at once: by this process, and by one link. */
const MOST_AT_ONCE = 12;
const MOST_AT_ONCE_BY_LINK = 4;
const UPLOADS = { perSecond: 2, burst: 30 };
const QUESTIONS = { perSecond: 5, burst: 50 };

/** What the photo page sends and asks. */
export function uploadRoutes(server: FastifyInstance, { store, now, limit }: DoorParts, { idOf, admitted, alone }: Door): void {
  const seats = seating();

  server.get('/photos/:word/sent', async (request, reply) => {
    const link = await admitted(request, reply);
    if (!link) return reply;
    const wait = limit(`photos of ${link.link.id}`, QUESTIONS, now().getTime());
    return wait > 0 ? later(reply, 429, wait) : said(reply, 200, await sentBy(store.db, link.link.id));
  });

  /** Everything that can be refused is refused before the body is read. */
  const beforeBody = async (request: FastifyRequest, reply: FastifyReply) => {
    const id = idOf(request);
    // Before the database is asked: who has a link can still ask too often.
    const wait = id === null ? 0 : limit(`photo to ${id}`, UPLOADS, now().getTime());
    if (wait > 0) return later(reply, 429, wait);
    const link = await admitted(request, reply);
    if (!link) return reply;
    if (!isId(photoOf(request))) return said(reply, 400, { refused: 'gone' });
    if (Number(request.headers['content-length'] ?? 0) > LARGEST) return said(reply, 413, { refused: 'too-large' });
    if (request.headers['content-encoding'] !== undefined) return said(reply, 415, { refused: 'not-a-picture' });
    const leave = seats(link.link.id);
    if (!leave) return later(reply, 503, 2);
    reply.raw.once('close', leave);
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
}

/** Seats for bodies on their way. @returns takes one for a link, and answers how to give it back; null when all are taken */
function seating(): (link: string) => (() => void) | null {
  const taken = new Map<string, number>();
  return (link) => {
    const total = [...taken.values()].reduce((sum, one) => sum + one, 0);
    const own = taken.get(link) ?? 0;
    if (total >= MOST_AT_ONCE || own >= MOST_AT_ONCE_BY_LINK) return null;
    taken.set(link, own + 1);
    return () => {
      const left = (taken.get(link) ?? 1) - 1;
      if (left > 0) taken.set(link, left);
      else taken.delete(link);
    };
  };
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
