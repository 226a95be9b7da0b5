import { z } from 'zod';
import { sentence } from '../chat/card.js';
import { type Platform, PlatformFailure } from '../chat/platform.js';
import type { ChannelId, PersonId } from '../chat/text.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Group } from '../dealership/group.js';
import { rememberedName } from '../dealership/mirror.js';
import { refusal } from '../posting/standing.js';
import { defineJob, Hopeless } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';
import type { Store } from '../store/store.js';
import { titleOf } from './card.js';
import { deskWords } from './messages.js';
import { readLead } from './records.js';

/** A line for the managers: something about a lead could not be shown and waits for a person. */
export const sayAlarm = defineJob('alarm', z.object({ leadId: z.string(), reference: z.string() }));

/** A line for the managers: somebody who has left could not be told something about a lead. */
export const sayDeparted = defineJob('departed', z.object({ leadId: z.string(), account: z.string() }));

/** One line about one person is enough for a day, however much they are not told. */
const A_DAY_S = 86_400;

/** Asks for the managers to be told that somebody has left. */
export function noteDeparted(store: Store) {
  return async ({ leadId, account }: { readonly leadId: string; readonly account: PersonId }): Promise<void> => {
    const once = { key: `departed:${account}`, inSeconds: A_DAY_S };
    await store.transact(async ({ enqueue }) => enqueue(sayDeparted, { leadId, account }, { once }));
  };
}

/** Writes the alarm for a job that was given up on, when it was about a lead; an alarm that fails raises no other. */
export function raiseAlarm(store: Store, group: Group, reference: () => string, failed: (error: unknown) => void) {
  return (kind: string, payload: object): void => {
    const leadId = 'leadId' in payload && typeof payload.leadId === 'string' ? payload.leadId : null;
    if (kind === sayAlarm.name || kind === sayDeparted.name || leadId === null || group.dealerships.length === 0) return;
    store.transact(async ({ enqueue }) => enqueue(sayAlarm, { leadId, reference: reference() })).catch(failed);
  };
}

interface AlarmParts {
  readonly store: Store;
  readonly group: Group;
  readonly lanes: Lanes;
  platformOf(id: ChannelId): Platform | undefined;
}

export function alarmer(parts: AlarmParts) {
  return (job: z.infer<typeof sayAlarm.payload>, { signal }: { signal: AbortSignal }): Promise<void> =>
    tellManagers(parts, job.leadId, job.reference, signal, (title, { language }) => deskWords[language].notDrawn(title, job.reference));
}

export function departedTeller(parts: AlarmParts) {
  return async ({ leadId, account }: z.infer<typeof sayDeparted.payload>, { signal }: { signal: AbortSignal }): Promise<void> => {
    const person = parts.group.directory.byAccount(account);
    const name = person.listed ? person.name : ((await rememberedName(parts.store.db, account)) ?? person.name);
    await tellManagers(parts, leadId, `departed/${account}`, signal, (title, { language }) => deskWords[language].departed(name, title));
  };
}

async function tellManagers(
  { store, group, lanes, platformOf }: AlarmParts,
  leadId: string,
  mark: string,
  signal: AbortSignal,
  words: (title: string, dealership: Dealership) => string,
): Promise<void> {
  const lead = await readLead(store.db, leadId);
  const dealership = lead && group.dealership(lead.dealershipId);
  const channel = dealership?.channels.managers ?? dealership?.channels.leads[0];
  const platform = channel === undefined ? undefined : platformOf(channel);
  if (!lead || !dealership || !channel || !platform) return;
  const card = sentence(words(titleOf(lead, dealership), dealership));
  try {
    await lanes.through(platform.pace('post', channel), signal, () => platform.post({ channel }, card, mark, signal), refusal);
  } catch (error) {
    if (error instanceof PlatformFailure && (error.kind === 'never' || error.kind === 'unreachable')) throw new Hopeless(error.code);
    throw error;
  }
}
