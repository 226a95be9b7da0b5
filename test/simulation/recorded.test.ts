import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeClick } from '../support/forge.js';
import { type Chance, chance } from '../support/random.js';
import type { Running } from '../support/running.js';
import { cardsOf, plainly, receipts, SOON, words } from '../support/seen.js';
import { nthSite, PEOPLE, runTown, townYaml } from '../support/town.js';
import { explained, type Operation, recorder } from './history.js';
import type { Call, LeadState } from './model.js';

const OPS = Number(process.env.OPS ?? 3_000);
const SEED = Number(process.env.SEED ?? 1);
const PATIENCE = 120_000 + OPS * 60;
/** Operations each lead sees, on average; few enough leads that people meet. */
const EACH = 20;

const MANAGERS = new Set(['seller44', 'seller45', 'seller46']);
const OTHERS = new Set(['seller47', 'seller48', 'seller49']);
const yaml = townYaml.replaceAll(/^( {2}- \{ id: (seller\d+),.*)\[salesperson\]/gm, (line, head: string, id: string) =>
  MANAGERS.has(id) ? `${head}[sales-manager]` : OTHERS.has(id) ? `${head}[used-car-manager]` : line,
);

type Colleague = (typeof PEOPLE)[number];

interface Lead {
  readonly key: string;
  readonly channel: string;
  readonly dealership: string;
  id: string | null;
}

let house: Running;
beforeAll(async () => {
  house = await runTown({ edit: () => yaml, simulator: { keep: 200 } });
});
afterAll(() => house?.stop());

const history = recorder();
const ids = new Map<string, Set<string>>();

/** The next thing this person hears in private; sent when nothing else of theirs is under way. */
async function heard(user: string, act: () => Promise<unknown>): Promise<string> {
  const before = house.slack.ephemerals(user).length;
  await act();
  const message = await house.slack.until(() => house.slack.ephemerals(user)[before]?.message, SOON * 3);
  return plainly(words(message));
}

function answerTo(said: string): string {
  const faster = /^(.+) (?:a été plus rapide de|a pris ce lead)/.exec(said)?.[1];
  const only = /^Seuls (.+) et les chefs des ventes voient/.exec(said)?.[1];
  if (faster) return `${faster} was faster`;
  if (only) return `only ${only}`;
  if (said.startsWith("C'est à vous")) return 'won';
  if (said.startsWith('Ce lead est déjà à vous')) return 'already yours';
  if (/^Seuls les vendeurs d[e’']/.test(said)) return 'not allowed';
  if (said.startsWith('Prenez le lead')) return 'claim it first';
  if (said.includes('06 39 98 00 17')) return 'shown';
  return said;
}

const send = (lead: Lead) =>
  history.record(lead.key, { act: 'send' }, async () => {
    // Without a name the card keeps its button Complete.
    const body = JSON.stringify({ externalId: lead.key, dealership: lead.dealership, customer: { phone: '06 39 98 00 17' } });
    const [receipt] = await receipts(await house.send('website', body));
    lead.id = receipt?.id ?? null;
    ids.set(lead.key, (ids.get(lead.key) ?? new Set()).add(receipt?.id ?? ''));
    return receipt?.result ?? 'nothing';
  });

const click = (lead: Lead, { user }: Colleague, action: string) =>
  heard(user, () => forgeClick(house, { user, action, value: lead.id ?? '', channel: lead.channel })).then(answerTo);

/** Opens the form to complete a lead, types a town nobody else types, and sends it. */
async function complete(lead: Lead, { user }: Colleague, city: string): Promise<void> {
  const [card] = cardsOf(house, lead.channel, lead.id ?? '');
  if (!card) return;
  const person = house.slack.as(user);
  await person.close(true);
  let opened: string | null = null;
  await history.record(lead.key, { act: 'open' }, async () => {
    await person.click({ channel: lead.channel, ts: card.ts, action_id: 'lead.complete' });
    const form = await house.slack.until(() => person.modal(), SOON * 3);
    opened = cityIn(form.blocks);
    return `city ${opened}`;
  });
  await history.record(lead.key, { act: 'save', opened, city }, async () => {
    const shown = await person.submit({ 'customer.city': city });
    if (shown.ok) return 'saved';
    return JSON.stringify(shown).includes('a modifié ce lead') ? 'changed meanwhile' : JSON.stringify(shown);
  });
}

function cityIn(blocks: readonly unknown[]): string | null {
  const field = (blocks as { block_id?: string; element?: { initial_value?: string } }[]).find(
    (block) => block.block_id === 'customer.city',
  );
  return field?.element?.initial_value ?? null;
}

/** One person, who does one thing after another, now and then on the same lead as others. */
async function live(colleague: Colleague, random: Chance, leads: readonly Lead[], steps: number): Promise<void> {
  const { id, name: person } = colleague;
  for (let step = 0; step < steps; step++) {
    // Half of what people do they do where everybody is: on the lead of the moment.
    const hot = Math.floor((history.operations.length / OPS) * leads.length);
    const lead = random.next() < 0.5 ? leads[Math.min(hot, leads.length - 1)] : random.pick(leads);
    if (!lead) return;
    const dice = random.next();
    if (lead.id === null || dice < 0.12) await send(lead);
    else if (dice < 0.5)
      await history.record(lead.key, { act: 'claim', person, sells: !OTHERS.has(id) }, () => click(lead, colleague, 'claim.take'));
    else if (dice < 0.75)
      await history.record(lead.key, { act: 'contact', person, manages: MANAGERS.has(id) }, () => click(lead, colleague, 'lead.contact'));
    else await complete(lead, colleague, `Ville ${id} ${step}`);
  }
}

function byLead(): Map<string, Operation[]> {
  const grouped = new Map<string, Operation[]>();
  for (const operation of history.operations) grouped.set(operation.lead, [...(grouped.get(operation.lead) ?? []), operation]);
  return grouped;
}

describe(`F20: ${OPS} calls of fifty people and their source (seed ${SEED})`, () => {
  const leads: Lead[] = Array.from({ length: Math.ceil(OPS / EACH) }, (_, n) => ({
    ...{ key: `recorded/${SEED}/${n}`, id: null },
    ...{ channel: nthSite(n).channel, dealership: nthSite(n).id },
  }));
  const ends = new Map<string, LeadState>();

  it(
    'every answer is one the model gives, alone at its desk, in some order that fits the clock',
    async () => {
      const steps = Math.ceil(OPS / PEOPLE.length);
      await Promise.all(PEOPLE.map((colleague, n) => live(colleague, chance(SEED * 1_000 + n), leads, steps)));
      expect(history.operations.length).toBeGreaterThanOrEqual(OPS);
      for (const [lead, operations] of byLead()) {
        const end = explained(operations);
        expect(end, `no order explains ${lead}:\n${told(operations)}`).not.toBeNull();
        if (end) ends.set(lead, end);
        expect(ids.get(lead)?.size).toBe(1);
      }
      const answers = new Set(history.operations.map(({ answer }) => answer.replace(/.* (was faster)|only .*|city .*/, '$1')));
      for (const seen of ['created', 'resend', 'won', 'already yours', 'was faster', 'not allowed', 'shown', 'claim it first', 'saved'])
        expect(answers).toContain(seen);
    },
    PATIENCE,
  );

  it(
    'and what Slack shows in the end is where the model ends',
    async () => {
      for (const lead of leads.filter((one) => one.id !== null)) {
        const end = ends.get(lead.key);
        const right = () => {
          const cards = cardsOf(house, lead.channel, lead.id ?? '');
          const text = plainly(words(cards[0] ?? {}));
          return (
            cards.length === 1 && text.includes(end?.owner ? `Pris par ${end.owner} ·` : 'En attente') && text.includes(end?.city ?? '')
          );
        };
        await house.slack.until(right, PATIENCE);
      }
    },
    PATIENCE,
  );

  it('the check itself notices a lie', () => {
    const lies: readonly [Call['act'], string, string][] = [
      ['send', 'resend', 'created'],
      ['claim', 'won', 'already yours'],
      ['claim', 'already yours', 'won'],
      ['contact', 'shown', 'claim it first'],
      ['save', 'saved', 'changed meanwhile'],
    ];
    for (const [act, truth, lie] of lies) {
      const told = [...byLead().values()].flatMap((operations) => {
        const at = operations.findIndex(({ call, answer }) => call.act === act && answer === truth);
        return at < 0 ? [] : [operations.map((one, n) => (n === at ? { ...one, answer: lie } : one))];
      });
      // Where two people meet, another order may make a lie true; not everywhere.
      expect(told.filter((operations) => explained(operations) === null).length).toBeGreaterThan(told.length / 2);
    }
  });
});

function told(operations: readonly Operation[]): string {
  return operations
    .map(({ call, answer, from, to }) => `${from.toFixed(1)}–${to.toFixed(1)} ${JSON.stringify(call)} → ${answer}`)
    .sort()
    .join('\n');
}
