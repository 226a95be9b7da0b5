import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { examine } from '../../src/commands/doctor/examine.js';
import { printed } from '../../src/commands/doctor/finding.js';
import type { Config } from '../../src/config.js';
import { startTeamsSimulator } from '../../src/sandbox/teams/index.js';
import { serve } from '../platforms/slack/wire.js';
import { configFor } from '../support/running.js';
import { TENANT } from '../support/tenant.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A tenant, and an installation in it whose Lyon has this channel. */
async function installation(channel = 'teams:19:leads-lyon@thread.tacv2', password = TENANT.app.password) {
  const tenant = await startTeamsSimulator(TENANT, { rate: 'off' });
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-doctor-'));
  const door = await serve((_, res) => void res.writeHead(400).end());
  stops.push(tenant.stop, door.stop, () => rm(folder, { recursive: true, force: true }));
  const { loginUrl, openIdUrl, serviceUrl, graphUrl } = tenant;
  const endpoints = { loginUrl, openIdUrl, serviceUrl, graphUrl };
  const teams = { kind: 'registered', appId: TENANT.app.id, appPassword: password, tenantId: TENANT.tenant.id, endpoints } as const;
  const edit = (yaml: string) => yaml.replace('"slack:C0LEADSLYON"', `"${channel}"`).replace(', "teams:19:annecy-leads@thread.tacv2"', '');
  const config = configFor('http://127.0.0.1:1/', { edit });
  return { tenant, config: { ...config, slack: null, teams, dataDir: join(folder, 'data'), publicUrl: door.url } as Config };
}

async function examined(config: Config) {
  const found = [];
  for await (const finding of examine(config)) found.push(finding);
  const bad = found.filter(({ mark }) => mark === 'bad').map(({ text }) => text);
  return { bad: bad.filter((text) => !text.startsWith('Lumière Annecy')), page: found.map(printed).join('') };
}

describe('the doctor, for Teams', () => {
  it('finds nothing to correct where nothing has to be, and posts nothing', async () => {
    const { tenant, config } = await installation();
    const { bad, page } = await examined(config);
    expect(bad).toEqual([]);
    expect(page).toContain(`accepts the Teams credentials of app ${TENANT.app.id}`);
    expect(page).toContain('Forecourt is installed in the team of teams:19:leads-lyon@thread.tacv2');
    expect(page).toContain("it is the bot's messaging endpoint");
    expect(page).not.toContain(TENANT.app.password);
    expect(tenant.simulator.messages('19:leads-lyon@thread.tacv2')).toEqual([]);
  });

  it.each([
    ['a password that is wrong', undefined, 'wrong', /refuses the Teams credentials \(invalid_client\)/, /new client secret/],
    ['a channel that is not there', 'teams:19:gone@thread.tacv2', undefined, /not in the team .*ConversationNotFound/, /Install the app/],
    ['a channel that is none', 'teams:general', undefined, /not the ID of a Teams channel/, /Get link to channel/],
  ])('finds %s', async (_, channel, password, said, remedy) => {
    const { config } = await installation(channel, password);
    const { bad, page } = await examined(config);
    expect(bad.join('\n')).toMatch(said);
    expect(page).toMatch(remedy);
  });

  it('finds a public address that is missing, in the open, or leads elsewhere', async () => {
    const { config } = await installation();
    const elsewhere = await serve((_, res) => void res.writeHead(404).end());
    stops.push(elsewhere.stop);
    expect((await examined({ ...config, publicUrl: null })).bad).toEqual([expect.stringContaining('PUBLIC_URL is not set')]);
    expect((await examined({ ...config, publicUrl: 'http://leads.example.org' })).bad).toEqual([expect.stringContaining('not an https')]);
    expect((await examined({ ...config, publicUrl: elsewhere.url })).bad).toEqual([expect.stringContaining('not served by')]);
  });
});
