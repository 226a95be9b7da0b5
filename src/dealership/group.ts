import type { Dealership } from './dealership.js';
import type { Directory } from './people.js';

/** The group of dealerships as configured: what every part of the program looks things up in. */
export interface Group {
  readonly name: string;
  readonly dealerships: readonly Dealership[];
  readonly directory: Directory;
  /** The dealership with this id; undefined when configuration no longer has it. */
  dealership(id: string): Dealership | undefined;
  /** How a source is called on screen; its id when configuration no longer has it. */
  sourceName(id: string): string;
}

/** Leads entered by hand come from this source. */
export const BY_HAND = 'by-hand';

export function groupOf(
  name: string,
  dealerships: readonly Dealership[],
  directory: Directory,
  sources: readonly { readonly id: string; readonly name: string }[],
): Group {
  const byId = new Map(dealerships.map((dealership) => [dealership.id, dealership]));
  const names = new Map(sources.map((source) => [source.id, source.name]));
  return { name, dealerships, directory, dealership: (id) => byId.get(id), sourceName: (id) => names.get(id) ?? id };
}
