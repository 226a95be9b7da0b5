import { expect, it } from 'vitest';
import { type Card, sentence } from '../../../src/chat/card.js';
import { cardDialog, sentenceOf } from '../../../src/platforms/teams/answer.js';

const story: Card = { summary: 'Historique', elements: [{ kind: 'lines', lines: [['a'], ['b']] }], buttons: [] };

it('says a sentence as a sentence', () => {
  expect(sentenceOf(sentence('Alice was 3 s faster.'))).toBe('Alice was 3 s faster.');
  expect(sentenceOf({ summary: 'Sorry', elements: [], buttons: [] })).toBe('Sorry');
  expect(cardDialog(sentence('No right.'), {}, 'Title')).toEqual({ task: { type: 'message', value: 'No right.' } });
});

it.each<Card>([
  story,
  { ...sentence('x'), title: 'Title' },
  { ...sentence('x'), buttons: [{ action: 'a.b', label: 'A', subject: '1' }] },
  { ...sentence('x'), elements: [{ kind: 'lines', lines: [[{ tel: '+33639980012', label: '06' }]] }] },
  { ...sentence('x'), elements: [{ kind: 'quote', text: 'x' }] },
  sentence('x'.repeat(301)),
])('takes nothing more for one', (card) => {
  expect(sentenceOf(card)).toBeUndefined();
});

it.each([
  [{ ...story, title: 'Le lead' }, 'Formulaire', 'Le lead'],
  [story, 'Formulaire', 'Formulaire'],
  [story, '', 'Historique'],
])('shows a card in a dialog, and a title above it', (card, fallback, title) => {
  expect(cardDialog(card, {}, fallback)).toMatchObject({
    task: { type: 'continue', value: { title, card: { content: { version: '1.5' } } } },
  });
});
