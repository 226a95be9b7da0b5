import { demoWorkspace } from './demo-workspace.js';
import type { SeedPerson, TeamsSeed } from './teams/seed.js';

/** Object ids in Teams, by the id of the same person in Slack. */
const objectIds = new Map(demoWorkspace.users.map(({ id, name }) => [id, `aad-${name}`]));

const people = demoWorkspace.users.map(
  ({ name, realName, locale, tz, job }): SeedPerson => ({
    aadObjectId: `aad-${name}`,
    name: realName,
    locale,
    timeZone: tz,
    ...(job === undefined ? {} : { job }),
  }),
);

/** The Microsoft 365 tenant of the demonstration group: the same people, and a team for each site with Forecourt installed. */
export const demoTenant: Omit<TeamsSeed, 'app'> = {
  tenant: { id: '00000000-0000-4000-8000-00000f0eec00', name: 'Groupe Lumière' },
  people,
  teams: [
    {
      id: '19:lumiere-lyon@thread.tacv2',
      groupId: '00000000-0000-4000-8000-000000001110',
      name: 'Lumière Lyon',
      members: membersOf('C0LEADSLYON'),
      installed: true,
      channels: [{ id: '19:leads-lyon@thread.tacv2', name: 'Leads', description: 'Les demandes de Lumière Lyon' }],
    },
    {
      id: '19:lumiere-annecy@thread.tacv2',
      groupId: '00000000-0000-4000-8000-000000007400',
      name: 'Lumière Annecy',
      members: membersOf('C0LEADSANNECY'),
      installed: true,
      channels: [{ id: '19:leads-annecy@thread.tacv2', name: 'Leads', description: 'Enquiries for Lumière Annecy' }],
    },
  ],
  rsc: true,
};

/** Whoever is in a site's channel in Slack is in its team. */
function membersOf(channel: string): readonly string[] {
  return (demoWorkspace.channels.find(({ id }) => id === channel)?.members ?? []).flatMap((member) => objectIds.get(member) ?? []);
}
