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
  /** It came without a name; somebody may have completed it. */
  readonly named: boolean;
  /** Who looked at the contact details, in order. */
  readonly looked: readonly string[];
  /** Who wrote in the thread, in order; `*` where they changed it, `-` where they took it back. */
  readonly notes: readonly string[];
  readonly tradeIn: TradeIn | null;
}

/** The newest request for an appraisal, and what became of it. */
export interface TradeIn {
  /** How many were made in all. */
  readonly requests: number;
  readonly car: string;
  readonly versions: number;
  readonly amount: number | null;
  readonly by: string | null;
  /** Until the day a form says, or the usual one. */
  readonly until: 'said' | 'usual' | null;
  /** What somebody wrote, waiting to be confirmed. */
  readonly question: number | null;
  readonly photosAsked: boolean;
}

export const BORN: Life = {
  ...{ stage: 'new', owner: null, contacted: false, temperature: null, next: null, asked: null, resting: false },
  ...{ named: false, looked: [], notes: [], tradeIn: null },
};

/** Everything somebody may try. Values are as sent: some of them no form would offer. */
export type Move = { readonly by: string } & (
  | { readonly act: 'claim' }
  | { readonly act: 'look' }
  | { readonly act: 'history' }
  | { readonly act: 'confirm' }
  | { readonly act: 'photos' }
  | { readonly act: 'status'; readonly stage: string; readonly temperature: string; readonly contact: string; readonly next: string }
  | { readonly act: 'sale'; readonly vehicle: string; readonly reference: string; readonly financing: string }
  | { readonly act: 'handover'; readonly to: string }
  | { readonly act: 'abandon'; readonly reason: string; readonly justification: string }
  | { readonly act: 'decide'; readonly outcome: string; readonly comment: string; readonly to: string; readonly day: string }
  | { readonly act: 'complete'; readonly phone: string }
  | { readonly act: 'say'; readonly words: Words; readonly later: 'stays' | 'changes' | 'goes' }
  | { readonly act: 'appraise'; readonly model: string; readonly mileage: string }
  | {
      readonly act: 'estimate';
      readonly amount: string;
      readonly day: string;
      /** Which request it answers: the newest, the first, or one of another lead's ids. */
      readonly which: 'newest' | 'first' | 'none';
      /** Instead of a question's amount. */
      readonly corrects: boolean;
    }
);

/** Words in the thread, and what a used-car manager would mean by them. */
export interface Words {
  readonly text: string;
  readonly means: number | 'photos' | null;
}

/** Who may do what at the dealership. */
export interface Staff {
  readonly sellers: ReadonlySet<string>;
  readonly managers: ReadonlySet<string>;
  readonly estimators: ReadonlySet<string>;
  readonly everybody: ReadonlySet<string>;
  readonly reasons: ReadonlySet<string>;
  /** `YYYY-MM-DD`; days up to this one are past. */
  readonly today: string;
  /** The amounts that forms understand. */
  readonly amounts: Readonly<Record<string, number>>;
}

const OPEN = new Set(['claimed', 'contacted', 'appointment', 'proposal']);
const WORKED = new Set(['contacted', 'appointment', 'proposal']);
const oneOf = (offered: readonly string[], value: string) => value === '' || offered.includes(value);

/** The lead after a move; the very same one when the move is refused. */
export function play(life: Life, move: Move, staff: Staff): Life {
  switch (move.act) {
    case 'history':
      return life;
    case 'claim':
      if (life.stage !== 'new' || life.owner !== null || !staff.sellers.has(move.by)) return life;
      return { ...life, stage: 'claimed', owner: move.by };
    case 'look':
      if (life.owner !== move.by && !staff.managers.has(move.by)) return life;
      return { ...life, looked: [...life.looked, move.by] };
    case 'complete':
      return staff.everybody.has(move.by) && move.phone !== 'no number' ? { ...life, named: true } : life;
    case 'say':
      return say(life, move, staff);
    case 'estimate':
    case 'confirm':
    case 'photos':
      return life.tradeIn && OPEN.has(life.stage) && staff.estimators.has(move.by)
        ? { ...life, tradeIn: answer(life.tradeIn, move, staff) }
        : life;
    default:
      return OPEN.has(life.stage) && life.owner !== null ? work(life, move, staff) : life;
  }
}

type Worked = Extract<Move, { act: 'status' | 'sale' | 'handover' | 'abandon' | 'decide' | 'appraise' }>;

/** Acts on a lead somebody owns, by its owner or a manager. */
function work(life: Life, move: Worked, staff: Staff): Life {
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
    case 'appraise': {
      const { tradeIn: last } = life;
      if (move.model === '' || !/^\d+$/.test(move.mileage)) return life;
      const car = `${move.model}/${move.mileage}`;
      // The same once more, while nobody has answered.
      if (last && last.versions === 0 && last.car === car) return life;
      return { ...life, tradeIn: { ...UNANSWERED, requests: (last?.requests ?? 0) + 1, car } };
    }
  }
}

const UNANSWERED = { versions: 0, amount: null, by: null, until: null, question: null, photosAsked: false };

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

/** Anybody's words are a note; a used-car manager's may mean an amount, as long as they stand as they were written. */
function say(life: Life, { by, words, later }: Extract<Move, { act: 'say' }>, staff: Staff): Life {
  const written = words.text !== '' || later === 'changes';
  if (!written) return life;
  const sign = words.text === '' || later === 'stays' ? '' : later === 'changes' ? '*' : '-';
  const noted = { ...life, notes: [...life.notes, `${by}${sign}`] };
  const { tradeIn } = life;
  if (!tradeIn || !OPEN.has(life.stage) || !staff.estimators.has(by)) return noted;
  if (words.means === 'photos') return { ...noted, tradeIn: { ...tradeIn, photosAsked: true } };
  if (words.means === null) return noted;
  return { ...noted, tradeIn: { ...tradeIn, question: later === 'stays' ? words.means : null } };
}

function answer(tradeIn: TradeIn, move: Extract<Move, { act: 'estimate' | 'confirm' | 'photos' }>, staff: Staff): TradeIn {
  const { by } = move;
  const version = { by, versions: tradeIn.versions + 1, question: null };
  if (move.act === 'photos') return { ...tradeIn, photosAsked: true };
  if (move.act === 'confirm') {
    return tradeIn.question === null ? tradeIn : { ...tradeIn, ...version, amount: tradeIn.question, until: 'usual' };
  }
  const amount = staff.amounts[move.amount];
  const asked = move.which === 'newest' || (move.which === 'first' && tradeIn.requests === 1);
  if (!asked || amount === undefined || move.day <= staff.today) return tradeIn;
  // The same once more is no other version.
  if (tradeIn.by === by && tradeIn.amount === amount && tradeIn.until === 'said') return tradeIn;
  return { ...tradeIn, ...version, amount, until: 'said' };
}
