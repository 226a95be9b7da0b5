import { z } from 'zod';
import { sentence } from '../chat/card.js';
import { type Platform, PlatformFailure } from '../chat/platform.js';
import type { ChannelId } from '../chat/text.js';
import type { Group } from '../dealership/group.js';
import { refusal } from '../posting/standing.js';
import { defineJob, Hopeless } from '../store/jobs.js';
import type { Lanes } from '../store/lanes.js';
import type { Store } from '../store/store.js';
import { titleOf } from './card.js';
import { deskWords } from './messages.js';
import { readLead } from './records.js';

/** A line for the managers: something about a lead could not be shown and waits for a person. */
export const sayAlarm = defineJob('alarm', z.object({ leadId: z.string(), reason: z.string(), reference: z.string() }));

/** Writes the alarm for a job that was given up on, when it was about a lead; an alarm that fails raises no other. */
export function raiseAlarm(store: Store, group: Group, reference: () => string, failed: (error: unknown) => void) {
  return (kind: string, payload: object, reason: string): void => {
    const leadId = 'leadId' in payload && typeof payload.leadId === 'string' ? payload.leadId : null;
    if (kind === sayAlarm.name || leadId === null || group.dealerships.length === 0) return;
    store.transact(async ({ enqueue }) => enqueue(sayAlarm, { leadId, reason, reference: reference() })).catch(failed);
  };
}

export function alarmer(parts: {
  readonly store: Store;
  readonly group: Group;
  readonly lanes: Lanes;
  platformOf(id: ChannelId): Platform | undefined;
}) {
  return async (job: z.infer<typeof sayAlarm.payload>, { signal }: { signal: AbortSignal }): Promise<void> => {
    const lead = await readLead(parts.store.db, job.leadId);
    const dealership = lead && parts.group.dealership(lead.dealershipId);
    const channel = dealership?.channels.managers ?? dealership?.channels.leads[0];
    const platform = channel === undefined ? undefined : parts.platformOf(channel);
    if (!lead || !dealership || !channel || !platform) return;
    const card = sentence(deskWords[dealership.language].notDrawn(titleOf(lead, dealership), job.reason, job.reference));
    try {
      await parts.lanes.through(
        platform.pace('post', channel),
        signal,
        () => platform.post({ channel }, card, job.reference, signal),
        refusal,
      );
    } catch (error) {
      if (error instanceof PlatformFailure && (error.kind === 'never' || error.kind === 'unreachable')) throw new Hopeless(error.code);
      throw error;
    }
  };
}
