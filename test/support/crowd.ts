import { SEED } from './running.js';

/** Fifty salespeople and ten sites with a channel each, so that a hundred races do not wait for one channel's pace. */
export const CROWD = Array.from({ length: 50 }, (_, n) => ({ user: `U0SELLER${n}`, id: `seller${n}`, name: `Vendeur ${n}` }));
const SITES = Array.from({ length: 10 }, (_, n) => ({ id: `site${n}`, channel: `C0RACE${n}` }));

/** The site of the nth race. */
export function siteOf(race: number): { readonly id: string; readonly channel: string } {
  const site = SITES[race % SITES.length];
  if (!site) throw new Error('no sites');
  return site;
}

export const crowdSeed = {
  ...SEED,
  users: CROWD.map(({ user, name }) => ({ id: user, name: user.toLowerCase(), realName: name, locale: 'fr-FR', tz: 'Europe/Paris' })),
  channels: SITES.map(({ id, channel }) => ({
    id: channel,
    name: id,
    private: false,
    topic: '',
    members: CROWD.map(({ user }) => user),
    botIsMember: true,
  })),
};

export const crowdYaml = `
group: Course
language: fr
currency: EUR
country: FR
dealerships:
${SITES.map(({ id, channel }) => `  - { id: ${id}, name: ${id}, timezone: Europe/Paris, hours: { mon: ["09:00-19:00"] }, channels: { leads: ["slack:${channel}"] } }`).join('\n')}
people:
${CROWD.map(({ id, name, user }) => `  - { id: ${id}, name: ${name}, slack: ${user}, roles: { "*": [salesperson] } }`).join('\n')}
sources:
  - { id: website, name: Site web, token: "env:INTAKE_WEBSITE_TOKEN" }
`;
