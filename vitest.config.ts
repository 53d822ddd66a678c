import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A busy machine makes everything late; what is waited for is never the time itself.
  test: { testTimeout: 30_000, expect: { poll: { timeout: 20_000 } }, include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: ['test/e2e/**', 'test/lab/**', 'test/package/**'] },
});
