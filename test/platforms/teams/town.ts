import { afterEach } from 'vitest';
import { type TeamsPlatform, type TeamsSettings, teamsPlatform } from '../../../src/platforms/teams/index.js';
import { type RunningSimulator, startTeamsSimulator, type TeamsSeed } from '../../../src/sandbox/teams/index.js';
import { memoryIn } from '../../support/kept.js';
import { serve } from '../slack/wire.js';

export const LEADS = '19:leads@thread.tacv2';

const SEED: TeamsSeed = {
  tenant: { id: 'tenant', name: 'Lumière' },
  app: { id: 'app', password: 'a-password', name: 'Forecourt' },
  people: [
    { aadObjectId: 'aad-alice', name: 'Alice Martin', locale: 'fr-FR', timeZone: 'Europe/Paris' },
    { aadObjectId: 'aad-zoe', name: 'Zoé Petit', locale: 'en-GB', timeZone: 'Europe/London' },
  ],
  teams: [
    {
      ...{ id: '19:lyon@thread.tacv2', groupId: 'group', name: 'Lyon', members: ['aad-alice'], installed: true },
      channels: [{ id: LEADS, name: 'Leads', description: '' }],
    },
  ],
  rsc: false,
};

export interface Town {
  readonly platform: TeamsPlatform;
  readonly running: RunningSimulator;
  readonly kept: Map<string, string>;
  readonly log: string[];
  /** Calls of a method that reached the service. */
  calls(method: string): number;
}

/** What else is stopped after the test. */
export const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A tenant and a platform in it, which has heard nothing yet. Stopped after the test. */
export async function town(settings: Partial<TeamsSettings> = {}, { rsc = false } = {}): Promise<Town> {
  let front = '';
  const running = await startTeamsSimulator({ ...SEED, rsc }, { rate: 'off', botUrl: () => front });
  stops.push(running.stop);
  const kept = new Map<string, string>();
  const log: string[] = [];
  const platform = teamsPlatform({
    registration: { appId: SEED.app.id, appPassword: SEED.app.password, tenantId: SEED.tenant.id },
    ...{ loginUrl: running.loginUrl, openIdUrl: running.openIdUrl, serviceUrl: running.serviceUrl, graphUrl: running.graphUrl },
    publicUrl: () => 'https://leads.example.org',
    memory: memoryIn(kept),
    channels: [`teams:${LEADS}`],
    log: (level, message, fields) => void log.push(JSON.stringify({ level, message, ...fields })),
    trouble: () => ({ summary: 'Sorry', elements: [], buttons: [] }),
    troubleText: () => 'Not saved',
    requiredText: () => 'Fill this in',
    doneText: () => 'Noted',
    ...settings,
  });
  const door = await serve((req, res) => platform.handle(req, res));
  front = `${door.url}/api/messages`;
  stops.push(door.stop);
  const calls = (method: string) => running.simulator.requests.filter((request) => request.method === method).length;
  return { platform, running, kept, log, calls };
}
