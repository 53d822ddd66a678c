import { defineConfig } from 'vitest/config';

/** Real faults in network namespaces: takes root on Linux. One file at a time, because a lab keeps the machine busy. */
export default defineConfig({
  test: { include: ['test/lab/**/*.test.ts'], fileParallelism: false, testTimeout: 600_000, hookTimeout: 600_000 },
});
