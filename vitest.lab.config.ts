import { defineConfig } from 'vitest/config';

/** Real faults in network namespaces: takes root on Linux. One file at a time, because a lab keeps the machine busy; a second try on CI, as in vitest.e2e.config.ts. */
export default defineConfig({
  test: { include: ['test/lab/**/*.test.ts'], fileParallelism: false, retry: process.env['CI'] === undefined ? 0 : 1, testTimeout: 600_000, hookTimeout: 600_000 },
});
