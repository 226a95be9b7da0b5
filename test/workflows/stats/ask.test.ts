import { describe, expect, it } from 'vitest';
import { isCalled, isMyself, meantBy, probably, readAsk, readOwnAsk } from '../../../src/workflows/stats/ask.js';

describe('the words after "stats"', () => {
  it.each([
    ['', 'today', ''],
    ['today', 'today', ''],
    ['Aujourd’hui', 'today', ''],
    ["aujourd'hui", 'today', ''],
    ['WEEK', 'week', ''],
    ['cette semaine', 'week', ''],
    ['this month', 'month', ''],
    ['le mois', 'month', ''],
    ['ce mois-ci', 'month', ''],
    ['semaine Alice', 'week', 'Alice'],
    ['Alice Martin month', 'month', 'Alice Martin'],
    ['mois de Chloé', 'month', 'Chloé'],
    ['constructor', 'today', 'constructor'],
    ['__proto__', 'today', '__proto__'],
    ['!!! 😀', 'today', '!!! 😀'],
  ])('"%s": %s, %s', (words, span, typed) => {
    expect(readAsk(words)).toMatchObject({ span, typed });
  });

  it.each([
    ['Chloé Durand', 'chloe', true],
    ['Chloé Durand', 'durand chlo', true],
    ['Jean-Paul Petit', 'jean-paul', true],
    ['Jean-Paul Petit', 'paul', true],
    ['Alice Martin', 'artin', false],
    ['Alice Martin', 'alice petit', false],
    ['Alice Martin', '', false],
  ])('%s is called "%s": %s', (name, words, called) => {
    expect(isCalled(name, readAsk(words).who)).toBe(called);
  });

  it.each([
    ['martin', 'Martine Leroy, Alice Martin', 'Alice Martin'],
    ['Martine', 'Martine Leroy, Alice Martin', 'Martine Leroy'],
    ['mart', 'Martine Leroy, Alice Martin', 'Martine Leroy, Alice Martin'],
    ['Paul Martin', 'Paul Martin, Paule Martin', 'Paul Martin'],
    ['martin paule', 'Paul Martin, Paule Martin', 'Paule Martin'],
    ['martin', 'Paul Martin, Paule Martin', 'Paul Martin, Paule Martin'],
    ['paul martin', 'Paul-Henri Martin, Paul Martin', 'Paul Martin'],
    ['jean-paul petit', 'Jean-Paul Petit, Jean Petit', 'Jean-Paul Petit'],
    ['Charles de la Tour', 'Charles de la Tour, Charles Tourneur', 'Charles de la Tour'],
    ['zoe', 'Paul Martin', ''],
    ['', 'Paul Martin', ''],
  ])('"%s", of %s, is %s', (words, names, meant) => {
    const all = names.split(', ').map((name) => ({ name }));
    expect(
      meantBy(readAsk(words).who, all)
        .map(({ name }) => name)
        .join(', '),
    ).toBe(meant);
  });

  it('knows who asks for their own, whatever they name', () => {
    expect(readOwnAsk('de la semaine')).toMatchObject({ span: 'week' });
    expect(['', 'semaine', 'Alice'].map((words) => isMyself(readOwnAsk(words)))).toEqual([true, true, true]);
  });

  it('knows who asks about themselves', () => {
    expect(['moi', 'me', 'mes'].map((word) => isMyself(readAsk(word)))).toEqual([true, true, true]);
    expect(['', 'Alice', 'moi Alice'].map((word) => isMyself(readAsk(word)))).toEqual([false, false, false]);
  });

  it.each([
    ['semain', 'semaine'],
    ['montj', 'month'],
    ['Alcie', 'Alice Martin'],
    ['zzzzzz', null],
  ])('takes "%s" for %s', (word, meant) => {
    expect(probably(readAsk(word), ['Alice Martin', 'Bruno Petit'])).toBe(meant);
  });
});
