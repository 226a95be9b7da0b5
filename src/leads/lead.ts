import type { Customer, Origin, Problem, Vehicle } from './details.js';

/** Where a lead stands in its life. `won`, `abandoned` and `duplicate` are ends. */
export type Stage = 'new' | 'claimed' | 'contacted' | 'appointment' | 'proposal' | 'won' | 'abandoned' | 'duplicate';

/** How well an enquiry was understood: wholly, with something needed missing, or not at all. */
export type Tier = 'parsed' | 'partial' | 'raw';

/** How eager the customer is; independent of the stage. */
export const TEMPERATURES = ['cold', 'warm', 'hot'] as const;
export type Temperature = (typeof TEMPERATURES)[number];

export const NEXT_ACTIONS = ['call', 'email', 'appointment', 'test-drive', 'quote', 'other'] as const;
export type NextActionKind = (typeof NEXT_ACTIONS)[number];

/** What the owner does next. */
export interface NextAction {
  readonly kind: NextActionKind;
  readonly at: Date | null;
}

/** What a card tells of a sale. */
export interface SaleLine {
  readonly vehicle: 'stock' | 'order';
  readonly reference: string | null;
  readonly financing: boolean;
}

/** One enquiry from one customer about one wish, as stored. */
export interface Lead {
  readonly id: string;
  readonly dealershipId: string;
  readonly sourceId: string;
  readonly tier: Tier;
  readonly stage: Stage;
  readonly temperature: Temperature | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly receivedAt: Date;
  /** When it last came back as new, after it was abandoned for a while. */
  readonly returnedAt: Date | null;
  readonly claimedAt: Date | null;
  /** The first real contact with the customer: it stops the response clock. */
  readonly contactedAt: Date | null;
  readonly closedAt: Date | null;
  readonly nextAction: NextAction | null;
  /** Abandoned for now: the local day, at midnight UTC, on which it comes back as new. */
  readonly restingUntil: Date | null;
  readonly sale: SaleLine | null;
  /** The house's id of the reason it was abandoned for. */
  readonly abandonReason: string | null;
  /** Grows with every change a card can show. */
  readonly revision: number;
  readonly name: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly customer: Customer;
  readonly interest: Vehicle | null;
  readonly tradeIn: Vehicle | null;
  readonly message: string | null;
  readonly origin: Origin;
  readonly problems: readonly Problem[];
}

/** A lead about to be stored. */
export interface NewLead {
  readonly id: string;
  readonly dealershipId: string;
  readonly sourceId: string;
  /** Unique per source: the sender's id, else a hash of what it sent. */
  readonly externalKey: string;
  readonly rawIntakeId: string | null;
  readonly tier: Tier;
  readonly receivedAt: Date;
  readonly requestedAt: Date | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly customer: Customer;
  readonly interest: Vehicle | null;
  readonly tradeIn: Vehicle | null;
  readonly message: string | null;
  readonly origin: Origin;
  readonly problems: readonly Problem[];
  /** Who entered it, and on which platform, when it was entered by hand. */
  readonly enteredBy?: { readonly personId: string; readonly platform: string };
  /** Who answered the customer and keeps the lead. */
  readonly ownerId?: string;
}

/** What a lead still lacks before somebody can work with it. */
export type Gap = 'name' | 'reach' | 'everything';

/** What is missing: a name, any way to reach the customer, or everything when the body could not be read. */
export function gapsOf(lead: Pick<Lead, 'tier' | 'name' | 'email' | 'phone'>): Gap[] {
  if (lead.tier === 'raw') return ['everything'];
  const gaps: Gap[] = [];
  if (!lead.name) gaps.push('name');
  if (!lead.email && !lead.phone) gaps.push('reach');
  return gaps;
}

/** The tier that follows from what is known. */
export function tierOf(known: Pick<Lead, 'name' | 'email' | 'phone'>): Tier {
  return known.name && (known.email || known.phone) ? 'parsed' : 'partial';
}

/** "Brigitte M.": the first name and an initial, the most a channel may show of a customer's name. */
export function shortName(lead: Pick<Lead, 'name' | 'customer'>): string | null {
  const { firstName, lastName } = lead.customer;
  if (firstName && lastName) return `${firstName} ${initial(lastName)}.`;
  const words = (lead.name ?? '').split(/\s+/).filter((word) => word !== '');
  const [first, ...rest] = words;
  if (first === undefined) return null;
  const last = rest.at(-1);
  return last === undefined ? first : `${first} ${initial(last)}.`;
}

function initial(word: string): string {
  const [first] = new Intl.Segmenter('fr', { granularity: 'grapheme' }).segment(word);
  return (first?.segment ?? '').toLocaleUpperCase('fr');
}

/** Is the lead over? */
export function isClosed(stage: Stage): boolean {
  return stage === 'won' || stage === 'abandoned' || stage === 'duplicate';
}
