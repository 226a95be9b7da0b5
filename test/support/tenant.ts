import { expect } from 'vitest';
import { demoTenant } from '../../src/sandbox/demo-tenant.js';
import { type RunningSimulator, startTeamsSimulator, type TeamsMessage, type TeamsSeed } from '../../src/sandbox/teams/index.js';
import type { SimulatorOptions } from '../../src/sandbox/teams/simulator.js';
import { everyObject, type Found, unescaped } from '../platforms/teams/seen.js';
import { type Running, type RunOptions, run } from './running.js';
import { facts, SOON, sendLead } from './seen.js';

export const TEAMS_LYON = '19:leads-lyon@thread.tacv2';

export const TENANT: TeamsSeed = {
  ...demoTenant,
  app: { id: '7b0c1e9a-1111-4222-8333-444455556666', password: 'a-client-secret', name: 'Forecourt' },
};

/** A machine busy with other things is no fault of ours; two simulators, a database and both platforms have to start. */
export const PATIENT_MS = 240_000;
const PATIENT = { invokeMs: PATIENT_MS, messageMs: PATIENT_MS };

/** The program with a simulated Slack and a simulated tenant: Lumière Lyon has a channel on each. */
export interface Both extends Running {
  readonly tenant: RunningSimulator;
  readonly teams: RunningSimulator['simulator'];
}

export async function runBoth(
  options: RunOptions & {
    readonly tenant?: TeamsSeed;
    readonly without?: 'slack';
    readonly teams?: Omit<SimulatorOptions, 'baseUrl'>;
  } = {},
): Promise<Both> {
  let url = '';
  const seed = options.tenant ?? TENANT;
  const tenant = await startTeamsSimulator(seed, { rate: 'off', times: PATIENT, botUrl: () => `${url}/api/messages`, ...options.teams });
  const { loginUrl, openIdUrl, serviceUrl, graphUrl } = tenant;
  const endpoints = { loginUrl, openIdUrl, serviceUrl, graphUrl };
  const teams = { kind: 'registered', appId: seed.app.id, appPassword: seed.app.password, tenantId: seed.tenant.id, endpoints } as const;
  const edit = (yaml: string) =>
    (options.edit ?? ((text) => text))(yaml).replace('"slack:C0LEADSLYON"', `"slack:C0LEADSLYON", "teams:${TEAMS_LYON}"`);
  const house = await run({
    ...options,
    edit,
    change: (config) => ({ ...config, publicUrl: 'https://leads.example.org', teams, ...(options.without && { slack: null }) }),
  });
  url = house.app.url;
  // As Teams does, whenever it likes. Everybody's own page then stands in their chat, before what a test looks for there.
  await tenant.simulator.install();
  const { until, messages, as } = tenant.simulator;
  await until(() => seed.people.every(({ aadObjectId }) => messages(as(aadObjectId).chat()).length > 0), PATIENT_MS);
  const stop = async () => {
    await house.stop();
    await tenant.stop();
  };
  return { ...house, tenant, teams: tenant.simulator, stop };
}

/** What a message's cards say, as one reads it. */
export function readIn(message: { readonly attachments: readonly Found[] } | undefined): string {
  const objects = everyObject(message?.attachments.map(({ content }) => content));
  const said = objects.flatMap(({ type, inlines, text, altText }) => {
    if (type === 'RichTextBlock')
      return [
        everyObject(inlines)
          .map((run) => run.text ?? '')
          .join(''),
      ];
    if (type === 'TextBlock') return [unescaped(String(text))];
    return type === 'Image' ? [String(altText)] : [];
  });
  // Spaces that do not break are told apart by nobody who reads.
  return said
    .join(' ')
    .replaceAll('\u2060', '')
    .replace(/[\u00a0\u202f]/g, ' ');
}

/** The public names of a card's buttons. */
export function buttonsIn(message: { readonly attachments: readonly Found[] } | undefined): string[] {
  const objects = everyObject(message?.attachments.map(({ content }) => content));
  const fallbacks = objects.map(({ fallback }) => fallback);
  return objects
    .filter((object) => ['Action.Execute', 'Action.Submit'].includes(String(object.type)) && !fallbacks.includes(object))
    .map(({ verb, data }) => String(verb ?? (data as Found).verb ?? (data as Found).command));
}

/** The card about a lead in a channel of the tenant, as soon as it shows what is asked. */
export function teamsCard(house: Both, leadId: string, shows: (card: TeamsMessage) => boolean = () => true): Promise<TeamsMessage> {
  return house.teams.until(() => cardsInTeams(house, leadId).find(shows), SOON);
}

/** Every card of a lead in its channel: those whose buttons are about it, or that it had before. */
export function cardsInTeams(house: Both, leadId: string): TeamsMessage[] {
  const marked = (message: TeamsMessage) => JSON.stringify(message.attachments).includes(leadId);
  return house.teams.messages(TEAMS_LYON).filter((message) => message.root === undefined && marked(message));
}

/** Sends a lead and waits until its card stands in Teams and the program knows that it does. */
export async function arrivedInTeams(house: Both, body: string): Promise<{ id: string; card: TeamsMessage }> {
  const id = await sendLead(house, body);
  const card = await teamsCard(house, id);
  await expect.poll(() => facts(house, id, 'posted'), { timeout: SOON, interval: 20 }).toHaveLength(2);
  return { id, card };
}

/** What the bot told somebody in their chat, oldest first. */
export function toldTo(house: Both, person: string): TeamsMessage[] {
  const someone = house.teams.as(person);
  return someone.messages(someone.chat()).filter(({ from }) => from.startsWith('28:'));
}
