import type { Stage } from './lead.js';

/** Everything that can happen to where a lead stands. */
export type Act = 'claim' | 'status' | 'sell' | 'appraise' | 'hand-over' | 'ask-abandonment' | 'abandon' | 'return';

/** Why something cannot happen now: nobody owns it yet, somebody does, it is over, or that stage does not follow. */
export type Obstacle = 'unowned' | 'owned' | 'over' | 'no-way';

/** The stages of a lead somebody is working on, after the first contact. */
export const WORKED = ['contacted', 'appointment', 'proposal'] as const satisfies readonly Stage[];
export type WorkedStage = (typeof WORKED)[number];

/** The life of a lead: for each act, the stages it may happen in, and those it may lead to. */
const LIFE: Readonly<Record<Act, Readonly<Partial<Record<Stage, readonly Stage[]>>>>> = {
  claim: { new: ['claimed'] },
  status: { claimed: WORKED, contacted: WORKED, appointment: WORKED, proposal: WORKED },
  sell: { claimed: ['won'], contacted: ['won'], appointment: ['won'], proposal: ['won'] },
  abandon: { claimed: ['abandoned'], contacted: ['abandoned'], appointment: ['abandoned'], proposal: ['abandoned'] },
  appraise: { claimed: ['claimed'], contacted: ['contacted'], appointment: ['appointment'], proposal: ['proposal'] },
  'hand-over': { claimed: ['claimed'], contacted: ['contacted'], appointment: ['appointment'], proposal: ['proposal'] },
  'ask-abandonment': { claimed: ['claimed'], contacted: ['contacted'], appointment: ['appointment'], proposal: ['proposal'] },
  return: { abandoned: ['new'] },
};

/** What stands in the way of an act; null when nothing does. `to`: the stage it is to lead to, when there is a choice. */
export function obstacle(act: Act, from: Stage, to?: Stage): Obstacle | null {
  const next = LIFE[act][from];
  if (next) return to === undefined || next.includes(to) ? null : 'no-way';
  if (from === 'new') return 'unowned';
  return from === 'won' || from === 'abandoned' || from === 'duplicate' ? 'over' : 'owned';
}
