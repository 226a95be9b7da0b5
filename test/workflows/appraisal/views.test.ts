import { describe, expect, it } from 'vitest';
import { seenIn } from '../../../src/workflows/appraisal/views.js';

const files = (...names: string[]) => names.map((name, n) => ({ file: `slack:F${n}`, name }));
const views = (text: string, ...names: string[]) => seenIn(text, files(...names)).map(({ view }) => view);

describe('what photos show, by the words sent with them', () => {
  it.each([
    ['avant', ['front']],
    ['voici l’arrière', ['rear']],
    ['Compteur', ['odometer']],
    ['the odometer', ['odometer']],
    ['côté droit', ['right']],
    ['left side', ['left']],
    ['les sièges', ['interior']],
    ['une rayure', ['damage']],
    ['merci', [null]],
    ['', [null]],
    // Two things said of one photo are not known apart.
    ['avant gauche', [null]],
    // Only whole words: "avantage" is no front, "leftover" no left.
    ['un avantage', [null]],
    ['leftovers', [null]],
  ])('%j of one photo', (text, expected) => {
    expect(views(text, 'IMG_1.jpg')).toEqual(expected);
  });

  it('are taken in order when as many are named as there are photos, for all when one is', () => {
    expect(views('compteur puis avant', 'a.jpg', 'b.jpg')).toEqual(['odometer', 'front']);
    expect(views('intérieur', 'a.jpg', 'b.jpg')).toEqual(['interior', 'interior']);
    expect(views('avant, arrière, gauche', 'a.jpg', 'b.jpg')).toEqual([null, null]);
  });

  it('are the names of the files when nothing is said', () => {
    expect(views('', 'avant.jpg', 'IMG_2.jpg', 'photo_compteur_2.jpeg')).toEqual(['front', null, 'odometer']);
    expect(views('arrière', 'avant.jpg')).toEqual(['rear']);
  });
});
