import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { testTimeout: 30_000, include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: ['test/e2e/**', 'test/lab/**', 'test/package/**'] },
});
