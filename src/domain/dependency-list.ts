import type { FoundDependency } from './found-dependency.ts';
import type { Target } from './target.ts';

/** What a pod's configuration, log and sockets name, and what of them could not be read. */
export interface DependencyList {
  readonly target: Extract<Target, { kind: 'pod' }>;
  /** What fails now first. */
  readonly dependencies: readonly FoundDependency[];
  /** Names that Secrets hold and that look like destinations; their values are never read. `names` null: the keys are not known. */
  readonly hidden: readonly { readonly source: string; readonly names: readonly string[] | null }[];
  /** `configmap/x`, `log`, `sockets`, ... and why, in the words of who refused. */
  readonly unreadable: readonly { readonly source: string; readonly reason: string }[];
}
