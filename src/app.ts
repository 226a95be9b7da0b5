import type { Config } from './config.js';
import { groupOf } from './dealership/group.js';
import { mirrorGroup } from './dealership/mirror.js';
import { directory } from './dealership/people.js';
import { createEars } from './hearing.js';
import { furnish, type House, type HouseParts } from './house.js';
import { createHttpServer, type Mount } from './http.js';
import { receiver } from './intake/receive.js';
import { type IntakeParts, intakeRoutes } from './intake/server.js';
import { raiseAlarm } from './leads/alarm.js';
import { AUDIT_SILENT_AFTER_S, auditAge } from './leads/audit.js';
import { newReference } from './leads/reference.js';
import { operations } from './operations.js';
import type { Place } from './store/database.js';
import { openStore, type Store, type StoreEvents } from './store/store.js';
import { startTicking } from './ticking.js';
import { abandonmentWorkflow } from './workflows/abandonment/index.js';
import { appraisalWorkflow } from './workflows/appraisal/index.js';
import { claimWorkflow } from './workflows/claim/index.js';
import { contactWorkflow } from './workflows/contact/index.js';
import { digestWorkflow } from './workflows/digest/index.js';
import { entryWorkflow } from './workflows/entry/index.js';
import { findWorkflow } from './workflows/find/index.js';
import { handoverWorkflow } from './workflows/handover/index.js';
import { helpWorkflow } from './workflows/help/index.js';
import { historyWorkflow } from './workflows/history/index.js';
import { mineWorkflow } from './workflows/mine/index.js';
import { notesWorkflow } from './workflows/notes/index.js';
import { photosWorkflow } from './workflows/photos/index.js';
import { saleWorkflow } from './workflows/sale/index.js';
import { statsWorkflow } from './workflows/stats/index.js';
import { statusWorkflow } from './workflows/status/index.js';
import type { Desk, Workflow } from './workflows/workflow.js';
import { audit, JOBS, startWorkers } from './working.js';

/** Everything a dealership does with a lead: one line each. */
const WORKFLOWS: readonly ((desk: Desk) => Workflow)[] = [
  claimWorkflow,
  statusWorkflow,
  appraisalWorkflow,
  saleWorkflow,
  abandonmentWorkflow,
  contactWorkflow,
  historyWorkflow,
  handoverWorkflow,
  photosWorkflow,
  notesWorkflow,
  entryWorkflow,
  digestWorkflow,
  mineWorkflow,
  statsWorkflow,
  findWorkflow,
  helpWorkflow,
];

export interface AppParts extends HouseParts {
  /** More paths on the same port: the sandbox. */
  readonly mounts?: readonly Mount[];
  /** A prepared embedded database to begin with, when the folder is new. */
  readonly image?: Blob;
  /** Give an empty database a past to look at. */
  readonly past?: boolean;
}

/** The running program. */
export interface App {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  readonly store: Store;
  /** Stops listening, finishes what is under way, closes. */
  stop(): Promise<void>;
}

/** How long stopping may take in all; a job still running then goes back to the table. */
const STOP_WITHIN_MS = 8_000;

/**
 * Puts the parts together and starts them: database, schema, jobs, platforms, workers, and only then the port.
 * @throws when the database cannot be opened, is newer than this program, or is open in another process
 */
export async function startApp(parts: AppParts): Promise<App> {
  const { config, logger } = parts;
  const people = directory(config.people, config.dealerships);
  const group = groupOf(config.group.name, config.dealerships, people, config.sources);
  const alarm = { raise: (_kind: string, _payload: object) => {} };
  const store = await openStore(
    placeOf(config, parts.image),
    JOBS,
    storeEvents(parts, (...buried) => alarm.raise(...buried)),
  );
  try {
    await mirrorGroup(store.db, config.dealerships, config.people);
    alarm.raise = raiseAlarm(store, group, newReference, (error) => logger.error({ err: error }, 'the alarm itself failed'));
    const house = await furnish(parts, store, group, WORKFLOWS);
    await startWorkers(house);
    if (parts.past) {
      const { bringPast } = await import('./figures/demo/past.js');
      // Nothing that happened was done by the program: what the stories leave to be done is asked for as if it had been lost.
      if (await bringPast(store, group, config.sources, house.now())) await audit(house, () => {})();
    }
    return await serve(house, parts.mounts);
  } catch (error) {
    await store.close(0).catch(() => {});
    throw error;
  }
}

async function serve(house: House, mounts: readonly Mount[] = []): Promise<App> {
  const { config, logger, metrics, store, connected, platforms } = house;
  const http = createHttpServer([...connected.map(({ mount }) => mount), ...mounts], (error, reference) =>
    logger.error({ err: error, reference }, 'a request failed'),
  );
  const age = { auditAge: () => auditAge(store.db), auditSilentAfter: AUDIT_SILENT_AFTER_S };
  const ops = operations({ store, platforms, metrics, logger, ...age });
  await http.routes.register(async (routes) => ops.routes(routes));
  await http.routes.register(async (routes) => intakeRoutes(routes, intakeParts(house)));
  await http.routes.register(async (routes) => house.web.routes(routes));
  const url = await http.listen(config.host, config.port);
  house.listening.url = url;
  const ears = createEars(house);
  for (const platform of platforms.values()) await platform.start(ears);
  ops.start();
  const stopTicking = await startTicking(house);
  logger.info({ url, mode: config.mode, database: store.kind, dealerships: config.dealerships.length }, 'ready');
  const stop = async () => {
    ops.stop();
    stopTicking();
    await http.close();
    await Promise.all([...platforms.values()].map((platform) => platform.stop()));
    await store.close(STOP_WITHIN_MS);
  };
  return { url, store, stop };
}

function intakeParts({ config, logger, metrics, store, group, now }: House): IntakeParts {
  const receive = receiver(store, group);
  return {
    sources: config.sources,
    receive: (delivery) => store.courtesy.serve(() => receive(delivery)),
    now: () => now().getTime(),
    heard: ({ source, outcome, leads }) => {
      metrics.intake.inc({ source, outcome });
      if (leads > 0) metrics.leads.inc({ source }, leads);
    },
    failed: (source, error, reference) => logger.error({ source, err: error, reference }, 'an enquiry could not be taken'),
  };
}

function storeEvents({ logger, metrics }: AppParts, buried: (kind: string, payload: object) => void): StoreEvents {
  return {
    failed(kind, id, attempt, error) {
      metrics.jobFailures.inc({ job: kind });
      logger.warn({ job: kind, id, attempt, err: error }, 'a job failed and will be tried again');
    },
    buried(kind, id, reason, payload) {
      metrics.buried.inc({ job: kind });
      logger.error({ job: kind, id, reason }, 'a job was given up on; "npm run jobs" lists it and runs it again');
      buried(kind, payload);
    },
    trouble: (error) => logger.error({ err: error }, 'the job table is in trouble'),
    crowded: (error) => logger.warn({ err: error }, 'the database has no connection left for this process; the start waits for one'),
  };
}

function placeOf(config: Config, image: Blob | undefined): Place {
  if (config.databaseUrl !== null) return { kind: 'postgres', url: config.databaseUrl };
  return { kind: 'embedded', folder: config.dataDir, ...(image && { image }) };
}
