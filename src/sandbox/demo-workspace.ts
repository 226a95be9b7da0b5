import type { SeedChannel, SeedUser, SlackSeed } from './slack/seed.js';

const FRENCH = { locale: 'fr-FR', tz: 'Europe/Paris' } as const;
const ENGLISH = { locale: 'en-GB', tz: 'Europe/Paris' } as const;

const users: readonly SeedUser[] = [
  { ...FRENCH, id: 'U0ALICE', name: 'alice', realName: 'Alice Martin', job: 'Vendeuse · Lumière Lyon' },
  { ...FRENCH, id: 'U0BRUNO', name: 'bruno', realName: 'Bruno Petit', job: 'Vendeur · Lyon et Annecy' },
  { ...FRENCH, id: 'U0JULIEN', name: 'julien', realName: 'Julien Morel', job: 'Vendeur · Lumière Lyon' },
  { ...FRENCH, id: 'U0MARTINE', name: 'martine', realName: 'Martine Leroy', job: 'Cheffe des ventes · Lyon et Annecy' },
  { ...FRENCH, id: 'U0OMAR', name: 'omar', realName: 'Omar Benali', job: 'Responsable VO · Lyon et Annecy' },
  { ...FRENCH, id: 'U0SOPHIE', name: 'sophie', realName: 'Sophie Blanc', job: 'Accueil · Lumière Lyon' },
  { ...ENGLISH, id: 'U0CHLOE', name: 'chloe', realName: 'Chloé Durand', job: 'Salesperson · Lumière Annecy' },
  { ...ENGLISH, id: 'U0EMMA', name: 'emma', realName: 'Emma Wright', job: 'Salesperson · Lumière Annecy' },
  { ...ENGLISH, id: 'U0NORA', name: 'nora', realName: 'Nora Haas', job: 'Sales manager · Lumière Annecy' },
  { ...FRENCH, id: 'U0DIDIER', name: 'didier', realName: 'Didier Faure', job: 'Directeur · Groupe Lumière' },
];

const channels: readonly SeedChannel[] = [
  channel('C0LEADSLYON', 'leads-lyon', 'Les demandes de Lumière Lyon', [
    'U0ALICE',
    'U0BRUNO',
    'U0JULIEN',
    'U0MARTINE',
    'U0OMAR',
    'U0SOPHIE',
    'U0DIDIER',
  ]),
  channel('C0VOLYON', 'vo-lyon', 'Les reprises à estimer', ['U0ALICE', 'U0BRUNO', 'U0JULIEN', 'U0MARTINE', 'U0OMAR', 'U0DIDIER']),
  { ...channel('C0CHEFSLYON', 'chefs-lyon', 'Décisions et bilan du jour', ['U0MARTINE', 'U0OMAR', 'U0DIDIER']), private: true },
  channel('C0LEADSANNECY', 'leads-annecy', 'Enquiries for Lumière Annecy', [
    'U0BRUNO',
    'U0CHLOE',
    'U0EMMA',
    'U0MARTINE',
    'U0NORA',
    'U0OMAR',
    'U0DIDIER',
  ]),
  {
    ...channel('C0CHEFSANNECY', 'chefs-annecy', 'Decisions and the daily digest', ['U0MARTINE', 'U0NORA', 'U0OMAR', 'U0DIDIER']),
    private: true,
  },
];

/** The Slack workspace of the demonstration group: the people and channels `demoConfig` names, and Forecourt installed. */
export const demoWorkspace: Omit<SlackSeed, 'botToken' | 'appToken' | 'signingSecret'> = {
  workspace: { id: 'T0LUMIERE', name: 'Groupe Lumière', domain: 'groupe-lumiere' },
  users,
  channels,
  bot: { userId: 'U0FORECOURT', botId: 'B0FORECOURT', appId: 'A0FORECOURT', name: 'Forecourt' },
  commands: [{ command: '/lead', hint: 'add · mine · stats · find · help' }],
};

function channel(id: string, name: string, topic: string, members: readonly string[]): SeedChannel {
  return { id, name, private: false, topic, members, botIsMember: true };
}
