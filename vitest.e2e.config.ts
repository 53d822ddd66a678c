import { defineConfig } from 'vitest/config';

/** Against the cluster of the current kubeconfig: one file at a time, because they share it. */
export default defineConfig({
  test: { include: ['test/e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
