import { describe, expect, it } from 'vitest';
import { isClosed, type Stage } from '../../src/leads/lead.js';
import { type Act, type Obstacle, obstacle } from '../../src/leads/life.js';

const STAGES: readonly Stage[] = ['new', 'claimed', 'contacted', 'appointment', 'proposal', 'won', 'abandoned', 'duplicate'];
const ENDS: readonly Stage[] = ['won', 'abandoned', 'duplicate'];

/** What stands in the way, stage by stage in the order above; `null` is nothing. */
const IN_THE_WAY: Readonly<Record<Act, readonly (Obstacle | null)[]>> = {
  claim: [null, 'owned', 'owned', 'owned', 'owned', 'over', 'over', 'over'],
  status: ['unowned', null, null, null, null, 'over', 'over', 'over'],
  sell: ['unowned', null, null, null, null, 'over', 'over', 'over'],
  appraise: ['unowned', null, null, null, null, 'over', 'over', 'over'],
  'hand-over': ['unowned', null, null, null, null, 'over', 'over', 'over'],
  'ask-abandonment': ['unowned', null, null, null, null, 'over', 'over', 'over'],
  abandon: ['unowned', null, null, null, null, 'over', 'over', 'over'],
  return: ['unowned', 'owned', 'owned', 'owned', 'owned', 'over', null, 'over'],
};

/** Where each act may lead from each stage it may happen in. */
const WAYS: Readonly<Record<Act, Readonly<Partial<Record<Stage, readonly Stage[]>>>>> = {
  claim: { new: ['claimed'] },
  status: {
    claimed: ['contacted', 'appointment', 'proposal'],
    contacted: ['contacted', 'appointment', 'proposal'],
    appointment: ['contacted', 'appointment', 'proposal'],
    proposal: ['contacted', 'appointment', 'proposal'],
  },
  sell: { claimed: ['won'], contacted: ['won'], appointment: ['won'], proposal: ['won'] },
  appraise: staying(),
  'hand-over': staying(),
  'ask-abandonment': staying(),
  abandon: { claimed: ['abandoned'], contacted: ['abandoned'], appointment: ['abandoned'], proposal: ['abandoned'] },
  return: { abandoned: ['new'] },
};

function staying(): Partial<Record<Stage, readonly Stage[]>> {
  return { claimed: ['claimed'], contacted: ['contacted'], appointment: ['appointment'], proposal: ['proposal'] };
}

const ACTS = Object.keys(IN_THE_WAY) as Act[];
const EVERY = ACTS.flatMap((act) => STAGES.map((stage, n) => ({ act, stage, expected: IN_THE_WAY[act][n] })));

describe('the life of a lead', () => {
  it.each(EVERY)('$act a lead that is $stage: $expected', ({ act, stage, expected }) => {
    expect(obstacle(act, stage)).toBe(expected);
  });

  it.each(EVERY)('$act from $stage leads where it may, and nowhere else', ({ act, stage, expected }) => {
    const led = STAGES.filter((to) => obstacle(act, stage, to) === null);
    expect(led.toSorted()).toEqual((WAYS[act][stage] ?? []).toSorted());
    const refused = new Set(STAGES.filter((to) => !led.includes(to)).map((to) => obstacle(act, stage, to)));
    expect([...refused]).toEqual([expected ?? 'no-way']);
  });

  it('ends in its ends: nothing happens to them any more, but that an abandoned one comes back', () => {
    expect(STAGES.filter(isClosed)).toEqual(ENDS);
    const goesOn = ENDS.flatMap((end) => ACTS.filter((act) => obstacle(act, end) === null).map((act) => `${act} ${end}`));
    expect(goesOn).toEqual(['return abandoned']);
  });

  it('has a way to an end, and something to do, from every stage that is none', () => {
    for (const stage of STAGES.filter((one) => !isClosed(one))) {
      expect(ACTS.filter((act) => obstacle(act, stage) === null)).not.toEqual([]);
      const reached = new Set<Stage>([stage]);
      for (const from of reached) for (const to of waysFrom(from)) reached.add(to);
      expect([...reached]).toEqual(expect.arrayContaining(['won', 'abandoned']));
    }
  });

  it('is never ended by an update, a claim or a hand-over', () => {
    for (const act of ['claim', 'status', 'appraise', 'hand-over', 'ask-abandonment', 'return'] as const) {
      for (const from of STAGES) for (const to of ENDS) expect(obstacle(act, from, to)).not.toBeNull();
    }
  });
});

function waysFrom(from: Stage): Stage[] {
  return ACTS.flatMap((act) => STAGES.filter((to) => obstacle(act, from, to) === null));
}
