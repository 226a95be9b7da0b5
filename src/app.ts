import { sentence } from './chat/card.js';
import type { Platform } from './chat/platform.js';
import type { Config } from './config.js';
import { type Group, groupOf } from './dealership/group.js';
import { mirrorGroup } from './dealership/mirror.js';
import { directory } from './dealership/people.js';
import { createDesk } from './desk.js';
import { createEars } from './hearing.js';
import { createHomes, HOME_JOBS, type Homes } from './homes.js';
import { createHttpServer, type Mount } from './http.js';
import { receiver } from './intake/receive.js';
import { type IntakeParts, intakeRoutes } from './intake/server.js';
import { alarmer, raiseAlarm, sayAlarm } from './leads/alarm.js';
import { announceLead, announcer } from './leads/announce.js';
import { AUDIT_SILENT_AFTER_S, auditAge, auditLeads, auditor, type Finding } from './leads/audit.js';
import { leadCard } from './leads/card.js';
import type { Lead } from './leads/lead.js';
import { deskWords } from './leads/messages.js';
import { CARD } from './leads/places.js';
import { newReference } from './leads/reference.js';
import { whisperer, whisperTo } from './leads/whisper.js';
import type { Logger, Metrics } from './observe.js';
import { operations } from './operations.js';
import { type SlackPlatform, slackPlatform } from './platforms/slack/index.js';
import { lookAtHomes } from './posting/home.js';
import { noticer, showNotice } from './posting/notice.js';
import type { Place } from './store/database.js';
import type { JobEvents, JobKind, JobPlan } from './store/jobs.js';
import { type Lanes, openLanes } from './store/lanes.js';
import { schedule } from './store/schedule.js';
import { openStore, type Store } from './store/store.js';
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
import { saleWorkflow } from './workflows/sale/index.js';
import { statsWorkflow } from './workflows/stats/index.js';
import { statusWorkflow } from './workflows/status/index.js';
import type { Desk, Workflow } from './workflows/workflow.js';

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
  notesWorkflow,
  entryWorkflow,
  digestWorkflow,
  mineWorkflow,
  statsWorkflow,
  findWorkflow,
  helpWorkflow,
];

const JOBS = [announceLead, showNotice, whisperTo, sayAlarm, auditLeads, ...HOME_JOBS] as const;

export interface AppParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly now?: () => Date;
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

/** Asked for by every process each minute, done once: no two minutes share a slot of this length. */
const MINUTELY_S = 55;

/** How long stopping may take in all; a job still running then goes back to the table. */
const STOP_WITHIN_MS = 8_000;

/**
 * Puts the parts together and starts them: database, schema, jobs, platforms, workers, and only then the port.
 * @throws when the database cannot be opened, is newer than this program, or is open in another process
 */
export async function startApp(parts: AppParts): Promise<App> {
  const { config, logger } = parts;
  refuseTeams(config, logger);
  const people = directory(config.people, config.dealerships);
  const group = groupOf(config.group.name, config.dealerships, people, config.sources);
  const alarm = { raise: (_kind: string, _payload: object, _reason: string) => {} };
  const store = await openStore(
    placeOf(config, parts.image),
    JOBS,
    jobEvents(parts, (...buried) => alarm.raise(...buried)),
  );
  try {
    await mirrorGroup(store.db, config.dealerships, config.people);
    alarm.raise = raiseAlarm(store, group, newReference, (error) => logger.error({ err: error }, 'the alarm itself failed'));
    const house = furnish(parts, store, group);
    await startWorkers(house);
    if (parts.past) {
      const { bringPast } = await import('./figures/demo/past.js');
      await bringPast(store, group, config.sources, house.now());
    }
    return await serve(house);
  } catch (error) {
    await store.close(0).catch(() => {});
    throw error;
  }
}

/** Everything that is looked up while the program runs. */
interface House extends AppParts {
  readonly now: () => Date;
  readonly store: Store;
  readonly group: Group;
  readonly desk: Desk;
  readonly lanes: Lanes;
  readonly homes: Homes;
  readonly workflows: readonly Workflow[];
  readonly slack: SlackPlatform | null;
  readonly platforms: ReadonlyMap<string, Platform>;
  platformOf(id: string): Platform | undefined;
}

function furnish(parts: AppParts, store: Store, group: Group): House {
  const { config, logger, now = () => new Date() } = parts;
  const languageOf = (account: string) => desk.languageFor(group.directory.byAccount(account));
  const slack = config.slack ? connectSlack(config, logger, now, languageOf, (account) => homes.opened(account)) : null;
  const platforms = new Map<string, Platform>(slack ? [['slack', slack]] : []);
  const platformOf = (id: string) => platforms.get(id.slice(0, id.indexOf(':')));
  const tell: Desk['tell'] = (fact, dealership, language) =>
    workflows.map((one) => one.tells?.[fact.kind]?.(fact, dealership, language) ?? null).find((line) => line !== null) ?? null;
  const failed: Desk['failed'] = (error, what) => logger.error({ err: error }, what);
  const offers: Desk['offers'] = (lead, dealership) => workflows.flatMap((workflow) => workflow.offers?.(lead, dealership) ?? []);
  const desk = createDesk(store, group, config.group.language, platformOf, now, tell, failed, offers);
  const workflows = WORKFLOWS.map((make) => make(desk));
  const lanes = openLanes(store.db);
  const pagesOf = (account: string) => (platformOf(account) === slack ? slack?.home : undefined);
  const homes = createHomes({ store, lanes, desk, logger, pagesOf });
  return { ...parts, now, store, group, desk, lanes, homes, slack, platforms, platformOf, workflows };
}

async function startWorkers({ store, group, desk, lanes, homes, workflows, platformOf, logger, metrics }: House): Promise<void> {
  const drawings = new Map(workflows.flatMap((workflow) => Object.entries(workflow.draws ?? {})));
  const draw = (lead: Lead, topic: string, subject: string) => {
    const dealership = group.dealership(lead.dealershipId);
    if (!dealership) return null;
    if (topic !== CARD) return drawings.get(topic)?.(lead, dealership, subject) ?? null;
    return leadCard(lead, dealership, group.sourceName(lead.sourceId), desk.offers(lead, dealership));
  };
  const unreachable = (channel: string, code: string) => {
    metrics.unreachable.inc({ channel, code });
    logger.error({ channel, code }, 'the bot cannot write in this channel; "npm run doctor" says what to do');
  };
  const mended = (findings: readonly Finding[]) => {
    for (const { leadId, channel, act } of findings) {
      metrics.mended.inc({ act });
      logger.error({ lead: leadId, channel, act }, 'a card or a return was missing with no job on its way; asked for again');
    }
  };
  const topics = new Map(workflows.flatMap((workflow) => Object.entries(workflow.whispers ?? {})));
  await store.jobs.work(announceLead, { concurrency: 64 }, homes.noting(announcer({ store, lanes, platformOf, draw, unreachable })));
  await homes.work();
  const drawn = new Map(workflows.flatMap((workflow) => Object.entries(workflow.notices ?? {})));
  await store.jobs.work(showNotice, { concurrency: 8 }, noticer({ store, lanes, platformOf, drawings: drawn, unreachable }));
  await store.jobs.work(whisperTo, { concurrency: 8 }, whisperer({ lanes, platformOf, topics }));
  await store.jobs.work(sayAlarm, { concurrency: 1 }, alarmer({ store, group, lanes, platformOf }));
  await store.jobs.work(auditLeads, { concurrency: 1 }, auditor({ store, group, mended }));
  for (const job of workflows.flatMap((workflow) => workflow.jobs ?? [])) await job.register(store.jobs);
}

async function serve(house: House): Promise<App> {
  const { config, logger, metrics, store, slack, platforms, mounts = [] } = house;
  const http = createHttpServer([...(slack ? [slackMount(slack)] : []), ...mounts], (error, reference) =>
    logger.error({ err: error, reference }, 'a request failed'),
  );
  const audit = { auditAge: () => auditAge(store.db), auditSilentAfter: AUDIT_SILENT_AFTER_S };
  const ops = operations({ store, platforms, metrics, logger, ...audit });
  await http.routes.register(async (routes) => ops.routes(routes));
  await http.routes.register(async (routes) => intakeRoutes(routes, intakeParts(house)));
  const url = await http.listen(config.host, config.port);
  const ears = createEars(house);
  for (const platform of platforms.values()) await platform.start(ears);
  ops.start();
  const asked = house.workflows.flatMap((workflow) => workflow.everyMinute ?? []);
  const everyMinute: readonly JobKind<object>[] = [auditLeads, lookAtHomes, ...asked];
  const ask = (plan: (kind: string) => JobPlan) =>
    store.transact(async ({ enqueue }) => {
      for (const { name, payload } of everyMinute) enqueue({ name, payload }, {}, plan(name));
    });
  const once = (key: string): JobPlan => ({ once: { key, inSeconds: MINUTELY_S } });
  const ticks = [
    schedule(
      '* * * * *',
      () => ask(once),
      (error) => logger.error({ err: error }, 'the work of the minute could not be asked for'),
    ),
    schedule('17 * * * *', store.tidy, (error) => logger.error({ err: error }, 'the database could not be tidied')),
  ];
  // Whatever was asked for a moment ago: what this process finds due must not wait for the next minute.
  await ask(() => ({}));
  logger.info({ url, mode: config.mode, database: store.kind, dealerships: config.dealerships.length }, 'ready');
  const stop = async () => {
    ops.stop();
    for (const stop of ticks) stop();
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

function jobEvents({ logger, metrics }: AppParts, buried: (kind: string, payload: object, reason: string) => void): JobEvents {
  return {
    failed(kind, id, attempt, error) {
      metrics.jobFailures.inc({ job: kind });
      logger.warn({ job: kind, id, attempt, err: error }, 'a job failed and will be tried again');
    },
    buried(kind, id, reason, payload) {
      metrics.buried.inc({ job: kind });
      logger.error({ job: kind, id, reason }, 'a job was given up on; "npm run jobs" lists it and runs it again');
      buried(kind, payload, reason);
    },
    trouble: (error) => logger.error({ err: error }, 'the job table is in trouble'),
  };
}

function refuseTeams(config: Config, logger: Logger): void {
  const fact = 'Microsoft Teams is not part of this version yet';
  if (config.teams && !config.slack)
    throw new Error(`${fact}. Set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or remove the TEAMS_ settings to open the sandbox.`);
  if (config.teams) logger.warn(`${fact}: its channels stay silent`);
}

function placeOf(config: Config, image: Blob | undefined): Place {
  if (config.databaseUrl !== null) return { kind: 'postgres', url: config.databaseUrl };
  return { kind: 'embedded', folder: config.dataDir, ...(image && { image }) };
}

function connectSlack(
  config: Config,
  logger: Logger,
  now: () => Date,
  languageOf: (account: string) => 'fr' | 'en',
  homeOpened: (account: string) => Promise<void>,
): SlackPlatform {
  const { slack } = config;
  if (!slack) throw new Error('no Slack credentials');
  return slackPlatform({
    botToken: slack.botToken,
    ...(slack.signingSecret !== null && { signingSecret: slack.signingSecret }),
    ...(slack.appToken !== null && { appToken: slack.appToken }),
    ...(slack.apiUrl !== null && { apiUrl: slack.apiUrl }),
    log: (level, message, fields) => logger[level]({ ...fields }, message),
    trouble: (person) => sentence(deskWords[languageOf(person)].busy),
    troubleText: (person) => deskWords[languageOf(person)].busy,
    homeOpened,
    now,
  });
}

function slackMount(slack: SlackPlatform): Mount {
  return { takes: (path) => path === '/slack/events', handle: (request, response) => slack.handle(request, response) };
}
