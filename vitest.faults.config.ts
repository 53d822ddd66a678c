import { defineConfig } from 'vitest/config';

/** Every fault of the test cluster, one at a time: `npm run test:e2e -- faults`. Half an hour. */
export default defineConfig({ test: { include: ['test/e2e/faults/*.test.ts'], fileParallelism: false, hookTimeout: 60_000 } });
