import type { Problem } from './parsed.js';

/** Problems of one lead or body beyond this many say nothing new. */
const MOST_PROBLEMS = 50;

/** Where a parser writes down what it could not read. */
export interface Notes {
  /** `message` is one English sentence for the sender's developer and never holds the value itself. */
  note(path: string, message: string): void;
  readonly problems: readonly Problem[];
}

/** An empty notebook; it closes with one last line when it is full. */
export function takeNotes(): Notes {
  const problems: Problem[] = [];
  return {
    problems,
    note(path, message) {
      if (problems.some((problem) => problem.path === path && problem.message === message)) return;
      if (problems.length < MOST_PROBLEMS) problems.push({ path, message });
      else if (problems.length === MOST_PROBLEMS)
        problems.push({
          path: '',
          message: 'There are more problems, left out here.',
        });
    },
  };
}
