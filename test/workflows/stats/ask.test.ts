import { describe, expect, it } from 'vitest';
import { isCalled, isMyself, probably, readAsk } from '../../../src/workflows/stats/ask.js';

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
