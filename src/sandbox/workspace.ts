import type { Config } from '../config.js';
import type { Dealership } from '../dealership/dealership.js';
import type { Person } from '../dealership/people.js';
import { demoWorkspace } from './demo-workspace.js';
import type { SeedChannel, SeedUser, SlackSeed } from './slack/seed.js';

type Workspace = Omit<SlackSeed, 'botToken' | 'appToken' | 'signingSecret'>;

const SLACK = 'slack:';
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

function userOf(person: Person, dealerships: readonly Dealership[], language: string): SeedUser[] {
  const id = person.accounts.find((account) => account.startsWith(SLACK))?.slice(SLACK.length);
  if (id === undefined) return [];
  const sites = Object.entries(person.roles);
  const job = sites
    .map(([site, roles]) => `${roles.map((role) => JOBS[role] ?? role).join(', ')} · ${site === '*' ? '*' : site}`)
    .join(' · ');
  const home = dealerships.find((dealership) => person.roles[dealership.id]) ?? dealerships[0];
  const spoken = person.language ?? home?.language ?? language;
  const locale = spoken === 'fr' ? 'fr-FR' : 'en-GB';
  return [{ id, name: person.id, realName: person.name, locale, tz: home?.timeZone ?? 'Europe/Paris', job }];
}

function channelsOf(dealership: Dealership, members: readonly string[]): SeedChannel[] {
  const { leads, appraisals, managers } = dealership.channels;
  const named: (readonly [string | null, string])[] = [
    ...leads.map((channel, index) => [channel, index === 0 ? 'leads' : `leads-${index + 1}`] as const),
    [appraisals, 'appraisals'],
    [managers, 'managers'],
  ];
  return named.flatMap(([channel, kind]) =>
    channel?.startsWith(SLACK)
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
