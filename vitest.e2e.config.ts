import { defineConfig } from 'vitest/config';

/**
 * Against the cluster of the current kubeconfig: one file at a time, because they share it. Where nobody looks on, what a busy machine made
 * fail is tried once more, and the report says so: what fails twice is broken.
 */
export default defineConfig({
  test: { include: ['test/e2e/**/*.test.ts'], exclude: ['test/e2e/faults/**', 'test/e2e/access/**'], fileParallelism: false, retry: process.env['CI'] === undefined ? 0 : 1, expect: { poll: { timeout: 40_000 } }, testTimeout: 60_000, hookTimeout: 60_000 },
});
