import { isOpen } from '../../src/dealership/clock.js';
import type { Dealership } from '../../src/dealership/dealership.js';
import type { Clock, Clocks, Figures } from '../../src/figures/figures.js';
import type { Db } from '../../src/store/database.js';

/*
 * The figures again, slow and obvious: one lead after the other, one fact after the other, from the stored timeline.
 * Shares nothing with src/figures but the shape of the result and the dealership's clock.
 */

export interface Recorded {
  readonly id: string;
  readonly sourceId: string;
  readonly receivedAt: Date;
  readonly facts: readonly {
    readonly at: Date;
    readonly kind: string;
    readonly who: string | null;
    readonly data: Readonly<Record<string, string | boolean | null>>;
  }[];
}

/** The leads of a dealership and their timelines, as stored. */
export async function recorded(db: Db, dealershipId: string): Promise<Recorded[]> {
  const leads = await db.lead.findMany({ where: { dealershipId }, include: { events: { orderBy: { id: 'asc' } } } });
  return leads.map(({ id, sourceId, receivedAt, events }) => ({
    id,
    sourceId,
    receivedAt,
    facts: events.map(({ at, kind, behalfOfId, actorId, data }) => ({
      at,
      kind,
      who: behalfOfId ?? actorId,
      data: data as Record<string, string | boolean | null>,
    })),
  }));
}

interface Sheet {
  figures: { -readonly [key in keyof Omit<Figures, 'won' | 'abandoned' | 'toClaim' | 'toContact' | 'toClose'>]: number };
  won: { stock: number; order: number };
  abandoned: Record<string, number>;
  /** Began, and milliseconds it took; null: never; undefined: still running. */
  claims: [Date, number | null | undefined][];
  contacts: [Date, number | null | undefined][];
  closings: [Date, number | null | undefined][];
}

function blank(): Sheet {
  const none = { received: 0, returned: 0, claimed: 0, taken: 0, given: 0, contacted: 0, witnessed: 0, appointments: 0, appraisals: 0 };
  const ends = { financed: 0, maintained: 0, tradeIns: 0, recycled: 0, sentBack: 0, open: 0, waiting: 0, hot: 0 };
  return {
    figures: { ...none, ...ends },
    won: { stock: 0, order: 0 },
    abandoned: Object.create(null),
    claims: [],
    contacts: [],
    closings: [],
  };
}

export interface Recount {
  readonly total: Figures;
  readonly people: ReadonlyMap<string, Figures>;
  readonly sources: ReadonlyMap<string, Figures>;
}

export function recount(leads: readonly Recorded[], dealership: Dealership, from: Date, to: Date): Recount {
  const total = blank();
  const people = new Map<string, Sheet>();
  const sources = new Map<string, Sheet>();
  const of = (sheets: Map<string, Sheet>, key: string) => {
    const sheet = sheets.get(key) ?? blank();
    sheets.set(key, sheet);
    return sheet;
  };
  for (const lead of leads) {
    const house = () => [total, of(sources, lead.sourceId)];
    const everybody = (who: string | null | undefined) => [...house(), ...(who ? [of(people, who)] : [])];
    walk(
      lead,
      (at) => at >= from && at < to,
      house,
      everybody,
      (who) => (who ? [of(people, who)] : []),
    );
  }
  const finish = (sheets: Map<string, Sheet>) => new Map([...sheets].map(([key, sheet]) => [key, figuresOf(sheet, dealership)]));
  return { total: figuresOf(total, dealership), people: finish(people), sources: finish(sources) };
}

/** One lead's story from its first fact to its last. */
function walk(
  lead: Recorded,
  counts: (at: Date) => boolean,
  house: () => Sheet[],
  everybody: (who: string | null | undefined) => Sheet[],
  only: (who: string | null | undefined) => Sheet[],
): void {
  let began = lead.receivedAt;
  let owner: string | null = null;
  let over = false;
  let hot = false;
  let seen = { contact: false, witness: false, appointment: false, appraisal: false };

  const contact = (at: Date) => {
    if (seen.contact) return;
    seen.contact = true;
    if (!counts(at)) return;
    for (const sheet of everybody(owner)) {
      sheet.figures.contacted++;
      sheet.contacts.push([began, at.getTime() - began.getTime()]);
    }
  };
  const witness = (at: Date, who: string | null) => {
    if (over) return;
    if (!seen.witness && counts(at)) for (const sheet of everybody(who)) sheet.figures.witnessed++;
    seen.witness = true;
  };
  const given = (at: Date, to: string | null) => {
    if (counts(at)) {
      for (const sheet of house()) {
        sheet.figures.taken++;
        sheet.figures.given++;
      }
      for (const sheet of only(owner)) sheet.figures.given++;
      for (const sheet of only(to)) {
        sheet.figures.taken++;
        sheet.figures.received++;
      }
    }
    owner = to;
  };
  const ended = (at: Date, how: 'won' | 'abandoned' | 'recycled') => {
    over = true;
    if (!counts(at)) return;
    for (const sheet of everybody(owner)) {
      if (!seen.contact) sheet.contacts.push([began, null]);
      if (how !== 'recycled') sheet.closings.push([began, at.getTime() - began.getTime()]);
    }
  };

  for (const { at, kind, who, data } of lead.facts) {
    if (kind === 'arrived' && counts(at)) for (const sheet of house()) sheet.figures.received++;
    if (kind === 'claimed') {
      owner = who;
      if (counts(at)) {
        for (const sheet of everybody(owner)) {
          sheet.figures.claimed++;
          sheet.claims.push([began, at.getTime() - began.getTime()]);
        }
        for (const sheet of only(owner)) sheet.figures.received++;
      }
    }
    if (kind === 'status') {
      if (data.contact !== null) contact(at);
      if (data.temperature !== null) hot = data.temperature === 'hot';
      if (data.stage === 'appointment') {
        if (!seen.appointment && counts(at)) for (const sheet of everybody(owner)) sheet.figures.appointments++;
        seen.appointment = true;
      }
    }
    if (kind === 'contact-shown' || kind === 'noted' || kind === 'appraisal-asked') witness(at, who);
    if (kind === 'appraisal-asked') {
      if (!seen.appraisal && counts(at)) for (const sheet of everybody(owner)) sheet.figures.appraisals++;
      seen.appraisal = true;
    }
    if (kind === 'sold') {
      contact(at);
      ended(at, 'won');
      if (counts(at))
        for (const sheet of everybody(owner)) {
          sheet.won[data.vehicle === 'order' ? 'order' : 'stock']++;
          if (data.financing === true) sheet.figures.financed++;
          if (data.maintenance === true) sheet.figures.maintained++;
          if (data.tradeIn === true) sheet.figures.tradeIns++;
        }
    }
    if (kind === 'handed-over') given(at, data.to as string);
    if (kind === 'decided') {
      const { outcome } = data;
      if (outcome === 'handover') given(at, data.to as string);
      if (outcome === 'sendback' && counts(at)) for (const sheet of everybody(owner)) sheet.figures.sentBack++;
      if (outcome === 'approve') {
        ended(at, 'abandoned');
        const reason = String(data.reason);
        if (counts(at)) for (const sheet of everybody(owner)) sheet.abandoned[reason] = (sheet.abandoned[reason] ?? 0) + 1;
      }
      if (outcome === 'recycle') {
        ended(at, 'recycled');
        if (counts(at)) for (const sheet of everybody(owner)) sheet.figures.recycled++;
        owner = null;
      }
    }
    if (kind === 'returned') {
      began = at;
      owner = null;
      over = false;
      seen = { contact: false, witness: false, appointment: false, appraisal: false };
      if (counts(at)) for (const sheet of house()) sheet.figures.returned++;
    }
  }

  if (!over)
    for (const sheet of everybody(owner)) {
      sheet.figures.open++;
      if (owner === null) {
        sheet.figures.waiting++;
        sheet.claims.push([began, undefined]);
      }
      if (hot) sheet.figures.hot++;
      if (!seen.contact) sheet.contacts.push([began, undefined]);
      sheet.closings.push([began, undefined]);
    }
}

function figuresOf({ figures, won, abandoned, claims, contacts, closings }: Sheet, dealership: Dealership): Figures {
  const apart = (all: Sheet['claims']): Clocks => ({
    all: clock(all),
    open: clock(all.filter(([began]) => isOpen(dealership, began))),
    outside: clock(all.filter(([began]) => !isOpen(dealership, began))),
  });
  return { ...figures, won, abandoned, toClaim: apart(claims), toContact: apart(contacts), toClose: apart(closings) };
}

function clock(all: Sheet['claims']): Clock {
  const done = all.flatMap(([, took]) => (typeof took === 'number' ? [took] : [])).sort((a, b) => a - b);
  const never = all.filter(([, took]) => took === null).length;
  const within = (minutes: number) => {
    if (done.length + never === 0) return null;
    return done.filter((took) => took < minutes * 60_000).length / (done.length + never);
  };
  /** The first value that so many of all values do not exceed. */
  const reaching = (part: number) => done.find((value) => done.filter((other) => other <= value).length >= part * done.length) ?? null;
  return {
    done: done.length,
    never,
    running: all.length - done.length - never,
    median: reaching(0.5),
    p90: reaching(0.9),
    under: { 5: within(5), 15: within(15), 60: within(60) },
  };
}
