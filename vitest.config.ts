import { defineConfig } from 'vitest/config';

/** Suites that hold an answer to a second: they run when nothing else does. */
const TIMED = ['test/hostile/**/*.test.ts', 'test/fuzz/**/*.test.ts'];

// Tables of thousands of rows are one test each.
const testTimeout = 120_000;
const setupFiles = ['test/support/entries.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'build/test-results.json' }]] : ['default'],
    projects: [
      {
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: TIMED,
          testTimeout,
          setupFiles,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'timed',
          include: TIMED,
          testTimeout,
          setupFiles,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
