import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bearerMatches, verifiedWebhook } from './authenticate.js';
import { failure, problem, sendProblem } from './problem.js';
import { rateLimiter } from './rate.js';
import type { Delivery, Receipt } from './receive.js';
import type { IntakeSource } from './source.js';
import { parserFor } from './sources/choose.js';
import type { ParsedBody, Parser } from './sources/parsed.js';

const BODY_LIMIT = 1_000_000;
const BODY_LIMIT_WITH_PHOTOS = 25_000_000;
/** Wrong tokens from one address, before it has to wait. */
const STRANGERS = { perSecond: 5, burst: 50 };

export interface IntakeParts {
  readonly sources: readonly IntakeSource[];
  receive(delivery: Delivery): Promise<readonly Receipt[]>;
  now(): number;
  /** Counted and logged: ids, sizes and outcomes, never contents. */
  heard(event: { readonly source: string; readonly outcome: string; readonly leads: number }): void;
  /** `reference` is what the sender was told, if anything. */
  failed(source: string, error: unknown, reference?: string): void;
}

/** `POST /intake/<source>`: authenticate, keep, understand, answer after the commit. */
export async function intakeRoutes(server: FastifyInstance, parts: IntakeParts): Promise<void> {
  const sources = new Map(parts.sources.map((source) => [source.id, source]));
  const limit = rateLimiter();
  server.removeAllContentTypeParsers();
  const whole = { parseAs: 'buffer' } as const;
  const asIs = (_request: FastifyRequest, body: Buffer, done: (error: null, body: Buffer) => void) => done(null, body);
  server.addContentTypeParser('multipart/form-data', { ...whole, bodyLimit: BODY_LIMIT_WITH_PHOTOS }, asIs);
  server.addContentTypeParser('*', { ...whole, bodyLimit: BODY_LIMIT }, asIs);

  /** Everything that can be refused is refused before the body is read. */
  const admit = async (request: FastifyRequest, reply: FastifyReply) => {
    const now = parts.now();
    const source = sources.get(sourceId(request));
    if (!source)
      return refuse(
        parts,
        reply,
        sourceId(request),
        problem(404, 'There is no such source. Check the address, and the sources in the configuration file.'),
      );
    if (source.secrets.length === 0 && !bearerMatches(source, request.headers.authorization))
      return refuse(parts, reply, source.id, stranger(request, now));
    // A signature is over the body: until that is read, strangers must not spend what belongs to the source.
    const excess = source.secrets.length === 0 ? overRate(source, now) : null;
    if (excess) return refuse(parts, reply, source.id, excess);
    if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity')
      return refuse(parts, reply, source.id, problem(415, 'Send the body without content encoding.'));
    if (!parserFor(request.headers['content-type']))
      return refuse(parts, reply, source.id, problem(415, 'Send JSON, ADF/XML, an HTML form or message/rfc822.'));
  };

  const overRate = (source: IntakeSource, now: number) => {
    const wait = source.rate ? limit(`source ${source.id}`, source.rate, now) : 0;
    if (wait === 0) return null;
    return { ...problem(429, 'Too many requests from this source. Nothing of this one was kept: send it again.'), retryAfter: wait };
  };

  const stranger = (request: FastifyRequest, now: number) => {
    const wait = limit(`address ${request.ip}`, STRANGERS, now);
    return wait > 0
      ? { ...problem(429, 'Too many requests with wrong credentials.'), retryAfter: wait }
      : problem(401, 'The token or signature of this source is missing or wrong.');
  };

  server.post('/intake/:source', { onRequest: admit }, async (request, reply) => {
    const source = sources.get(sourceId(request));
    const chosen = parserFor(request.headers['content-type']);
    if (!source || !chosen) return sendProblem(reply, problem(404, 'There is no such source.'));
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const webhookId = source.secrets.length > 0 ? verifiedWebhook(source, request.headers, body, parts.now()) : null;
    if (source.secrets.length > 0 && webhookId === null) return refuse(parts, reply, source.id, stranger(request, parts.now()));
    const excess = source.secrets.length > 0 ? overRate(source, parts.now()) : null;
    if (excess) return refuse(parts, reply, source.id, excess);
    const contentType = request.headers['content-type'] ?? '';
    const parsed = await understood(chosen.parse, body, contentType, source, parts);
    const delivery = { source, contentType, body, parsed, receivedAt: new Date(parts.now()), webhookId };
    const leads = await parts.receive(delivery).catch((error: unknown) => {
      const answer = failure(503, 'The database does not answer. Nothing was kept: send it again.');
      parts.failed(source.id, error, answer.reference);
      return { ...answer, retryAfter: 5 };
    });
    if ('status' in leads) return refuse(parts, reply, source.id, leads);
    parts.heard({ source: source.id, outcome: 'accepted', leads: leads.length });
    if (source.thanksUrl !== null && wantsPage(request)) return reply.code(303).header('location', source.thanksUrl).send();
    return reply.code(202).send({ leads });
  });
}

/** A parser never throws; should one do so all the same, the body is kept and a person reads it. */
async function understood(parse: Parser, body: Buffer, contentType: string, source: IntakeSource, parts: IntakeParts): Promise<ParsedBody> {
  try {
    return await parse(body, contentType, { aliases: source.aliases });
  } catch (error) {
    parts.failed(source.id, error);
    return { parser: 'none/1', leads: [], photos: [], text: null, problems: [{ path: '', message: 'The body could not be read.' }] };
  }
}

function refuse(parts: IntakeParts, reply: FastifyReply, source: string, answer: ReturnType<typeof problem>) {
  parts.heard({ source: answer.status === 404 ? 'unknown' : source, outcome: String(answer.status), leads: 0 });
  return sendProblem(reply, answer);
}

function sourceId(request: FastifyRequest): string {
  return (request.params as { source?: string }).source ?? '';
}

function wantsPage(request: FastifyRequest): boolean {
  const type = request.headers['content-type'] ?? '';
  return /form/i.test(type) && /text\/html/i.test(request.headers.accept ?? '');
}
