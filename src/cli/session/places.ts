import type { Access } from '../../domain/access.ts';
import type { Target } from '../../domain/target.ts';
import type { Vantage, VantageIdentity } from '../../domain/vantage.ts';
import type { AskCluster } from '../../engine/request.ts';
import { createCommandVantage } from '../../vantage/command.ts';

/** Where a run's commands run, ready to be used; `close` ends what is left of them. */
export interface Places {
  readonly target: Target;
  readonly vantage: Vantage;
  readonly contrasts: readonly Vantage[];
  readonly askCluster: AskCluster | null;
  /** How the target was entered; null when it is no pod. */
  readonly access: Access | null;
  close(): Promise<void>;
}

export type NamedPrefix = { readonly name: string; readonly argv: readonly string[] };

export const THIS_MACHINE = 'this machine';

export function thisMachine(role: VantageIdentity['role']): Vantage {
  return createCommandVantage(
    {
      id: role === 'target' ? 'target' : 'contrast:local',
      role,
      kind: 'local',
      name: THIS_MACHINE,
      node: null,
      pod: null,
      relation: role === 'target' ? 'self' : 'outside',
      prefix: [],
    },
    [],
  );
}

export function behindPrefix(role: VantageIdentity['role'], { name, argv }: NamedPrefix): Vantage {
  return createCommandVantage(
    {
      id: role === 'target' ? 'target' : `contrast:${name}`,
      role,
      kind: 'via',
      name,
      node: null,
      pod: null,
      relation: role === 'target' ? 'self' : relationByName(name),
      prefix: argv,
    },
    argv,
  );
}

/** The names that people give contrasts say what they are; anything else is unknown. */
function relationByName(name: string): VantageIdentity['relation'] {
  if (/^node\b/iu.test(name)) return 'node';
  if (/^(sibling|replica)/iu.test(name)) return 'sibling';
  return /^(pod|toolkit)/iu.test(name) ? 'pod' : 'unknown';
}

export async function closeAll(vantages: readonly Vantage[]): Promise<void> {
  await Promise.allSettled(vantages.map((vantage) => vantage.close()));
}
