import { defineConfig } from 'vitest/config';

/** The package, packed and installed: it takes the registry, which the places of the other tiers may not reach. */
export default defineConfig({ test: { include: ['test/package/**/*.test.ts'], testTimeout: 60_000 } });
