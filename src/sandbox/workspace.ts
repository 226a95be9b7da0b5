import type { Config } from '../config.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Person } from '../dealership/people.js';
import { demoTenant } from './demo-tenant.js';
import { demoWorkspace } from './demo-workspace.js';
import type { SeedChannel, SeedUser, SlackSeed } from './slack/seed.js';
import type { SeedPerson, SeedTeam, TeamsSeed } from './teams/seed.js';

type Workspace = Omit<SlackSeed, 'botToken' | 'appToken' | 'signingSecret'>;

type Tenant = Omit<TeamsSeed, 'app'>;

const SLACK = 'slack:';
const TEAMS = 'teams:';
const JOBS: Readonly<Record<string, string>> = {
  salesperson: 'Vendeur',
  'sales-manager': 'Chef des ventes',
  'used-car-manager': 'Responsable VO',
  reception: 'Accueil',
  director: 'Direction',
};

/** The Slack workspace to simulate: the demonstration's own, or one with the people and channels of a configuration. */
export function workspaceOf(config: Config): Workspace {
  return config.configFile === null ? demoWorkspace : workspaceFrom(config);
}

function workspaceFrom({ group, dealerships, people }: Config): Workspace {
  const users = people.flatMap((person) => userOf(person, dealerships, group.language));
  // Where nobody is listed, somebody must still be able to come in and look.
  const present = users.length > 0 ? users : demoWorkspace.users;
  const members = present.map((user) => user.id);
  return {
    workspace: { id: 'T0SANDBOX', name: group.name, domain: 'sandbox' },
    users: present,
    channels: dealerships.flatMap((dealership) => channelsOf(dealership, members)),
    bot: demoWorkspace.bot,
    commands: demoWorkspace.commands,
  };
}

/** The Microsoft 365 tenant to simulate beside it; null when the configuration has no channel in Teams. */
export function tenantOf(config: Config): Tenant | null {
  if (config.configFile === null) return demoTenant;
  const { group, dealerships, people } = config;
  const listed = people.flatMap((person) => memberOf(person, dealerships, group.language));
  const present = listed.length > 0 ? listed : demoTenant.people;
  const members = present.map(({ aadObjectId }) => aadObjectId);
  const teams = dealerships.flatMap((dealership) => teamOf(dealership, members));
  return teams.length === 0 ? null : { tenant: { ...demoTenant.tenant, name: group.name }, people: present, teams, rsc: true };
}

function memberOf(person: Person, dealerships: readonly Dealership[], language: string): SeedPerson[] {
  const account = accountOf(person, TEAMS);
  if (account === undefined) return [];
  const { realName, locale, tz, job } = described(person, dealerships, language);
  return [{ aadObjectId: account, name: realName, locale, timeZone: tz, job }];
}

function teamOf(dealership: Dealership, members: readonly string[]): SeedTeam[] {
  const channels = namedChannels(dealership).flatMap(([channel, kind]) =>
    channel.startsWith(TEAMS) ? [{ id: channel.slice(TEAMS.length), name: kind, description: dealership.name }] : [],
  );
  if (channels.length === 0) return [];
  const id = `19:sandbox-${dealership.id}@thread.tacv2`;
  return [{ id, groupId: `sandbox-${dealership.id}`, name: dealership.name, members, installed: true, channels }];
}

function userOf(person: Person, dealerships: readonly Dealership[], language: string): SeedUser[] {
  const id = accountOf(person, SLACK);
  return id === undefined ? [] : [{ id, name: person.id, ...described(person, dealerships, language) }];
}

function accountOf(person: Person, platform: string): string | undefined {
  return person.accounts.find((account) => account.startsWith(platform))?.slice(platform.length);
}

function described(person: Person, dealerships: readonly Dealership[], language: string) {
  const sites = Object.entries(person.roles);
  const job = sites
    .map(([site, roles]) => `${roles.map((role) => JOBS[role] ?? role).join(', ')} · ${site === '*' ? '*' : site}`)
    .join(' · ');
  const home = dealerships.find((dealership) => person.roles[dealership.id]) ?? dealerships[0];
  const spoken = person.language ?? home?.language ?? language;
  const locale = spoken === 'fr' ? 'fr-FR' : 'en-GB';
  return { realName: person.name, locale, tz: home?.timeZone ?? 'Europe/Paris', job };
}

function channelsOf(dealership: Dealership, members: readonly string[]): SeedChannel[] {
  return namedChannels(dealership).flatMap(([channel, kind]) =>
    channel.startsWith(SLACK)
      ? [
          {
            id: channel.slice(SLACK.length),
            name: `${kind}-${dealership.id}`,
            private: false,
            topic: dealership.name,
            members,
            botIsMember: true,
          },
        ]
      : [],
  );
}

/** The channels of a site, each with what it is for. */
function namedChannels({ channels: { leads, appraisals, managers } }: Dealership): (readonly [string, string])[] {
  const several = (index: number) => (index === 0 ? 'leads' : `leads-${index + 1}`);
  const others = [[appraisals, 'appraisals'] as const, [managers, 'managers'] as const];
  return [
    ...leads.map((channel, index) => [channel, several(index)] as const),
    ...others.flatMap(([channel, kind]) => (channel ? [[channel, kind] as const] : [])),
  ];
}
