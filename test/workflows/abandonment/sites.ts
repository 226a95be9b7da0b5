import type { Dealership } from '../../../src/dealership/dealership.js';
import { directory } from '../../../src/dealership/people.js';
import { accepted, EXAMPLE, read } from '../../config/read.js';

/** The example's two sites and its people, read after `edit`. */
export function sites(edit: (yaml: string) => string = (yaml) => yaml) {
  const { people, dealerships } = accepted(read(edit(EXAMPLE)));
  const [lyon, annecy] = dealerships;
  if (!lyon || !annecy) throw new Error('The example has two dealerships.');
  return { lyon, annecy, rights: directory(people, dealerships) };
}

/** The example without some of its people. */
export function without(...ids: readonly string[]): (yaml: string) => string {
  return (yaml) => ids.reduce((text, id) => text.replace(new RegExp(`^.*id: ${id},.*$`, 'm'), ''), yaml);
}

/** Lyon, with another delay before reminders. */
export function deciding(delay: Dealership['abandonment']['decideWithin']): Dealership {
  const { lyon } = sites();
  return { ...lyon, abandonment: { ...lyon.abandonment, decideWithin: delay } };
}
