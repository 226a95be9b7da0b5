import { CROWD, crowdSeed } from './crowd.js';
import { type Running, type RunOptions, run } from './running.js';

/** So many sites with a channel each that no test waits for one channel's pace. */
const SITES = Array.from({ length: 60 }, (_, n) => ({ id: `site${n}`, channel: `C0TOWN${n}` }));

/** The town's salespeople: everybody may claim everywhere. */
export const PEOPLE = CROWD;

/** The site of the nth lead. */
export function nthSite(n: number): { readonly id: string; readonly channel: string } {
  return SITES[n % SITES.length] ?? { id: '', channel: '' };
}

/** Many sites, sources of every kind, and neither Slack nor the intake counts. */
export function runTown(options: RunOptions = {}): Promise<Running> {
  const edit = (yaml: string) => options.edit?.(yaml) ?? townYaml;
  return run({ seed: townSeed, ...options, edit, simulator: { rate: 'off', ...options.simulator } });
}

const members = CROWD.map(({ user }) => user);
const townSeed = {
  ...crowdSeed,
  channels: SITES.map(({ id, channel }) => ({ id: channel, name: id, private: false, topic: '', members, botIsMember: true })),
};

export const townYaml = `
group: Ville
language: fr
currency: EUR
country: FR
dealerships:
${SITES.map(({ id, channel }) => `  - { id: ${id}, name: ${id}, timezone: Europe/Paris, hours: { mon: ["09:00-19:00"] }, channels: { leads: ["slack:${channel}"] } }`).join('\n')}
people:
${CROWD.map(({ id, name, user }) => `  - { id: ${id}, name: ${name}, slack: ${user}, roles: { "*": [salesperson] } }`).join('\n')}
sources:
  - { id: website, name: Site web, token: "env:INTAKE_WEBSITE_TOKEN", rate: none, aliases: { nom: customer.name } }
  - { id: portal, name: Portail VO, token: "env:INTAKE_PORTAL_TOKEN", rate: none }
  - { id: callcentre, name: Centre d'appel, token: "env:INTAKE_CALLCENTRE_TOKEN", rate: none }
  - { id: oem, name: Constructeur, secret: "env:INTAKE_OEM_SECRET", rate: none }
`;

/** The town with roles for some of its people, by their ids, and reasons to abandon; nobody else is listed. */
export function staffed(roles: Readonly<Record<string, string>>): string {
  const known = new Map(CROWD.map((person) => [person.id, person]));
  const people = Object.entries(roles).map(
    ([id, role]) => `  - { id: ${id}, name: ${known.get(id)?.name}, slack: ${known.get(id)?.user}, roles: { "*": [${role}] } }`,
  );
  const reasons = '{ id: unreachable, fr: Injoignable, en: Unreachable }, { id: no-budget, fr: Budget, en: Budget }';
  const [before = '', rest = ''] = townYaml.split('people:\n');
  const after = rest.slice(rest.indexOf('sources:'));
  const sites = before.replaceAll(' } }\n', ` }, abandonment: { reasons: [${reasons}] } }\n`);
  return `${sites}people:\n${people.join('\n')}\n${after}`;
}
