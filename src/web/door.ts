import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Group } from '../dealership/group.js';
import { lockLead } from '../leads/records.js';
import type { Store, Unit } from '../store/store.js';
import { later, said } from './answers.js';
import { type OpenLink, type OverLink, openLink } from './opening.js';
import { idIn, type Signer } from './signature.js';

export interface DoorParts {
  readonly store: Store;
  readonly group: Group;
  readonly signer: Signer;
  now(): Date;
  /** Seconds to wait before the next request of this key, 0 when it may pass. */
  limit(key: string, rate: { readonly perSecond: number; readonly burst: number }, now: number): number;
  /** The database did not take what was sent; for the log. */
  failed(error: unknown): void;
}

/** Whom the word in an address lets in. */
export interface Door {
  /** The id in the address of a request, if we wrote it; asks no database. */
  idOf(request: FastifyRequest): string | null;
  /** What the link of a request leads to; `busy` for a connection that tried too many wrong ones. */
  opened(request: FastifyRequest): Promise<OpenLink | OverLink | 'busy' | null>;
  /** The same for what the page's script asks; undefined when it was answered already. */
  admitted(request: FastifyRequest, reply: FastifyReply): Promise<OpenLink | undefined>;
  /** Works with the lead locked, on the link as it is by then; undefined when it was answered already. */
  alone<T>(request: FastifyRequest, reply: FastifyReply, work: (unit: Unit, link: OpenLink) => Promise<T>): Promise<T | undefined>;
}

/** Wrong addresses from one connection, before it has to wait. */
const STRANGERS = { perSecond: 1, burst: 30 };

export function createDoor({ store, group, signer, now, limit, failed }: DoorParts): Door {
  const idOf: Door['idOf'] = (request) => idIn(signer, 'photos', (request.params as { word?: string }).word ?? '');

  const opened: Door['opened'] = async (request) => {
    const id = idOf(request);
    if (id !== null) return openLink(store.db, group, id, now());
    return limit(`wrong photo link ${request.ip}`, STRANGERS, now().getTime()) > 0 ? 'busy' : null;
  };

  const admitted: Door['admitted'] = async (request, reply) => {
    const link = await opened(request);
    if (link !== null && typeof link === 'object' && 'link' in link) return link;
    await (link === 'busy' ? later(reply, 429, 60) : said(reply, link === null ? 404 : 410, { refused: 'over' }));
    return undefined;
  };

  const alone: Door['alone'] = async (request, reply, work) => {
    const before = await admitted(request, reply);
    if (!before) return undefined;
    const once = () =>
      store.transact(async (unit) => {
        await lockLead(unit.db, before.lead.id);
        const link = await openLink(unit.db, group, before.link.id, now());
        return link && 'link' in link ? { answer: await work(unit, link) } : null;
      });
    const done = await store.courtesy.serve(once).catch((error: unknown) => {
      failed(error);
      return 'failed' as const;
    });
    if (done === 'failed') {
      await later(reply, 503, 5);
      return undefined;
    }
    if (done) return done.answer;
    await said(reply, 410, { refused: 'over' });
    return undefined;
  };

  return { idOf, opened, admitted, alone };
}
