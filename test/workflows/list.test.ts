import { expect, it } from 'vitest';
import type { Element } from '../../src/chat/card.js';
import { section } from '../../src/workflows/list.js';

const row: Element = { kind: 'row', lines: [['a lead']], buttons: [] };

it('says how many there are above, and how many are not shown below', () => {
  const heading = { kind: 'lines', lines: [[{ bold: 'Hot (3)' }]] };
  expect(section('en', 'Hot', 3, [row])).toEqual([heading, row, { kind: 'aside', line: ['and 2 more'] }]);
  expect(section('en', 'Hot', 0, [])).toEqual([]);
});

it('puts no heading above nothing', () => {
  expect(section('en', 'Hot', 3, [])).toEqual([{ kind: 'aside', line: ['Hot (3)'] }]);
});
