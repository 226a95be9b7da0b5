import type { Contact } from '../../leads/contacts.js';
import type { NewLead, NextActionKind, Stage, Temperature } from '../../leads/lead.js';
import { type Act, obstacle, type WorkedStage } from '../../leads/life.js';
import type { FactKind, NewFact } from '../../leads/timeline.js';
import { newId } from '../../store/id.js';

/** What a lead's row says of where it stands; the rest of it never changes. */
export interface Row {
  stage: Stage;
  temperature: Temperature | null;
  ownerId: string | null;
  claimedAt: Date | null;
  contactedAt: Date | null;
  closedAt: Date | null;
  returnedAt: Date | null;
  nextActionKind: NextActionKind | null;
  nextActionAt: Date | null;
  /** A local day, `YYYY-MM-DD`. */
  restingUntil: string | null;
  revision: number;
}

export interface ToldDecision {
  readonly id: string;
  readonly requesterId: string;
  readonly requestedAt: Date;
  readonly reason: string;
  readonly justification: string;
  deciderId: string | null;
  decidedAt: Date | null;
  outcome: Verdict['outcome'] | null;
  comment: string | null;
  colleagueId: string | null;
  recycleOn: string | null;
}

export interface ToldSale {
  readonly sellerId: string;
  readonly at: Date;
  readonly vehicle: 'stock' | 'order';
  readonly reference: string | null;
  readonly financing: boolean;
  readonly maintenance: boolean;
  readonly tradeIn: boolean | null;
  readonly price: number | null;
  readonly currency: string;
}

export interface ToldAppraisal {
  readonly id: string;
  readonly requesterId: string;
  readonly requestedAt: Date;
  answeredAt: Date | null;
  readonly vehicle: Readonly<Record<string, string | number | null>>;
  readonly estimates: {
    readonly id: string;
    readonly authorId: string;
    readonly at: Date;
    readonly amount: number;
    readonly currency: string;
    readonly validUntil: string;
  }[];
}

export interface ToldNote {
  readonly id: string;
  readonly authorId: string;
  readonly at: Date;
  readonly text: string;
}

/** What a manager decides of a request. */
export interface Verdict {
  readonly outcome: 'approve' | 'sendback' | 'handover' | 'recycle';
  readonly comment?: string;
  readonly colleagueId?: string;
  /** A local day, `YYYY-MM-DD`. */
  readonly until?: string;
}

export interface Update {
  readonly stage: WorkedStage;
  readonly temperature?: Temperature;
  readonly contact?: Contact;
  readonly next: { readonly kind: NextActionKind; readonly at: Date };
}

/** A lead whose life is told rather than lived: rows and facts as the workflows write them, before they are stored. */
export interface Story {
  readonly lead: NewLead;
  readonly row: Row;
  readonly facts: readonly NewFact[];
  readonly decisions: readonly ToldDecision[];
  readonly sale: ToldSale | null;
  readonly appraisals: readonly ToldAppraisal[];
  readonly notes: readonly ToldNote[];
  /** Would the lead allow this now? */
  allows(act: Act): boolean;
  readonly pending: boolean;
  claim(at: Date, person: string): void;
  /** By the owner, or by a manager on the owner's behalf; so are sale, appraisal and request. */
  update(at: Date, by: string, update: Update): void;
  sell(at: Date, by: string, sale: Omit<ToldSale, 'sellerId' | 'at'>): void;
  handOver(at: Date, by: string, to: string): void;
  appraise(at: Date, by: string, vehicle: ToldAppraisal['vehicle']): void;
  estimate(at: Date, by: string, amount: number, validUntil: string, currency: string): void;
  askAbandonment(at: Date, by: string, reason: string, justification: string): void;
  decide(at: Date, by: string, verdict: Verdict): void;
  comeBack(at: Date): void;
  note(at: Date, by: string, text: string): void;
  showContact(at: Date, by: string): void;
}

const PLATFORM = 'slack';

/** Begins a story with the lead's arrival; a lead entered by hand may have its owner at once. */
export function tell(lead: NewLead): Story {
  const { receivedAt, ownerId = null } = lead;
  const row: Row = {
    ...{ stage: ownerId === null ? 'new' : 'claimed', temperature: null, ownerId, claimedAt: ownerId === null ? null : receivedAt },
    ...{ contactedAt: null, closedAt: null, returnedAt: null, nextActionKind: null, nextActionAt: null, restingUntil: null, revision: 1 },
  };
  const facts: NewFact[] = [];
  const told: Told = { lead, row, facts, decisions: [], appraisals: [], notes: [], sale: null };
  const entered = lead.enteredBy && { actorId: lead.enteredBy.personId, platform: lead.enteredBy.platform };
  facts.push({ leadId: lead.id, at: receivedAt, kind: 'arrived', ...entered, data: { source: lead.sourceId } });
  if (ownerId !== null) facts.push({ leadId: lead.id, at: receivedAt, kind: 'claimed', ...entered, actorId: ownerId });
  return {
    ...told,
    get sale() {
      return told.sale;
    },
    get pending() {
      return told.decisions.some(({ decidedAt }) => decidedAt === null);
    },
    allows: (act) => obstacle(act, row.stage) === null,
    ...acts(told),
  };
}

interface Told {
  readonly lead: NewLead;
  readonly row: Row;
  readonly facts: NewFact[];
  readonly decisions: ToldDecision[];
  readonly appraisals: ToldAppraisal[];
  readonly notes: ToldNote[];
  sale: ToldSale | null;
}

type Acts = Pick<
  Story,
  'claim' | 'update' | 'sell' | 'handOver' | 'appraise' | 'estimate' | 'askAbandonment' | 'decide' | 'comeBack' | 'note' | 'showContact'
>;

function acts(told: Told): Acts {
  const { lead, row, decisions, appraisals, notes } = told;
  const append = (at: Date, kind: FactKind, who: Pick<NewFact, 'actorId' | 'behalfOfId'>, data: NonNullable<NewFact['data']> = {}) =>
    void told.facts.push({ leadId: lead.id, at, kind, ...who, ...(who.actorId !== undefined && { platform: PLATFORM }), data });
  const signed = (by: string) => ({ actorId: by, ...(row.ownerId !== null && row.ownerId !== by && { behalfOfId: row.ownerId }) });
  const change = (changes: Partial<Row>) => void Object.assign(row, changes, { revision: row.revision + 1 });
  const done = { nextActionKind: null, nextActionAt: null } as const;

  return {
    claim(at, person) {
      change({ stage: 'claimed', ownerId: person, claimedAt: at });
      append(at, 'claimed', { actorId: person });
    },
    update(at, by, { stage, temperature = null, contact = null, next }) {
      const first = contact !== null && row.contactedAt === null;
      append(at, 'status', signed(by), { stage, temperature, contact, nextKind: next.kind, nextAt: next.at.toISOString(), note: null });
      change({
        stage,
        ...(temperature && { temperature }),
        ...(first && { contactedAt: at }),
        nextActionKind: next.kind,
        nextActionAt: next.at,
      });
    },
    sell(at, by, sale) {
      const { vehicle, reference, financing, maintenance, tradeIn, price, currency } = sale;
      const data = {
        vehicle,
        reference,
        financing,
        maintenance,
        tradeIn,
        price,
        currency: price === null ? null : currency,
        deliveryOn: null,
      };
      append(at, 'sold', signed(by), data);
      change({ stage: 'won', closedAt: at, ...done });
      told.sale = { ...sale, sellerId: row.ownerId ?? by, at };
    },
    handOver(at, by, to) {
      append(at, 'handed-over', signed(by), { from: row.ownerId, to, note: null });
      change({ ownerId: to });
    },
    appraise(at, by, vehicle) {
      const id = newId();
      appraisals.push({ id, requesterId: by, requestedAt: at, answeredAt: null, vehicle, estimates: [] });
      append(at, 'appraisal-asked', signed(by), { appraisal: id });
    },
    estimate(at, by, amount, validUntil, currency) {
      const appraisal = appraisals.at(-1);
      if (!appraisal) return;
      const id = newId();
      appraisal.estimates.push({ id, authorId: by, at, amount, currency, validUntil });
      appraisal.answeredAt ??= at;
      append(
        at,
        'estimated',
        { actorId: by },
        { appraisal: appraisal.id, estimate: id, version: appraisal.estimates.length, amount, currency },
      );
    },
    askAbandonment(at, by, reason, justification) {
      const id = newId();
      const open = { deciderId: null, decidedAt: null, outcome: null, comment: null, colleagueId: null, recycleOn: null };
      decisions.push({ id, requesterId: by, requestedAt: at, reason, justification, ...open });
      append(at, 'abandon-asked', signed(by), { decision: id, reason, owner: null });
      change({});
    },
    decide(at, by, { outcome, comment = null, colleagueId = null, until = null }) {
      const request = decisions.find(({ decidedAt }) => decidedAt === null);
      if (!request) return;
      Object.assign(request, { deciderId: by, decidedAt: at, outcome, comment, colleagueId, recycleOn: until });
      const data = { decision: request.id, outcome, reason: request.reason, from: row.ownerId, to: colleagueId, until };
      append(at, 'decided', { actorId: by }, data);
      if (outcome === 'approve') change({ stage: 'abandoned', closedAt: at, ...done });
      if (outcome === 'sendback') change({});
      if (outcome === 'handover') change({ ownerId: colleagueId });
      if (outcome === 'recycle') change({ stage: 'abandoned', ownerId: null, closedAt: at, restingUntil: until });
    },
    comeBack(at) {
      const fresh = { stage: 'new', ownerId: null, claimedAt: null, contactedAt: null, closedAt: null, restingUntil: null } as const;
      change({ ...fresh, ...done, returnedAt: at });
      append(at, 'returned', {});
    },
    note(at, by, text) {
      const id = newId();
      notes.push({ id, authorId: by, at, text });
      append(at, 'noted', { actorId: by }, { note: id });
    },
    showContact(at, by) {
      append(at, 'contact-shown', { actorId: by });
    },
  };
}
