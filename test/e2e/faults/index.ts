import { logs } from './logs.ts';
import { mesh } from './mesh.ts';
import { names } from './names.ts';
import { nodeCache } from './node-cache.ts';
import { nodes } from './nodes.ts';
import { plugins } from './plugins.ts';
import { pods } from './pods.ts';
import { policies } from './policies.ts';
import type { Scenario } from './scenario.ts';
import { services } from './services.ts';
import { unforeseen } from './unforeseen.ts';

/** Those that change how policies are enforced come last. */
export const SCENARIOS: readonly Scenario[] = [...policies, ...names, ...nodeCache, ...services, ...nodes, ...plugins, ...pods, ...mesh, ...logs, ...unforeseen].toSorted(
  (a, b) => Number(a.enforcing === 'reject') - Number(b.enforcing === 'reject'),
);
