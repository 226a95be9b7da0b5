import type { Element } from '../../chat/card.js';
import { type Dealership, localeOf } from '../../dealership/dealership.js';
import { ranked } from '../../figures/comparison.js';
import { abandonedOf, type Breakdown, type Figures, wonOf } from '../../figures/figures.js';
import { duration } from '../../language/format.js';
import { digestWords } from './messages.js';
import type { View } from './view.js';

/** More people than a dealership has salespeople. */
const MOST_PEOPLE = 15;

/**
 * The people table: what each did, by name. How fast they were is compared between those with enough leads alone, and
 * says over how many.
 */
export function team({ people }: Breakdown, dealership: Dealership, view: View): Element[] {
  if (people.length === 0) return [];
  const words = digestWords[view.language];
  const measured = people.map((of) => ({ of, value: of.figures.toContact.all.median, sample: of.figures.toContact.all.done }));
  const ranks = new Map(ranked(measured, 'least').map(({ of, rank }) => [of.person.id, rank]));
  // One alone is first among nobody.
  const compared = [...ranks.values()].filter((rank) => rank !== null).length > 1;
  const facts = people.slice(0, MOST_PEOPLE).map(({ person, figures }) => {
    const rank = ranks.get(person.id) ?? null;
    const speed = speedOf(figures, dealership, view);
    const place = rank === null ? words.notEnough : compared ? words.rank(rank) : null;
    // Of somebody without a contact it is worth saying only where others are ranked.
    const placed = people.length > 1 && (speed !== null || compared) ? place : null;
    const measured = [speed, placed].filter((part) => part !== null).join(', ');
    const parts = [...doneBy(figures, view), measured].filter((part) => part !== '');
    return { label: person.name, value: [parts.join(' · ')] };
  });
  return [
    { kind: 'lines', lines: [[{ bold: words.team }]] },
    { kind: 'facts', facts },
  ];
}

/** What somebody did, without what they did not. */
function doneBy(figures: Figures, { language }: View): string[] {
  const words = digestWords[language].person;
  const { received, contacted, witnessed, appointments, open, hot } = figures;
  const [won, abandoned] = [wonOf(figures), abandonedOf(figures)];
  const parts = [
    received > 0 ? words.got(received) : null,
    contacted + witnessed > 0 ? words.contacts(contacted, witnessed) : null,
    appointments > 0 ? words.appointments(appointments) : null,
    won > 0 ? words.won(won) : null,
    abandoned > 0 ? words.abandoned(abandoned) : null,
    words.open(open, hot),
  ];
  return parts.filter((part) => part !== null);
}

function speedOf({ toContact }: Figures, dealership: Dealership, { language }: View): string | null {
  const { median, done } = toContact.all;
  return median === null ? null : digestWords[language].speed(duration(median, localeOf(dealership, language)), done);
}
