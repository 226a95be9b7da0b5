import { defineConfig } from 'vitest/config';

/** The program under fire: real processes, one scene at a time, so that the figures are of the scene alone. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/faults/**/*.test.ts'],
    // Fills a disk to the last byte: only with a server of one's own on a small file system.
    exclude: process.env.FAULTS_SMALL_DISK ? [] : ['test/faults/disk.test.ts'],
    globalSetup: ['test/faults/support/seed.ts'],
    testTimeout: 30 * 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    maxWorkers: 1,
  },
});
