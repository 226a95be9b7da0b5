import type { SlackSeed } from '../../src/sandbox/slack/index.js';
import type { TeamsSeed } from '../../src/sandbox/teams/index.js';
import { SEED } from './running.js';
import { TENANT } from './tenant.js';

/** Where a lead's life is played: the channels by their names, the same on both platforms. */
export const ROOMS = {
  'leads-lyon': 'C0LEADSLYON',
  'vo-lyon': 'C0VOLYON',
  'chefs-lyon': 'C0CHEFSLYON',
  'leads-annecy': 'C0LEADSANNECY',
} as const;
export type Room = keyof typeof ROOMS;

export const teamsRoom = (room: Room): string => `19:${room}@thread.tacv2`;

/** Somebody of the cast; the same id makes their account on either platform. */
export interface Player {
  readonly id: string;
  readonly name: string;
}

/** A dealership and its people. Lyon has a channel for everything, Annecy everything in the thread of the lead. */
export interface Site {
  readonly dealership: string;
  readonly leads: Room;
  readonly appraisals: Room;
  readonly managers: Room;
  readonly owner: Player;
  readonly colleague: Player;
  readonly manager: Player;
  /** Who decides what the manager asked for. */
  readonly decider: Player;
  readonly estimator: Player;
}

export const LANGUAGES = ['French', 'English'] as const;
export type In = (typeof LANGUAGES)[number];

export const SITES: Readonly<Record<In, Site>> = {
  French: {
    ...{ dealership: 'lyon', leads: 'leads-lyon', appraisals: 'vo-lyon', managers: 'chefs-lyon' },
    owner: { id: 'alice', name: 'Alice Martin' },
    colleague: { id: 'bruno', name: 'Bruno Petit' },
    manager: { id: 'martine', name: 'Martine Leroy' },
    decider: { id: 'didier', name: 'Didier Faure' },
    estimator: { id: 'omar', name: 'Omar Benali' },
  },
  English: {
    ...{ dealership: 'annecy', leads: 'leads-annecy', appraisals: 'leads-annecy', managers: 'leads-annecy' },
    owner: { id: 'chloe', name: 'Chloé Durand' },
    colleague: { id: 'emma', name: 'Emma Wright' },
    manager: { id: 'nora', name: 'Nora Haas' },
    decider: { id: 'hazel', name: 'Hazel Brook' },
    estimator: { id: 'oliver', name: 'Oliver Grant' },
  },
};

/** Those of Annecy whom the example group does not list: all of them read English. */
const JOINING = [
  { id: 'emma', name: 'Emma Wright', role: 'salesperson' },
  { id: 'nora', name: 'Nora Haas', role: 'sales-manager' },
  { id: 'hazel', name: 'Hazel Brook', role: 'sales-manager' },
  { id: 'oliver', name: 'Oliver Grant', role: 'used-car-manager' },
];
/** And those of them who are not in the demonstration's workspace either. */
const STRANGERS = JOINING.filter(({ id }) => id === 'hazel' || id === 'oliver');

export const slackAccount = (id: string): string => `U0${id.toUpperCase()}`;
export const teamsAccount = (id: string): string => `aad-${id}`;

const joining = JOINING.map(
  ({ id, name, role }) => `  - { id: ${id}, name: ${name}, slack: ${slackAccount(id)}, language: en, roles: { annecy: [${role}] } }\n`,
).join('');

/** The example group with an English crew at Annecy, each site on Slack alone. */
export function onSlack(yaml: string): string {
  return yaml.replace(', "teams:19:annecy-leads@thread.tacv2"', '').replace('people:\n', `people:\n${joining}`);
}

/** The same group without a word of Slack: what it can do, it does in Teams. */
export function onTeams(yaml: string): string {
  const people = onSlack(yaml).replace(
    /slack: U0(\w+),(\s*teams: "[^"]*",)?/g,
    (_, name: string) => `teams: ${teamsAccount(name.toLowerCase())},`,
  );
  const rooms = Object.keys(ROOMS) as Room[];
  return rooms.reduce((text, room) => text.replace(`slack:${ROOMS[room]}`, `teams:${teamsRoom(room)}`), people);
}

const english = { locale: 'en-GB', job: 'Lumière Annecy' } as const;

export const WORKSPACE: SlackSeed = {
  ...SEED,
  users: [
    ...SEED.users,
    ...STRANGERS.map(({ id, name }) => ({ ...english, id: slackAccount(id), name: id, realName: name, tz: 'Europe/Paris' })),
  ],
  channels: SEED.channels.map((channel) =>
    channel.id === ROOMS['leads-annecy']
      ? { ...channel, members: [...channel.members, ...STRANGERS.map(({ id }) => slackAccount(id))] }
      : channel,
  ),
};

const strangers = STRANGERS.map(({ id }) => teamsAccount(id));

export const COMPANY: TeamsSeed = {
  ...TENANT,
  people: [
    ...TENANT.people,
    ...STRANGERS.map(({ id, name }) => ({ ...english, aadObjectId: teamsAccount(id), name, timeZone: 'Europe/Paris' })),
  ],
  teams: TENANT.teams.map((team) =>
    team.name === 'Lumière Lyon'
      ? {
          ...team,
          channels: [
            ...team.channels,
            { id: teamsRoom('vo-lyon'), name: 'VO', description: 'Les reprises à estimer' },
            { id: teamsRoom('chefs-lyon'), name: 'Chefs', description: 'Les décisions' },
          ],
        }
      : { ...team, members: [...team.members, ...strangers] },
  ),
};
