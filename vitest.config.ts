import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tables of thousands of rows are one test each.
    testTimeout: 120_000,
    // Timings are measured: as many workers as there are cores, no more.
    maxWorkers: 2,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'build/test-results.json' }]] : ['default'],
  },
});
