import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { WEEKDAYS } from '../../src/dealership/dealership.js';
import { ROLES } from '../../src/dealership/people.js';
import { parserFor } from '../../src/intake/sources/choose.js';
import { demoConfig } from '../../src/sandbox/demo.js';
import { demoLeads } from '../../src/sandbox/demo-leads.js';
import { demoTenant } from '../../src/sandbox/demo-tenant.js';
import { demoWorkspace } from '../../src/sandbox/demo-workspace.js';
import { accepted } from '../config/read.js';

const config = accepted(readConfig(demoConfig.env, { readFile: () => demoConfig.yaml }));
const now = new Date('2026-11-20T09:42:00Z');

const accountsIn = (platform: string) =>
  config.people.flatMap(({ accounts, name }) => accounts.filter((one) => one.startsWith(platform)).map((one) => [one, name])).sort();

const channelsIn = (platform: string) =>
  config.dealerships
    .flatMap(({ channels }) => [...channels.leads, channels.appraisals, channels.managers])
    .filter((channel) => channel?.startsWith(platform));

/** Accounts of those who are in a channel. */
function membersOf(channel: string): readonly string[] {
  const slack = demoWorkspace.channels.find(({ id }) => `slack:${id}` === channel);
  const team = demoTenant.teams.find(({ channels }) => channels.some(({ id }) => `teams:${id}` === channel));
  return [...(slack?.members ?? []).map((one) => `slack:${one}`), ...(team?.members ?? []).map((one) => `teams:${one}`)];
}

describe('the demonstration group', () => {
  it('shows two sites in two languages, open every day', () => {
    expect(config.dealerships.map(({ id, language }) => [id, language])).toEqual([
      ['lyon', 'fr'],
      ['annecy', 'en'],
    ]);
    for (const { hours } of config.dealerships) for (const day of WEEKDAYS) expect(hours[day]).not.toEqual([]);
  });

  it('has somebody in every role', () => {
    expect(new Set(config.people.flatMap(({ roles }) => Object.values(roles).flat()))).toEqual(new Set(ROLES));
  });

  it('lives in a workspace and a tenant with its people, by the same names, and its channels', () => {
    expect(demoWorkspace.users.map(({ id, realName }) => [`slack:${id}`, realName]).sort()).toEqual(accountsIn('slack:'));
    expect(demoTenant.people.map(({ aadObjectId, name }) => [`teams:${aadObjectId}`, name]).sort()).toEqual(accountsIn('teams:'));
    expect(demoWorkspace.channels.map(({ id }) => `slack:${id}`)).toEqual(channelsIn('slack:'));
    expect(demoTenant.teams.flatMap(({ channels }) => channels.map(({ id }) => `teams:${id}`))).toEqual(channelsIn('teams:'));
  });

  it('shows the leads of every site on both', () => {
    for (const { channels } of config.dealerships)
      expect(channels.leads.map((channel) => channel.slice(0, channel.indexOf(':')))).toEqual(['slack', 'teams']);
  });

  it('fills its channels with people who are there', () => {
    const users = new Set(demoWorkspace.users.map(({ id }) => id));
    for (const { members } of demoWorkspace.channels) expect(members.every((member) => users.has(member))).toBe(true);
    const people = new Set(demoTenant.people.map(({ aadObjectId }) => aadObjectId));
    for (const { members } of demoTenant.teams) expect(members.every((member) => people.has(member))).toBe(true);
  });

  it('lets in to a site’s channels everybody who sells there', () => {
    for (const { id, channels } of config.dealerships) {
      const sellers = config.people.filter(({ roles }) => roles[id]?.some((role) => role === 'salesperson' || role === 'sales-manager'));
      const accounts = sellers.flatMap((seller) => seller.accounts).sort();
      const members = channels.leads.flatMap(membersOf);
      expect(members).toEqual(expect.arrayContaining(accounts));
    }
  });
});

describe('the ready leads', () => {
  it.each(demoLeads.map((lead) => [lead.id, lead] as const))('%s comes from a source that takes a token', (_, lead) => {
    expect(config.sources.find(({ id }) => id === lead.source)?.tokens).toHaveLength(1);
  });

  it.each(demoLeads.map((lead) => [lead.id, lead] as const))('%s is a new one each time it is sent', (_, lead) => {
    expect(lead.body({ id: 'sent-once', now })).toContain('sent-once');
    expect(lead.body({ id: 'sent-again', now })).not.toContain('sent-once');
  });

  it.each([
    ['used-with-trade-in', 'lyon', '06 39 98 56 78', 'C3 Aircross', 'Clio'],
    ['new-configured', 'annecy', '+44 7700 900142', 'Mégane E-Tech', undefined],
    ['portal-adf', 'lyon', '+33 6 39 98 44 33', 'Yaris Hybride', '208'],
    ['html-form', 'lyon', '06.39.98.21.07', '3008 Hybrid', undefined],
    ['plain-mail', 'annecy@example.org', undefined, undefined, undefined],
    ['unreachable', undefined, undefined, 'Kuga', undefined],
  ])('%s reads without a problem', async (id, dealership, phone, wanted, tradeIn) => {
    const lead = demoLeads.find((one) => one.id === id);
    const { aliases } = config.sources.find((source) => source.id === lead?.source) ?? { aliases: {} };
    const body = Buffer.from(lead?.body({ id: 'x-1', now }) ?? '');
    const parsed = await parserFor(lead?.contentType)?.parse(body, lead?.contentType ?? '', { aliases });
    const [read] = parsed?.leads ?? [];
    expect([parsed?.leads.length, parsed?.problems, read?.problems]).toEqual([1, [], []]);
    expect(read?.externalId).toContain('x-1');
    expect(read?.dealershipHints[0]).toBe(dealership);
    expect(read?.customer.phone ?? undefined).toBe(phone);
    expect([read?.interest?.model, read?.tradeIn?.model]).toEqual([wanted, tradeIn]);
  });

  it('names every one differently, in both languages', () => {
    for (const language of ['fr', 'en'] as const)
      expect(new Set(demoLeads.map(({ title }) => title[language])).size).toBe(demoLeads.length);
    expect(new Set(demoLeads.map(({ id }) => id)).size).toBe(demoLeads.length);
  });

  it('has a hostile one that tries everything', () => {
    const body = demoLeads.find(({ id }) => id === 'hostile')?.body({ id: 'x', now }) ?? '';
    const { message } = JSON.parse(body) as { message: string };
    expect(message.length).toBe(5000);
    for (const trick of ['<!channel>', '<@U0ALICE>', '<https://', '](https://', '\u202e', '\u0000', '<script>'])
      expect(message).toContain(trick);
  });
});
