import { afterEach, describe, expect, it } from 'vitest';
import { type Ground, openGround, PEOPLE } from './support/ground.js';
import { type Ledger, openLedger, type Sent } from './support/ledger.js';
import { report, seconds } from './support/report.js';
import { type Chance, chance, size } from './support/size.js';
import { cards, storedPosts, verdict } from './support/verdict.js';
import { lasting, until } from './support/wait.js';

let ground: Ground | undefined;
afterEach(() => ground?.close());

/** A source that sends one lead after the other until told to stop; what got no answer it sends again, or not. */
async function keepSending(there: Ground, ledger: Ledger, luck: Chance, sending: { readonly on: boolean }, most: number): Promise<void> {
  while (sending.on && ledger.sent.size < most) {
    const lead = ledger.write(luck.one(there.sites));
    const insists = luck.next() < 0.5;
    let answer = await ledger.send(lead);
    while (answer.status === null && insists && sending.on) {
      await lasting(100);
      answer = await ledger.send(lead);
    }
    await lasting(luck.between(0, 60));
  }
}

/** Somebody presses Claim on any card, whatever happens to the program. */
async function keepClaiming(there: Ground, luck: Chance, sending: { readonly on: boolean }, claimed: Set<string>): Promise<void> {
  while (sending.on) {
    await lasting(luck.between(100, 600));
    const open = cards(there).filter((card) => JSON.stringify(card.message.blocks).includes('claim.take'));
    if (open.length === 0) continue;
    const card = luck.one(open);
    const pressed = await there.slack
      .as(luck.one(PEOPLE).user)
      .click({ channel: card.channel, ts: card.message.ts, action_id: 'claim.take' });
    if (pressed.ok) claimed.add(card.leadId);
  }
}

describe.each(['postgres', 'embedded'] as const)('F1: kill -9 at random points while leads come in (%s)', (database) => {
  it('loses none that was answered 2xx, shows each once, and gives each one owner', async () => {
    const kills = size(database === 'postgres' ? 6 : 3, 200);
    const leads = size(100, 2_000);
    const luck = chance(`F1 ${database}`);
    ground = await openGround({ sites: size(16, 40), database });
    await ground.start();
    const ledger = openLedger(ground);
    const sending = { on: true };
    const claimed = new Set<string>();
    const claimers = [keepClaiming(ground, luck, sending, claimed), keepClaiming(ground, luck, sending, claimed)];
    const sources = [1, 2, 3, 4].map(() => keepSending(ground as Ground, ledger, luck, sending, leads));
    for (let kill = 0; kill < kills; kill++) {
      await lasting(luck.between(0, 1_500));
      await ground.kill();
      await ground.start();
    }
    await Promise.all(sources);
    // On a slow machine the kills may have left nobody the time to claim.
    await until('a claim', 60_000, () => claimed.size > 0);
    sending.on = false;
    await Promise.all(claimers);
    const began = performance.now();
    const accepted = ledger.accepted();
    await verdict(ground, ledger, size(120_000, 600_000));
    const twice = [...storedPosts(ground).values()].filter((count) => count > 1).length;
    const lost = ledger.sent.size - accepted.length;
    report(
      `F1 ${database}`,
      `${kills} kills, ${accepted.length} accepted (${lost} unanswered), 0 lost, ${twice} posted twice, ${claimed.size} claimed, settled after ${seconds(performance.now() - began)}`,
      '0 lost, 0 without job, 0 posted twice',
    );
    expect(twice).toBe(0);
    await oneOwnerEach(ground, claimed, accepted);
  });
});

/** Slack shows one owner on each card whose claim was acknowledged; the timeline knows one claim. */
async function oneOwnerEach(there: Ground, claimed: ReadonlySet<string>, accepted: readonly Sent[]): Promise<void> {
  expect(claimed.size).toBeGreaterThan(0);
  const facts = await there.ask<{ id: string; owner: string; claims: number }>(
    `SELECT l.id, l.owner_id AS owner, (SELECT count(*)::int FROM timeline_event e WHERE e.lead_id = l.id AND e.kind = 'claimed') AS claims
     FROM lead l WHERE l.owner_id IS NOT NULL`,
  );
  for (const leadId of claimed) {
    const fact = facts.find((one) => one.id === leadId);
    const owner = PEOPLE.find((person) => person.id === fact?.owner);
    expect(fact?.claims, leadId).toBe(1);
    const [card] = cards(there).filter((one) => one.leadId === leadId);
    expect(JSON.stringify(card?.message.blocks)).toContain(owner?.name ?? 'nobody');
    expect(JSON.stringify(card?.message.blocks)).not.toContain('claim.take');
  }
  expect(facts.filter((fact) => fact.claims !== 1)).toEqual([]);
  expect(accepted.length).toBeGreaterThanOrEqual(facts.length - accepted.length);
}
