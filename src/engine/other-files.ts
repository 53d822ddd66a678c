import type { Target } from '../domain/target.ts';
import type { VantageIdentity } from '../domain/vantage.ts';

/** True when the target's questions are asked in another container than its own: same network, other files. */
export function hasOtherFiles(target: Target, { kind, name }: VantageIdentity): boolean {
  if (target.kind !== 'pod') return false;
  return kind === 'ephemeral' || (kind === 'container' && name !== `${target.namespace}/${target.pod}/${target.container}`);
}
