import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safeCell } from '../../src/commands/export/cell.js';
import { exportFigures } from '../../src/commands/export/figures.js';
import { groupOf } from '../../src/dealership/group.js';
import { mirrorGroup } from '../../src/dealership/mirror.js';
import { directory, type Person } from '../../src/dealership/people.js';
import { keepStories } from '../../src/figures/demo/keep.js';
import { tell } from '../../src/figures/demo/story.js';
import type { Place } from '../../src/store/database.js';
import { newId } from '../../src/store/id.js';
import { openStore } from '../../src/store/store.js';
import { siteWith, WEEK } from '../figures/sites.js';
import { freshPlace } from '../support/database.js';
import { leadWith } from '../support/lead.js';

describe('a cell', () => {
  const starts = ['=1+1', '+33639980012', '-2+3', '@SUM(A1)', '＝1', '＋1', '－1', '＠A'];
  const spaces = ['', ' ', '\u00a0', '\t', '\u2003 ', '\ufeff', '\u200b', '\0'];

  it.each(starts.flatMap((start) => spaces.map((space) => `${space}${start}`)))('begins no formula: %j', (text) => {
    expect(safeCell(text)).toMatch(/^'/);
    expect(safeCell(text)).toContain(text.replaceAll('\0', '').trim());
  });

  it.each(['\n', '\r', '\r\n', '\u2028', '\v'])('begins none on a later line either: %j', (end) => {
    expect(safeCell(`Bonjour${end}=1+1${end} @A${end}merci`)).toBe(`Bonjour${end}'=1+1${end}' @A${end}merci`);
  });

  it('stays readable, and as it is where nothing is wrong', () => {
    expect(safeCell('+33 6 39 98 00 12')).toBe("'+33 6 39 98 00 12");
    for (const text of ['Alice Martin', 'a=b', 'Saint-Étienne', '', '12,5', "d'Arc"]) expect(safeCell(text)).toBe(text);
  });
});

const HOSTILE: Person = {
  id: 'mallory',
  name: '=HYPERLINK("https://example.org")\n+33639980012',
  language: null,
  accounts: [],
  roles: {},
  listed: true,
};
const site = siteWith({ hours: WEEK });
const other = siteWith({ id: 'annecy', name: '@Annecy' });
const group = groupOf('Groupe', [site, other], directory([HOSTILE], [site, other]), [{ id: 'website', name: '-Site web' }]);

let place: Place;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ place, drop } = await freshPlace());
  const store = await openStore(place, [], { failed() {}, buried() {}, trouble() {} });
  await mirrorGroup(store.db, [site, other], [HOSTILE]);
  const { owner: _, ...lead } = leadWith();
  const story = tell({ ...lead, externalKey: 'one', rawIntakeId: null, requestedAt: null, receivedAt: new Date('2026-11-20T09:00:00Z') });
  story.claim(new Date('2026-11-20T09:04:30Z'), 'mallory');
  const entered = tell({
    ...lead,
    id: newId(),
    sourceId: 'by-hand',
    ...{ externalKey: 'two', rawIntakeId: null, requestedAt: null },
    receivedAt: new Date('2026-11-19T09:00:00Z'),
  });
  await keepStories(store.db, [story, entered]);
  await store.close(0);
});
afterAll(() => drop());

async function run(...words: string[]) {
  let text = '';
  const parts: number[] = [];
  const write = async (more: string) => {
    text += more;
  };
  const outcome = await exportFigures(['figures', ...words], place, group, { write, progress: (part) => void parts.push(part) });
  return { outcome, text, parts };
}

describe('the figures as CSV', () => {
  it('are a row a day for the dealership, its sources and its people', async () => {
    const { outcome, text, parts } = await run('--from', '2026-11-12', '--to', '2026-11-21', '--dealership', 'lyon');
    expect(outcome).toEqual({ code: 0, text: '' });
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    expect(rows.filter((row) => row.of === 'dealership').map((row) => row.day)).toEqual(
      Array.from({ length: 10 }, (_, n) => `2026-11-${12 + n}`),
    );
    const busy = rows.filter((row) => row.day === '2026-11-20');
    expect(busy.map(({ of, id, received, claimed }) => [of, id, received, claimed])).toEqual([
      ['dealership', 'lyon', '1', '1'],
      ['source', 'website', '1', '1'],
      ['person', 'mallory', '1', '1'],
    ]);
    expect(busy[0]).toMatchObject({ to_claim_count: '1', to_claim_median_s: '270', to_claim_under_5: '1', to_contact_median_s: '' });
    expect(busy.map(({ name }) => name)).toEqual(['Lumière Lyon', "'-Site web", '\'=HYPERLINK("https://example.org")\n\'+33639980012']);
    expect(rows.filter(({ of, day }) => of === 'source' && day === '2026-11-19').map(({ id, name }) => [id, name])).toEqual([
      ['by-hand', 'Saisi à la main'],
    ]);
    expect(parts[0]).toBe(0);
    expect(parts.at(-1)).toBe(1);
  });

  it('are of every dealership unless one is named', async () => {
    const rows: Record<string, string>[] = parse((await run('--from', '2026-11-20', '--to', '2026-11-20')).text, {
      bom: true,
      columns: true,
    });
    expect(rows.filter((row) => row.of === 'dealership').map((row) => row.name)).toEqual(['Lumière Lyon', "'@Annecy"]);
  });

  it.each([
    [[], /^Usage/],
    [['--from', '2026-11-20'], /^Usage/],
    [['--from', '2026-11-20', '--to', '2026-11-20', '--loud'], /^Usage/],
    [['--from', '2026-02-30', '--to', '2026-11-20'], /2026-02-30 is not a day/],
    [['--from', '2026-11-21', '--to', '2026-11-20'], /is after/],
    [['--from', '2026-11-20', '--to', '2026-11-20', '--dealership', 'paris'], /no dealership paris.*lyon, annecy/],
  ])('say what is wrong with %j', async (words, message) => {
    const { outcome, text } = await run(...words);
    expect(outcome).toEqual({ code: 2, text: expect.stringMatching(message) });
    expect(text).toBe('');
  });
});
