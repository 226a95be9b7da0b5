import { HOME_JOBS } from './homes.js';
import type { House } from './house.js';
import { alarmer, departedTeller, noteDeparted, sayAlarm, sayDeparted } from './leads/alarm.js';
import { announceLead, announcer } from './leads/announce.js';
import { auditLeads, auditor } from './leads/audit.js';
import { leadCard } from './leads/card.js';
import type { Lead } from './leads/lead.js';
import type { Finding, Need } from './leads/needs.js';
import { CARD } from './leads/places.js';
import { whisperer, whisperTo } from './leads/whisper.js';
import { noticer, showNotice } from './posting/notice.js';
import { mendNotices } from './posting/upkeep.js';
import { sweepPictures } from './web/index.js';

/** Every kind of job the program itself knows; workflows register their own. */
export const JOBS = [announceLead, showNotice, whisperTo, sayAlarm, sayDeparted, auditLeads, sweepPictures, ...HOME_JOBS] as const;

/** Begins to work: from here on jobs are taken from the table. */
export async function startWorkers(house: House): Promise<void> {
  const { store, group, lanes, homes, workflows, web, platformOf, logger, metrics } = house;
  const draw = drawer(house);
  const unreachable = (channel: string, code: string) => {
    metrics.unreachable.inc({ channel, code });
    logger.error({ channel, code }, 'the bot cannot write in this channel; "npm run doctor" says what to do');
  };
  const mended = (findings: readonly Finding[]) => {
    for (const { leadId, channel, act } of findings) {
      metrics.mended.inc({ act });
      logger.error({ lead: leadId, channel, act }, 'something was missing with no job on its way; asked for again');
    }
  };
  const topics = new Map(workflows.flatMap((workflow) => Object.entries(workflow.whispers ?? {})));
  await store.jobs.work(announceLead, { concurrency: 64 }, homes.noting(announcer({ store, lanes, platformOf, draw, unreachable })));
  await homes.work();
  const drawn = new Map(workflows.flatMap((workflow) => Object.entries(workflow.notices ?? {})));
  await store.jobs.work(showNotice, { concurrency: 8 }, noticer({ store, lanes, platformOf, drawings: drawn, unreachable }));
  await store.jobs.work(whisperTo, { concurrency: 8 }, whisperer({ lanes, platformOf, topics, departed: noteDeparted(store) }));
  await store.jobs.work(sayAlarm, { concurrency: 1 }, alarmer({ store, group, lanes, platformOf }));
  await store.jobs.work(sayDeparted, { concurrency: 1 }, departedTeller({ store, group, lanes, platformOf }));
  await store.jobs.work(auditLeads, { concurrency: 1 }, audit(house, mended));
  await store.jobs.work(sweepPictures, { concurrency: 1 }, web.sweep);
  for (const job of workflows.flatMap((workflow) => workflow.jobs ?? [])) await job.register(store.jobs);
}

/** The auditor of this house: each call looks once at what stored states need, and asks for what is missing. */
export function audit(house: House, mended: (findings: readonly Finding[]) => void): () => Promise<void> {
  const { store, group, workflows, platformOf } = house;
  const speaks = (channel: string) => platformOf(channel) !== undefined;
  const notices: Need = { mend: (unit, most) => mendNotices(unit, most, speaks) };
  const needs = [...workflows.flatMap((workflow) => workflow.needs ?? []), notices];
  return auditor({ store, group, needs, speaks, draw: drawer(house), mended });
}

/** How any message about a lead looks now; null when there is nothing to show. */
function drawer({ group, desk, workflows }: House) {
  const drawings = new Map(workflows.flatMap((workflow) => Object.entries(workflow.draws ?? {})));
  return (lead: Lead, topic: string, subject: string) => {
    const dealership = group.dealership(lead.dealershipId);
    if (!dealership) return null;
    if (topic !== CARD) {
      const drawing = drawings.get(topic);
      return drawing ? ('draw' in drawing ? drawing.draw : drawing)(lead, dealership, subject) : null;
    }
    return leadCard(lead, dealership, group.sourceName(lead.sourceId), desk.offers(lead, dealership));
  };
}
