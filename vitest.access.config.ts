import { defineConfig } from 'vitest/config';

/** Getting into pods and out again: by keys, by contrasts, with tools for a while, and what goes wrong meanwhile, one fault at a time: `npm run test:e2e -- access`. */
export default defineConfig({ test: { include: ['test/e2e/access/*.test.ts'], fileParallelism: false, expect: { poll: { timeout: 40_000 } }, testTimeout: 60_000, hookTimeout: 60_000 } });
