import type { Dealership } from '../../dealership/dealership.js';
import type { Group } from '../../dealership/group.js';
import type { Person } from '../../dealership/people.js';

/** How somebody sells: minutes to a claim and from there to a call, and how well. */
export interface Manner {
  /** How often they are the first to see a lead, against the others. */
  readonly eager: number;
  readonly claims: number;
  readonly calls: number;
  /** Appointments, proposals and sales of one lead, against the average of 1. */
  readonly skill: number;
  /** How often they give up too early, and are sent back. */
  readonly impatient: number;
  readonly tidy: number;
}

/** A fast one, a thorough one, a beginner, one who lets things lie, one in between: in this order. */
const MANNERS: readonly Manner[] = [
  { eager: 1.5, claims: 3, calls: 9, skill: 1.25, impatient: 0.06, tidy: 0.9 },
  { eager: 1.0, claims: 9, calls: 22, skill: 1.1, impatient: 0.08, tidy: 0.8 },
  { eager: 0.7, claims: 14, calls: 75, skill: 0.7, impatient: 0.2, tidy: 0.4 },
  { eager: 1.2, claims: 4, calls: 35, skill: 1.0, impatient: 0.12, tidy: 0.6 },
  { eager: 0.6, claims: 22, calls: 50, skill: 0.85, impatient: 0.15, tidy: 0.5 },
];

export interface Seller {
  readonly id: string;
  readonly manner: Manner;
}

/** One site and who works there. */
export interface House {
  readonly dealership: Dealership;
  readonly region: 'west' | 'east';
  /** Leads on an average day. */
  readonly daily: number;
  readonly sellers: readonly Seller[];
  readonly managers: readonly Person[];
  readonly appraiser: Person | null;
  /** Sources and how much they send. */
  readonly sources: readonly (readonly [id: string, weight: number])[];
}

/** The sites of a group as they are told of; one without salespeople or managers has no story. */
export function housesOf(group: Group, sources: readonly SourceOf[]): readonly House[] {
  const { directory } = group;
  const holding = (role: 'salesperson' | 'used-car-manager', dealership: Dealership) =>
    directory.people.filter((person) => directory.rolesAt(person, dealership).has(role));
  const everybody = [...new Set(group.dealerships.flatMap((dealership) => holding('salesperson', dealership)))];
  return group.dealerships.flatMap((dealership, n): House[] => {
    const sellers = holding('salesperson', dealership).map((person): Seller => {
      const manner = MANNERS[everybody.indexOf(person) % MANNERS.length] as Manner;
      return { id: person.id, manner };
    });
    const managers = directory.managersOf(dealership);
    if (sellers.length === 0 || managers.length === 0) return [];
    const weights = sources.filter((one) => one.dealership === null || one.dealership === dealership.id);
    return [
      {
        ...{ dealership, region: n % 2 === 0 ? 'west' : 'east', daily: n % 2 === 0 ? 7 : 4, sellers, managers },
        appraiser: holding('used-car-manager', dealership)[0] ?? null,
        sources: weights.map(({ id }, place) => [id, 1 / (place + 1)] as const),
      },
    ];
  });
}

/** A source of leads; null where its leads name their dealership. */
export interface SourceOf {
  readonly id: string;
  readonly dealership: string | null;
}
