/** One lead as somebody alone at a desk would keep it. */
export interface Life {
  readonly stage: string;
  readonly owner: string | null;
  readonly contacted: boolean;
  readonly temperature: string | null;
  readonly next: string | null;
  /** Who asked to abandon it, while nobody has decided. */
  readonly asked: string | null;
  readonly resting: boolean;
}

export const BORN: Life = { stage: 'new', owner: null, contacted: false, temperature: null, next: null, asked: null, resting: false };

/** Everything somebody may try. Values are as sent: some of them no form would offer. */
export type Move = { readonly by: string } & (
  | { readonly act: 'claim' }
  | { readonly act: 'status'; readonly stage: string; readonly temperature: string; readonly contact: string; readonly next: string }
  | { readonly act: 'sale'; readonly vehicle: string; readonly reference: string; readonly financing: string }
  | { readonly act: 'handover'; readonly to: string }
  | { readonly act: 'abandon'; readonly reason: string; readonly justification: string }
  | { readonly act: 'decide'; readonly outcome: string; readonly comment: string; readonly to: string; readonly day: string }
);

/** Who may do what at the dealership. */
export interface Staff {
  readonly sellers: ReadonlySet<string>;
  readonly managers: ReadonlySet<string>;
  readonly reasons: ReadonlySet<string>;
  /** `YYYY-MM-DD`; days up to this one are past. */
  readonly today: string;
}

const OPEN = new Set(['claimed', 'contacted', 'appointment', 'proposal']);
const WORKED = new Set(['contacted', 'appointment', 'proposal']);
const oneOf = (offered: readonly string[], value: string) => value === '' || offered.includes(value);

/** The lead after a move; the very same one when the move is refused. */
export function play(life: Life, move: Move, staff: Staff): Life {
  if (move.act === 'claim') {
    if (life.stage !== 'new' || life.owner !== null || !staff.sellers.has(move.by)) return life;
    return { ...life, stage: 'claimed', owner: move.by };
  }
  if (!OPEN.has(life.stage) || life.owner === null) return life;
  if (move.act === 'decide') return decide(life, move, staff);
  if (move.by !== life.owner && !staff.managers.has(move.by)) return life;
  switch (move.act) {
    case 'status': {
      const { stage, temperature, contact, next } = move;
      const known = oneOf(['cold', 'warm', 'hot'], temperature) && oneOf(['call', 'email', 'sms', 'visit', 'video'], contact);
      if (!WORKED.has(stage) || !known || (contact === '' && !life.contacted)) return life;
      if (!['call', 'email', 'appointment', 'test-drive', 'quote', 'other'].includes(next)) return life;
      return { ...life, stage, next, temperature: temperature || life.temperature, contacted: life.contacted || contact !== '' };
    }
    case 'sale': {
      if (!['stock', 'order'].includes(move.vehicle) || !['yes', 'no'].includes(move.financing)) return life;
      if (move.vehicle === 'stock' && move.reference === '') return life;
      return { ...life, stage: 'won', next: null };
    }
    case 'handover':
      return staff.sellers.has(move.to) && move.to !== life.owner ? { ...life, owner: move.to } : life;
    case 'abandon': {
      if (life.asked !== null || !staff.reasons.has(move.reason) || move.justification.trim().length < 10) return life;
      return { ...life, asked: move.by };
    }
  }
}

function decide(life: Life, move: Extract<Move, { act: 'decide' }>, staff: Staff): Life {
  if (life.asked === null || !staff.managers.has(move.by) || (move.by === life.asked && staff.managers.size > 1)) return life;
  switch (move.outcome) {
    case 'approve':
      return { ...life, stage: 'abandoned', next: null, asked: null };
    case 'sendback':
      return move.comment === '' ? life : { ...life, asked: null };
    case 'handover':
      return staff.sellers.has(move.to) && move.to !== life.owner ? { ...life, owner: move.to, asked: null } : life;
    case 'recycle':
      return move.day > staff.today ? { ...life, stage: 'abandoned', owner: null, resting: true, asked: null } : life;
    default:
      return life;
  }
}

/** A fact of the timeline, as stored. */
export interface ToldFact {
  readonly kind: string;
  readonly actorId: string | null;
  readonly data: unknown;
}

/** The life that a timeline tells, from its facts alone. */
export function retold(facts: readonly ToldFact[]): Life {
  let life = BORN;
  for (const { kind, actorId, data } of facts) {
    const told = data as Readonly<Record<string, string | null>>;
    if (kind === 'claimed') life = { ...life, stage: 'claimed', owner: actorId };
    else if (kind === 'status') {
      const { stage, temperature, contact, nextKind } = told;
      const contacted = life.contacted || contact !== null;
      life = { ...life, stage: stage ?? '', next: nextKind ?? null, contacted, temperature: temperature ?? life.temperature };
    } else if (kind === 'sold') life = { ...life, stage: 'won', next: null };
    else if (kind === 'handed-over') life = { ...life, owner: told.to ?? null };
    else if (kind === 'abandon-asked') life = { ...life, asked: actorId };
    else if (kind === 'decided') life = decided({ ...life, asked: null }, told);
  }
  return life;
}

function decided(life: Life, { outcome, to }: Readonly<Record<string, string | null>>): Life {
  if (outcome === 'approve') return { ...life, stage: 'abandoned', next: null };
  if (outcome === 'handover') return { ...life, owner: to ?? null };
  return outcome === 'recycle' ? { ...life, stage: 'abandoned', owner: null, resting: true } : life;
}
