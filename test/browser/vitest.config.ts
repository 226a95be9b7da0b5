import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A machine busy with other things is no fault of ours.
    expect: { poll: { timeout: 20_000 } },
    fileParallelism: false,
  },
});
