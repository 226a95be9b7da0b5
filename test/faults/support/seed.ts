import { randomInt } from 'node:crypto';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** What every choice of this run grows from. */
    seed: number;
  }
}

/** One seed a run: printed, and set again by SEED. */
export default function chooseSeed(project: TestProject): void {
  const seed = Number(process.env.SEED ?? randomInt(1, 1_000_000));
  process.stdout.write(`\nSEED=${seed} FAULTS=${process.env.FAULTS === 'full' ? 'full' : 'ci'}\n`);
  project.provide('seed', seed);
}
