import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/language/nearest.js';

const CHOICES = ['timezone', 'contactDetails', 'digest', 'mon', 'tue', 'salesperson', 'lyon'];

describe('what somebody probably meant', () => {
  it.each([
    ['timezon', 'timezone'],
    ['time_zone', 'timezone'],
    ['contact-details', 'contactDetails'],
    ['ContactDetail', 'contactDetails'],
    ['digset', 'digest'],
    ['monday', 'mon'],
    ['salesman', undefined],
    ['lion', 'lyon'],
    ['colour', undefined],
    ['', undefined],
  ])('%j: %s', (word, choice) => {
    expect(didYouMean(word, CHOICES)).toBe(choice === undefined ? '' : ` Did you mean "${choice}"?`);
  });

  it('looks at no more of a long word than could matter', () => {
    expect(didYouMean('x'.repeat(1_000_000), CHOICES)).toBe('');
  });
});
