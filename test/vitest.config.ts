import { defineConfig } from 'vitest/config';

/** Suites that touch no database, or the embedded one wherever they run: on a server they would only say the same again. */
const SAME_ANYWHERE = [
  ...['charts', 'config', 'contract', 'dealership', 'intake', 'language', 'manifests', 'platforms'].map((folder) => `test/${folder}/**`),
  ...['page', 'slack', 'teams'].map((folder) => `test/sandbox/${folder}/**`),
  ...['calendar', 'seeds'].map((name) => `test/simulation/${name}.test.ts`),
];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/browser/**', 'test/faults/**', ...(process.env.TEST_DATABASE_URL ? SAME_ANYWHERE : [])],
    globalSetup: ['test/support/prepare.ts'],
    setupFiles: ['test/support/seeded.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A machine busy with other things is no fault of ours; what comes is seen at once all the same.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    maxWorkers: 2,
  },
});
