import { describe, expect, it } from 'vitest';
import { de, deHouse, la } from '../../src/language/french.js';
import { inSentence } from '../../src/language/sentence.js';

describe('French before a vowel', () => {
  it.each([
    ['Alice', 'd’Alice'],
    ['Élodie', 'd’Élodie'],
    ['Hélène', 'd’Hélène'],
    ['Yves', 'd’Yves'],
    ['Bruno', 'de Bruno'],
  ])('shortens “de” before somebody: %s', (name, said) => expect(de(name)).toBe(said));

  it.each([
    ['Auto Alpes', 'd’Auto Alpes'],
    ['Étoile Lyon', 'd’Étoile Lyon'],
    ['Honda Lyon', 'de Honda Lyon'],
    ['Lumière Lyon', 'de Lumière Lyon'],
  ])('shortens “de” before a house: %s', (name, said) => expect(deHouse(name)).toBe(said));

  it.each([
    ['Opel Corsa', 'l’Opel Corsa'],
    ['Audi A3', 'l’Audi A3'],
    ['Alfa Romeo Giulia', 'l’Alfa Romeo Giulia'],
    ['Honda Jazz', 'la Honda Jazz'],
    ['Hyundai i20', 'la Hyundai i20'],
    ['Peugeot 208', 'la Peugeot 208'],
    ['', 'la '],
  ])('shortens “la” before a car: %s', (car, said) => expect(la(car)).toBe(said));
});

it.each([
  ['Injoignable', 'injoignable'],
  ['Unreachable', 'unreachable'],
  ['VO déjà vendu', 'VO déjà vendu'],
  ['', ''],
])('a label inside a sentence begins small unless it is an abbreviation: %s', (label, said) => expect(inSentence(label)).toBe(said));
