import type { FastifyInstance } from 'fastify';
import type { Platform } from './chat/platform.js';
import type { Logger, Metrics } from './observe.js';
import type { Store } from './store/store.js';

const CHECK_EVERY_MS = 15_000;
const CHECK_WITHIN_MS = 3_000;

interface OperationsParts {
  readonly store: Store;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Seconds since the auditor last finished; null when it never did. */
  auditAge(): Promise<number | null>;
  /** Seconds after which its silence means that something is wrong. */
  readonly auditSilentAfter: number;
}

/** `/healthz`, `/readyz`, `/metrics`. Platforms are asked in the background, the database when the question comes. */
export function operations({ store, platforms, metrics, logger, auditAge, auditSilentAfter }: OperationsParts) {
  const answering = new Map<string, boolean>();
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    for (const [name, platform] of platforms) {
      const up = await within(CHECK_WITHIN_MS, platform.check());
      if (answering.get(name) !== up) logger.info({ platform: name, up }, up ? 'the platform answers' : 'the platform does not answer');
      answering.set(name, up);
      metrics.up.set({ part: name }, up ? 1 : 0);
    }
  };

  /** Right after a start nobody can have spoken yet; silence is judged from then on. */
  const auditorSpeaks = async () => {
    const uptime = (performance.now() - startedAt) / 1000;
    const age = (await auditAge().catch(() => null)) ?? uptime;
    metrics.auditAge.set(age);
    return Math.min(age, uptime) <= auditSilentAfter;
  };

  const ready = async () => {
    const database = await within(CHECK_WITHIN_MS, store.ping());
    metrics.up.set({ part: 'database' }, database ? 1 : 0);
    if (platforms.size > answering.size) await look();
    const parts = { database, auditor: database && (await auditorSpeaks()), ...Object.fromEntries(answering) };
    return { ready: Object.values(parts).every((up) => up), parts };
  };

  return {
    start() {
      void look();
      timer = setInterval(() => void look(), CHECK_EVERY_MS);
    },
    stop() {
      clearInterval(timer);
    },
    routes(server: FastifyInstance) {
      server.get('/healthz', async () => ({ status: 'ok' }));
      server.get('/readyz', async (_request, reply) => {
        const { ready: isReady, parts } = await ready();
        return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', parts });
      });
      server.get('/metrics', async (_request, reply) => {
        await auditorSpeaks();
        await counted(metrics.waiting, store.jobs.waiting());
        await counted(metrics.active, store.jobs.active());
        return reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics());
      });
    },
  };
}

async function counted(gauge: Metrics['waiting'], counts: Promise<Readonly<Record<string, number>>>): Promise<void> {
  gauge.reset();
  for (const [job, count] of Object.entries(await counts.catch(() => ({})))) gauge.set({ job }, count);
}

async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, ms, false).unref());
  return Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
