import { BORN, type Life, type TradeIn } from './life-model.js';

/** A fact of the timeline, as stored. */
export interface ToldFact {
  readonly kind: string;
  readonly actorId: string | null;
  readonly data: unknown;
}

/** What of a life its timeline tells: not what car it was, how long an estimate holds, or what waits to be confirmed. */
export function told(life: Life): object {
  const { tradeIn } = life;
  return { ...life, tradeIn: tradeIn && { ...tradeIn, car: '', until: null, question: null } };
}

/** The life that a timeline tells, from its facts alone. */
export function retold(facts: readonly ToldFact[]): Life {
  let life = BORN;
  const notes = new Map<string, string>();
  for (const fact of facts) {
    life = tradedIn(next(life, fact), fact);
    const id = String((fact.data as Readonly<Record<string, unknown>>).note);
    if (fact.kind === 'noted') notes.set(id, fact.actorId ?? '');
    if (fact.kind === 'note-changed') notes.set(id, `${notes.get(id)}*`);
    if (fact.kind === 'note-deleted') notes.set(id, `${notes.get(id)}-`);
  }
  return { ...life, notes: [...notes.values()] };
}

function next(life: Life, { kind, actorId, data }: ToldFact): Life {
  const told = data as Readonly<Record<string, string | null>>;
  switch (kind) {
    case 'claimed':
      return { ...life, stage: 'claimed', owner: actorId };
    case 'status': {
      const { stage, temperature, contact, nextKind } = told;
      const contacted = life.contacted || contact !== null;
      return { ...life, stage: stage ?? '', next: nextKind ?? null, contacted, temperature: temperature ?? life.temperature };
    }
    case 'sold':
      return { ...life, stage: 'won', next: null };
    case 'handed-over':
      return { ...life, owner: told.to ?? null };
    case 'abandon-asked':
      return { ...life, asked: actorId };
    case 'decided':
      return decided({ ...life, asked: null }, told);
    case 'completed':
      return { ...life, named: true };
    case 'contact-shown':
      return { ...life, looked: [...life.looked, actorId ?? ''] };
    default:
      return life;
  }
}

function decided(life: Life, { outcome, to }: Readonly<Record<string, string | null>>): Life {
  if (outcome === 'approve') return { ...life, stage: 'abandoned', next: null };
  if (outcome === 'handover') return { ...life, owner: to ?? null };
  return outcome === 'recycle' ? { ...life, stage: 'abandoned', owner: null, resting: true } : life;
}

function tradedIn(life: Life, { kind, actorId, data }: ToldFact): Life {
  const { tradeIn } = life;
  const { amount, version } = data as { readonly amount?: number; readonly version?: number };
  if (kind === 'appraisal-asked') {
    const requests = (tradeIn?.requests ?? 0) + 1;
    const fresh: TradeIn = {
      ...{ requests, car: '', versions: 0, amount: null, by: null, until: null },
      question: null,
      photosAsked: false,
    };
    return { ...life, tradeIn: fresh };
  }
  if (!tradeIn) return life;
  if (kind === 'photos-asked') return { ...life, tradeIn: { ...tradeIn, photosAsked: true } };
  if (kind !== 'estimated') return life;
  return { ...life, tradeIn: { ...tradeIn, versions: version ?? 0, amount: amount ?? null, by: actorId } };
}
