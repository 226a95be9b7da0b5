/**
 * The choice somebody probably meant by `word`, or undefined when none is close: up to one slip of the finger in every
 * three characters, or a word cut short or drawn out (`monday` for `mon`); case, `_` and `-` left aside.
 */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  const plain = simplify(word);
  const allowed = Math.max(1, Math.floor((plain.length + 1) / 3));
  let best: { choice: string; distance: number } | undefined;
  for (const choice of choices) {
    const distance = distanceBetween(plain, simplify(choice));
    if (distance <= allowed && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { choice, distance };
  }
  return best?.choice;
}

/** A word without capitals, accents, apostrophes and what people put after it: `aujourdhui` of “Aujourd’hui !”. */
export function plainWord(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}-]/gu, '')
    .toLowerCase();
}

/** ` Did you mean "timezone"?`, or nothing. */
export function didYouMean(word: string, choices: readonly string[]): string {
  const choice = nearest(word, choices);
  return choice === undefined ? '' : ` Did you mean "${choice}"?`;
}

const LONGEST = 64;

function simplify(word: string): string {
  return word.slice(0, LONGEST).toLowerCase().replace(/[_-]/g, '');
}

const SHORTEST_STEM = 3;

function distanceBetween(word: string, choice: string): number {
  const [short, long] = word.length < choice.length ? [word, choice] : [choice, word];
  return short.length >= SHORTEST_STEM && long.startsWith(short) ? Math.min(1, long.length - short.length) : editDistance(word, choice);
}

/** Insertions, deletions and replacements that make one word into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[row.length - 1] ?? 0;
}
